"""The list on a viewer's phone, while the evening goes on around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import open_shop, start_session

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

LOOK_NOW = "window.dispatchEvent(new Event('online'))"


async def test_the_list_follows_the_stock(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await page.goto(f"{shop.base}/shop/{room}")
    egg = page.locator("article").first
    await expect(egg).to_contain_text("还剩 100 箱")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await page.evaluate(LOOK_NOW)
    await expect(egg).to_contain_text("还剩 98 箱")


async def test_a_service_that_is_away_leaves_the_last_list_standing(page: Page, room: str, tmp_path: Path) -> None:
    async with open_shop(tmp_path) as (shop, service):
        await shop.command(room, start_session())
        await page.goto(f"{shop.base}/shop/{room}")
        await expect(page.get_by_text("现在连不上")).to_be_hidden()
        await service.stop()
        await page.evaluate(LOOK_NOW)
        await expect(page.get_by_text("现在连不上")).to_be_visible()
        await expect(page.locator("article").first).to_contain_text("还剩 100 箱")
        await service.start()
        await page.evaluate(LOOK_NOW)
        await expect(page.get_by_text("现在连不上")).to_be_hidden()
