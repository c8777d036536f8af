"""The pictures of the counter: a morning with a queue before it, at four of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.pages.counter import POINTS, begin, big_button, card, go_to, look_for, open_counter, reserve

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

SMALL, TALL, TABLET = (360, 640), (390, 844), (1024, 768)
SETTLE_MS = 700
QUEUE = ("张姐", "李叔", "王婶", "小雨妈妈", "东街老刘", "陈奶奶", "阿强", "孙老师", "何大爷", "秀兰")
MET = "6644"
"""The phone of the one who stands before the counter."""


class Step(IntEnum):
    """How far the morning has come."""

    COMING = 0
    READY = 1
    PERSON = 2
    WEIGHED = 3
    HANDED = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Morning:
    """One picture, in a room of its own."""

    name: str
    step: Step
    size: tuple[int, int] = SMALL
    theme: Literal["dark", "light"] = "light"
    docs: bool = False

    @property
    def room(self) -> str:
        """Where it happens."""
        return f"picture-{self.name}"


def mornings() -> list[Morning]:
    """Every picture."""
    themes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    return [
        Morning(name="pickup-ready", step=Step.READY, size=TALL, docs=True),
        Morning(name="pickup-person", step=Step.WEIGHED, size=TALL, docs=True),
        Morning(name="pickup-tablet", step=Step.HANDED, size=TABLET, docs=True),
        *[
            Morning(name=f"counter-{step.name.lower()}-{theme}", step=step, theme=theme)
            for step in Step
            for theme in themes
        ],
    ]


async def take(shop: Shop, browser: Browser, morning: Morning, folder: Path) -> None:
    """Make one picture."""
    await _evening_before(shop, morning.room)
    width, height = morning.size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{morning.theme}')")
    await context.add_init_script("localStorage.setItem('linbo-pickup-no-scan', 'read')")
    page = await context.new_page()
    await open_counter(page, shop, morning.room)
    await _walk(page, shop, morning)
    await page.wait_for_timeout(SETTLE_MS)
    await page.screenshot(path=folder / f"{morning.name}.png")
    await context.close()


async def _evening_before(shop: Shop, room: str) -> None:
    await begin(shop, room, pickup_points=POINTS)
    for place, name in enumerate(QUEUE):
        goods = [("egg", 1 + place % 3), *([("pork", 2 + place % 4)] if place % 2 == 0 else [])]
        goods += [("tofu", 1)] if place % 3 == 1 else []
        await reserve(shop, room, name, *goods, phone_tail=str(6600 + 11 * place), own_bag=place % 4 == 0)
    await shop.command(room, {"type": "end_session"})
    await shop.command(room, {"type": "close_cycle"})


async def _walk(page: Page, shop: Shop, morning: Morning) -> None:
    if morning.step == Step.COMING:
        await go_to(page, "没到货")
        return
    await shop.command(morning.room, {"type": "mark_ready"})
    if morning.step >= Step.PERSON:
        await look_for(page, MET)
        await expect(card(page)).to_be_visible()
    if morning.step >= Step.WEIGHED:
        await page.get_by_label("实重").last.fill("2.18")
    if morning.step >= Step.HANDED:
        await big_button(page).click()
        await expect(big_button(page)).to_have_text("下一位")
