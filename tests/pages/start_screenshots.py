"""The pictures of setting an evening up: goods from a pasted list, one of them opened, and a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

SMALL, TALL, PC = (360, 640), (390, 844), (1280, 800)
CHAT = """#接龙 今晚8点截单
1. 柳树湾土鸡蛋 30枚 39.9元/箱 限84
产地：柳树湾何家
②红富士苹果5斤 29.9元/袋 限60
③嘎啦苹果5斤 25.9元/袋 限50
4、黑猪五花肉 ¥26.8/斤 限60斤 每人限6
5️⃣ 手工挂面 2斤装 12.9/袋 限100"""
SETTLE_MS = 700


class Step(IntEnum):
    """How far the evening has come."""

    GOODS = 0
    OPENED = 1
    FAULTS = 2
    ASKED = 3
    REHEARSED = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One picture, in a room of its own."""

    name: str
    step: Step
    size: tuple[int, int] = TALL
    theme: Literal["dark", "light"] = "dark"
    docs: bool = False


def settings() -> list[Setting]:
    """Every picture."""
    return [
        Setting(name="console-goods", step=Step.GOODS, docs=True),
        Setting(name="console-goods-sheet", step=Step.OPENED, theme="light", docs=True),
        Setting(name="console-rehearsal", step=Step.REHEARSED, docs=True),
        *[
            Setting(name=f"start-{step.name.lower()}-{theme}-{size[0]}", step=step, size=size, theme=theme)
            for step in Step
            for theme in ("dark", "light")
            for size in (SMALL, PC)
        ],
    ]


async def take(shop: Shop, browser: Browser, setting: Setting, folder: Path) -> None:
    """Set an evening up as far as this, and take its picture."""
    width, height = setting.size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{setting.theme}')")
    page = await context.new_page()
    await page.goto(shop.console(f"picture-{setting.name}"))
    await page.get_by_label("或者粘贴在这里").fill(CHAT)
    await expect(page.locator("lb-goods-list li")).to_have_count(5)
    await page.evaluate("() => document.activeElement.blur()")
    for step in range(1, setting.step + 1):
        await _STEPS[Step(step)](page)
    await page.wait_for_timeout(SETTLE_MS)
    await page.screenshot(path=folder / f"{setting.name}.png")
    await context.close()


async def _open(page: Page) -> None:
    await page.locator("lb-goods-list .open").first.click()
    await page.get_by_role("dialog").get_by_label("别名").fill("鸡蛋、土鸡蛋、柴鸡蛋")


async def _faults(page: Page) -> None:
    await page.get_by_role("dialog").get_by_label("价格").fill("三十九块九")
    await page.get_by_role("button", name="改好了").click()
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("lb-goods-list [data-faulty]")).to_have_count(1)


async def _ask(page: Page) -> None:
    await page.locator("lb-goods-list .open").first.click()
    await page.get_by_role("dialog").get_by_label("价格").fill("39.9")
    await page.get_by_role("button", name="改好了").click()
    await page.get_by_label("自提点").fill("东门便利店，人民路 18 号")
    await page.get_by_role("button", name="先彩排一遍").click()
    await page.get_by_role("radio", name="20 倍").click()


async def _rehearse(page: Page) -> None:
    await page.get_by_role("button", name="开始彩排").click()
    await expect(page.locator("lb-trouble-banner")).to_contain_text("彩排中")
    await expect(page.locator("lb-confirm-card")).not_to_have_count(0, timeout=60_000)


_STEPS = {Step.OPENED: _open, Step.FAULTS: _faults, Step.ASKED: _ask, Step.REHEARSED: _rehearse}
