"""A full disk: the batch fails whole, the host is told, ingest pauses; with space again all goes on as if nothing was."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from live.web.ingest_acks import MAX_UNACKNOWLEDGED
from tests.faults.desk import a_desk, acknowledged, batch, bring, comment, egg, frame, sums_of, without_sources
from tests.faults.disks import CountedPages, ShortFiles, SmallDisk, a_small_disk
from tests.faults.rig import rigs
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

    from tests.faults.desk import Desk, Json
    from tests.faults.disks import Disk
    from tests.faults.serving import House

UNACKNOWLEDGED = "linbo_unacknowledged_comments"
FLOOD = 4000
AT_ONCE = 100
MOST_GROWTH = 64 * 1024 * 1024
"""How much memory the service may take while it cannot write: what waits is 2,000 comments, about 3 MB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """A room, its disk, and the process where it is another."""

    desk: Desk
    disk: Disk
    house: House | None = None


@asynccontextmanager
async def on_counted_pages(folder: Path) -> AsyncIterator[Shop]:
    async with rigs(folder) as (rig,), a_desk(rig, "main") as desk:
        yield Shop(desk=desk, disk=CountedPages(rig))


@asynccontextmanager
async def with_short_files(folder: Path) -> AsyncIterator[Shop]:
    if sys.platform != "linux":
        pytest.skip("the limit of another process is set on Linux alone")
    with a_house(folder) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, "main") as desk:
            yield Shop(desk=desk, disk=ShortFiles(house), house=house)


@asynccontextmanager
async def on_a_small_disk(folder: Path) -> AsyncIterator[Shop]:
    with a_small_disk(folder / "disk") as disk, a_house(disk) as house:
        await asyncio.to_thread(house.start)
        async with a_desk(house, "main") as desk:
            yield Shop(desk=desk, disk=SmallDisk(disk), house=house)


KINDS = {"counted-pages": on_counted_pages, "short-files": with_short_files, "small-disk": on_a_small_disk}


@pytest.fixture(params=KINDS)
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shop]:
    async with KINDS[request.param](tmp_path) as shop:
        await shop.desk.open(egg(50))
        await bring(shop.desk, buyers(0, 20))
        yield shop
        if shop.house is not None:
            assert "Traceback" not in shop.house.last_words(), shop.house.last_words()


def buyers(first: int, last: int) -> list[Json]:
    return [comment(f"m-{n}", "要一箱鸡蛋", user=f"u-{n}", name=f"顾客{n}") for n in range(first, last)]


async def until_trouble(page: ClientWebSocketResponse, code: str | None) -> Json:
    """What the host's page is told of trouble (code) or of its end (None)."""
    while True:
        told = await frame(page)
        if told["type"] == "trouble" and told["code"] == code:
            return told


async def test_a_batch_fails_whole_the_host_is_told_and_all_goes_on_when_there_is_space(shop: Shop) -> None:
    desk = shop.desk
    before = await desk.snapshot()
    async with desk.events() as page, desk.events(role="overlay") as overlay, desk.ingest() as source:
        await shop.disk.fill()
        await source.send_json(batch(buyers(20, 320)))

        told = await until_trouble(page, "store_unavailable")
        assert str(told["detail"]).strip()
        status, problem = await desk.ready()
        assert (status, problem["code"], problem["detail"]) == (503, "store_unavailable", told["detail"])
        status, problem = await desk.ask({"type": "restock", "offer_id": "egg", "quantity": 5})
        assert (status, problem["code"]) == (503, "store_unavailable")
        assert without_sources(await desk.snapshot()) == without_sources(before)
        assert len(await desk.comments()) == 20, "nothing of the batch is there"

        await shop.disk.free()
        assert await acknowledged(source, 300) == [c["id"] for c in buyers(20, 320)]
        await until_trouble(page, None)
        assert (await desk.ready())[0] == 200
        (eggs,) = (await desk.snapshot())["offers"]
        assert (eggs["quota"], eggs["reserved"], eggs["waitlisted"]) == (50, 50, 270), "the command had no effect"
        await the_picture_shows_no_trouble(desk, overlay)
    await everything_is_there_once(desk, 320)


async def the_picture_shows_no_trouble(desk: Desk, overlay: ClientWebSocketResponse) -> None:
    """Viewers are not told of it."""
    await desk.do({"type": "pin_offer", "offer_id": "egg"})
    told: Json = {}
    while told.get("kind") != "offer_pinned":
        told = await frame(overlay)
        assert told["type"] in {"snapshot", "event"}, told


async def everything_is_there_once(desk: Desk, number: int) -> None:
    state, comments = await desk.snapshot(), await desk.comments()
    assert [c["id"] for c in comments] == [c["id"] for c in buyers(0, number)]
    assert len(state["reservations"]) == number
    sums_of(state)
    await bring(desk, buyers(0, number), at_once=500)
    again = await desk.snapshot()
    assert without_sources(again) == without_sources(state), "the same comments again change nothing"


async def test_ingest_pauses_with_bounded_memory_and_loses_nothing(shop: Shop) -> None:
    desk = shop.desk
    async with desk.events() as page, desk.ingest() as source:
        await shop.disk.fill()
        before = None if shop.house is None else shop.house.rss_bytes()
        pouring = asyncio.create_task(pour(source))
        await until_trouble(page, "store_unavailable")
        await desk.until_gauge(UNACKNOWLEDGED, lambda waiting: waiting >= MAX_UNACKNOWLEDGED)
        hearing = asyncio.create_task(acknowledged(source, FLOOD))
        status, _ = await desk.ask({"type": "close_offer", "offer_id": "egg"})
        assert status == 503, "a second after the first failure it is still the same"
        assert await desk.gauge(UNACKNOWLEDGED) < MAX_UNACKNOWLEDGED + AT_ONCE
        assert not hearing.done()
        if shop.house is not None and before is not None:
            after = shop.house.rss_bytes()
            assert after is not None
            assert after - before < MOST_GROWTH

        await shop.disk.free()
        assert await hearing == [c["id"] for c in buyers(20, 20 + FLOOD)]
        await pouring
        await until_trouble(page, None)
    await everything_is_there_once(desk, 20 + FLOOD)


async def pour(source: ClientWebSocketResponse) -> None:
    for first in range(20, 20 + FLOOD, AT_ONCE):
        await source.send_json(batch(buyers(first, first + AT_ONCE)))


async def test_a_service_that_is_killed_while_its_disk_is_full_has_lost_nothing_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    async with on_a_small_disk(tmp_path) as shop:
        assert shop.house is not None
        await shop.desk.open(egg(50))
        await bring(shop.desk, buyers(0, 20))
        before = await shop.desk.snapshot()
        async with shop.desk.events() as page, shop.desk.ingest() as source:
            await shop.disk.fill()
            await source.send_json(batch(buyers(20, 320)))
            await until_trouble(page, "store_unavailable")
            shop.house.kill()
        await shop.disk.free()
        await asyncio.to_thread(shop.house.start)
        assert without_sources(await shop.desk.snapshot()) == without_sources(before)
        await bring(shop.desk, buyers(0, 320))
        await everything_is_there_once(shop.desk, 320)
