"""The counter that a page keeps by the events is the counter that the service has."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.browser import browser_is_required
from tests.pages.test_units import find_node
from tests.web.shop import EGG, LATER, START, STILL_LATER, frames_until, open_shop

if TYPE_CHECKING:
    from tests.web.shop import Json, Shop

SCRIPT = Path(__file__).parent / "units" / "pickup_follow.mjs"
ROOMS = ("east", "west")
POINTS = [{"id": "p1", "name": "东门"}, {"id": "p2", "name": "西门"}]
CYCLE = {"id": "wednesday", "cutoff_at": LATER, "pickup_at": STILL_LATER, "pickup_points": POINTS}
STEPS = 60


async def counter(shop: Shop) -> Json:
    url = f"{shop.base}/api/v1/rooms/east/pickup"
    async with shop.client.get(url, headers=shop.bearer(shop.tokens.host)) as answer:
        told: Json = await answer.json()
        return told


async def prepare(shop: Shop) -> None:
    """In the east yesterday's goods have come and tonight's are ordered, in the west they are to come."""
    for room in ROOMS:
        await shop.done(START | {"cycle": CYCLE, "offers": [EGG | {"weighed": True}]}, room=room)
        for name in ("张姐", "李叔", "王婶"):
            for _ in range(2):
                await shop.done({"type": "reserve", "viewer": name, "offer_id": "egg", "quantity": 2}, room=room)
        await shop.done({"type": "close_cycle"}, room=room)
    await shop.done({"type": "mark_ready"}, room="east")
    await shop.done({"type": "end_session"}, room="east")
    await shop.done(START | {"offers": [EGG]}, room="east")
    await shop.done({"type": "reserve", "viewer": "张姐", "offer_id": "egg", "quantity": 1}, room="east")


def a_step(held: list[Json], chance: random.Random) -> Json:
    """Something that somebody does with a basket or a reservation; much of it is refused."""
    basket = chance.choice(held)
    code, rid = basket["pickup_code"], chance.choice(basket["reservations"])["id"]
    collect = {"type": "collect", "pickup_code": code, "reservation_ids": [rid], "own_bag": chance.random() < 0.5}
    steps: list[Json] = [
        collect,
        collect | {"weights": {rid: f"{chance.randrange(1, 5)}.{chance.randrange(1, 9)}"}},
        {"type": "undo_collect", "pickup_code": code},
        {"type": "mark_no_show", "reservation_id": rid},
        {"type": "redeem_points", "pickup_code": code, "points": 1},
        {"type": "set_basket", "pickup_code": code, "phone_tail": f"{chance.randrange(10_000):04}"},
        {"type": "set_basket", "pickup_code": code, "pickup_point_id": chance.choice(("p1", "p2"))},
        {"type": "mark_ready", "pickup_point_id": chance.choice(("p1", "p2"))},
        {"type": "reserve", "viewer": f"新来的{chance.randrange(3)}", "offer_id": "egg", "quantity": 1},
        {"type": "set_quantity", "reservation_id": rid, "quantity": chance.randrange(1, 5)},
        {"type": "cancel_reservation", "reservation_id": rid, "reason": "不要了"},
    ]
    return {"room": basket["room"], "command": chance.choice(steps)}


@pytest.mark.parametrize("seed", range(4))
async def test_what_a_page_keeps_by_the_events_is_what_the_service_has(tmp_path: Path, seed: int) -> None:
    node = find_node()
    if node is None and not browser_is_required():
        pytest.skip("there is no Node on this machine")
    assert node is not None
    chance = random.Random(seed)  # noqa: S311  # the same morning every time
    async with open_shop(tmp_path) as shop:
        await prepare(shop)
        before, done = await counter(shop), 0
        held = [basket for person in before["people"] for basket in person["baskets"]]
        seqs = {each["room"]: each["seq"] for each in before["rooms"]}
        for _ in range(STEPS):
            step = a_step(held, chance)
            answer = await shop.command(step["command"], room=step["room"])
            done += answer.status == 200
        after, told = await counter(shop), []
        for room, seq in seqs.items():
            told += [(room, event) for event in await since(shop, room, seq)]
    assert done > STEPS // 6
    assert {room for room, _ in told} == set(ROOMS)
    given = json.dumps({"before": before, "told": told, "after": after})
    ran = await asyncio.to_thread(
        subprocess.run, [node, str(SCRIPT)], input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr


async def since(shop: Shop, room: str, seq: int) -> list[Any]:
    """The events of a room after `seq`; a last one is made, so that their end is seen."""
    last = await shop.done({"type": "update_offer", "offer_id": "egg", "facts": {"产地": "本地"}}, room=room)
    async with shop.events(room=room, query=f"&since={seq}") as socket:
        frames = await frames_until(socket, last[-1]["seq"], by="seq")
    return [each for each in frames if each["type"] == "event"][:-1]
