"""The pictures of an evening on several devices: what another has done, and what waits for the network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.pages.shop import start_session

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page, ViewportSize

    from tests.pages.shop import Shop

SMALL: ViewportSize = {"width": 360, "height": 640}
TALL: ViewportSize = {"width": 390, "height": 844}
PC: ViewportSize = {"width": 1280, "height": 800}


@dataclass(frozen=True, kw_only=True, slots=True)
class Two:
    """Two devices in a room of their own, and what is looked at."""

    name: str
    what: str
    size: ViewportSize
    theme: str = "dark"
    docs: bool = False


def twos() -> list[Two]:
    """Every picture."""
    more = [
        Two(name=f"console-team-{what}-{size['width']}-{theme}", what=what, size=size, theme=theme)
        for what in ("news", "waiting")
        for size in (SMALL, PC)
        for theme in ("dark", "light")
    ]
    return [Two(name="console-team", what="news", size=TALL, docs=True), *more]


async def take(shop: Shop, browser: Browser, two: Two, folder: Path) -> None:
    """Make one picture in a folder that is there."""
    await shop.command(two.name, start_session())
    await shop.command(two.name, {"type": "pin_offer", "offer_id": "egg"})
    host = await _device(shop, browser, two, {"role": "host", "name": "梅姐"})
    helper = await _device(shop, browser, two, {"role": "helper", "name": "小李"})
    await shop.say(two.name, ("薛***", "要两箱鸡蛋"), ("林***", "要一箱鸡蛋"), ("赵姨", "鸡蛋来点"))
    await expect(host.locator("lb-confirm-card")).to_have_count(3)
    if two.what == "waiting":
        await host.context.set_offline(True)
        await host.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
        await expect(host.locator("lb-team-line .wait")).to_be_visible()
    else:
        await helper.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(host.locator("lb-team-line .news")).to_be_visible()
    await host.evaluate("() => document.fonts.ready")
    await host.screenshot(path=folder / f"{two.name}.png", animations="disabled")
    for page in (host, helper):
        await page.context.close()


async def _device(shop: Shop, browser: Browser, two: Two, who: dict[str, str]) -> Page:
    context = await browser.new_context(viewport=two.size, locale="zh-CN", timezone_id="Asia/Shanghai")
    kept = {"linbo-theme": two.theme, "linbo-who": json.dumps(who)}
    await context.add_init_script(f"Object.assign(localStorage, {json.dumps(kept)})")
    page = await context.new_page()
    await page.goto(shop.console(two.name))
    await expect(page.locator("[data-link='up']")).to_be_visible()
    await expect(page.locator("lb-team-line > ol")).to_be_attached()
    return page
