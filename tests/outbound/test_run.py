from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from tests.outbound.factories import system
from tests.outbound.rig import a_rig, until
from tests.outbound.servers import a_receiver

if TYPE_CHECKING:
    from pathlib import Path


async def test_without_targets_there_is_nothing_to_run(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await rig.shop.open()
        assert rig.outbound.lines == ()
        assert await rig.outbound.report() == {"targets": [], "dead": []}
        assert not await rig.outbound.retry("none")


async def test_leaving_ends_what_hangs_and_leaves_no_task_behind(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        async with a_rig(tmp_path, system(receiver.base, timeout_s=60)) as rig:
            await rig.shop.open()
            await until(lambda: receiver.waiting == 1)
        assert [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("outbound")] == []
        receiver.hold.set()


async def test_what_is_under_way_at_the_end_is_finished_and_not_sent_again(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        async with a_rig(tmp_path, system(receiver.base, timeout_s=60)) as rig:
            await rig.shop.open()
            await until(lambda: receiver.waiting == 1)
            asyncio.get_running_loop().call_later(0.2, receiver.hold.set)
        assert len(receiver.got) == 1
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.do(c.EndSession())
            await until(lambda: receiver.kinds()[-1] == "session_ended")
        assert receiver.kinds() == ["session_started", "offer_opened", "session_ended"]


async def test_what_breaks_inside_is_raised_as_it_is(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        with pytest.raises(ZeroDivisionError):
            async with a_rig(tmp_path, system(receiver.base)):
                raise ZeroDivisionError
