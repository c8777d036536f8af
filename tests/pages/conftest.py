"""One service and one browser for all page tests; each test has a room and pages of its own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.pages.browser import browser_is_required, find_browser, open_browser
from tests.pages.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

    from tests.pages.shop import Shop

PHONE: ViewportSize = {"width": 360, "height": 640}
_rooms = count(1)


@pytest.fixture(scope="package")
def browser_path() -> str:
    path = find_browser()
    if path is not None:
        return path
    if browser_is_required():
        pytest.fail("LINBO_REQUIRE_BROWSER=1, but there is no Chromium on this machine")
    pytest.skip("there is no Chromium on this machine")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def shop(tmp_path_factory: pytest.TempPathFactory, browser_path: str) -> AsyncIterator[Shop]:
    assert browser_path
    async with open_shop(tmp_path_factory.mktemp("shop")) as (one, _service):
        yield one


@pytest.fixture
def room() -> str:
    return f"room-{next(_rooms)}"


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser(browser_path: str) -> AsyncIterator[Browser]:
    async with open_browser(browser_path) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="package")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone that speaks Chinese; whatever goes wrong in its pages fails the test."""
    one = await browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    faults: list[str] = []
    one.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield one
    await one.close()
    assert faults == []


@pytest_asyncio.fixture(loop_scope="package")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()
