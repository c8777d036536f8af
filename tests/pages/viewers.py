"""Phones of viewers on the shop's pages: taps and what comes of them."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.pages.conftest import PHONE
from tests.pages.shop import CYCLE, EGG, TOFU, start_session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator, Page

    from tests.pages.shop import Json, Shop

POINTS = [*CYCLE["pickup_points"], {"id": "p2", "name": "西街粮油店", "address": "西街 7 号"}]
_cycles = count(1)


def an_evening(**more: object) -> Json:
    """A list with eggs for three, tofu of two kinds, and two pickup points, in a cycle of its own."""
    cycle = CYCLE | {"id": f"cycle-{next(_cycles)}", "pickup_points": POINTS}
    return start_session([EGG | {"quota": 3, "per_viewer_limit": 5}, TOFU], cycle=cycle, **more)


@asynccontextmanager
async def another_phone(browser: Browser) -> AsyncIterator[Page]:
    """Somebody else's phone, with cookies of its own."""
    context = await browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    yield await context.new_page()
    await context.close()


async def open_list(page: Page, shop: Shop, room: str) -> None:
    """Open the shop's page and wait for its list."""
    await page.goto(f"{shop.base}/shop/{room}")
    await expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def card(page: Page, title: str) -> Locator:
    """The card of an offer on the list."""
    return page.locator("lb-offer").filter(has_text=title)


def line(page: Page, title: str) -> Locator:
    """A line of somebody's basket."""
    return page.locator("lb-line").filter(has_text=title)


async def collect(page: Page, *names: str) -> None:
    """Tap the plus of these goods, once each."""
    for name in names:
        await page.get_by_role("button", name=re.compile(f"^加一.+?{re.escape(name)}")).click()


async def order(page: Page, *names: str, called: str = "东门王姐") -> None:
    """Collect goods and send the order."""
    await collect(page, *names)
    await page.get_by_role("button", name="去预订").click()
    await page.get_by_label("怎么称呼您").fill(called)
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    await expect(page.get_by_role("link", name="我的预订")).to_be_visible()


async def to_own_page(page: Page) -> str:
    """Go from the answer to the page of the code; gives the code."""
    await page.get_by_role("link", name="我的预订").click()
    await expect(page.locator("lb-part").first).to_be_visible()
    return page.url.rsplit("/", 1)[1]


async def fits(page: Page) -> bool:
    """Whether nothing is wider than the phone."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
