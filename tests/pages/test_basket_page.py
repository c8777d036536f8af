"""One viewer's page, from the list to the bag in the hand, while the evening goes on around it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.conftest import PHONE
from tests.pages.shop import EXTREME_OFFERS, start_session
from tests.pages.test_for_everybody import AUDIT
from tests.pages.viewers import an_evening, another_phone, fits, line, open_list, order, to_own_page

if TYPE_CHECKING:
    from typing import Literal

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

SETTLED = "() => Promise.allSettled(document.getAnimations().map((each) => each.finished))"


async def test_from_the_list_to_the_order_its_page_a_change_and_a_cancel_that_promotes_another_live(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋", "土鸡蛋")
    await to_own_page(page)
    await expect(line(page, "土鸡蛋")).to_contain_text("2 箱¥79.80已订")
    assert await fits(page)

    await line(page, "土鸡蛋").get_by_role("button", name="改数量").click()
    await page.get_by_role("button", name="加一箱").click()
    await page.get_by_role("button", name="改成 3 箱").click()
    await expect(line(page, "土鸡蛋")).to_contain_text("3 箱¥119.70")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    async with another_phone(browser) as other:
        await open_list(other, shop, room)
        await order(other, "土鸡蛋", called="西街李婶")
        await to_own_page(other)
        await expect(line(other, "土鸡蛋")).to_contain_text("排队 · 第 1 位")

        await line(page, "土鸡蛋").get_by_role("button", name="取消").click()
        await page.get_by_role("button", name="取消这一样").click()
        await expect(line(page, "土鸡蛋")).to_contain_text("已取消顾客取消")
        await expect(page.locator("lb-part")).to_contain_text("都取消了")
        await expect(line(other, "土鸡蛋")).to_contain_text("1 箱¥39.90已订")
        assert await other.get_by_text("东门").count() == 1, "the pickup point is all of the east gate that is here"


async def test_a_comment_has_a_page_too_and_it_follows_what_is_said(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    [reservation] = (await shop.snapshot(room))["reservations"]
    await page.goto(f"{shop.base}/r/{reservation['pickup_code'].lower()}")
    await expect(page.get_by_role("heading", name="张*的预订", exact=True)).to_be_visible()
    await shop.say(room, ("张姐", "再加一箱鸡蛋"))
    await expect(line(page, "土鸡蛋")).to_contain_text("3 箱")


async def test_who_is_in_a_lucky_bag_follows_it_to_the_prize_on_their_page(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    [reservation] = (await shop.snapshot(room))["reservations"]
    await page.goto(f"{shop.base}/r/{reservation['pickup_code']}")
    bag = {"type": "open_giveaway", "title": "今晚福袋", "prize": "铁锅一口", "prize_value": "99.00", "winners": 1}
    await shop.command(room, bag | {"keyword": "福袋", "seconds": 600})
    await shop.say(room, ("张姐", "福袋"))
    [giveaway] = (await shop.snapshot(room))["giveaways"]
    await shop.command(room, {"type": "draw_giveaway", "giveaway_id": giveaway["id"]})
    draw = page.locator("lb-draw")
    await expect(draw).to_contain_text("今晚福袋正在开奖")
    await shop.say(room, *((f"路人{n}", "恭喜") for n in range(5)))
    await expect(draw).to_contain_text("中奖了：铁锅一口")
    await expect(draw).to_contain_text("到自提点出示提货码，")
    [giveaway] = (await shop.snapshot(room))["giveaways"]
    [winner] = giveaway["rounds"][0]["winners"]
    await expect(draw).to_contain_text(f"我的参与号：{winner['entry']}")
    await expect(draw.get_by_role("link", name="核对开奖")).to_have_attribute("href", f"../draw/{giveaway['id']}")
    assert await fits(page)
    await shop.command(room, {"type": "claim_giveaway", "giveaway_id": giveaway["id"], "entry": winner["entry"]})
    await expect(draw).to_contain_text("奖品已领：铁锅一口")


async def test_the_way_to_the_counter_is_told_as_it_goes(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋", "石磨豆腐 2 斤 嫩豆腐")
    code = await to_own_page(page)
    await page.get_by_role("button", name="换一个自提点").click()
    await page.get_by_label("西街粮油店").check()
    await page.get_by_role("button", name="就在这里提").click()
    await expect(page.locator("lb-pickup-card")).to_contain_text("西街粮油店西街 7 号")

    await page.get_by_role("button", name="留尾号").click()
    await page.get_by_label("手机尾号后四位").fill("5823")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("button", name="改尾号")).to_be_visible()
    await expect(page.get_by_text("5823")).to_have_count(0)

    bag = page.get_by_role("switch", name="我自带袋")
    await bag.click()
    await expect(bag).to_have_attribute("aria-checked", "true")
    await expect(page.locator("lb-about-card")).to_contain_text("得 1 个绿色积分")

    await shop.command(room, {"type": "end_session"})
    await shop.command(room, {"type": "close_cycle"})
    await expect(page.locator("lb-part .state")).to_have_text("已截单，不能再改")
    await expect(page.get_by_role("button", name="改数量")).to_have_count(0)
    await expect(line(page, "土鸡蛋")).to_contain_text("已锁定，等到货")

    await shop.command(
        room, {"type": "move_pickup", "pickup_at": "2099-01-09T10:00:00+08:00", "notice": "送货车坏了，晚一天"}
    )
    await expect(page.get_by_role("note")).to_contain_text("送货车坏了，晚一天")
    await expect(page.locator("lb-pickup-card")).to_contain_text("1月9日")

    await shop.command(room, {"type": "mark_ready", "pickup_point_id": "p2"})
    await expect(page.locator("lb-part .state")).to_have_text("货到了，可以来提")
    await expect(page.locator("lb-pickup-card")).to_contain_text("到的货")
    await expect(page.get_by_role("button", name="换一个自提点")).to_be_hidden()
    symbol = page.get_by_role("img", name=f"提货码的二维码：{code[:4]} {code[4:8]} {code[8:]}")
    await expect(symbol).to_be_visible()
    tops = await page.evaluate("['lb-pass-card', '.goods'].map((name) => document.querySelector(name).offsetTop)")
    assert tops[0] < tops[1], "at the counter the code comes first"

    await shop.command(room, {"type": "collect", "pickup_code": code, "own_bag": True})
    await expect(page.locator("lb-part .state")).to_have_text("都提走了，谢谢")
    await expect(page.locator("lb-about-card")).to_contain_text("绿色积分：1 个")


async def test_the_symbol_on_the_screen_is_read_by_a_scanner(page: Page, shop: Shop, room: str) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋")
    code = await to_own_page(page)
    schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        picture = await page.locator("lb-pass-card").screenshot()
        [found] = zxingcpp.read_barcodes(image.open(io.BytesIO(picture)))
        assert found.text == code


async def test_what_did_not_come_together_says_why(page: Page, shop: Shop, room: str) -> None:
    evening = an_evening()
    evening["offers"][0]["min_quantity"] = 3
    await shop.command(room, evening)
    await open_list(page, shop, room)
    await expect(page.locator("lb-offer").first).to_contain_text("满 3 箱成团，还差 3 箱")
    await order(page, "土鸡蛋")
    await to_own_page(page)
    await shop.command(room, {"type": "close_cycle"})
    await expect(line(page, "土鸡蛋")).to_contain_text("没成团：不到 3 箱")


async def test_two_codes_are_put_together_on_one_page(page: Page, browser: Browser, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    async with another_phone(browser) as other:
        codes = []
        for each in (page, other):
            await open_list(each, shop, room)
            await order(each, "土鸡蛋")
            codes.append(await to_own_page(each))
            await each.get_by_role("button", name="留尾号").click()
            await each.get_by_label("手机尾号后四位").fill("4711")
            await each.get_by_role("button", name="保存").click()
            await expect(each.get_by_role("button", name="改尾号")).to_be_visible()
        await page.get_by_role("button", name="别处也订了").click()
        sheet = page.get_by_role("dialog")
        await sheet.get_by_label("另一个提货码").fill(codes[1])
        await sheet.get_by_label("手机尾号后四位").fill("4712")
        await sheet.get_by_role("button", name="合到一起").click()
        await expect(sheet.locator(".refusal")).to_contain_text("尾号对不上")
        await sheet.get_by_label("手机尾号后四位").fill("4711")
        await sheet.get_by_role("button", name="合到一起").click()
        await expect(page.locator("lb-part")).to_have_count(2)
        await expect(other.locator("lb-part")).to_have_count(2)
        await expect(page.locator("lb-part").nth(1)).to_contain_text("这一份的提货码")


async def test_a_change_that_is_refused_says_why_where_it_was_tapped(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋")
    await to_own_page(page)
    await line(page, "土鸡蛋").get_by_role("button", name="改数量").click()
    await page.get_by_role("button", name="加一箱").click()
    [reservation] = (await shop.snapshot(room))["reservations"]
    await shop.command(room, {"type": "set_quantity", "reservation_id": reservation["id"], "quantity": 3})
    await page.get_by_role("button", name="改成 2 箱").click()
    await expect(page.get_by_role("dialog").locator(".refusal")).to_contain_text("这个要找店主")
    await page.get_by_role("button", name="不改了").click()
    await expect(line(page, "土鸡蛋")).to_contain_text("店主替您改过，再改请联系店主")
    await expect(line(page, "土鸡蛋").get_by_role("button")).to_have_count(0)


async def test_a_code_of_nobody_gets_a_friendly_page_and_another_try(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    [reservation] = (await shop.snapshot(room))["reservations"]
    answer = await page.goto(f"{shop.base}/r/ABCDEFGHJKLM")
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_role("heading", name="没有这个提货码")).to_be_visible()
    assert await page.evaluate(AUDIT) == []
    await page.get_by_label("提货码").fill(reservation["pickup_code"])
    await page.get_by_role("button", name="查看").click()
    await expect(page.get_by_role("heading", name="张*的预订", exact=True)).to_be_visible()
    await page.goto(f"{shop.base}/r")
    await expect(page.get_by_role("heading", name="看我的预订")).to_be_visible()


async def test_an_address_that_there_is_not_is_a_page_in_words(page: Page, shop: Shop) -> None:
    answer = await page.goto(f"{shop.base}/nowhere/at/all")
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_role("heading", name="没有这个页面")).to_be_visible()
    assert await fits(page)
    await page.get_by_role("link", name="用提货码看我的预订").click()
    await expect(page.get_by_role("heading", name="看我的预订")).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_page_can_be_read_tapped_and_named_with_the_longest_words(
    browser: Browser, shop: Shop, room: str, theme: Literal["dark", "light"]
) -> None:
    points = [{"id": f"p{n}", "name": "自提点名字很长" * 5, "address": "地址" * 40} for n in range(3)]
    cycle = {
        "cutoff_at": "2099-01-07T21:30:00+08:00",
        "pickup_at": "2099-01-08T10:00:00+08:00",
        "pickup_points": points,
    }
    await shop.command(room, start_session(EXTREME_OFFERS, title="全县最低价" * 12, cycle=cycle))
    context = await browser.new_context(viewport=PHONE, locale="zh-CN", color_scheme=theme)
    page = await context.new_page()
    await open_list(page, shop, room)
    await order(page, *["明前龙井"] * 4, "柳树湾")
    code = await to_own_page(page)
    assert await fits(page)
    assert await page.evaluate(AUDIT) == []
    for opener in ("改数量", "取消", "换一个自提点", "留尾号", "别处也订了"):
        await page.get_by_role("button", name=opener).first.click()
        dialog = page.get_by_role("dialog")
        await expect(dialog.locator("h2")).to_be_focused()
        await page.evaluate(SETTLED)
        assert await fits(page)
        assert await page.evaluate(AUDIT) == [], opener
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
    await shop.command(room, {"type": "end_session"})
    for command in (
        {"type": "close_cycle"},
        {"type": "move_pickup", "pickup_at": "2099-01-09T10:00:00+08:00", "notice": "通知" * 100},
        {"type": "mark_ready"},
        {"type": "collect", "pickup_code": code},
    ):
        await shop.command(room, command)
        await page.evaluate("window.dispatchEvent(new Event('online'))")
        await page.wait_for_load_state("networkidle")
        assert await fits(page)
        assert await page.evaluate(AUDIT) == [], command["type"]
    await context.close()


async def test_the_browser_has_nothing_to_complain_of(page: Page, shop: Shop, room: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"{request.method} {request.url} {request.failure}"))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await order(page, "土鸡蛋")
    await to_own_page(page)
    await page.wait_for_load_state("networkidle")
    assert said == []


async def test_in_english_nothing_is_left_in_chinese_but_the_shop_s_own_words(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, an_evening(title="Wednesday"))
    await page.goto(f"{shop.base}/shop/{room}?lang=en")
    await expect(page.get_by_role("button", name=re.compile("^One 箱"))).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
