"""What is sent to others survives kill -9, and nobody who does not answer delays an order."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.faults.desk import a_desk, bring, comment, egg, until
from tests.faults.serving import a_house
from tests.outbound.servers import SECRET, a_receiver

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.desk import Json
    from tests.outbound.servers import Receiver

COMMENTS = 120


def environ(receiver: Receiver, **more: object) -> dict[str, str]:
    hook = {"name": "erp", "url": f"{receiver.base}/hook", "secret": SECRET, "timeout_s": 1} | more
    return {"LIVE_OUTBOUND__WEBHOOK": json.dumps([hook])}


def buyers(first: int, number: int) -> list[Json]:
    """So many viewers who each take a box."""
    return [comment(f"c-{n}", user=f"user-{n}", name=f"顾客{n}") for n in range(first, first + number)]


@pytest.mark.parametrize("sent", [3, 40, 90])
async def test_every_committed_event_is_sent_whenever_the_service_is_killed(tmp_path: Path, sent: int) -> None:
    async with a_receiver() as receiver:
        with a_house(tmp_path, environ(receiver)) as house:
            await asyncio.to_thread(house.start)
            async with a_desk(house, "main") as desk:
                await desk.open(egg(1_000))
                await bring(desk, buyers(0, COMMENTS))
            await until(lambda: len(receiver.got) >= sent)
            house.kill()
            await asyncio.to_thread(house.start)
            async with a_desk(house, "main") as desk:
                await bring(desk, buyers(COMMENTS, 1))
                last = (await desk.snapshot())["seq"]
            await until(lambda: bool(receiver.got) and receiver.got[-1]["seq"] == last)
    ids = {event["seq"]: event["id"] for event in receiver.got}
    assert sorted(ids) == list(range(1, last + 1))
    assert all(event["id"] == ids[event["seq"]] for event in receiver.got), "what came twice came under its own id"
    again = [seq for seq, times in Counter(event["seq"] for event in receiver.got).items() if times > 1]
    assert len(again) <= 51, "one window of a webhook, and what was under way"
    assert not receiver.faults


async def test_a_system_that_never_answers_delays_no_order(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        with a_house(tmp_path, environ(receiver, timeout_s=60)) as house:
            await asyncio.to_thread(house.start)
            async with a_desk(house, "main") as desk:
                await desk.open(egg(1_000))
                await until(lambda: receiver.waiting == 1)
                await bring(desk, buyers(0, COMMENTS))
                assert (await desk.snapshot())["totals"]["reserved_quantity"] == COMMENTS
                assert (receiver.waiting, receiver.got) == (1, [])
                assert (await desk.ready())[0] == 200
            receiver.hold.set()
