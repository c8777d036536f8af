"""Two real rooms through the real service: every comment is taken once, understood, and a masked viewer is nobody."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from live.domain.orders import Outcome
from live.replay import replay
from nlp.types import Intent, Route, Stage
from tests.faults.desk import a_desk, sums_of
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live.replay.result import ReplayResult
    from tests.faults.desk import Desk, Json
    from tests.faults.serving import House

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real comments (../shared/data) are not on this machine")


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A recorded room: its name is that of its catalogue."""

    name: str
    log: str
    comments: int

    def lines(self) -> list[Json]:
        with (DATA / "real" / self.log).open(encoding="utf-8") as log:
            return [json.loads(line) for line in log]

    def offers(self) -> list[Json]:
        catalogues = json.loads((DATA / "catalogs.json").read_text(encoding="utf-8"))
        offers: list[Json] = catalogues[self.name]["offers"]
        return offers


KFC = Room(name="kfc", log="kfc.jsonl", comments=497)
DFZX = Room(name="dfzx", log="dfzx_dev.jsonl", comments=4607)
ROOMS = pytest.mark.parametrize("room", [KFC, DFZX], ids=lambda room: room.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """What came of the first replay."""

    result: ReplayResult
    state: Json
    comments: list[Json]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("real")) as house:
        house.start()
        yield house


@pytest.fixture(scope="module")
def evenings(house: House) -> dict[str, Evening]:
    """Both rooms, replayed at the same time."""

    async def replay_both() -> list[Evening]:
        return await asyncio.gather(*(an_evening(house, room) for room in (KFC, DFZX)))

    return dict(zip((KFC.name, DFZX.name), asyncio.run(replay_both()), strict=True))


async def an_evening(house: House, room: Room) -> Evening:
    async with a_desk(house, room.name) as desk:
        await desk.open(*room.offers())
        result = await send(house, room)
        return Evening(result=result, state=await desk.snapshot(), comments=await desk.comments())


async def send(house: House, room: Room) -> ReplayResult:
    url = f"{house.base_url}/?room={room.name}"
    return await replay(DATA / "real" / room.log, url=url, token=house.tokens["ingest"])


@ROOMS
def test_every_comment_is_acknowledged(evenings: dict[str, Evening], room: Room) -> None:
    result = evenings[room.name].result
    assert (result.sent, result.acknowledged, result.rejected) == (room.comments, room.comments, 0)
    assert result.faults == ()


@ROOMS
def test_every_comment_is_stored_once_and_in_order(evenings: dict[str, Evening], room: Room) -> None:
    evening, lines = evenings[room.name], room.lines()
    assert len(lines) == room.comments
    assert [c["n"] for c in evening.comments] == list(range(1, room.comments + 1))
    assert [c["id"] for c in evening.comments] == [line["id"] for line in lines]
    assert evening.state["totals"]["comments"] == room.comments


@ROOMS
def test_every_comment_is_classified(evenings: dict[str, Evening], room: Room) -> None:
    for comment in evenings[room.name].comments:
        assert comment["intent"] in set(Intent), comment
        assert comment["route"] in set(Route), comment
        assert comment["stage"] in set(Stage), comment
        assert comment["outcome"] in set(Outcome), comment
        assert 0 < comment["confidence"] <= 1, f"not understood: {comment}"
        assert (comment["topic"] is not None) == (comment["intent"] == "question"), comment
    sums_of(evenings[room.name].state)


def test_both_rooms_are_more_than_chat(evenings: dict[str, Evening]) -> None:
    for evening in evenings.values():
        intents = {c["intent"] for c in evening.comments}
        assert {"question", "chat", "buy", "spam", "praise"} & intents > {"question", "chat"}, intents


def test_a_masked_viewer_is_never_booked_nor_merged_with_another(evenings: dict[str, Evening]) -> None:
    evening = evenings[DFZX.name]
    assert all(c["user"]["weak"] for c in evening.comments)
    assert evening.state["reservations"] == []
    assert evening.state["totals"]["buyers"] == 0
    wishes = [c for c in evening.comments if c["intent"] in {"buy", "change", "cancel"} and c["actions"]]
    assert wishes, "somebody wants something in 4,607 comments"
    assert {c["route"] for c in wishes} <= {"confirm", "ask", "ignore"}
    waiting = [c["id"] for c in evening.state["confirmations"]]
    assert len(waiting) == len(set(waiting)), "each is asked for by itself"


async def test_two_masked_viewers_of_one_name_stay_two_when_the_host_accepts_both(house: House) -> None:
    async with a_desk(house, "masked") as desk:
        await desk.open(*DFZX.offers())
        await accept(desk, "a-1")
        await accept(desk, "a-2")
        state = await desk.snapshot()
        assert [(r["comment_id"], r["quantity"]) for r in state["reservations"]] == [("a-1", 2), ("a-2", 2)]
        assert state["totals"]["buyers"] == 2


async def accept(desk: Desk, id_: str) -> None:
    """Have a masked viewer want two, and the host say yes."""
    said = {
        "type": "comment",
        "platform": "douyin",
        "id": id_,
        "user": {"id": "0", "name": "堂***"},
        "text": "要两袋面条",
    }
    async with desk.ingest() as socket:
        await socket.send_json(said)
        assert await socket.receive_json(timeout=30) == {"type": "ack", "ids": [id_]}
    assert await desk.do({"type": "accept_comment", "comment_id": id_})


@ROOMS
async def test_the_second_replay_changes_nothing(house: House, evenings: dict[str, Evening], room: Room) -> None:
    first = evenings[room.name]
    again = await send(house, room)
    assert (again.sent, again.acknowledged, again.rejected) == (room.comments, room.comments, 0)
    async with a_desk(house, room.name) as desk:
        assert await desk.snapshot() == first.state
        assert await desk.comments() == first.comments


@ROOMS
async def test_a_third_replay_after_a_kill_changes_nothing_either(
    house: House, evenings: dict[str, Evening], room: Room
) -> None:
    house.kill()
    await asyncio.to_thread(house.start)
    await send(house, room)
    async with a_desk(house, room.name) as desk:
        assert await desk.snapshot() == evenings[room.name].state
        assert await desk.comments() == evenings[room.name].comments
