"""The console under the keys of a PC."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_console import on_air, open_console, orders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

WITHIN_S = 10.0
POLL_S = 0.1


@pytest_asyncio.fixture(loop_scope="package")
async def pc(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield await context.new_page()
    await context.close()


async def awake(page: Page) -> None:
    """The first key has the script fetched; from then on a key is heard at once."""
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator("lb-offer-card").first).to_be_visible()


async def press_until_gone(page: Page, key: str, card: Locator) -> None:
    """A card that has just come takes no key for a moment."""
    async with asyncio.timeout(WITHIN_S):
        while await card.count() > 0:
            await page.keyboard.press(key)
            await asyncio.sleep(POLL_S)


async def pinned(shop: Shop, room: str) -> str:
    return str((await shop.snapshot(room))["session"]["pinned_offer_id"])


async def test_a_question_mark_lists_the_keys_in_words(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await pc.keyboard.press("?")
    sheet = pc.get_by_role("dialog", name="键盘快捷键")
    await expect(sheet.locator("dt")).to_contain_text(["A", "E", "D", "U", "1–9", "N"])
    await expect(sheet).to_contain_text("接受最前面的待确认")


async def test_one_key_does_what_the_button_of_the_first_card_says(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await shop.say(room, ("薛***", "要两箱鸡蛋"))
    card = pc.locator("lb-confirm-card")
    await expect(card).to_be_visible()
    await press_until_gone(pc, "a", card)
    assert await orders(shop, room) == [("薛***", "egg", 2, "reserved")]


async def test_one_key_takes_the_last_tap_back(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await shop.say(room, ("薛***", "要两箱鸡蛋"))
    card = pc.locator("lb-confirm-card")
    await expect(card).to_be_visible()
    await press_until_gone(pc, "a", card)
    await expect(pc.locator("lb-toast-line .undos .button")).to_be_visible()
    await pc.keyboard.press("u")
    await expect(card).to_be_visible()
    assert [(name, state) for name, _, _, state in await orders(shop, room)] == [("薛***", "cancelled")]


async def test_keys_filter_the_comments_and_hold_them(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    bar = pc.locator("lb-stream-bar")
    await expect(bar.locator("[aria-pressed='true']")).to_have_count(1)
    before = await bar.locator("[aria-pressed='true']").inner_text()
    await pc.keyboard.press("/")
    await expect(bar.locator("[aria-pressed='true']")).not_to_have_text(before)
    pause = bar.locator(":scope > .button")
    running = str(await pause.get_attribute("aria-label"))
    await pc.keyboard.press(" ")
    await expect(pause).not_to_have_attribute("aria-label", running)
    await pc.keyboard.press(" ")
    await expect(pause).to_have_attribute("aria-label", running)


async def test_one_key_dismisses(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await shop.say(room, ("薛***", "要两箱鸡蛋"))
    card = pc.locator("lb-confirm-card")
    await expect(card).to_be_visible()
    await press_until_gone(pc, "d", card)
    assert await orders(shop, room) == []


async def test_a_number_shows_its_offer_and_n_the_next(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await pc.keyboard.press("3")
    await expect(pc.get_by_role("button", name="讲解中 石磨豆腐 2 斤")).to_be_visible()
    await pc.keyboard.press("n")
    await expect(pc.get_by_role("button", name="讲解中 土鸡蛋 30 枚")).to_be_visible()
    await pc.keyboard.press("9")
    await pc.keyboard.press("2")
    await expect(pc.get_by_role("button", name="讲解中 红富士苹果 5 斤")).to_be_visible()
    assert await pinned(shop, room) == "apple"


async def test_where_money_is_at_stake_a_key_asks_as_a_tap_does(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    before = await shop.snapshot(room)
    for key, title in (("r", "补货 · 土鸡蛋 30 枚"), ("f", "秒杀")):
        await pc.keyboard.press(key)
        await expect(pc.get_by_role("dialog").get_by_role("heading").first).to_contain_text(title)
        await pc.keyboard.press("Escape")
        await expect(pc.get_by_role("dialog")).to_have_count(0)
    assert (await shop.snapshot(room))["seq"] == before["seq"]


async def test_no_key_is_taken_from_who_writes_nor_through_a_sheet(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await pc.keyboard.press("r")
    sheet = pc.get_by_role("dialog")
    await expect(sheet).to_be_visible()
    await pc.keyboard.press("3")
    await pc.keyboard.press("Control+2")
    await pc.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await pc.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'note' }))")
    await pc.locator("#note").focus()
    await pc.keyboard.type("3n")
    await expect(pc.locator("#note")).to_have_value("3n")
    assert await pinned(shop, room) == "egg"


async def test_a_key_held_down_counts_once(pc: Page, shop: Shop, room: str) -> None:
    await on_air(pc, shop, room)
    await awake(pc)
    await pc.keyboard.down("n")
    await pc.keyboard.down("n")
    await pc.keyboard.up("n")
    await expect(pc.get_by_role("button", name="讲解中 红富士苹果 5 斤")).to_be_visible()
    assert await pinned(shop, room) == "apple"


async def test_without_a_session_keys_do_nothing(pc: Page, shop: Shop, room: str) -> None:
    await open_console(pc, shop, room)
    await pc.keyboard.press("?")
    await expect(pc.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    await pc.keyboard.press("Escape")
    for key in "aedn1prf[/ ":
        await pc.keyboard.press(key)
    assert (await shop.snapshot(room))["session"] is None


async def test_the_keys_go_through_the_sections(pc: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await open_console(pc, shop, room)
    await awake(pc)
    await pc.keyboard.press("]")
    before = await pc.locator("body").get_attribute("data-tab")
    await pc.keyboard.press("]")
    await expect(pc.locator("body")).not_to_have_attribute("data-tab", str(before))
