"""The teleprompter on a phone, on tablets and behind a glass, against the real service."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, LONG_TITLE, TOFU, start_session
from tests.pages.test_for_everybody import AUDIT, HOSTILE

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, ViewportSize, WebSocketRoute

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

TEXT = """## 开场 3分钟
- 各位邻居晚上好
- 今晚三样
## 1号 土鸡蛋 5分钟
- 散养的，王大叔农场
- 15 天内吃完
> 扣1 1分钟
## 秒杀 1号 土鸡蛋 2分钟
> 秒杀 29.90元 限量10 每人1 5分钟 预告0秒
## 福袋 2分钟
- 打“福袋”就算参加
> 福袋 土鸡蛋一箱 价值39.90元 2名 口令福袋 5分钟 下过单的
## 2号 苹果 4分钟
- 脆甜
## 结束 3分钟
"""
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 640},
    "lying phone": {"width": 640, "height": 360},
    "tablet": {"width": 1024, "height": 768},
    "standing tablet": {"width": 768, "height": 1024},
    "screen": {"width": 1920, "height": 1080},
}


async def read_script(shop: Shop, room: str, text: str = TEXT) -> Json:
    headers = {"Authorization": f"Bearer {shop.tokens['host']}"}
    body = {"markdown": text, "offers": [EGG, APPLE, TOFU]}
    async with shop.client.post(f"{shop.base}/api/v1/rooms/{room}/script/read", json=body, headers=headers) as answer:
        told: Json = await answer.json()
        assert told["faults"] == []
        script: Json = told["script"]
        return script


async def begin(shop: Shop, room: str, *offers: Json, text: str = TEXT, **more: Any) -> None:
    script = await read_script(shop, room, text)
    await shop.command(room, start_session(offers or (EGG, APPLE, TOFU), script=script, **more))


async def open_prompter(page: Page, shop: Shop, room: str) -> None:
    await page.emulate_media(reduced_motion="reduce")  # so that a step of the text is there at once
    await page.goto(f"{shop.base}/prompter/{room}?{urlencode({'token': shop.tokens['host']})}")
    await expect(page.locator("[data-link='up']")).to_be_visible()


async def on_glass(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await open_prompter(page, shop, room)
    await expect(heading(page)).to_have_text("开场")


def heading(page: Page) -> Locator:
    return page.locator("lb-script-text h1")


def card(page: Page) -> Locator:
    return page.locator("lb-cue-card .card")


WHERE = """() => [document.querySelector('.place').textContent,
  document.querySelector('lb-script-text .sheet').scrollTop].join()"""


async def go_on_to(page: Page, title: str, kind: str = "") -> None:
    """Turn on with the key of a page-turner until a section is there."""
    for _ in range(30):
        kicker = await page.locator(".kicker").text_content() or ""
        if await heading(page).text_content() == title and kind in kicker:
            return
        before = await page.evaluate(WHERE)
        await page.keyboard.press("PageDown")
        await page.wait_for_function(f"(before) => ({WHERE})() !== before", arg=before)
    await expect(heading(page)).to_have_text(title)


async def test_before_the_evening_it_says_what_comes(page: Page, shop: Shop, room: str) -> None:
    await open_prompter(page, shop, room)
    assert page.url == f"{shop.base}/prompter/{room}"
    await expect(heading(page)).to_have_text("还没有开播")
    await begin(shop, room)
    await expect(heading(page)).to_have_text("开场")
    await expect(page.locator(".points li")).to_have_text(["各位邻居晚上好", "今晚三样"])
    await expect(page.locator(".next")).to_have_text("接下来：土鸡蛋 · 5 分")


async def test_the_section_follows_what_is_pinned_and_tells_its_price_and_stock(
    page: Page, shop: Shop, room: str
) -> None:
    await on_glass(page, shop, room)
    await shop.command(room, {"type": "pin_offer", "offer_id": "apple"})
    await expect(heading(page)).to_have_text("苹果")
    await expect(page.locator(".goods")).to_contain_text("¥29.90 / 袋")
    await shop.say(room, ("张姐", "苹果要2袋"))
    await expect(page.locator(".goods")).to_contain_text("已订 2，还剩 1 袋")
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await expect(heading(page)).to_have_text("土鸡蛋")
    await expect(page.locator(".place")).to_have_text("2 / 6")


async def test_a_tap_on_the_right_goes_on_and_one_on_the_left_back(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    sheet = page.locator("lb-script-text .sheet")
    await sheet.click(position={"x": 300, "y": 300})
    await expect(heading(page)).to_have_text("土鸡蛋")
    await sheet.click(position={"x": 40, "y": 300})
    await expect(heading(page)).to_have_text("开场")
    await sheet.click(position={"x": 40, "y": 300})
    await expect(page.locator(".place")).to_have_text("1 / 6")


async def test_a_page_turner_goes_through_a_long_section_before_the_next(page: Page, shop: Shop, room: str) -> None:
    long = "## 开场\n" + "".join(f"- 第 {n} 句，说慢一点，让大家听清楚\n" for n in range(1, 16)) + "## 1号 土鸡蛋\n"
    await begin(shop, room, text=long)
    await open_prompter(page, shop, room)
    await expect(heading(page)).to_have_text("开场")
    await page.keyboard.press("PageDown")
    await page.wait_for_function("() => document.querySelector('lb-script-text .sheet').scrollTop > 200")
    await expect(heading(page)).to_have_text("开场")
    await go_on_to(page, "土鸡蛋")
    assert await page.evaluate("() => document.querySelector('lb-script-text .sheet').scrollTop") == 0


async def test_the_place_and_the_minutes_outlive_a_reload(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "苹果")
    kept = "linbo-prompter-place"
    await page.evaluate(
        """(key) => { const kept = JSON.parse(localStorage.getItem(key)); kept.spent = { s1: 300000 };
        localStorage.setItem(key, JSON.stringify(kept)); }""",
        kept,
    )
    await page.reload()
    await expect(heading(page)).to_have_text("苹果")
    await expect(page.locator(".all")).to_have_text("整场快 7 分")


async def test_too_long_on_one_section_shows_in_quiet_colours(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await expect(page.locator("lb-pace-bar")).to_have_attribute("data-tone", "good")
    await page.evaluate(
        """(key) => { const kept = JSON.parse(localStorage.getItem(key)); kept.since -= 420000;
        localStorage.setItem(key, JSON.stringify(kept)); }""",
        "linbo-prompter-place",
    )
    await page.reload()
    await expect(page.locator("lb-pace-bar")).to_have_attribute("data-tone", "over")
    await expect(page.locator(".all")).to_have_text("整场慢 4 分")


async def test_the_minutes_are_right_on_a_phone_whose_clock_is_wrong(page: Page, shop: Shop, room: str) -> None:
    await page.add_init_script("{ const real = Date.now; Date.now = () => real() - 600_000; }")
    await on_glass(page, shop, room)
    await expect(page.locator(".here")).to_have_text(re.compile("^这一段 0:[0-5][0-9] / 3 分$"))
    await page.wait_for_function("() => document.querySelector('.here').textContent > '这一段 0:00'")
    await expect(page.locator(".here")).to_have_text(re.compile("^这一段 0:[0-5][0-9] / 3 分$"))


async def test_a_keyword_opens_with_one_tap_and_counts_down(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "土鸡蛋")
    await page.get_by_role("button", name="扣1").click()
    await expect(page.locator("lb-prompter-bar").get_by_text(re.compile("^进行中 "))).to_be_visible()
    state = await shop.snapshot(room)
    assert (state["prompt"]["keyword"], state["prompt"]["meaning"], state["prompt"]["ref_id"]) == ("1", "claim", "egg")


async def test_a_bag_and_a_deal_are_asked_about_once(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "福袋")
    await page.get_by_role("button", name="开福袋").click()
    ask = page.get_by_role("dialog", name="开这个福袋？")
    await expect(ask).to_contain_text("土鸡蛋一箱（价值 39.90 元），抽 2 名，口令“福袋”，5 分钟后开奖")
    await ask.get_by_role("button", name="先不开").click()
    assert (await shop.snapshot(room))["giveaways"] == []
    await page.get_by_role("button", name="开福袋").click()
    await ask.get_by_role("button", name="开", exact=True).click()
    await expect(page.locator("lb-prompter-bar").get_by_text(re.compile("^进行中 "))).to_be_visible()
    [bag] = (await shop.snapshot(room))["giveaways"]
    assert (bag["rules"]["who"]["must_have_reserved"], bag["rules"]["winners"]) == (True, 2)


async def test_the_goods_of_a_section_are_pinned_from_here(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "土鸡蛋")
    await page.get_by_role("button", name="讲解 土鸡蛋").click()
    await expect(page.get_by_role("button", name="讲解 土鸡蛋")).to_be_hidden()
    assert (await shop.snapshot(room))["session"]["pinned_offer_id"] == "egg"


async def test_a_refusal_is_said_in_words(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "土鸡蛋", "商品")
    await shop.command(room, {"type": "close_offer", "offer_id": "egg"})
    await page.get_by_role("button", name="扣1").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("不在售")


async def test_cards_slide_in_by_themselves_one_at_a_time_and_go_with_a_tap(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room, EGG | {"case_size": 1, "min_quantity": 12}, APPLE, TOFU)
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await open_prompter(page, shop, room)
    await expect(card(page)).to_be_hidden()
    await shop.say(room, ("张姐", "要9箱鸡蛋"))
    await expect(card(page)).to_contain_text("还差 3 箱成团")
    bag = {"type": "open_giveaway", "title": "福袋", "prize": "鸡蛋一箱", "prize_value": "39.90", "winners": 1}
    await shop.command(room, bag | {"keyword": "抱抱", "seconds": 30})
    await expect(card(page)).to_contain_text(re.compile("福袋还有 [12]?[0-9] 秒"))
    await expect(card(page)).to_contain_text("口令“抱抱”")
    await expect(card(page)).to_have_count(1)
    await card(page).get_by_role("button", name="点一下收起").click()
    await expect(card(page)).not_to_contain_text("福袋还有")


async def test_what_many_ask_is_told_with_what_to_say(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room, EGG | {"facts": {"保质期": "15 天"}}, APPLE, TOFU)
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await open_prompter(page, shop, room)
    await shop.say(room, *((name, "鸡蛋保质期多久") for name in ("张姐", "李哥", "王婶")))
    await expect(card(page)).to_contain_text("3 人问“")
    await expect(card(page)).to_contain_text("15 天")
    async with page.expect_response(lambda answer: answer.url.endswith("/commands")):
        await card(page).get_by_role("button", name="答过了").click()
    await expect(card(page)).to_be_hidden()
    [question] = (await shop.snapshot(room))["questions"]
    assert (question["state"], question["voice"]) == ("answered", True)


async def test_two_minutes_without_a_price_are_told_until_it_was_said(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await shop.command(room, {"type": "pin_offer", "offer_id": "tofu"})
    await page.wait_for_function("() => JSON.parse(localStorage.getItem('linbo-prompter-place')).pinned === 'tofu'")
    await page.evaluate(
        """(key) => { const kept = JSON.parse(localStorage.getItem(key)); kept.pinned_at -= 150000;
        localStorage.setItem(key, JSON.stringify(kept)); }""",
        "linbo-prompter-place",
    )
    await page.reload()
    await expect(card(page)).to_contain_text("2 分钟没报价了")
    await expect(card(page)).to_contain_text("石磨豆腐 6.80 元一份")
    await card(page).get_by_role("button", name="报过价了").click()
    await expect(card(page)).to_be_hidden()


async def test_a_microphone_that_obs_calls_silent_is_told_until_it_is_heard(page: Page, shop: Shop, room: str) -> None:
    lines: list[WebSocketRoute] = []

    def through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    await page.route_web_socket(re.compile("/ws/events"), through)
    await on_glass(page, shop, room)
    told = {"type": "trouble", "code": "audio", "detail": "OBS 里的话筒“麦克风”静音了"}
    lines[-1].send(json.dumps(told))
    await expect(card(page)).to_contain_text("观众可能听不见")
    await expect(card(page)).to_contain_text("“麦克风”静音了")
    lines[-1].send(json.dumps({"type": "trouble", "code": None, "detail": None}))
    await expect(card(page)).to_be_hidden()


async def test_a_rule_can_be_read_and_switched_off_on_this_device(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room, EGG | {"case_size": 1, "min_quantity": 12}, APPLE, TOFU)
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await open_prompter(page, shop, room)
    await shop.say(room, ("张姐", "要9箱鸡蛋"))
    await expect(card(page)).to_contain_text("还差 3 箱成团")
    await page.get_by_role("button", name="设置").click()
    rule = page.get_by_role("dialog").locator(".rule", has_text="快成团")
    await expect(rule).to_contain_text("讲着的差三分之一以内")
    await rule.click()
    await expect(rule.get_by_role("checkbox")).not_to_be_checked()
    await page.get_by_role("dialog").get_by_role("button", name="返回").click()
    await expect(card(page)).to_be_hidden()
    await page.reload()
    await expect(heading(page)).to_have_text("土鸡蛋")
    await expect(card(page)).to_be_hidden()
    assert await page.evaluate("() => JSON.parse(localStorage.getItem('linbo-prompter')).off") == ["group"]


@pytest.mark.parametrize(("mirror", "matrix"), [("x", "matrix(-1, 0, 0, 1, 0, 0)"), ("y", "matrix(1, 0, 0, -1, 0, 0)")])
async def test_behind_a_glass_all_of_it_is_mirrored_and_the_right_hand_still_goes_on(
    page: Page, shop: Shop, room: str, mirror: str, matrix: str
) -> None:
    await on_glass(page, shop, room)
    await page.get_by_role("button", name="设置").click()
    await page.get_by_role("radio", name={"x": "左右", "y": "上下"}[mirror]).click()
    await page.get_by_role("dialog").get_by_role("button", name="返回").click()
    assert await page.evaluate("() => getComputedStyle(document.querySelector('.glass')).transform") == matrix
    await page.mouse.click(320, 320)
    await expect(heading(page)).to_have_text("土鸡蛋")
    await page.mouse.click(30, 320)
    await expect(heading(page)).to_have_text("开场")


async def test_the_text_grows_and_shrinks_by_steps_and_stays_so(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    size = "() => parseFloat(getComputedStyle(document.querySelector('.page')).fontSize)"
    first = await page.evaluate(size)
    await page.get_by_role("button", name="字大一点").click()
    larger = await page.evaluate(size)
    assert larger > first
    await page.reload()
    await expect(heading(page)).to_have_text("开场")
    assert await page.evaluate(size) == larger
    for _ in range(8):
        await page.get_by_role("button", name="字小一点").click()
    assert await page.evaluate(size) == 24


async def test_a_changed_script_is_there_at_once_and_the_place_stays(page: Page, shop: Shop, room: str) -> None:
    await on_glass(page, shop, room)
    await go_on_to(page, "苹果")
    script = await read_script(shop, room, TEXT.replace("- 脆甜", "- 脆甜，糖度 15"))
    await shop.command(room, {"type": "update_script", "script": script})
    await expect(page.locator(".points li")).to_have_text(["脆甜，糖度 15"])
    await expect(heading(page)).to_have_text("苹果")


async def test_an_evening_without_a_script_leads_to_the_editor(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await open_prompter(page, shop, room)
    await expect(heading(page)).to_have_text("今晚没有稿子")
    await page.get_by_role("button", name="写稿子").click()
    editor = page.get_by_role("dialog", name="今晚的稿子")
    await editor.get_by_role("button", name="按商品清单生成").click()
    await expect(editor.locator("lb-card-list li")).to_have_count(7)
    await editor.get_by_role("button", name="保存").click()
    await expect(editor).to_have_count(0)
    await expect(heading(page)).to_have_text("开场")


@pytest.mark.parametrize("size", SIZES)
async def test_everything_can_be_tapped_read_and_named(browser: Browser, shop: Shop, room: str, size: str) -> None:
    context = await browser.new_context(viewport=SIZES[size], locale="zh-CN")
    page = await context.new_page()
    try:
        await begin(shop, room, EGG | {"case_size": 1, "min_quantity": 12, "title": LONG_TITLE}, APPLE, TOFU)
        await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
        await shop.say(room, ("张姐", "要9箱鸡蛋"))
        await open_prompter(page, shop, room)
        await expect(card(page)).to_be_visible()
        await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
        faults = {"glass": await page.evaluate(AUDIT)}
        await page.get_by_role("button", name="设置").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
        faults["settings"] = await page.evaluate(AUDIT)
        assert faults == {"glass": [], "settings": []}
    finally:
        await context.close()


async def test_bad_words_stay_words(page: Page, shop: Shop, room: str) -> None:
    section: Json = {
        "id": "s1",
        "kind": "talk",
        "title": HOSTILE[0],
        "points": HOSTILE[1:],
        "launch": {"type": HOSTILE[2]},
    }
    script = {"sections": [section, {"id": "s2", "kind": "talk", "title": HOSTILE[3]}]}
    await shop.command(room, start_session(script=script))
    await open_prompter(page, shop, room)
    await expect(heading(page)).to_have_text(HOSTILE[0])
    await expect(page.locator(".points li")).to_have_text(HOSTILE[1:])
    assert await page.evaluate("() => window.pwned") is None


async def test_who_is_not_signed_in_is_told_the_way_in(page: Page, shop: Shop, room: str) -> None:
    await page.goto(f"{shop.base}/prompter/{room}")
    await expect(page.get_by_role("heading")).to_contain_text("打不开提词器")
