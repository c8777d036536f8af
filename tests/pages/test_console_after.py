"""The console when the evening is over: what is left to do until the cut-off, then the next evening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import CYCLE, start_session
from tests.pages.test_console import go_to, on_air, open_console, orders

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Shop

WITHIN_MS = 20_000

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def end_by_hand(page: Page) -> None:
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="结束本场").click()
    await page.get_by_role("dialog", name="结束本场直播？").get_by_role("button", name="结束本场").click()


async def test_what_waited_at_the_end_is_booked_after_it(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="结束本场").click()
    dialog = page.get_by_role("dialog", name="结束本场直播？")
    await expect(dialog).to_contain_text("还有 1 条待确认")
    await dialog.get_by_role("button", name="结束本场").click()
    await expect(page.locator("lb-after-bar")).to_contain_text("还有 1 条待确认")
    await page.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
    await expect(page.locator("lb-after-bar")).to_contain_text("截单前还能改订单")
    assert await orders(shop, room) == [("薛***", "egg", 1, "reserved")]


async def test_an_order_is_changed_after_the_end(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(page.locator("lb-top-bar dd").nth(2)).to_have_text("2")
    await end_by_hand(page)
    await page.get_by_role("button", name="改 张姐 的这单").click()
    await page.get_by_role("dialog").get_by_role("button", name="加一").click()
    await page.get_by_role("button", name="改成 3 箱").click()
    await expect(page.locator("lb-order-row")).to_contain_text("×3 箱")


async def test_nothing_is_shown_on_the_picture_after_the_end(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await end_by_hand(page)
    await go_to(page, "商品")
    await expect(page.get_by_role("button", name="补货 土鸡蛋 30 枚")).to_be_visible()
    await expect(page.get_by_role("button", name="讲解 土鸡蛋 30 枚")).to_be_hidden()
    await expect(page.locator("lb-now-bar")).to_be_hidden()


async def test_the_next_evening_begins_with_the_places_and_hosts_of_the_last(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await end_by_hand(page)
    await page.get_by_role("button", name="开下一场").click()
    await expect(page.get_by_text("上一场「今晚接单，明早自提」已结束")).to_be_visible()
    await expect(page.get_by_label("自提点")).to_have_value("东门便利店，人民路 18 号")
    await expect(page.get_by_label("主播和场控的昵称")).to_have_value("梅姐本人")
    await page.get_by_role("button", name="上一场的订单").click()
    await expect(page.locator("lb-after-bar")).to_be_visible()


async def test_after_the_cut_off_the_console_offers_the_next_evening(page: Page, shop: Shop, room: str) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=2)
    await shop.command(room, start_session(cycle=CYCLE | {"cutoff_at": soon.isoformat()}))
    await shop.command(room, {"type": "end_session"})
    await open_console(page, shop, room)
    await expect(page.get_by_role("heading", name="现在没有开播")).to_be_visible(timeout=WITHIN_MS)
    await page.get_by_role("button", name="上一场的订单").click()
    await expect(page.locator("lb-after-bar")).to_contain_text("已截单，不能再改")
