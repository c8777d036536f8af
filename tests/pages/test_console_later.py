"""What the console fetches when it is first wanted: it comes, or it says that it did not, and comes with the next tap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_assets import MOST_OF_THE_CONSOLE_ON_THE_LINE
from tests.pages.test_console import go_to, on_air, open_console

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

LOADED = "() => performance.getEntriesByType('resource').reduce((sum, entry) => sum + entry.encodedBodySize, 0)"
BOARD = re.compile(r"/offer-board/offer-board\.(js|css)$")


async def lose(route: Route) -> None:
    await route.abort()


async def test_a_section_that_does_not_come_says_so_and_comes_with_another_tap(
    page: Page, shop: Shop, room: str
) -> None:
    await page.route(BOARD, lose)
    await on_air(page, shop, room, tab="商品")
    board = page.locator("lb-offer-board")
    await expect(board).to_contain_text("这里没有打开")
    await expect(board).to_contain_text("连不上服务")
    await page.unroute(BOARD)
    await board.get_by_role("button", name="再试一次").click()
    await expect(page.locator("lb-offer-card")).to_have_count(3)
    await expect(board.locator(".coming")).to_have_count(0)


async def test_style_that_does_not_come_counts_as_not_come(page: Page, shop: Shop, room: str) -> None:
    await page.route(re.compile(r"/offer-board/offer-board\.css$"), lose)
    await on_air(page, shop, room, tab="商品")
    await expect(page.locator("lb-offer-board")).to_contain_text("这里没有打开")
    await shop.command(room, {"type": "pin_offer", "offer_id": "apple"})
    await expect(page.locator("lb-now-bar")).to_contain_text("红富士苹果")
    await expect(page.locator("lb-offer-board")).to_contain_text("这里没有打开")
    await expect(page.locator("lb-offer-card")).to_have_count(0)


async def test_a_section_that_did_not_come_comes_by_itself_with_the_line(page: Page, shop: Shop, room: str) -> None:
    await page.route(BOARD, lose)
    await on_air(page, shop, room, tab="商品")
    await expect(page.locator("lb-offer-board")).to_contain_text("这里没有打开")
    await page.unroute(BOARD)
    await page.context.set_offline(True)
    await expect(page.locator("[data-link='down']")).to_be_visible(timeout=40_000)
    await page.context.set_offline(False)
    await expect(page.locator("lb-offer-card")).to_have_count(3, timeout=20_000)


async def test_a_sheet_that_does_not_come_says_so_and_comes_with_another_tap(page: Page, shop: Shop, room: str) -> None:
    sheet = re.compile(r"/restock-sheet/restock-sheet\.js$")
    await page.route(sheet, lose)
    await on_air(page, shop, room, tab="商品")
    button = page.get_by_role("button", name="补货 红富士苹果 5 斤")
    await button.click()
    await expect(page.locator("[data-kind='failure']")).to_contain_text("连上后再点一次")
    await page.unroute(sheet)
    await button.click()
    await expect(page.get_by_role("dialog", name="补货")).to_be_visible()


async def test_sections_visited_before_the_line_broke_still_open(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    for tab, part in (
        ("商品", "lb-offer-card"),
        ("弹幕", "lb-comment-stream .empty"),
        ("订单", "lb-order-list .empty"),
    ):
        await go_to(page, tab)
        await expect(page.locator(part).first).to_be_visible()


async def test_english_words_come_with_what_is_fetched_later(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(shop.console(room, lang="en"))
    await expect(page.locator("[data-link='up']")).to_have_text("Online")
    await go_to(page, "Pickup")
    await expect(page.get_by_role("button", name="Cut off now")).to_be_visible()
    assert [url for url in asked if re.search(r"fulfil-board/words/zh-CN\.js", url)] == []


async def test_the_form_comes_when_no_session_runs(page: Page, shop: Shop, room: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await shop.command(room, start_session())
    await open_console(page, shop, room)
    await page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/start-form/" in url] == []
    await shop.command(room, {"type": "end_session"})
    await page.get_by_role("button", name="开下一场").click()
    await expect(page.get_by_role("button", name="开播")).to_be_visible()


async def test_an_evening_with_everything_fetched_ahead_weighs_little_on_the_line(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room)
    first = await page.evaluate(LOADED)
    for tab in ("弹幕", "订单", "商品", "交付"):
        await go_to(page, tab)
    await page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((e) => /poll-panel/.test(e.name))"
    )
    await page.wait_for_load_state("networkidle")
    evening = await page.evaluate(LOADED)
    assert 20_000 < first < MOST_OF_THE_CONSOLE_ON_THE_LINE
    assert first < evening < MOST_OF_THE_CONSOLE_ON_THE_LINE
