"""The pictures of the teleprompter and of its script: an evening at eight of its moments."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.pages.shop import EGG, LONG_TITLE, TOFU, offer
from tests.pages.test_prompter import begin, card, go_on_to, heading, open_prompter

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Json, Shop

SMALL, TALL, TABLET, UPRIGHT, SCREEN = (360, 640), (390, 844), (1024, 768), (768, 1024), (1920, 1080)
SETTLE_MS = 700

APPLE = offer(
    "apple", 2, "红富士苹果 5 斤", aliases=["苹果"], unit="袋", price="29.90", quota=60, facts={"糖度": "15 度，脆甜"}
)
FEW = EGG | {"case_size": 1, "min_quantity": 12}
TEXT = """## 开场 3分钟
- 各位邻居晚上好，新来的点个关注
- 今晚三样，都在清单里
## 1号 土鸡蛋 5分钟
- 散养的，王大叔农场
- 15 天内吃完，蛋黄红
- 明天上午东门自提
> 扣1 60秒
## 秒杀 1号 土鸡蛋 2分钟
- 只有 10 箱，倒数完再打
> 秒杀 29.90元 限量10 每人1 2分钟 预告10秒
## 福袋 2分钟
- 打“福袋”就算参加
> 福袋 土鸡蛋一箱 价值39.90元 2名 口令福袋 2分钟 下过单的
## 2号 红富士 4分钟
- 脆甜，糖度 15
- 一袋 5 斤，十来个
## 结束 3分钟
- 还想加的抓紧
"""
EXTREME = f"""## 1号 {LONG_TITLE} 5分钟
{chr(10).join("- 这一条特别长，说的是怎么养的、吃什么长大的、为什么比别家贵一点、怎么存、怎么吃" for _ in range(9))}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One picture, in a room of its own. `cue`: which card is on it; `at`: the section that is turned to."""

    name: str
    size: tuple[int, int] = SMALL
    cue: str = ""
    at: str = ""
    tap: tuple[str, ...] = ()
    text: str = TEXT
    device: dict[str, object] = field(default_factory=dict)
    docs: bool = False

    @property
    def room(self) -> str:
        """Where it happens."""
        return f"picture-{self.name}"


def looks() -> list[Look]:
    """Every picture."""
    sizes = {"360": SMALL, "tablet": TABLET, "upright": UPRIGHT, "screen": SCREEN}
    return [
        Look(name="prompter-phone", size=TALL, cue="question", docs=True),
        Look(name="prompter-tablet", size=TABLET, cue="group", docs=True),
        Look(name="prompter-mirror", size=TABLET, cue="group", device={"mirror": "x"}, docs=True),
        Look(name="script-cards", size=TALL, tap=("设置", "写稿子", "summary"), docs=True),
        Look(name="prompter-rules", size=TALL, tap=("设置",), docs=True),
        *[Look(name=f"prompter-cue-{name}", size=size, cue="group") for name, size in sizes.items()],
        *[Look(name=f"prompter-long-{name}", size=size, text=EXTREME) for name, size in sizes.items()],
        Look(name="prompter-mirrored-y", size=UPRIGHT, device={"mirror": "y"}),
        Look(name="prompter-largest", size=TABLET, device={"size": 6}),
        Look(name="prompter-bag", at="福袋", tap=("开福袋",)),
        Look(name="script-text", tap=("设置", "写稿子", "文字")),
    ]


async def take(shop: Shop, browser: Browser, look: Look, folder: Path) -> None:
    """Make one picture."""
    width, height = look.size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    await context.add_init_script(f"localStorage.setItem('linbo-prompter', {json.dumps(json.dumps(look.device))})")
    page = await context.new_page()
    goods: list[Json] = [FEW, APPLE, TOFU]
    await begin(shop, look.room, *goods, text=look.text)
    await open_prompter(page, shop, look.room)
    await _happen(page, shop, look)
    await page.wait_for_timeout(SETTLE_MS)
    await page.screenshot(path=folder / f"{look.name}.png")
    await context.close()


async def _happen(page: Page, shop: Shop, look: Look) -> None:
    if look.cue == "group":
        await shop.command(look.room, {"type": "pin_offer", "offer_id": "egg"})
        await shop.say(look.room, ("张姐", "要9箱鸡蛋"))
        await expect(card(page)).to_be_visible()
    if look.cue == "question":
        await shop.command(look.room, {"type": "pin_offer", "offer_id": "apple"})
        await expect(heading(page)).to_have_text("红富士")
        await shop.say(look.room, *((f"观众{n}", "苹果甜不甜") for n in range(27)))
        await expect(card(page)).to_contain_text("27 人问")
    if look.at:
        await go_on_to(page, look.at)
    for tap in look.tap:
        if tap == "summary":
            await page.locator("lb-card-list summary").nth(2).click()
        else:
            role: Literal["radio", "button"] = "radio" if tap == "文字" else "button"
            await page.get_by_role(role, name=tap).last.click()
            await expect(page.get_by_role("dialog").last).to_be_visible()
