"""One order before two people: who comes second is told, sees what it is now, and overwrites nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.viewers import an_evening, another_phone, line, open_list, order, to_own_page

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def open_orders(page: Page, shop: Shop, room: str) -> None:
    await page.goto(shop.console(room))
    await expect(page.locator("[data-link='up']")).to_be_visible()
    await page.get_by_role("navigation").get_by_role("button", name="订单").click()


async def open_order(page: Page) -> None:
    await page.get_by_role("button", name="改 张姐 的这单").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def more(page: Page, times: int) -> None:
    for _ in range(times):
        await page.get_by_role("dialog").get_by_role("button", name="加一").click()


async def test_of_two_consoles_the_second_is_told_and_sees_what_the_first_has_made_of_it(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session())
    await shop.say(room, ("张姐", "要一箱鸡蛋"))
    async with another_phone(browser) as other:
        for console in (page, other):
            await open_orders(console, shop, room)
            await open_order(console)
        await more(page, 2)
        await page.get_by_role("button", name="改成 3 箱").click()
        await expect(other.locator("lb-order-row")).to_contain_text("×3 箱")

        await more(other, 1)
        await other.get_by_role("button", name="改成 2 箱").click()
        await expect(other.get_by_text("刚被改成 3 箱，请看过再改")).to_be_visible()
        await expect(other.locator("lb-order-row")).to_contain_text("×3 箱")
        await other.get_by_role("button", name="知道了").click()

        await open_order(other)
        await more(other, 1)
        await other.get_by_role("button", name="改成 4 箱").click()
        await expect(page.locator("lb-order-row")).to_contain_text("×4 箱")


async def test_what_one_console_has_changed_the_other_does_not_cancel_unseen(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session())
    await shop.say(room, ("张姐", "要一箱鸡蛋"))
    async with another_phone(browser) as other:
        await open_orders(other, shop, room)
        await open_order(other)
        await open_orders(page, shop, room)
        await open_order(page)
        await more(page, 1)
        await page.get_by_role("button", name="改成 2 箱").click()
        await expect(other.locator("lb-order-row")).to_contain_text("×2 箱")
        for _ in range(2):
            await other.get_by_role("dialog").get_by_role("button", name="取消这单").click()
        await expect(other.get_by_text("刚被改成 2 箱，请看过再改")).to_be_visible()
        [reservation] = (await shop.snapshot(room))["reservations"]
        assert (reservation["quantity"], reservation["state"]) == (2, "reserved")


async def test_a_viewer_s_second_phone_does_not_overwrite_what_the_first_has_changed(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋")
    code = await to_own_page(page)
    async with another_phone(browser) as other:
        await other.goto(f"{shop.base}/r/{code}")
        await line(other, "土鸡蛋").get_by_role("button", name="改数量").click()
        await line(page, "土鸡蛋").get_by_role("button", name="改数量").click()
        await page.get_by_role("dialog").get_by_role("button", name="加一箱").click()
        await page.get_by_role("button", name="改成 2 箱").click()
        await expect(line(other, "土鸡蛋")).to_contain_text("2 箱")

        sheet = other.get_by_role("dialog")
        for _ in range(2):
            await sheet.get_by_role("button", name="加一箱").click()
        await sheet.get_by_role("button", name="改成 3 箱").click()
        await expect(sheet.locator(".refusal")).to_contain_text("土鸡蛋 30 枚刚变成 2 箱，请看过再改")
        [reservation] = (await shop.snapshot(room))["reservations"]
        assert reservation["quantity"] == 2
