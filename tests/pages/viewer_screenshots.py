"""The pictures of the viewers' pages: somebody orders on a phone, step by step, and a picture is taken at one of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.pages.shop import EXTREME_OFFERS, ROOT, Json, start_session
from tests.pages.viewers import POINTS, collect, open_list, to_own_page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

SMALL, TALL = (360, 640), (390, 844)
SETTLE_MS = 700
EGG, TOFU = "柳树湾土鸡蛋 30 枚", "石磨豆腐 2 斤 嫩豆腐"
CHINA = timezone(timedelta(hours=8))


class Step(IntEnum):
    """How far the phone has come."""

    LIST = 0
    CART = 1
    SHEET = 2
    DONE = 3
    BASKET = 4
    CHANGE = 5
    READY = 6
    COLLECTED = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One picture, in a room of its own."""

    name: str
    step: Step
    size: tuple[int, int] = SMALL
    theme: Literal["dark", "light"] = "light"
    extreme: bool = False
    docs: bool = False

    @property
    def room(self) -> str:
        """Where it happens."""
        return f"picture-{self.name}"


def scenes() -> list[Scene]:
    """Every picture."""
    themes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    every = [
        Scene(name=f"viewer-{step.name.lower()}-{theme}", step=step, theme=theme) for step in Step for theme in themes
    ]
    extreme = [
        Scene(name=f"viewer-extreme-{step.name.lower()}", step=step, extreme=True)
        for step in (Step.LIST, Step.CART, Step.SHEET, Step.BASKET)
    ]
    return [
        Scene(name="shop", step=Step.CART, size=TALL, docs=True),
        Scene(name="shop-order", step=Step.SHEET, size=TALL, docs=True),
        Scene(name="basket", step=Step.BASKET, size=TALL, docs=True),
        Scene(name="basket-ready", step=Step.READY, size=TALL, docs=True),
        *every,
        *extreme,
    ]


async def take(shop: Shop, browser: Browser, scene: Scene, folder: Path) -> None:
    """Make one picture."""
    await shop.command(scene.room, start_session(EXTREME_OFFERS) if scene.extreme else _tonight())
    if not scene.extreme:
        await shop.say(scene.room, *[(f"顾客{n}", "要两份嫩豆腐") for n in range(5)], ("李哥", "要3箱鸡蛋"))
    width, height = scene.size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=scene.theme,
    )
    page = await context.new_page()
    await open_list(page, shop, scene.room)
    await _walk(page, shop, scene)
    await page.wait_for_timeout(SETTLE_MS)
    await page.screenshot(path=folder / f"{scene.name}.png")
    await context.close()


async def _walk(page: Page, shop: Shop, scene: Scene) -> None:
    goods = ("明前龙井", "明前龙井", "明前龙井") if scene.extreme else (EGG, EGG, TOFU)
    if scene.step >= Step.CART:
        await collect(page, *goods)
        await page.evaluate("scrollTo(0, 0)")
    if scene.step >= Step.SHEET:
        await page.get_by_role("button", name="去预订").click()
        await page.get_by_label("怎么称呼您").fill("东门王姐")
    if scene.step >= Step.DONE:
        await page.get_by_role("button", name=re.compile("^预订 ")).click()
        await expect(page.get_by_role("link", name="我的预订")).to_be_visible()
    if scene.step >= Step.BASKET:
        await _at_home(page, shop, scene)


async def _at_home(page: Page, shop: Shop, scene: Scene) -> None:
    code = await to_own_page(page)
    if scene.step == Step.CHANGE:
        await page.get_by_role("button", name="改数量").first.click()
    if scene.step >= Step.READY:
        for command in ("end_session", "close_cycle", "mark_ready"):
            await shop.command(scene.room, {"type": command})
        await expect(page.locator("lb-part .state")).to_have_text("货到了，可以来提")
        await page.evaluate("scrollTo(0, 0)")
    if scene.step >= Step.COLLECTED:
        await shop.command(scene.room, {"type": "collect", "pickup_code": code, "own_bag": True})


def _tonight() -> Json:
    """The demo's goods, cut off in a while, to be fetched tomorrow."""
    session: Json = json.loads((ROOT / "config" / "demo" / "session.json").read_text(encoding="utf-8"))
    now = datetime.now(UTC).astimezone(CHINA)
    tomorrow = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    cycle = {
        "cutoff_at": (now + timedelta(minutes=80)).isoformat(timespec="seconds"),
        "pickup_at": tomorrow.isoformat(timespec="seconds"),
        "pickup_points": POINTS,
    }
    return session | {"cycle": cycle}
