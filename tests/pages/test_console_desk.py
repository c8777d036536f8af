"""The live desk on a phone: ten thousand comments under one thumb, nothing lost, every slip taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_console import go_to, on_air, open_console, orders
from tests.pages.views import AUDIT

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

MOST_ROWS = 60
SLOW_MS = 60_000
"""For what a busy machine takes long over: thousands of comments."""

READ_ALL = """async () => {
  const scroller = document.querySelector("lb-comment-stream .scroller");
  const frame = () => new Promise(requestAnimationFrame);
  const settled = async () => { do { await frame(); await frame(); } while (document.querySelector("lb-comment-row[data-coming]")); };
  const seen = new Map();
  for (let y = 0; y <= scroller.scrollHeight; y += 200) {
    scroller.scrollTop = y;
    await settled();
    for (const row of document.querySelectorAll("lb-comment-row"))
      seen.set(Number(row.getAttribute("aria-posinset")), row.querySelector(".text").textContent);
  }
  return [...seen].sort(([a], [b]) => a - b).map(([, text]) => text);
}"""
"""The words of every comment of a list that stands still, read from top to bottom as a thumb would."""


async def chat(shop: Shop, room: str, start: int, stop: int, batch: int = 500) -> None:
    for first in range(start, stop, batch):
        await shop.say(room, *[(f"顾客{n % 700}", f"第{n}句") for n in range(first, min(first + batch, stop))])


def rows(page: Page) -> Locator:
    return page.locator("lb-comment-row")


def scroller(page: Page) -> Locator:
    return page.locator("lb-comment-stream .scroller")


def fresh(page: Page) -> Locator:
    return page.locator("lb-comment-stream .fresh")


def filter_chip(page: Page, word: str) -> Locator:
    return page.locator("lb-stream-bar .filter", has_text=re.compile(f"^{word}"))


async def newest(page: Page, text: str) -> None:
    await expect(rows(page).last).to_contain_text(text)
    await expect(rows(page).last).to_be_in_viewport()


async def open_sheet(page: Page, name: str) -> Locator:
    await page.get_by_role("button", name=f"处理 {name} 的弹幕").last.click()
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_be_visible()
    return sheet


async def test_ten_thousand_comments_are_within_reach_and_a_few_rows_hold_them(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 10_000)
    await expect(filter_chip(page, "全部")).to_have_text("全部10,000", timeout=SLOW_MS)
    await newest(page, "第9999句")
    assert await rows(page).count() < MOST_ROWS
    await expect(page.locator("lb-top-bar dd").first).to_have_text("10,000")
    await scroller(page).focus()
    await page.keyboard.press("Home")
    await expect(rows(page).first).to_contain_text("第0句", timeout=SLOW_MS)
    await expect(rows(page).first).to_be_in_viewport()
    assert await rows(page).count() < MOST_ROWS
    await scroller(page).evaluate("scroller => { scroller.scrollTop = scroller.scrollHeight / 2; }")
    await expect(page.get_by_text(re.compile(r"^第[45]\d\d\d句$")).first).to_be_visible(timeout=SLOW_MS)
    assert await rows(page).count() < MOST_ROWS
    await page.keyboard.press("End")
    await newest(page, "第9999句")


async def test_whoever_opens_the_console_late_has_the_whole_session_too(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await chat(shop, room, 0, 1_200)
    await shop.say(room, ("张姐", "要两箱鸡蛋"), ("李哥", "苹果多少钱一袋"))
    await open_console(page, shop, room, tab="弹幕")
    await expect(filter_chip(page, "全部")).to_have_text("全部1,202")
    await expect(filter_chip(page, "订单")).to_have_text("订单1")
    await newest(page, "苹果多少钱一袋")
    await page.get_by_role("button", name="暂停").click()
    await scroller(page).evaluate("scroller => { scroller.scrollTop = 0; }")
    await expect(rows(page).first).to_contain_text("第0句")


async def test_a_touch_stops_the_list_and_nothing_is_lost(browser: Browser, shop: Shop, room: str) -> None:
    context = await browser.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN", has_touch=True)
    page = await context.new_page()
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 40)
    await newest(page, "第39句")
    box = await scroller(page).bounding_box()
    assert box is not None
    await page.touchscreen.tap(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    await expect(fresh(page)).to_have_text("继续")
    read = page.get_by_text("第38句", exact=True)
    before = await read.bounding_box()
    await chat(shop, room, 40, 70)
    await expect(fresh(page)).to_have_text("30 条新弹幕")
    assert await read.bounding_box() == before
    await fresh(page).tap()
    await newest(page, "第69句")
    await expect(fresh(page)).to_be_hidden()
    await page.get_by_role("button", name="暂停").tap()
    assert await page.evaluate(READ_ALL) == [f"第{n}句" for n in range(70)]
    await context.close()


async def test_the_row_that_is_read_stays_where_it_is_while_hundreds_come(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 300)
    await newest(page, "第299句")
    await scroller(page).hover()
    await page.mouse.wheel(0, -3000)
    await expect(fresh(page)).to_be_visible()
    await expect(rows(page).last).not_to_contain_text("第299句")
    await page.wait_for_function(
        "() => { const s = document.querySelector('lb-comment-stream .scroller'), last = window.lastTop;"
        " window.lastTop = s.scrollTop; return last === s.scrollTop; }",
        polling=200,
    )
    at = "() => [...document.querySelectorAll('lb-comment-row')].map((r) => [r.textContent, r.getBoundingClientRect().top])"
    before = dict(await page.evaluate(at))
    await chat(shop, room, 300, 900)
    await expect(filter_chip(page, "全部")).to_have_text("全部900")
    after = dict(await page.evaluate(at))
    assert before.keys() & after.keys()
    assert all(abs(after[text] - before[text]) <= 1 for text in before.keys() & after.keys())


async def test_scrolling_back_to_the_end_lets_the_list_go_on(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 60)
    await newest(page, "第59句")
    await scroller(page).hover()
    await page.mouse.wheel(0, -900)
    await expect(fresh(page)).to_have_text("继续")
    await page.mouse.wheel(0, 5000)
    await expect(fresh(page)).to_be_hidden()
    await chat(shop, room, 60, 61)
    await newest(page, "第60句")


async def test_pause_holds_until_it_is_tapped_again(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 30)
    await newest(page, "第29句")
    await page.get_by_role("button", name="暂停").click()
    await chat(shop, room, 30, 35)
    await expect(fresh(page)).to_have_text("5 条新弹幕")
    await scroller(page).hover()
    await page.mouse.wheel(0, 5000)
    await expect(rows(page).last).to_contain_text("第34句")
    await expect(fresh(page)).to_have_text("继续")
    await chat(shop, room, 35, 37)
    await expect(fresh(page)).to_have_text("2 条新弹幕")
    await page.locator("lb-stream-bar > .button").click()
    await newest(page, "第36句")
    await expect(page.get_by_role("button", name="暂停")).to_be_visible()


async def test_what_has_stopped_is_still_there_when_the_host_comes_back(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 60)
    await newest(page, "第59句")
    await page.get_by_role("button", name="暂停").click()
    await go_to(page, "订单")
    await chat(shop, room, 60, 80)
    await go_to(page, "弹幕")
    await expect(fresh(page)).to_have_text("20 条新弹幕")
    await expect(page.get_by_text("第59句", exact=True)).to_be_in_viewport()


async def test_each_filter_shows_its_own_with_their_number(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    said = {"下单": "要两箱鸡蛋", "提问": "苹果多少钱一袋", "投诉": "上次的苹果坏了俩", "待确认": "鸡蛋来点"}
    await shop.say(
        room, ("张姐", said["下单"]), ("李哥", said["提问"]), ("孙婶", said["投诉"]), ("赵姨", said["待确认"])
    )
    await chat(shop, room, 0, 40)
    await newest(page, "第39句")
    shown = {
        "订单": [said["下单"], said["待确认"]],
        "提问": [said["提问"]],
        "投诉": [said["投诉"]],
        "待确认": [said["待确认"]],
    }
    for word, texts in shown.items():
        await expect(filter_chip(page, word)).to_have_text(f"{word}{len(texts)}")
        await filter_chip(page, word).click()
        await expect(filter_chip(page, word)).to_have_attribute("aria-pressed", "true")
        await expect(rows(page).locator(".text")).to_have_text(texts)
    await expect(filter_chip(page, "已藏")).to_be_hidden()
    await shop.say(room, ("周哥", "晚上好"), ("钱叔", "豆腐来点"))
    await expect(rows(page).locator(".text")).to_have_text([said["待确认"], "豆腐来点"])
    await filter_chip(page, "全部").click()
    await newest(page, "豆腐来点")


async def test_a_filter_with_nothing_says_what_would_come_there(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 3)
    await newest(page, "第2句")
    await filter_chip(page, "投诉").click()
    await expect(page.locator("lb-comment-stream .empty")).to_contain_text("没有投诉")
    await expect(rows(page)).to_have_count(0)
    await shop.say(room, ("孙婶", "上次的苹果坏了俩"))
    await newest(page, "上次的苹果坏了俩")
    await expect(page.locator("lb-comment-stream .empty")).to_be_hidden()


async def test_another_filter_begins_at_its_end_while_the_list_stands_still(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, *((f"顾客{n}", "苹果多少钱一袋") for n in range(40)))
    await expect(filter_chip(page, "提问")).to_have_text("提问40")
    await page.get_by_role("button", name="暂停").click()
    await page.locator("lb-comment-stream .scroller").evaluate("(scroller) => { scroller.scrollTop = 0; }")
    await expect(rows(page).first).to_contain_text("顾客0")
    await filter_chip(page, "提问").click()
    await expect(rows(page).last).to_contain_text("顾客39")
    await expect(rows(page).last).to_be_in_viewport()


async def test_an_acceptance_is_taken_back_for_ten_seconds(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await page.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    await expect(page.locator("lb-toast-line")).to_contain_text("薛***：订 土鸡蛋 ×1 箱")
    await page.get_by_role("button", name="撤销").click()
    await expect(page.locator("lb-confirm-card")).to_have_count(1)
    await expect(page.locator("lb-confirm-card mark")).to_have_text(["一箱", "鸡蛋"])
    await expect(page.locator("lb-top-bar dd").nth(2)).to_have_text("0")
    assert [state for *_, state in await orders(shop, room)] in ([], ["cancelled"])
    await go_to(page, "弹幕")
    await expect(filter_chip(page, "待确认")).to_have_text("待确认1")


async def test_a_dismissal_is_taken_back_too(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要三箱鸡蛋"))
    await page.get_by_role("button", name=re.compile("^忽略")).click()
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    await page.get_by_role("button", name="撤销").click()
    await page.get_by_role("button", name="订 土鸡蛋 ×3 箱").click()
    await expect(page.locator("lb-top-bar dd").nth(2)).to_have_text("3")
    assert await orders(shop, room) == [("薛***", "egg", 3, "reserved")]


async def test_of_several_taps_in_a_row_each_has_its_own_way_back(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    names = ("薛***", "胡***", "苗***", "蒋***", "邵***")
    await shop.say(room, *((name, f"要{n}箱鸡蛋") for n, name in enumerate(names, start=1)))
    for n in range(1, 6):
        await page.get_by_role("button", name=f"订 土鸡蛋 ×{n} 箱").click()
        await expect(page.locator("lb-confirm-card")).to_have_count(5 - n)
    first = page.locator("lb-toast-line [data-kind='undo']", has_text="薛***")
    await first.get_by_role("button", name="撤销").click()
    await expect(page.locator("lb-confirm-card")).to_have_count(1)
    await expect(page.locator("lb-confirm-card")).to_contain_text("薛***")
    await expect(page.locator("lb-top-bar dd").nth(2)).to_have_text("14")


async def test_a_comment_that_waits_is_answered_where_it_stands(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("薛***", "要一箱鸡蛋"), ("胡***", "要两箱鸡蛋"))
    await filter_chip(page, "待确认").click()
    sheet = await open_sheet(page, "薛***")
    await sheet.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(rows(page).locator(".text")).to_have_text(["要两箱鸡蛋"])
    sheet = await open_sheet(page, "胡***")
    await sheet.get_by_role("button", name="忽略").click()
    await expect(rows(page)).to_have_count(0)
    await filter_chip(page, "全部").click()
    await expect(rows(page).locator(".result")).to_contain_text(["你已确认", "你已忽略"])


async def test_a_hidden_comment_leaves_every_console_and_comes_back(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 5)
    other = await page.context.new_page()
    await open_console(other, shop, room, tab="弹幕")
    await newest(other, "第4句")
    sheet = await open_sheet(page, "顾客2")
    await sheet.get_by_role("button", name="隐藏").click()
    for each in (page, other):
        await expect(rows(each).locator(".text")).to_have_text(["第0句", "第1句", "第3句", "第4句"])
        await expect(filter_chip(each, "已藏")).to_have_text("已藏1")
    await page.get_by_role("button", name="撤销").click()
    await expect(rows(page)).to_have_count(5)
    await expect(filter_chip(page, "已藏")).to_be_hidden()
    sheet = await open_sheet(page, "顾客2")
    await sheet.get_by_role("button", name="隐藏").click()
    await filter_chip(other, "已藏").click()
    await expect(rows(other).locator(".text")).to_have_text(["第2句"])
    sheet = await open_sheet(other, "顾客2")
    await sheet.get_by_role("button", name="放回来").click()
    await filter_chip(other, "全部").click()
    await expect(rows(other)).to_have_count(5)
    await expect(rows(page)).to_have_count(5)


async def test_hidden_comments_are_still_hidden_after_a_reload(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await chat(shop, room, 0, 3)
    sheet = await open_sheet(page, "顾客1")
    await sheet.get_by_role("button", name="隐藏").click()
    await expect(rows(page)).to_have_count(2)
    await page.reload()
    await go_to(page, "弹幕")
    await expect(rows(page).locator(".text")).to_have_text(["第0句", "第2句"])
    await filter_chip(page, "已藏").click()
    await expect(rows(page).locator(".text")).to_have_text(["第1句"])


async def test_who_is_of_the_shop_orders_nothing_from_then_on(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("小李", "大家晚上好"))
    sheet = await open_sheet(page, "小李")
    await sheet.get_by_role("button", name="标为主播").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("小李 标为主播了")
    await shop.say(room, ("小李", "要两箱鸡蛋"))
    await expect(rows(page).last.locator(".chip")).to_have_text("主播")
    assert await orders(shop, room) == []
    sheet = await open_sheet(page, "小李")
    await sheet.get_by_role("button", name="不是主播").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await shop.say(room, ("小李", "要三箱鸡蛋"))
    await expect(rows(page).last.locator(".result")).to_contain_text("已订上")
    assert await orders(shop, room) == [("小李", "egg", 3, "reserved")]


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_all_that_can_be_done_with_a_comment_is_in_reach_of_the_thumb(
    page: Page, shop: Shop, room: str, theme: str
) -> None:
    await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await page.get_by_role("button", name="处理 薛*** 的弹幕").click()
    sheet = page.get_by_role("dialog")
    for word in ("忽略", "订 土鸡蛋 ×1 箱", "标为主播", "隐藏", "拉黑", "上屏", "手工补订", "返回"):
        await expect(sheet.get_by_role("button", name=word, exact=True)).to_be_in_viewport(ratio=1)
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
