"""The question desk on a phone, against the real service: like questions as one card, each way to answer one tap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, TOFU, start_session
from tests.pages.test_console import go_to, open_console
from tests.pages.test_for_everybody import AUDIT, HOSTILE, SIZES

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, ViewportSize

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

SWEET = ("甜不甜", "甜吗", "这个甜么", "口感甜不甜")
FACTS = {"口感": "脆甜多汁，糖度 15 度", "产地": "洛川"}
MOVED_WITHIN_MS = 20_000
#: A thumb that stays on the cards until it is let go.
HOLD = """() => {
  const desk = document.querySelector('lb-question-desk');
  const touch = () => desk.dispatchEvent(new Event('pointermove'));
  touch();
  globalThis.thumb = setInterval(touch, 100);
}"""
LET_GO = "() => clearInterval(globalThis.thumb)"


def card(page: Page, text: str) -> Locator:
    return page.locator("lb-question-card").filter(has_text=text)


async def asked(page: Page, shop: Shop, room: str, *lines: tuple[str, str]) -> None:
    """An evening on which apples are shown, with these questions, and the desk open."""
    await shop.command(room, start_session([EGG, APPLE | {"facts": FACTS}, TOFU]))
    await shop.command(room, {"type": "pin_offer", "offer_id": "apple"})
    await shop.say(room, *lines)
    await open_console(page, shop, room, tab="问题")
    await expect(page.locator("lb-question-desk")).to_be_visible()


async def question_of(shop: Shop, room: str, text: str) -> dict[str, Any]:
    [found] = [each for each in (await shop.snapshot(room))["questions"] if each["text"] == text]
    return dict(found)


async def order_of(page: Page) -> list[str]:
    return [text.strip() for text in await page.locator("lb-question-card .text").all_text_contents()]


async def test_like_questions_are_one_card_that_says_who_asks(page: Page, shop: Shop, room: str) -> None:
    await asked(
        page, shop, room, ("老客", "苹果一袋"), *[(f"观众{n}", SWEET[n % 4]) for n in range(9)], ("老客", "甜吗")
    )
    await expect(page.locator("lb-question-card")).to_have_count(1)
    sweet = card(page, "甜不甜")
    await expect(sweet).to_contain_text("10 人问")
    await expect(sweet).to_contain_text("最早")
    await expect(sweet).to_contain_text("1 人有单")
    await expect(sweet).to_contain_text("红富士苹果")
    await shop.say(room, ("新来的", "请问甜不甜呀"))
    await expect(sweet).to_contain_text("11 人问")


async def test_a_fact_goes_on_the_picture_with_one_tap(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"))
    await expect(card(page, "甜不甜")).to_contain_text("来自：商品资料·口感")
    await page.get_by_role("button", name="上屏：甜不甜").click()
    await expect(page.locator("lb-question-desk .answered")).to_contain_text(
        "脆甜多汁，糖度 15 度", timeout=MOVED_WITHIN_MS
    )
    shown = (await shop.snapshot(room))["shown"]
    assert (shown["text"], shown["answer"]) == ("甜不甜", FACTS["口感"])
    await expect(page.locator("lb-live-strip")).to_be_visible()


async def test_an_answer_by_voice_is_one_tap_and_nothing_is_shown(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"))
    await page.get_by_role("button", name="口头答了：甜不甜").click()
    await expect(page.locator("lb-question-desk")).to_contain_text("用了")
    found = await question_of(shop, room, "甜不甜")
    assert (found["state"], found["voice"], found["answer"]) == ("answered", True, None)
    assert (await shop.snapshot(room))["shown"] is None
    await expect(page.locator("lb-question-desk .how")).to_contain_text("已答 1/1")


async def test_without_an_answer_at_hand_one_is_written_and_kept(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "豆腐腥不腥"))
    await expect(card(page, "豆腐腥不腥")).to_contain_text("不知道，问主播")
    await page.get_by_role("button", name="写一句：豆腐腥不腥").click()
    sheet = page.get_by_role("dialog", name="改一改")
    await expect(sheet.locator(".submit")).to_be_disabled()
    await sheet.get_by_label("答案").fill("  当天磨的，\n一点不腥 ")
    await sheet.get_by_text("存为常见问题").click()
    await sheet.locator(".submit").click()
    await expect(sheet).to_have_count(0)
    state = await shop.snapshot(room)
    assert state["shown"]["answer"] == "当天磨的， 一点不腥"
    assert [(faq["goods"], faq["answer"]) for faq in state["faq"]] == [("石磨豆腐 2 斤", "当天磨的， 一点不腥")]
    await expect(page.get_by_role("button", name="常见问题 1")).to_be_visible()


async def test_what_was_kept_is_suggested_and_can_be_mended_and_dropped(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "keep_faq", "question": "能开发票吗", "answer": "不能"})
    await shop.say(room, ("张姐", "可以开发票不"))
    await open_console(page, shop, room, tab="问题")
    invoice = card(page, "可以开发票不")
    await expect(invoice).to_contain_text("来自：常见问题")
    await page.get_by_role("button", name="常见问题 1").click()
    await page.get_by_role("button", name="改：能开发票吗").click()
    mend = page.get_by_role("dialog", name="改常见问题")
    await mend.get_by_label("答案").fill("能，报抬头给客服")
    await mend.locator(".submit").click()
    await expect(invoice).to_contain_text("能，报抬头给客服")
    await page.get_by_role("button", name="常见问题 1").click()
    await page.get_by_role("button", name="删掉：能开发票吗").click()
    await page.get_by_role("dialog", name="删掉：能开发票吗").get_by_role("button", name="删掉", exact=True).click()
    await expect(invoice).to_contain_text("不知道，问主播")
    assert (await shop.snapshot(room))["faq"] == []


async def test_an_answer_can_be_kept_before_anybody_asks(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room)
    await page.locator("lb-question-desk").get_by_role("button", name="常见问题").click()
    await page.get_by_role("button", name="加一条").click()
    form = page.get_by_role("dialog", name="加一条")
    await form.get_by_label("观众怎么问").fill("能寄快递吗")
    await form.get_by_label("答案").fill("只自提，不寄")
    await form.locator(".submit").click()
    await expect(page.get_by_role("button", name="常见问题 1")).to_be_visible()
    await shop.say(room, ("张姐", "可以寄快递不"))
    await expect(card(page, "可以寄快递不")).to_contain_text("只自提，不寄")


async def test_the_stock_that_is_suggested_is_that_of_now(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "苹果还有吗"))
    await expect(card(page, "苹果还有吗")).to_contain_text("还剩 3 袋")
    await shop.say(room, ("李哥", "苹果两袋"))
    await expect(card(page, "苹果还有吗")).to_contain_text("还剩 1 袋")
    await page.get_by_role("button", name="上屏：苹果还有吗").click()
    await expect(page.locator("lb-question-desk")).to_contain_text("用了")
    assert (await shop.snapshot(room))["shown"]["answer"] == "还剩 1 袋"


async def test_what_presses_most_comes_first_but_not_under_the_thumb(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"), ("李哥", "几点能提"))
    await expect(page.locator("lb-question-card")).to_have_count(2)
    await page.evaluate(HOLD)
    first = await order_of(page)
    await shop.say(room, *[(f"观众{n}", first[1]) for n in range(30)])
    await expect(card(page, first[1])).to_contain_text("31 人问")
    assert await order_of(page) == first
    await page.evaluate(LET_GO)
    await expect(page.locator("lb-question-card").first).to_contain_text(first[1], timeout=MOVED_WITHIN_MS)


async def test_a_card_that_is_answered_does_not_pull_the_next_one_under_the_thumb(
    page: Page, shop: Shop, room: str
) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"), ("李哥", "几点能提"))
    await expect(page.locator("lb-question-card")).to_have_count(2)
    await page.evaluate(HOLD)
    first, second = await order_of(page)
    await page.get_by_role("button", name=f"口头答了：{first}").click()
    await expect(card(page, first)).to_contain_text("用了")
    await expect(page.get_by_role("button", name=f"口头答了：{first}")).to_have_count(0)
    assert await order_of(page) == [first, second]
    await page.evaluate(LET_GO)
    await expect(page.locator("lb-question-card")).to_have_count(1, timeout=MOVED_WITHIN_MS)
    await expect(card(page, second)).to_be_visible()
    await expect(page.locator("lb-question-desk .answered")).to_contain_text(first)


async def test_an_answer_on_one_phone_is_seen_on_the_other(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"))
    other = await page.context.new_page()
    await open_console(other, shop, room, tab="问题")
    await expect(card(other, "甜不甜")).to_be_visible()
    await page.get_by_role("button", name="口头答了：甜不甜").click()
    await expect(other.locator("lb-question-desk")).to_contain_text("用了")
    await expect(other.get_by_role("button", name="口头答了：甜不甜")).to_have_count(0)
    await other.close()


async def test_six_tabs_fit_and_the_questions_say_how_many_wait(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, ("张姐", "甜不甜"), ("李哥", "几点能提"))
    tabs = page.get_by_role("navigation").get_by_role("button")
    await expect(tabs).to_have_count(6)
    await expect(tabs.filter(has_text="问题").locator(".badge")).to_have_text("2")
    wide = (
        "() => [...document.querySelectorAll('lb-tab-bar button')].some((each) => each.scrollWidth > each.clientWidth)"
    )
    assert await page.evaluate(wide) is False
    await page.get_by_role("button", name="口头答了：甜不甜").click()
    await expect(tabs.filter(has_text="问题").locator(".badge")).to_have_text("1")


async def test_the_menu_leads_to_the_kept_answers(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("dialog", name="更多").get_by_role("button", name="常见问题").click()
    await expect(page.get_by_role("dialog", name="常见问题")).to_contain_text("还没有")


async def test_nobody_asks_is_said_with_what_comes_next(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room)
    await expect(page.locator("lb-question-desk")).to_contain_text("没有人在等答案")


async def test_what_viewers_write_stays_text(page: Page, shop: Shop, room: str) -> None:
    await asked(page, shop, room, *[(f"坏人{n}", f"{evil}甜不甜？") for n, evil in enumerate(HOSTILE)])
    await expect(page.locator("lb-question-card").first).to_be_visible()
    assert await page.evaluate("() => window.pwned") is None


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_the_desk_and_its_sheets_can_be_read_tapped_and_named(
    browser: Browser, shop: Shop, room: str, theme: str, size: ViewportSize
) -> None:
    context = await browser.new_context(viewport=size, locale="zh-CN")
    await context.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    page = await context.new_page()
    long = "老板" * 30 + "这个保质期多久"
    await asked(page, shop, room, ("老客", "苹果一袋"), ("老客", "甜不甜"), ("张姐", long), ("李哥", "豆腐腥不腥"))
    await expect(page.locator("lb-question-card")).to_have_count(3)
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("button", name=re.compile("写一句：")).first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("button", name="返回").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await context.close()


async def test_on_the_widest_screens_the_questions_stand_beside_all_else(
    browser: Browser, shop: Shop, room: str
) -> None:
    context = await browser.new_context(viewport={"width": 1600, "height": 900}, locale="zh-CN")
    page = await context.new_page()
    await shop.command(room, start_session())
    await shop.say(room, ("张姐", "鸡蛋腥不腥"))
    await open_console(page, shop, room)
    for part in ("question-desk", "confirm-queue", "comment-stream", "offer-board", "order-list"):
        await expect(page.locator(f"lb-{part}")).to_be_visible()
    await expect(card(page, "鸡蛋腥不腥")).to_be_visible()
    await go_to(page, "交付")
    await expect(page.locator("lb-fulfil-board")).to_be_visible()
    await expect(page.locator("lb-question-desk")).to_be_visible()
    await context.close()
