"""The way from the console to the report of the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.test_console import on_air

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_report_so_far_is_in_the_menu(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await page.get_by_role("button", name="更多").click()
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="看到现在为止的复盘").click()
    report = await opened.value
    await expect(report.get_by_text("今晚接单，明早自提").first).to_be_visible()
    await expect(report.get_by_text("张姐").first).to_be_visible()


async def test_after_the_end_the_report_is_one_tap_away(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="结束本场").click()
    await page.get_by_role("dialog", name="结束本场直播？").get_by_role("button", name="结束本场").click()
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="复盘").click()
    await expect((await opened.value).get_by_text("今晚接单，明早自提").first).to_be_visible()


async def test_before_the_first_session_there_is_no_report(page: Page, shop: Shop, room: str) -> None:
    await page.goto(shop.console(room))
    await expect(page.get_by_text("现在没有开播").first).to_be_visible()
    await expect(page.get_by_role("link", name="看上一场的复盘")).to_be_hidden()
