"""The page in a real browser: on phones, on a screen, on paper, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from live.reports.facts import facts_of
from live.reports.html import report_html
from tests.pages.browser import browser_is_required, find_browser, open_browser
from tests.reports.big_evening import a_big_evening
from tests.reports.factories import a_quiet_evening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(name="browser", scope="module", loop_scope="module")
async def a_browser() -> AsyncIterator[Browser]:
    path = find_browser()
    if path is None and not browser_is_required():
        pytest.skip("there is no Chromium on this machine")
    assert path is not None, "no Chromium, and LINBO_REQUIRE_BROWSER wants one"
    async with open_browser(path) as browser:
        yield browser


@pytest.fixture(name="address", scope="module", params=["big", "quiet"])
def its_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    record = a_big_evening(viewers=200, comments=1_500) if request.param == "big" else a_quiet_evening()
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_html(facts_of(record)), encoding="utf-8")
    return path.as_uri()


async def opened(browser: Browser, address: str, width: int, scheme: str) -> Page:
    page = await browser.new_page(
        viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    )
    await page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_sticks_out_at_any_width(browser: Browser, address: str, scheme: str) -> None:
    page = await opened(browser, address, 360, scheme)
    for width in (360, 390, 640, 800, 1280):
        await page.set_viewport_size({"width": width, "height": 844})
        assert await page.evaluate("document.documentElement.scrollWidth") == width


async def test_the_page_loads_alone_and_the_console_stays_empty(browser: Browser, address: str) -> None:
    page = await browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(address)
    assert [url for url in asked if url != "data:,"] == [address]
    assert said == []


async def test_text_on_paper_is_dark_on_white_whatever_the_screen_prefers(browser: Browser, address: str) -> None:
    page = await opened(browser, address, 1280, "dark")
    look = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    assert await page.evaluate(look) == ["rgb(245, 241, 234)", "rgb(18, 17, 15)"]
    await page.emulate_media(media="print")
    assert await page.evaluate(look) == ["rgb(33, 29, 25)", "rgb(255, 255, 255)"]


async def test_folded_viewers_are_not_printed_but_the_paper_says_where_they_are(browser: Browser, address: str) -> None:
    page = await opened(browser, address, 1280, "light")
    await page.emulate_media(media="print")
    folded = page.locator("details table")
    for place in range(await folded.count()):
        assert not await folded.nth(place).is_visible()
        assert await page.locator(".on-paper").is_visible()
