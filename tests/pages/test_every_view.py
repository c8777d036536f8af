"""Every page, section and sheet: can it be read, tapped, named and walked through; in dark and light, in both languages."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import pytest
from playwright.async_api import expect

from live.web.pages import STATIC
from tests.pages.counter import begin, reserve
from tests.pages.shop import APPLE, EGG, TOFU, start_session
from tests.pages.test_for_everybody import a_full_room
from tests.pages.viewers import an_evening
from tests.pages.views import ROLES, Asked, every_view, faults_of, settle
from tests.sources.node import package

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, ViewportSize

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

AXE = "axe-core@4.11.0"
RUN_AXE = """async () => {
  const wanted = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] };
  const { violations } = await axe.run(document, wanted);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a page is looked at. Sheets are the same on every screen: they are looked into on the phone."""

    theme: Literal["dark", "light"]
    language: Literal["zh-CN", "en"]
    width: int
    height: int

    def __str__(self) -> str:
        """As it is called among the tests."""
        return f"{self.theme}-{self.language}-{self.width}"

    @property
    def size(self) -> ViewportSize:
        """The screen."""
        return {"width": self.width, "height": self.height}


PHONES = [
    Look(theme="dark", language="zh-CN", width=360, height=640),
    Look(theme="light", language="en", width=360, height=640),
]
TABLETS = [
    Look(theme="light", language="zh-CN", width=800, height=1280),
    Look(theme="dark", language="en", width=1280, height=800),
]
LOOKS = PHONES + TABLETS
PAGES = ["console", "start", "over", "pickup", "shop", "basket", "draw", "prompter"]


@asynccontextmanager
async def looking(browser: Browser, look: Look) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport=look.size, locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme=look.theme
    )
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{look.theme}')")
    page = await context.new_page()
    try:
        yield page
    finally:
        await context.close()


async def address(shop: Shop, name: str, room: str, language: str) -> str:
    """Make the room that a page is about; where the page is."""
    token, speaks = {"token": shop.tokens["host"]}, {"lang": language}
    match name:
        case "console":
            await a_live_room(shop, room)
        case "over":
            await a_live_room(shop, room)
            await shop.command(room, {"type": "end_session"})
        case "prompter":
            await shop.command(room, start_session([EGG, APPLE, TOFU]))
        case "pickup":
            await begin(shop, room)
            await reserve(shop, room, "张姐", ("egg", 1), ("pork", 2), phone_tail="6688")
            await shop.command(room, {"type": "close_cycle"})
            await shop.command(room, {"type": "mark_ready"})
        case "shop":
            await shop.command(room, an_evening())
            return f"{shop.base}/shop/{room}?{urlencode(speaks)}"
        case "basket":
            await shop.command(room, an_evening())
            code = await reserve(shop, room, "张姐", ("egg", 1), ("tofu", 1))
            return f"{shop.base}/r/{code}?{urlencode(speaks)}"
        case "draw":
            return f"{shop.base}/draw/{await a_draw(shop, room)}?{urlencode(speaks)}"
        case _:
            pass  # nothing is on: the form of an evening
    page = {"start": "console", "over": "console"}.get(name, name)
    return f"{shop.base}/{page}/{room}?{urlencode(token | speaks)}"


async def a_live_room(shop: Shop, room: str) -> None:
    """Everything at once: a queue, questions, orders, a poll, a bag, a complaint."""
    await a_full_room(shop, room)
    poll: Json = {"question": "明天上什么", "options": [{"key": "1", "label": "草莓"}, {"key": "2", "label": "樱桃"}]}
    await shop.command(room, {"type": "open_poll", "seconds": 600} | poll)
    await a_draw(shop, room)


async def a_draw(shop: Shop, room: str) -> str:
    if (await shop.snapshot(room))["session"] is None:
        await shop.command(room, start_session())
    bag: Json = {"title": "今晚福袋", "prize": "土鸡蛋一箱", "prize_value": "39.90", "winners": 1, "keyword": "福袋"}
    told = await shop.command(room, {"type": "open_giveaway", "kind": "lucky_bag", "seconds": 600} | bag)
    return next(str(event["data"]["giveaway"]["id"]) for event in told["events"] if "giveaway" in event["data"])


async def open_page(page: Page, shop: Shop, name: str, room: str, look: Look) -> Asked:
    asked = Asked(page)
    await page.goto(await address(shop, name, room, look.language))
    if name in {"console", "start", "over", "pickup", "prompter"}:
        await expect(page.locator("[data-link='up']").first).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", look.language)
    await expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
    await settle(page, asked)
    await page.keyboard.press("Tab")  # from here on the browser takes the focus for a keyboard's, and rings it
    return asked


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", PAGES)
async def test_every_view_can_be_read_tapped_named_and_walked_through(
    browser: Browser, shop: Shop, room: str, name: str, look: Look
) -> None:
    faults: dict[str, list[str]] = {}
    async with looking(browser, look) as page:
        asked = await open_page(page, shop, name, room, look)
        async for view in every_view(page, asked, sheets=look in PHONES):
            if found := await faults_of(page):
                faults[view] = found
    assert faults == {}


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = package(tmp_path_factory.mktemp("axe"), AXE)
    return (folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("look", [PHONES[1], TABLETS[0]], ids=str)
@pytest.mark.parametrize("name", PAGES)
async def test_axe_finds_no_fault_in_any_view(
    browser: Browser, shop: Shop, room: str, axe: str, name: str, look: Look
) -> None:
    faults: dict[str, list[str]] = {}
    async with looking(browser, look) as page:
        asked = await open_page(page, shop, name, room, look)
        await page.evaluate(axe)
        async for view in every_view(page, asked, sheets=look in PHONES):
            if found := await page.evaluate(RUN_AXE):
                faults[view] = found
    assert faults == {}


async def test_every_page_of_ours_is_looked_at() -> None:
    folders = {path.parent.name for path in STATIC.glob("*/index.html")}
    assert folders <= set(PAGES)


async def test_the_check_of_names_and_roles_sees_what_is_wrong(page: Page) -> None:
    await page.set_content(
        """<title></title><main><ol><div>没有项</div></ol><button></button><button aria-label="关">打开</button>
        <span role="radio">甲</span><svg width="9" height="9"></svg><p id="a"></p><p id="a"></p><img src="data:," width="9">
        <div role="status"><p role="alert">两遍</p></div><a href="#x"><button>里面</button></a><dialog open>没有名字</dialog>
        <i aria-labelledby="nobody" aria-expanded="maybe">?</i></main>"""
    )
    found = "\n".join(await page.evaluate(ROLES))
    for fault in (
        "no item, but in a list: <div",
        "no name: <button",
        "is called “关”, but reads: <button",
        "a radio without its radiogroup",
        "a radio without aria-checked",
        "neither hidden nor named: <svg",
        "two have the id a",
        "a picture without words",
        "read out twice",
        "one control in another",
        "no name: <dialog",
        "names nobody, which is not there",
        "aria-expanded is maybe",
        "the page's language is",
        "the page has no title",
    ):
        assert fault in found
