"""The pictures of what a host does for the picture: one evening on a phone, from the first flash deal to the poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.pages.shop import CYCLE, EGG, TOFU, offer, start_session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Browser, Locator, Page

    from tests.pages.shop import Json, Shop

SMALL, TALL = (360, 640), (390, 844)
SETTLE_MS = 600
NAMES = ("张姐", "李叔", "王婶", "小雨妈妈", "东街老刘", "陈奶奶", "阿强", "孙老师", "何大爷", "秀兰", "桥头老周")
DOCS = frozenset({"activities", "flash-form", "flash", "winners", "comment"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """One evening on a phone of one size, in one light."""

    size: tuple[int, int]
    theme: Literal["dark", "light"]
    docs: bool = False

    @property
    def room(self) -> str:
        """Where it happens."""
        return f"activities-{self.size[0]}-{self.theme}"

    def name(self, step: str) -> str:
        """What the picture of a step is called."""
        return f"console-{step}" if self.docs else f"activity-{step}-{self.size[0]}-{self.theme}"


def of_docs() -> set[str]:
    """The names of the pictures that the docs show."""
    return {evening.name(step) for evening in evenings() if evening.docs for step in DOCS}


def evenings() -> list[Evening]:
    """Every evening; the first is that of the docs."""
    return [
        Evening(size=TALL, theme="dark", docs=True),
        Evening(size=SMALL, theme="dark"),
        Evening(size=SMALL, theme="light"),
        Evening(size=TALL, theme="light"),
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A phone before the console of a room."""

    shop: Shop
    page: Page
    room: str

    @property
    def sheet(self) -> Locator:
        """The sheet that is open."""
        return self.page.get_by_role("dialog")

    async def do(self, **command: object) -> None:
        """Carry a command out."""
        await self.shop.command(self.room, dict(command))

    async def leave(self) -> None:
        """Close the sheet."""
        await self.sheet.get_by_role("button", name="返回").click()

    async def more(self, tile: int | None = None) -> None:
        """Open 活动, and one of its tiles."""
        await self.page.locator("lb-now-bar .more").click()
        if tile is not None:
            await self.sheet.locator(".tile").nth(tile).click()

    async def chip(self, word: str) -> None:
        """Open what runs."""
        await self.page.locator("lb-live-strip").get_by_role("button").filter(has_text=word).click()

    async def tab(self, name: str) -> None:
        """Turn to a section."""
        await self.page.get_by_role("navigation").get_by_role("button", name=name).click()


async def _offers(stage: Stage) -> None:
    await stage.tab("商品")


async def _flash_form(stage: Stage) -> None:
    await stage.page.get_by_role("button", name="秒杀 土鸡蛋 30 枚").click()


async def _flash(stage: Stage) -> None:
    await stage.leave()
    await stage.do(type="start_flash_sale", **_terms("egg", "29.90", 10))
    await stage.shop.say(stage.room, *[(name, "要1箱鸡蛋") for name in NAMES[:7]])
    await stage.chip("秒杀")


async def _activities(stage: Stage) -> None:
    await stage.leave()
    await stage.more()


async def _bag_form(stage: Stage) -> None:
    await stage.sheet.locator(".tile").nth(1).click()
    await stage.sheet.get_by_label("奖品").fill("土鸡蛋一箱")
    await stage.sheet.get_by_label("值（元/份）").fill("39.90")
    await stage.sheet.locator("h2").focus()


async def _bag(stage: Stage) -> None:
    await stage.leave()
    rules = {"title": "今晚福袋", "prize": "土鸡蛋一箱", "prize_value": "39.90", "winners": 3, "keyword": "福袋"}
    await stage.do(type="open_giveaway", kind="lucky_bag", seconds=120, **rules)
    await stage.shop.say(stage.room, *[(name, "福袋") for name in NAMES])
    await stage.chip("福袋")


async def _drawing(stage: Stage) -> None:
    await stage.sheet.get_by_role("button", name="现在开奖").click()
    await stage.sheet.get_by_role("button", name="现在开奖").click()
    await stage.chip("福袋")


async def _winners(stage: Stage) -> None:
    await stage.shop.say(stage.room, *[(name, "抽到谁了") for name in NAMES[:5]])
    await stage.sheet.get_by_role("button", name="领了奖").first.click(timeout=15_000)
    await expect(stage.sheet.locator("[data-state='claimed']")).to_have_count(1)


async def _proof(stage: Stage) -> None:
    await stage.sheet.get_by_role("button", name="二维码").click()


async def _poll_form(stage: Stage) -> None:
    await stage.leave()
    await stage.more(2)
    await stage.sheet.get_by_label("选项 1").fill("草莓")
    await stage.sheet.get_by_label("选项 2").fill("砂糖橘")
    await stage.sheet.locator("h2").focus()


async def _poll(stage: Stage) -> None:
    await stage.leave()
    options = [{"key": str(n), "label": label} for n, label in enumerate(("草莓", "砂糖橘", "土猪肉"), 1)]
    await stage.do(type="open_poll", question="明天上什么？", options=options, seconds=120)
    await stage.shop.say(stage.room, *[(name, str(n % 4 // 2 + 1)) for n, name in enumerate(NAMES)])
    await stage.chip("投票")


async def _comment(stage: Stage) -> None:
    await stage.leave()
    await stage.shop.say(stage.room, ("秀兰", "鸡蛋是散养的吗"))
    await stage.tab("弹幕")
    await stage.page.get_by_role("button", name="处理 秀兰 的弹幕").last.click()


async def _on_show(stage: Stage) -> None:
    await stage.sheet.get_by_role("button", name="当问题上屏").click()
    await expect(stage.sheet).to_have_count(0)


async def _list(stage: Stage) -> None:
    await stage.more()
    await stage.sheet.get_by_role("switch").click()
    await expect(stage.sheet.get_by_role("switch")).to_have_attribute("aria-checked", "true")


async def _keyword(stage: Stage) -> None:
    await stage.sheet.locator(".tile").nth(3).click()


async def _refused(stage: Stage) -> None:
    await stage.leave()
    await stage.do(type="stop_flash_sale", offer_id="egg")
    await stage.tab("商品")
    await stage.page.get_by_role("button", name="秒杀 石磨豆腐 2 斤").click()
    await stage.sheet.get_by_label("秒杀价").fill("9.90")
    await stage.sheet.locator(".submit").click()
    await expect(stage.sheet.locator(".refusal")).not_to_be_empty()


STEPS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "offers-flash": _offers,
    "flash-form": _flash_form,
    "flash": _flash,
    "activities": _activities,
    "bag-form": _bag_form,
    "bag": _bag,
    "drawing": _drawing,
    "winners": _winners,
    "proof": _proof,
    "poll-form": _poll_form,
    "poll": _poll,
    "comment": _comment,
    "on-show": _on_show,
    "activities-list": _list,
    "keyword": _keyword,
    "refused": _refused,
}


def asked(*, every: bool, only: str) -> list[tuple[Evening, list[str]]]:
    """The evenings, each with the steps of which pictures are asked for."""
    found = [
        (evening, [step for step in STEPS if (every or (evening.docs and step in DOCS)) and only in evening.name(step)])
        for evening in evenings()
    ]
    return [(evening, steps) for evening, steps in found if steps]


async def take(shop: Shop, browser: Browser, evening: Evening, steps: list[str], folder: Path) -> None:
    """Go through the evening, and take the pictures of these steps."""
    width, height = evening.size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{evening.theme}')")
    page = await context.new_page()
    stage = Stage(shop=shop, page=page, room=evening.room)
    rice = offer("rice", 4, "五常大米 10 斤", aliases=["大米"], unit="袋", price="59.00", quota=60)
    await stage.do(**start_session([EGG, TOFU, rice], cycle=CYCLE))
    await stage.do(type="pin_offer", offer_id="egg")
    await shop.say(stage.room, *[(name, "晚上好") for name in NAMES[:4]])
    await page.goto(shop.console(stage.room))
    await expect(page.locator("[data-link='up']")).to_be_visible()
    for step, act in STEPS.items():
        await act(stage)
        if step in steps:
            await page.wait_for_timeout(SETTLE_MS)
            await page.screenshot(path=folder / f"{evening.name(step)}.png")
    await context.close()


def _terms(offer_id: str, price: str, quota: int) -> Json:
    return {
        "offer_id": offer_id,
        "price": price,
        "quota": quota,
        "per_viewer_limit": 1,
        "seconds": 180,
        "countdown_seconds": 0,
    }
