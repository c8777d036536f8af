"""Hosts who change one reservation at the same moment, at two services on one database: one is first, the others are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.faults.desk import a_desk, bring, comment, egg, sums_of
from tests.faults.rig import rigs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.desk import Desk, Json

ROOM = "two-hosts"
QUANTITIES = range(2, 12)


async def change(desk: Desk, seen: Json, quantity: int, barrier: asyncio.Barrier, *, guarded: bool) -> tuple[int, int]:
    """One host's tap: the status of its answer, and the quantity that was asked for."""
    version = {"if_changed_at": seen["changed_at"]} if guarded else {}
    await barrier.wait()
    status, _ = await desk.ask({"type": "set_quantity", "reservation_id": seen["id"], "quantity": quantity, **version})
    return status, quantity


async def race(folder: Path, *, guarded: bool) -> tuple[list[int], Json]:
    """All hosts look at one reservation and then set it to something else: whose taps took effect, and what it is then."""
    async with rigs(folder, number=2) as (first, second), a_desk(first, ROOM) as one, a_desk(second, ROOM) as two:
        await one.open(egg(100))
        await bring(one, [comment("m-1", "要一箱鸡蛋")])
        [seen] = (await one.snapshot())["reservations"]
        barrier = asyncio.Barrier(len(QUANTITIES))
        taps = [change((one, two)[n % 2], seen, n, barrier, guarded=guarded) for n in QUANTITIES]
        done = [quantity for status, quantity in await asyncio.gather(*taps) if status == 200]
    async with rigs(folder) as (again,), a_desk(again, ROOM) as desk:
        state = await desk.snapshot()
        sums_of(state)
        return done, state


def assert_one_was_first(done: list[int], state: Json) -> None:
    """One tap took effect and stands; nobody's was overwritten by who had not seen it."""
    assert [r["quantity"] for r in state["reservations"]] == done


async def test_of_many_hosts_at_once_one_is_first_and_nobody_overwrites_them(tmp_path: Path) -> None:
    assert_one_was_first(*await race(tmp_path, guarded=True))


async def test_without_the_guard_the_same_taps_overwrite_each_other(tmp_path: Path) -> None:
    """The twin: were this to pass, the test above would prove nothing."""
    done, state = await race(tmp_path, guarded=False)
    assert len(done) == len(QUANTITIES)
    with pytest.raises(AssertionError):
        assert_one_was_first(done, state)
