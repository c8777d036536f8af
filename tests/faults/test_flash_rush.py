"""A flash deal's rush: five thousand buyers over twenty connections for a hundred boxes, also through a kill -9."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import ClientError

from tests.faults.desk import a_desk, acknowledged, batch, bring, comment, egg, frame, sums_of, until
from tests.faults.page import Page
from tests.faults.rig import Guards, rigs
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

    from tests.faults.desk import Address, Desk, Json

ROOM = "flash"
QUOTA = 100
CONNECTIONS = 20
EACH = 250
BUYERS = CONNECTIONS * EACH
STOCK = 1_000
"""The offer has far more than the deal: only the deal's own quota holds the rush back."""

A_SECOND = 1.0
PRICE = "9.90"
LEFT_OVER = BUYERS - 2 * QUOTA


def deal(**more: object) -> Json:
    """The command that announces it; without a countdown unless told."""
    told = {"type": "start_flash_sale", "offer_id": "egg", "price": PRICE, "quota": QUOTA, "per_viewer_limit": 1}
    return told | {"seconds": 600, "countdown_seconds": 0} | more


def buyers(connection: int) -> list[Json]:
    """What comes over one connection: each from a viewer of their own, one box each."""
    return [
        comment(f"c{connection}-{n}", "要一箱鸡蛋", user=f"u-{connection}-{n}", name=f"顾客{connection}号{n}")
        for n in range(EACH)
    ]


async def rush(desk: Desk, connections: Sequence[int], all_are_there: asyncio.Barrier) -> None:
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


def assert_exact(state: Json, comments: list[Json]) -> None:
    """A hundred have it, by order of arrival; the next hundred wait in theirs; everybody else is told; nothing is lost."""
    arrived = [c["id"] for c in comments]
    assert sorted(arrived) == sorted(c["id"] for n in range(CONNECTIONS) for c in buyers(n))
    assert [c["n"] for c in comments] == list(range(1, BUYERS + 1))
    assert [c["outcome"] for c in comments] == (
        ["reserved"] * QUOTA + ["waitlisted"] * QUOTA + ["sold_out"] * LEFT_OVER
    )
    orders = sorted(state["reservations"], key=lambda r: int(r["position"]))
    assert [r["comment_id"] for r in orders] == arrived[: 2 * QUOTA]
    assert [r["state"] for r in orders] == ["reserved"] * QUOTA + ["waitlisted"] * QUOTA
    assert {(r["quantity"], r["unit_price"]) for r in orders} == {(1, PRICE)}
    (flash,) = state["flash_sales"]
    assert (flash["sold"], flash["available"], flash["waitlisted"]) == (QUOTA, 0, QUOTA)
    sums_of(state)
    for connection in range(CONNECTIONS):
        own = [c["id"] for c in buyers(connection)]
        assert [i for i in arrived if i in set(own)] == own, "a connection's comments keep their order"


async def test_exactly_the_quota_is_sold_in_order_of_arrival_and_the_picture_says_so(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, ROOM) as desk:
            await desk.open(egg(STOCK))
            await desk.do(deal())
            overlay = Page(role="overlay")
            watching = asyncio.create_task(overlay.watch(desk))
            await until(lambda: overlay.view is not None)
            await rush(desk, range(CONNECTIONS), asyncio.Barrier(CONNECTIONS))
            async with asyncio.timeout(A_SECOND):
                await until(lambda: left_on(overlay) == 0)
            watching.cancel()
            assert_exact(await desk.snapshot(), await desk.comments())


def left_on(page: Page) -> int:
    """What the picture says is left of the deal."""
    assert page.view is not None
    (flash,) = page.view.flash_sales.values()
    left: int = flash["available"]  # type: ignore[assignment]  # a number on the wire
    return left


# The fence


async def two_doors(first: Address, second: Address) -> None:
    """The rush through two services at once; both have the room open before it begins."""
    async with a_desk(first, ROOM) as one, a_desk(second, ROOM) as two:
        await one.open(egg(STOCK))
        await one.do(deal())
        await two.snapshot()
        barrier = asyncio.Barrier(CONNECTIONS)
        half = CONNECTIONS // 2
        await asyncio.gather(rush(one, range(half), barrier), rush(two, range(half, CONNECTIONS), barrier))


def sold(state: Json) -> int:
    """How many boxes people were told they have at the price of the deal."""
    rows = (r for r in state["reservations"] if r["state"] == "reserved" and r["unit_price"] == PRICE)
    return sum(r["quantity"] for r in rows)


async def test_the_fence_alone_sells_exactly_the_quota_through_two_services(tmp_path: Path) -> None:
    async with rigs(tmp_path, number=2, guards=Guards(stock=False, tables=False)) as (first, second):
        await two_doors(first, second)
    async with rigs(tmp_path) as (again,), a_desk(again, ROOM) as desk:
        assert_exact(await desk.snapshot(), await desk.comments())


async def test_without_the_fence_the_same_rush_sells_more_than_there_is(tmp_path: Path) -> None:
    """The twin: were this not to oversell, the tests above would prove nothing."""
    async with rigs(tmp_path, number=2, guards=Guards(fence=False, stock=False, tables=False)) as (first, second):
        await two_doors(first, second)
    async with rigs(tmp_path) as (again,), a_desk(again, ROOM) as desk:
        assert sold(await desk.snapshot()) > QUOTA
        assert len(await desk.comments()) == BUYERS


# kill -9


FEW = 600
EVERYBODY = [comment(f"m-{n}", "要一箱鸡蛋", user=f"u-{n}", name=f"顾客{n}") for n in range(FEW)]


async def test_a_kill_in_the_middle_of_the_rush_sells_nothing_twice_and_loses_nobody(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, ROOM) as desk:
            await desk.open(egg(STOCK))
            await desk.do(deal())
            async with desk.ingest() as socket:
                acked: list[str] = []
                pouring = asyncio.create_task(pour_few(socket, acked))
                await until(lambda: len(acked) >= QUOTA // 2)
                house.kill()
                await asyncio.gather(pouring, return_exceptions=True)
            assert len(acked) < FEW, "the kill came after the rush"
            await asyncio.to_thread(house.start)
            kept = [c["id"] for c in await desk.comments()]
            assert kept == [c["id"] for c in EVERYBODY[: len(kept)]]
            assert set(acked) <= set(kept), "an acknowledged comment is gone"
            await bring(desk, EVERYBODY)
            state, comments = await desk.snapshot(), await desk.comments()
    assert [c["id"] for c in comments] == [c["id"] for c in EVERYBODY]
    assert [c["outcome"] for c in comments] == (
        ["reserved"] * QUOTA + ["waitlisted"] * QUOTA + ["sold_out"] * (FEW - 2 * QUOTA)
    )
    (flash,) = state["flash_sales"]
    assert (flash["state"], flash["sold"], flash["waitlisted"]) == ("running", QUOTA, QUOTA)
    sums_of(state)


async def pour_few(socket: ClientWebSocketResponse, acked: list[str]) -> None:
    """Send in small frames; each is sent when the one before has been acknowledged."""
    with suppress(ClientError, ConnectionError, AssertionError):
        for start in range(0, FEW, 10):
            items = EVERYBODY[start : start + 10]
            await socket.send_json(batch(items))
            acked += await acknowledged(socket, len(items))


async def test_a_kill_in_the_countdown_does_not_move_the_deal(tmp_path: Path) -> None:
    """It begins and ends when it was announced to, by the times that the pages count down to."""
    with a_house(tmp_path) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, ROOM) as desk:
            await desk.open(egg(STOCK))
            (told,) = await desk.do(deal(seconds=10, countdown_seconds=10))
            announced = told["data"]["flash_sale"]
            await bring(desk, EVERYBODY[:1])
            house.kill()
            await asyncio.to_thread(house.start)
            async with desk.events() as page:
                state = (await frame(page))["state"]
                assert [f["starts_at"] for f in state["flash_sales"]] == [announced["starts_at"]]
                started = await told_of(page, "flash_sale_started")
                await bring(desk, EVERYBODY[1:11])
                ended = await told_of(page, "flash_sale_ended")
            assert times(started) == times(ended) == times(announced)
            assert ended["ended_at"] == announced["ends_at"]
            assert (ended["sold"], ended["available"]) == (10, QUOTA - 10)
            await bring(desk, EVERYBODY[11:12])
            outcomes = [c["outcome"] for c in await desk.comments()]
            prices = [r["unit_price"] for r in (await desk.snapshot())["reservations"]]
    assert outcomes == ["flash_not_open"] + ["reserved"] * 11
    assert prices == [PRICE] * 10 + ["39.90"]


async def told_of(page: ClientWebSocketResponse, kind: str) -> Json:
    """Wait until a page is told of a step of the deal; the deal as it is then."""
    async for told in frames(page):
        if told.get("kind") == kind:
            flash: Json = told["data"]["flash_sale"]
            return flash
    raise AssertionError(kind)


async def frames(page: ClientWebSocketResponse) -> AsyncIterator[Json]:
    """What a page is told."""
    while True:
        yield await frame(page)


def times(flash: Json) -> tuple[str, str]:
    """What pages count down to."""
    return flash["starts_at"], flash["ends_at"]
