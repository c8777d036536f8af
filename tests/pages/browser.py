"""Chromium for the page tests and the screenshots."""

from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN"]
REQUIRED = "LINBO_REQUIRE_BROWSER"


def find_browser() -> str | None:
    """The path of a Chromium on this machine; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def browser_is_required() -> bool:
    """Whether a missing browser is an error (CI) and not a reason to skip."""
    return os.environ.get(REQUIRED) == "1"


@asynccontextmanager
async def open_browser(path: str, *more: str) -> AsyncIterator[Browser]:
    """Run a browser until the block is left; `more` are arguments beside the usual ones."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*ARGS, *more])
        try:
            yield browser
        finally:
            await browser.close()
