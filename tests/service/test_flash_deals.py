"""Flash deals in a running service: the clock and the moment of arrival decide, whatever is in the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import stage_commands as s
from tests.domain.factories import EVENING_MS, egg, viewer
from tests.domain.stage_factories import flash_deal
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.rig import Shop

START_MS, END_MS = EVENING_MS + 10_000, EVENING_MS + 70_000


async def until(shop: Shop, state: str) -> None:
    """Wait until the room's owner has looked at the clock."""
    async with asyncio.timeout(10):
        while shop.snapshot()["flash_sales"][0]["state"] != state:  # noqa: ASYNC110  # the owner's timer, not ours
            await asyncio.sleep(0.005)


async def moves_to(shop: Shop, at_ms: int) -> None:
    """Let the clock be at a moment, and the room's owner look at it."""
    shop.clock.now_ms = at_ms
    await shop.do(c.PinOffer(offer_id="egg"))


def page_order(quantity: int = 1) -> c.PageOrder:
    return c.PageOrder(viewer=viewer("李叔"), lines=(c.PageLine(offer_id="egg", quantity=quantity),))


def prices(shop: Shop) -> list[tuple[str, str]]:
    return [(r["state"], r["unit_price"]) for r in shop.snapshot()["reservations"]]


async def test_it_begins_and_ends_by_the_clock(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal())
        await moves_to(shop, START_MS)
        await until(shop, "running")
        await shop.say(shop.comment("要一箱鸡蛋"))
        await moves_to(shop, END_MS)
        await until(shop, "ended")
        await shop.say(shop.comment("要一箱鸡蛋", by="李叔"))
        assert prices(shop) == [("reserved", "9.90"), ("reserved", "39.90")]
        assert [k for k in shop.kinds() if k.startswith("flash")] == [
            "flash_sale_announced",
            "flash_sale_started",
            "flash_sale_ended",
        ]


async def test_comments_that_came_before_a_moment_are_worked_before_it(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal())
        shop.clock.now_ms = START_MS
        early = await shop.service.ingest(ROOM, [shop.comment("要一箱鸡蛋", by="老李")], START_MS - 1)
        at_once = await shop.service.ingest(ROOM, [shop.comment("要一箱鸡蛋")], START_MS)
        await asyncio.gather(early, at_once)
        shop.clock.now_ms = END_MS
        last = await shop.service.ingest(ROOM, [shop.comment("要一箱鸡蛋", by="赵奶奶")], END_MS - 1)
        late = await shop.service.ingest(ROOM, [shop.comment("要一箱鸡蛋", by="王婶")], END_MS)
        await asyncio.gather(last, late)
        kept = await shop.store.comments_after(ROOM, 0, 10)
        assert [k.outcome for k in kept] == ["flash_not_open", "reserved", "reserved", "reserved"]
        assert [price for _, price in prices(shop)] == ["9.90", "9.90", "39.90"]


@pytest.mark.parametrize(
    ("asked_ms", "worked_ms", "price"), [(END_MS - 1, END_MS, "9.90"), (END_MS, END_MS + 1, "39.90")]
)
async def test_an_order_on_a_page_counts_when_it_came(
    tmp_path: Path, asked_ms: int, worked_ms: int, price: str
) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal())
        await moves_to(shop, START_MS)
        shop.clock.now_ms = asked_ms
        asked = asyncio.create_task(shop.do(page_order()))
        await asyncio.sleep(0)
        shop.clock.now_ms = worked_ms
        assert (await asked)[0] == 200
        assert prices(shop) == [("reserved", price)]


async def test_an_order_on_a_page_that_came_in_the_countdown_is_early_however_late_it_is_worked(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal())
        shop.clock.now_ms = START_MS - 1
        asked = asyncio.create_task(shop.do(page_order()))
        await asyncio.sleep(0)
        shop.clock.now_ms = START_MS
        status, body = await asked
        assert (status, body["code"]) == (409, "flash_not_open")


@pytest.mark.parametrize("state", ["announced", "running", "paused"])
async def test_a_deal_goes_on_after_a_restart(tmp_path: Path, state: str) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal(quota=2))
        if state != "announced":
            await moves_to(shop, START_MS)
            await shop.say(shop.comment("要一箱鸡蛋"))
        if state == "paused":
            await shop.do(s.PauseFlashSale(offer_id="egg"))
        before = shop.snapshot()
    async with a_shop(tmp_path, now_ms=START_MS + 1_000, ids_from=100) as shop:
        await shop.do(c.PinOffer(offer_id="egg"))
        now = shop.snapshot()["flash_sales"]
        if state == "announced":
            await until(shop, "running")
        else:
            assert now == before["flash_sales"]
        if state == "paused":
            await shop.do(s.ResumeFlashSale(offer_id="egg"))
        await shop.say(shop.comment("要一箱鸡蛋", by="李叔"))
        assert prices(shop)[-1] == ("reserved", "9.90")
        await moves_to(shop, END_MS + 1_000)
        await until(shop, "ended")


async def test_a_deal_whose_whole_time_the_service_slept_through_is_over(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await shop.do(flash_deal())
    async with a_shop(tmp_path, now_ms=END_MS + 1_000, ids_from=100) as shop:
        await shop.say(shop.comment("要一箱鸡蛋"))
        await until(shop, "ended")
        assert prices(shop) == [("reserved", "39.90")]
        assert shop.kinds()[:5].count("flash_sale_ended") == 1
