"""Make the screenshots of the docs anew: `python -m tests.pages.make_screenshots [FOLDER] [--all]`.

The real service, real comments over the real ingest, a real browser. Without `--all` only the pictures that the docs
show are made; with it every size, ground and extreme, to look at and judge.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from live.service.wire import CHINA
from tests.pages import (
    activity_screenshots,
    counter_screenshots,
    overlay_gallery,
    prompter_screenshots,
    start_screenshots,
    team_screenshots,
    viewer_screenshots,
)
from tests.pages.browser import find_browser, open_browser
from tests.pages.photo import photo
from tests.pages.shop import CYCLE, EXTREME_OFFERS, ROOT, Json, open_shop, start_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

DOCS = ROOT / "docs" / "screenshots"
DEMO = ROOT / "config" / "demo"
PHONE, TALL_PHONE, PC = (360, 640), (390, 844), (1280, 800)
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
SETTLE_MS = 700
DEMO_LINES = 422
"""Up to the rush on the strawberries."""

Size = tuple[int, int]
Scheme = Literal["dark", "light"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """One picture: which page of which room, how large, and what is done before."""

    name: str
    room: str
    size: Size
    page: Literal["console", "overlay"] = "console"
    tab: str | None = None
    tap: str | None = None
    theme: Scheme = "dark"
    ground: Literal["white", "black", "photo"] = "photo"
    query: dict[str, str] = field(default_factory=dict)
    docs: bool = False


def shots() -> list[Shot]:
    """Every picture."""
    return [*_evening(), *_extremes(), *_overlays()]


def _evening() -> list[Shot]:
    tabs = ["待确认", "弹幕", "订单", "商品"]
    phone = [Shot(name=f"console-{tab}-360", room="evening", size=PHONE, tab=tab) for tab in tabs]
    light = [
        Shot(name=f"console-{tab}-390-light", room="evening", size=TALL_PHONE, tab=tab, theme="light") for tab in tabs
    ]
    return [
        Shot(name="console-confirm", room="evening", size=TALL_PHONE, tab="待确认", docs=True),
        Shot(name="console-comments", room="evening", size=TALL_PHONE, tab="弹幕", docs=True),
        Shot(name="console-questions", room="asking", size=TALL_PHONE, tab="问题", docs=True),
        Shot(name="console-offers", room="evening", size=TALL_PHONE, tab="商品", theme="light", docs=True),
        Shot(name="console-orders", room="evening", size=TALL_PHONE, tab="订单", docs=True),
        Shot(name="console-wide", room="evening", size=PC, docs=True),
        Shot(name="console-wide-light", room="evening", size=PC, theme="light"),
        Shot(name="console-tablet", room="evening", size=(800, 1280)),
        Shot(name="console-tablet-landscape", room="evening", size=(1024, 640)),
        Shot(name="console-after", room="over", size=TALL_PHONE, docs=True),
        Shot(name="console-after-360", room="over", size=PHONE, tab="订单"),
        Shot(name="console-after-wide", room="over", size=PC),
        Shot(name="console-start", room="nothing", size=TALL_PHONE, docs=True),
        Shot(name="console-start-360", room="nothing", size=PHONE),
        Shot(name="console-start-wide", room="nothing", size=PC),
        Shot(name="console-empty-360", room="quiet", size=PHONE, tab="待确认"),
        Shot(name="console-empty-orders", room="quiet", size=PHONE, tab="订单"),
        Shot(name="console-empty-comments", room="quiet", size=PHONE, tab="弹幕"),
        Shot(name="console-picker", room="evening", size=PHONE, tab="待确认", tap="lb-confirm-card .edit:visible"),
        Shot(name="console-restock", room="evening", size=PHONE, tab="商品", tap="lb-offer-card .taps > :last-child"),
        Shot(name="console-order-sheet", room="evening", size=PHONE, tab="订单", tap="lb-order-row .button"),
        Shot(name="console-health", room="evening", size=TALL_PHONE, tap="lb-top-bar .health", docs=True),
        Shot(name="console-menu", room="evening", size=PHONE, tap="lb-top-bar .button"),
        Shot(name="console-english", room="evening", size=PHONE, tab=None, query={"lang": "en"}),
        *phone,
        *light,
    ]


def _extremes() -> list[Shot]:
    tabs = ["待确认", "弹幕", "订单", "商品"]
    return [
        *[Shot(name=f"extreme-{tab}-360", room="extreme", size=PHONE, tab=tab) for tab in tabs],
        Shot(name="extreme-wide", room="extreme", size=PC),
        Shot(name="extreme-wide-light", room="extreme", size=PC, theme="light"),
    ]


def _overlays() -> list[Shot]:
    made = [
        Shot(name="overlay-portrait", room="evening", size=PORTRAIT, page="overlay", docs=True),
        Shot(name="overlay-landscape", room="evening", size=LANDSCAPE, page="overlay", docs=True),
        Shot(name="overlay-chroma", room="evening", size=PORTRAIT, page="overlay", query={"bg": "00ff00"}),
        Shot(name="overlay-720", room="evening", size=(720, 1280), page="overlay"),
    ]
    for room in ("evening", "extreme", "sold-out", "dear"):
        for way, size in (("portrait", PORTRAIT), ("landscape", LANDSCAPE)):
            grounds: list[Literal["white", "black", "photo"]] = ["white", "black", "photo"]
            made += [
                Shot(name=f"overlay-{room}-{way}-{ground}", room=room, size=size, page="overlay", ground=ground)
                for ground in grounds
            ]
    return made


async def prepare(shop: Shop) -> None:
    """Fill the rooms: an evening, one that is over, an empty session, and three of extremes."""
    for room in ("evening", "over"):
        await shop.command(room, _demo_session())
        await _demo_evening(shop, room)
    await shop.command("over", {"type": "end_session"})
    await shop.command("quiet", start_session())
    await shop.command("asking", _demo_session() | {"cycle": CYCLE | _tomorrow()})
    await shop.command("asking", {"type": "pin_offer", "offer_id": "orange"})
    await _talk(shop, "asking", _questions())
    for room, pinned in (("extreme", "hen"), ("sold-out", "salt"), ("dear", "tea")):
        title = "周三晚上八点半全县最低价不好吃包退只此一晚"
        await shop.command(room, start_session(EXTREME_OFFERS, title=title))
        await shop.command(room, {"type": "pin_offer", "offer_id": pinned})
        await _talk(shop, room, _extreme_comments())


async def make(
    folder: Path,
    chosen: Sequence[Shot],
    of_viewers: Sequence[viewer_screenshots.Scene] = (),
    of_counter: Sequence[counter_screenshots.Morning] = (),
    of_activities: Sequence[tuple[activity_screenshots.Evening, list[str]]] = (),
    of_prompter: Sequence[prompter_screenshots.Look] = (),
    of_start: Sequence[start_screenshots.Setting] = (),
    of_team: Sequence[team_screenshots.Two] = (),
) -> None:
    """Make the pictures in a folder that is there."""
    path = find_browser()
    if path is None:
        sys.exit("没有找到 Chromium：先安装它（apt install chromium），再运行一次。")
    with tempfile.TemporaryDirectory() as data:
        async with open_shop(Path(data)) as (shop, _service), open_browser(path) as browser:
            if chosen:
                await prepare(shop)
            for shot in chosen:
                await _take(shop, browser, shot, folder)
            for scene in of_viewers:
                await viewer_screenshots.take(shop, browser, scene, folder)
            for morning in of_counter:
                await counter_screenshots.take(shop, browser, morning, folder)
            for evening, steps in of_activities:
                await activity_screenshots.take(shop, browser, evening, steps, folder)
            for look in of_prompter:
                await prompter_screenshots.take(shop, browser, look, folder)
            for setting in of_start:
                await start_screenshots.take(shop, browser, setting, folder)
            for two in of_team:
                await team_screenshots.take(shop, browser, two, folder)


async def _take(shop: Shop, browser: Browser, shot: Shot, folder: Path) -> None:
    width, height = shot.size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=shot.theme,
    )
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{shot.theme}')")
    page = await context.new_page()
    await page.goto(_address(shop, shot))
    await page.wait_for_timeout(SETTLE_MS)
    if shot.page == "overlay":
        await _on_air(shop, page, shot)
    if shot.tab is not None:
        await page.get_by_role("navigation").get_by_text(shot.tab).click()
    if shot.tap is not None:
        await page.locator(shot.tap).first.click()
    await page.wait_for_timeout(SETTLE_MS)
    if shot.docs and shot.page == "overlay":
        await page.screenshot(path=folder / f"{shot.name}.jpg", type="jpeg", quality=86)
    else:
        await page.screenshot(path=folder / f"{shot.name}.png")
    await context.close()


def _address(shop: Shop, shot: Shot) -> str:
    match shot.page:
        case "console":
            return shop.console(shot.room, **shot.query)
        case "overlay":
            return shop.overlay(shot.room, **shot.query)


async def _on_air(shop: Shop, page: Page, shot: Shot) -> None:
    """An order comes in while a prompt is open, over something to look at."""
    state = await shop.snapshot(shot.room)
    if state["prompt"] is None:
        pinned = state["session"]["pinned_offer_id"]
        prompt = {"type": "open_prompt", "keyword": "1", "meaning": "claim", "ref_id": pinned, "seconds": 120}
        await shop.command(shot.room, prompt)
    await shop.say(shot.room, (f"桥头{random.randrange(10_000)}", "1"))  # noqa: S311  # a name, not a secret
    if "bg" not in shot.query:
        ground = f"url(data:image/jpeg;base64,{photo(shot.size)})" if shot.ground == "photo" else "none"
        colour = "black" if shot.ground == "black" else "white"
        await page.evaluate(
            "([image, colour]) => Object.assign(document.body.style,"
            " {backgroundColor: colour, backgroundImage: image, backgroundSize: 'cover'})",
            [ground, colour],
        )


def _demo_session() -> Json:
    session: Json = json.loads((DEMO / "session.json").read_text(encoding="utf-8"))
    return session | {"cycle": CYCLE}


async def _demo_evening(shop: Shop, room: str) -> None:
    """The first part of the bundled evening: what the host does and what viewers write, in their order."""
    said: list[tuple[str, str]] = []
    for line in (DEMO / "evening.jsonl").read_text(encoding="utf-8").splitlines()[:DEMO_LINES]:
        step = json.loads(line)
        if "command" in step:
            await _talk(shop, room, said)
            await shop.command(room, step["command"])
            said = []
        elif step["frame"]["type"] == "comment":
            said.append((step["frame"]["user"]["name"], step["frame"]["text"]))
    await _talk(shop, room, said)


def _tomorrow() -> Json:
    """A cycle as shops have it: cut off tonight, fetched in the morning."""
    night = datetime.now(CHINA).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {"cutoff_at": night.isoformat(), "pickup_at": (night + timedelta(hours=10)).isoformat()}


def _questions() -> list[tuple[str, str]]:
    """What a room asks within a minute; some of them have an order."""
    sweet = ("甜不甜", "甜吗", "这个甜么老板")
    return [
        ("百合", "橙子两箱"),
        ("胖嫂早餐", "橙子一箱"),
        *[
            (name, sweet[n % 3])
            for n, name in enumerate(("百合", "胖嫂早餐", "东门老李", "小雨妈妈", "骑车的老周", "阿珍"))
        ],
        *[
            (name, text)
            for name, text in (("徐会计", "几点能提"), ("老兵", "什么时候可以拿货"), ("冬冬", "明天几点去拿"))
        ],
        ("东门老李", "橙子还有吗"),
        ("阿珍", "能开发票吗"),
    ]


def _extreme_comments() -> list[tuple[str, str]]:
    long_name = "住在桥头东门菜市场旁边第三家的爱吃鸡蛋的张大姐本人"
    return [
        (f"{long_name}家的老王", "老母鸡要8888只" + "，真的真的要" * 20),
        (long_name, "老母鸡来两只"),
        ("x" * 60, "要" + "w" * 200 + "两只"),
        ("李四", "龙井来2礼盒"),
        ("王五", "龙井要三礼盒，老母鸡一只"),
        (long_name, "龙井来1礼盒"),
        *[(f"顾客{i}", f"老母鸡来{i % 5 + 1}只") for i in range(40)],
    ]


async def _talk(shop: Shop, room: str, lines: list[tuple[str, str]]) -> None:
    for start in range(0, len(lines), 20):
        await shop.say(room, *lines[start : start + 20])


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and make the pictures."""
    parser = argparse.ArgumentParser(description="Make the screenshots of the pages anew.")
    parser.add_argument("folder", nargs="?", type=Path, default=DOCS)
    parser.add_argument("--all", action="store_true", help="every size, ground and extreme")
    parser.add_argument("--only", default="", help="those whose name contains this")
    options = parser.parse_args(arguments)
    chosen = [shot for shot in shots() if (options.all or shot.docs) and options.only in shot.name]
    scenes = [each for each in viewer_screenshots.scenes() if (options.all or each.docs) and options.only in each.name]
    mornings = [
        each for each in counter_screenshots.mornings() if (options.all or each.docs) and options.only in each.name
    ]
    activities = activity_screenshots.asked(every=options.all, only=options.only)
    looks = [each for each in prompter_screenshots.looks() if (options.all or each.docs) and options.only in each.name]
    settings = [
        each for each in start_screenshots.settings() if (options.all or each.docs) and options.only in each.name
    ]
    twos = [each for each in team_screenshots.twos() if (options.all or each.docs) and options.only in each.name]
    options.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(options.folder, chosen, scenes, mornings, activities, looks, settings, twos))
    asyncio.run(overlay_gallery.make_docs(options.folder, options.only))


if __name__ == "__main__":
    main()
