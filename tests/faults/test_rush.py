"""A rush: two thousand buyers over twenty connections for fifty boxes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.faults.desk import a_desk, acknowledged, comment, egg, sums_of, without_sources
from tests.faults.rig import Guards, rigs
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.desk import Address, Desk, Json

ROOM = "rush"
QUOTA = 50
CONNECTIONS = 20
EACH = 100
BUYERS = CONNECTIONS * EACH


def buyers(connection: int) -> list[Json]:
    """What comes over one connection: each from a viewer of their own, one box each."""
    return [
        comment(f"c{connection}-{n}", "要一箱鸡蛋", user=f"u-{connection}-{n}", name=f"顾客{connection}号{n}")
        for n in range(EACH)
    ]


async def rush(desk: Desk, connections: range, all_are_there: asyncio.Barrier) -> None:
    async with asyncio.TaskGroup() as group:
        for connection in connections:
            group.create_task(pour(desk, connection, all_are_there))


async def pour(desk: Desk, connection: int, all_are_there: asyncio.Barrier) -> None:
    """Send every comment as a frame of its own, as fast as it goes, and wait for all acks."""
    async with desk.ingest() as socket:
        await all_are_there.wait()
        for each in buyers(connection):
            await socket.send_json(each)
        await acknowledged(socket, EACH)


async def two_doors(first: Address, second: Address) -> None:
    """The rush through two services at once; both have the room open before it begins."""
    async with a_desk(first, ROOM) as one, a_desk(second, ROOM) as two:
        await one.open(egg(QUOTA))
        await two.snapshot()
        barrier = asyncio.Barrier(CONNECTIONS)
        half = CONNECTIONS // 2
        await asyncio.gather(rush(one, range(half), barrier), rush(two, range(half, CONNECTIONS), barrier))


def promised(state: Json) -> int:
    """How many boxes people were told they have."""
    return sum(r["quantity"] for r in state["reservations"] if r["state"] == "reserved")


def assert_exact(state: Json, comments: list[Json]) -> None:
    """Exactly the quota is promised, to those who came first; all others wait in order of arrival; nothing is lost."""
    arrived = [c["id"] for c in comments]
    assert sorted(arrived) == sorted(c["id"] for n in range(CONNECTIONS) for c in buyers(n))
    assert [c["n"] for c in comments] == list(range(1, BUYERS + 1))
    orders = sorted(state["reservations"], key=lambda r: int(r["position"]))
    assert [r["comment_id"] for r in orders] == arrived
    assert [r["state"] for r in orders] == ["reserved"] * QUOTA + ["waitlisted"] * (BUYERS - QUOTA)
    assert {r["quantity"] for r in orders} == {1}
    assert [c["outcome"] for c in comments] == ["reserved"] * QUOTA + ["waitlisted"] * (BUYERS - QUOTA)
    sums_of(state)
    for connection in range(CONNECTIONS):
        own = [c["id"] for c in buyers(connection)]
        assert [i for i in arrived if i in set(own)] == own, "a connection's comments keep their order"


async def test_exactly_the_quota_is_reserved_and_the_rest_waits_in_order_of_arrival(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, ROOM) as desk:
            await desk.open(egg(QUOTA))
            await rush(desk, range(CONNECTIONS), asyncio.Barrier(CONNECTIONS))
            state, comments = await desk.snapshot(), await desk.comments()
            assert_exact(state, comments)
            house.kill()
            await asyncio.to_thread(house.start)
            assert without_sources(await desk.snapshot()) == without_sources(state)
            assert await desk.comments() == comments


async def test_two_services_on_one_database_promise_exactly_the_quota(tmp_path: Path) -> None:
    async with rigs(tmp_path, number=2) as (first, second):
        await two_doors(first, second)
    async with rigs(tmp_path) as (again,), a_desk(again, ROOM) as desk:
        assert_exact(await desk.snapshot(), await desk.comments())


@pytest.mark.parametrize("guards", [Guards(stock=False, tables=False), Guards(fence=False, tables=False)], ids=str)
async def test_each_guard_alone_is_enough(tmp_path: Path, guards: Guards) -> None:
    async with rigs(tmp_path, number=2, guards=guards) as (first, second):
        await two_doors(first, second)
    async with rigs(tmp_path) as (again,), a_desk(again, ROOM) as desk:
        state = await desk.snapshot()
        assert promised(state) == QUOTA
        assert len(await desk.comments()) == BUYERS
        sums_of(state)


async def test_without_the_guards_the_same_rush_promises_more_than_there_is(tmp_path: Path) -> None:
    """The twin: were this not to oversell, the tests above would prove nothing."""
    async with rigs(tmp_path, number=2, guards=Guards(fence=False, stock=False, tables=False)) as (first, second):
        await two_doors(first, second)
    async with rigs(tmp_path) as (again,), a_desk(again, ROOM) as desk:
        state = await desk.snapshot()
        assert promised(state) > QUOTA
        assert len(await desk.comments()) == BUYERS
