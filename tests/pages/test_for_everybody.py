"""Thumbs, keyboards, weak eyes and bad comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, EXTREME_OFFERS, offer, start_session
from tests.pages.views import IDLE, NEXT_FRAME, script

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

AUDIT = script("audit.js")
TOP_OF_FOCUS = """() => document.activeElement === document.body ? null :
  document.activeElement.closest('lb-top-bar, lb-confirm-card, lb-now-bar, lb-tab-bar')?.offsetTop ?? 0"""
TABS = ["待确认", "弹幕", "订单", "商品"]
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 640},
    "tablet": {"width": 800, "height": 1280},
    "pc": {"width": 1280, "height": 800},
}

HOSTILE = [
    "<img src=x onerror=window.pwned=1>",
    "<script>window.pwned=1</script>",
    '"><svg onload=window.pwned=1>',
    "{{constructor.constructor('window.pwned=1')()}}",
    "javascript:window.pwned=1",
    "<iframe srcdoc='<script>top.pwned=1</script>'>",
    "<a href=http://198.51.100.7/x>两箱</a>",
]


async def a_full_room(shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE, *EXTREME_OFFERS]))
    await shop.command(room, {"type": "pin_offer", "offer_id": "hen"})
    await shop.say(
        room,
        ("张姐", "要两箱鸡蛋"),
        ("李哥", "苹果要3袋"),
        ("王姐", "苹果要2袋"),
        ("薛***", "要一箱鸡蛋"),
        ("赵姨", "鸡蛋来点"),
        ("钱叔", "土鸡蛋多少钱一箱"),
        ("孙婶", "上次的苹果坏了俩"),
        ("周哥", "晚上好"),
        ("名字特别特别特别特别长的一位老顾客" * 2, "老母鸡要两只" + "啊" * 200),
    )


async def open_console(page: Page, shop: Shop, room: str) -> None:
    await page.goto(shop.console(room))
    await expect(page.locator("[data-link='up']")).to_be_visible()
    await page.wait_for_function(IDLE)
    await page.evaluate(NEXT_FRAME)
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_every_section_can_be_read_tapped_and_named(
    browser: Browser, shop: Shop, room: str, theme: Literal["dark", "light"], size: ViewportSize
) -> None:
    await a_full_room(shop, room)
    context = await browser.new_context(viewport=size, locale="zh-CN")
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    page = await context.new_page()
    await open_console(page, shop, room)
    for tab in TABS if size["width"] < 720 else TABS[:1]:
        if size["width"] < 720:
            await page.get_by_role("navigation").get_by_text(tab).click()
        assert await page.evaluate(AUDIT) == [], tab
    await context.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(
    ("tab", "tap"),
    [
        ("待确认", "lb-confirm-card .edit:visible"),
        ("商品", "lb-offer-card .taps > :last-child"),
        ("订单", "lb-order-row .button:visible"),
        ("弹幕", "lb-top-bar .button"),
    ],
    ids=["picker", "restock", "order", "menu"],
)
async def test_every_sheet_can_be_read_tapped_and_named(
    page: Page, shop: Shop, room: str, theme: str, tab: str, tap: str
) -> None:
    await a_full_room(shop, room)
    await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    await open_console(page, shop, room)
    await page.get_by_role("navigation").get_by_text(tab).click()
    opener = page.locator(tap).first
    await opener.click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
    await expect(dialog.locator("h2")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_the_form_can_be_read_tapped_and_named(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await page.get_by_role("button", name="开播").click()
    assert await page.evaluate(AUDIT) == []


async def test_the_tab_key_goes_through_the_console_from_top_to_bottom(page: Page, shop: Shop, room: str) -> None:
    await a_full_room(shop, room)
    await open_console(page, shop, room)
    tops: list[float] = []
    for _ in range(40):
        await page.keyboard.press("Tab")
        top = await page.evaluate(TOP_OF_FOCUS)
        if top is None:
            break
        tops.append(top)
    parts = await page.evaluate(
        "() => ['lb-top-bar', 'lb-now-bar', 'lb-tab-bar'].map((name) => document.querySelector(name).offsetTop)"
    )
    assert tops[0] == parts[0]
    assert tops[-1] == parts[2]
    assert parts[1] in tops


async def test_an_order_is_confirmed_with_the_keyboard_alone(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await open_console(page, shop, room)
    await expect(page.locator("lb-confirm-card")).to_have_count(1)
    for _ in range(10):
        await page.keyboard.press("Tab")
        if await page.evaluate("() => document.activeElement.matches('.accept')"):
            break
    await page.keyboard.press("Enter")
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    assert (await shop.snapshot(room))["totals"]["reserved_quantity"] == 1


async def test_the_browser_has_nothing_to_complain_of(page: Page, shop: Shop, room: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"{request.method} {request.url} {request.failure}"))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    await a_full_room(shop, room)
    await open_console(page, shop, room)
    await page.wait_for_load_state("networkidle")
    await page.goto(shop.overlay(room))
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
    await page.wait_for_load_state("networkidle")
    assert said == []


async def test_bad_words_run_nothing_and_load_nothing(page: Page, shop: Shop, room: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hostile = [offer(f"o{n}", n + 1, text, aliases=[f"货{n}"], unit="<b>份") for n, text in enumerate(HOSTILE)]
    await shop.command(room, start_session(hostile, title=HOSTILE[0]))
    await shop.command(room, {"type": "pin_offer", "offer_id": "o0"})
    await shop.say(room, *[(text, f"货0来两份{text}") for text in HOSTILE], *[(text, "货0要一份") for text in HOSTILE])
    await open_console(page, shop, room)
    for tab in TABS:
        await page.get_by_role("navigation").get_by_text(tab).click()
    await expect(page.locator("lb-offer-card h3").first).to_have_text(HOSTILE[0])
    picture = await page.context.new_page()
    picture.on("request", lambda request: asked.append(request.url))
    await picture.goto(shop.overlay(room))
    await expect(picture.locator("h2")).to_have_text(HOSTILE[0])
    await shop.command(room, {"type": "reserve", "viewer": HOSTILE[0], "offer_id": "o0", "quantity": 1})
    await expect(picture.locator("lb-reservation-ticker p")).to_contain_text("<*")
    for each in (page, picture):
        assert await each.evaluate("() => window.pwned ?? null") is None
        assert await each.locator("img[src], iframe, a[href]:not([href^='/reports/']), script:not([src])").count() == 0
    assert [url for url in asked if not re.match(re.escape(shop.base) + "|data:", url)] == []


@pytest.mark.parametrize("ground", [255, 0], ids=["white", "black"])
async def test_words_on_the_picture_stand_out_on_any_video(page: Page, shop: Shop, room: str, ground: int) -> None:
    for pinned in ("hen", "salt"):
        own = f"{room}-{pinned}"
        await shop.command(own, start_session(EXTREME_OFFERS))
        await shop.command(own, {"type": "pin_offer", "offer_id": pinned})
        await page.set_viewport_size({"width": 1080, "height": 1920})
        await page.goto(shop.overlay(own))
        await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
        await shop.command(
            own, {"type": "open_prompt", "keyword": "1", "meaning": "claim", "ref_id": pinned, "seconds": 600}
        )
        await shop.say(own, ("张姐", "1"))
        await expect(page.locator("lb-reservation-ticker p")).to_have_attribute("data-shown", "")
        await page.evaluate(
            f"() => {{ document.documentElement.style.backgroundColor = 'rgb({ground},{ground},{ground})'; }}"
        )
        assert await page.evaluate(AUDIT) == []
