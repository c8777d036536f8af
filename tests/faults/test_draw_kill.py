"""A lucky bag through a kill -9 while it is open, and through another one while it waits for its witness."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from live.domain.draw_proof import verify
from tests.faults.desk import a_desk, bring, comment, egg
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.desk import Desk, Json

ROOM = "main"
KEYWORD = "锅到福到"
BAG = {
    "type": "open_giveaway",
    "title": "今晚福袋",
    "prize": "铁锅一口",
    "prize_value": "99.00",
    "winners": 3,
    "keyword": KEYWORD,
    "seconds": 600,
    "kind": "lucky_bag",
}


def entries(first: int, last: int) -> list[Json]:
    return [comment(f"e-{n}", KEYWORD, user=f"u-{n}", name=f"顾客{n}") for n in range(first, last)]


async def record(desk: Desk, giveaway_id: str) -> dict[str, Any]:
    async with desk.client.get(f"{desk.base_url}/draw/{giveaway_id}.json") as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def drawn(desk: Desk, giveaway_id: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while "rounds" not in (found := await record(desk, giveaway_id)):  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.2)
    return found


async def test_nobody_is_lost_and_the_winners_follow_from_what_was_promised_before_the_kills(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, ROOM) as desk:
            await desk.open(egg(10))
            (told,) = await desk.do(BAG)
            bag = told["data"]["giveaway"]
            await bring(desk, entries(0, 60))
            house.kill()
            await asyncio.to_thread(house.start)
            await bring(desk, entries(40, 100))
            (closed,) = await desk.do({"type": "draw_giveaway", "giveaway_id": bag["id"]})
            await bring(desk, [comment("w-1", "沾沾喜气", user="u-1", name="顾客1")])
            house.kill()
            await asyncio.to_thread(house.start)
            before = closed["data"]["giveaway"]
            found = await drawn(desk, bag["id"])
    assert (before["entries"], len(found["entries"])) == (100, 100)
    assert (found["commitment"], found["list_hash"]) == (bag["commitment"], before["list_hash"])
    assert found["witness"]["comments"] == [{"id": "w-1", "text": "沾沾喜气"}]
    assert len(found["rounds"][0]["winners"]) == 3
    assert verify(found) == []
