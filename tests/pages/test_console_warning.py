"""What the host is told when two offers bear one name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, start_session
from tests.pages.test_console import open_console

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_name_that_means_two_things_is_told_at_the_start_and_stays_until_put_away(
    page: Page, shop: Shop, room: str
) -> None:
    await open_console(page, shop, room)
    twins = start_session([EGG | {"aliases": ["好货"]}, APPLE | {"aliases": ["好货"]}])
    await page.get_by_label("或者粘贴在这里").fill(json.dumps(twins))
    await page.get_by_role("button", name="开播").click()
    warning = page.locator("lb-toast-line [data-kind='warning']")
    await expect(warning).to_contain_text("“好货”同时是")
    await warning.get_by_role("button").click()
    await expect(warning).to_be_hidden()
    assert (await shop.snapshot(room))["session"]["state"] == "running"
