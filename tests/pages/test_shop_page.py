"""The list on a viewer's phone, and the order form that feeds the same stock as the comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.browser import open_browser
from tests.pages.conftest import PHONE
from tests.pages.shop import EGG, EXTREME_OFFERS, offer, open_shop, start_session
from tests.pages.test_for_everybody import AUDIT, HOSTILE
from tests.pages.viewers import an_evening, another_phone, card, collect, fits, open_list, order

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from playwright.async_api import Browser, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

LOOK_NOW = "window.dispatchEvent(new Event('online'))"


async def test_the_list_follows_the_stock(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await open_list(page, shop, room)
    await expect(card(page, "土鸡蛋")).to_contain_text("还剩 100 箱")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(card(page, "土鸡蛋")).to_contain_text("还剩 98 箱")
    await expect(card(page, "土鸡蛋")).to_contain_text("还差 10 箱凑整件")


async def test_a_tap_collects_the_bar_sums_and_the_order_says_what_came_of_it(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    bar = page.locator("lb-cart-bar")
    await expect(bar.get_by_role("button", name="去预订")).to_be_disabled()
    await collect(page, "土鸡蛋", "土鸡蛋", "石磨豆腐 2 斤 嫩豆腐")
    await expect(bar.get_by_role("status")).to_have_text("3 件 ¥86.60")
    await page.get_by_role("button", name=re.compile("^少一箱土鸡蛋")).click()
    await expect(bar.get_by_role("status")).to_have_text("2 件 ¥46.70")
    await bar.get_by_role("button", name="去预订").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("button", name="预订 2 件 ¥46.70").click()
    await expect(sheet.get_by_role("alert").first).to_have_text("写一下怎么称呼您，提货时好找。")
    await sheet.get_by_label("怎么称呼您").fill("东门王姐")
    await sheet.get_by_label("手机尾号").fill("47")
    await sheet.get_by_role("button", name="预订 2 件").click()
    await expect(sheet.get_by_role("alert").first).to_contain_text("尾号是 4 个数字")
    await sheet.get_by_label("手机尾号").fill("4711")
    await sheet.get_by_label("西街粮油店").check()
    await sheet.get_by_role("button", name="预订 2 件").click()
    await expect(page.get_by_role("heading", name="订上了")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_contain_text("石磨豆腐 2 斤 嫩豆腐：已订 1 份")
    [basket] = (await shop.snapshot(room))["baskets"]
    assert (basket["pickup_point_id"], basket["phone_tail"]) == ("p2", "4711")
    await page.get_by_role("button", name="继续看清单").click()
    await expect(page.locator("lb-mine-card")).to_contain_text("2 件 ¥46.70")
    await expect(card(page, "土鸡蛋")).to_contain_text("您已订 1 箱")


async def test_what_is_more_than_there_is_waits_and_is_told_before_and_after(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await open_list(page, shop, room)
    await collect(page, "土鸡蛋", "土鸡蛋")
    await expect(card(page, "土鸡蛋")).to_contain_text("其中 1 箱要排队")
    await page.get_by_role("button", name="去预订").click()
    await page.get_by_label("怎么称呼您").fill("王姐")
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    await expect(page.get_by_role("heading", name="订上了一部分，其余在排队")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_contain_text("已订 1 箱，排队 1 箱，第 1 位")


async def test_the_limit_stops_the_plus_and_a_variant_has_its_own_stock(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await collect(page, *["土鸡蛋"] * 5)
    await expect(page.get_by_role("button", name=re.compile("^加一箱土鸡蛋"))).to_be_disabled()
    await expect(card(page, "土鸡蛋")).to_contain_text("已到限购")
    await expect(card(page, "石磨豆腐")).to_contain_text("老豆腐 还剩 14 份")


async def test_an_answer_that_is_lost_makes_no_second_order(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    lost: list[str] = []

    async def lose_the_first(route: object) -> None:
        request = route.request  # type: ignore[attr-defined]  # playwright's route
        if not lost:
            lost.append(request.headers["idempotency-key"])
            await route.fetch()  # type: ignore[attr-defined]  # it reaches the shop, and the answer is lost
            await route.abort()  # type: ignore[attr-defined]  # the same
        else:
            assert request.headers["idempotency-key"] == lost[0]
            await route.continue_()  # type: ignore[attr-defined]  # the same

    await page.route("**/orders", lose_the_first)
    await order(page, "土鸡蛋", "土鸡蛋")
    assert lost
    assert (await shop.snapshot(room))["totals"]["reserved_quantity"] == 2


async def test_a_cart_survives_a_reload_and_a_name_the_evening(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await collect(page, "土鸡蛋")
    await page.reload()
    await expect(page.locator("lb-cart-bar").get_by_role("status")).to_have_text("1 件 ¥39.90")
    await page.get_by_role("button", name="去预订").click()
    await page.get_by_label("怎么称呼您").fill("西街李婶")
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    await page.get_by_role("button", name="继续看清单").click()
    await collect(page, "土鸡蛋")
    await page.get_by_role("button", name="去预订").click()
    await expect(page.get_by_label("怎么称呼您")).to_have_value("西街李婶")


async def test_goods_that_go_off_sale_leave_the_cart(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await collect(page, "土鸡蛋", "石磨豆腐 2 斤 老豆腐")
    await shop.command(room, {"type": "close_offer", "offer_id": "egg"})
    await expect(card(page, "土鸡蛋")).to_contain_text("已下架")
    await expect(page.locator("lb-cart-bar").get_by_role("status")).to_have_text("1 件 ¥6.80")


async def test_a_refusal_says_what_to_do_and_the_list_is_asked_for_anew(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    await collect(page, "土鸡蛋")
    await page.get_by_role("button", name="去预订").click()
    await page.get_by_label("怎么称呼您").fill("王姐")
    await shop.command(room, {"type": "end_session"})
    await shop.command(room, {"type": "close_cycle"})
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    box = page.get_by_role("dialog").locator(".refusal")
    await expect(box).to_contain_text("已经截单")
    await expect(box).to_contain_text("有困难请联系店主")


async def test_after_the_broadcast_one_may_still_order_and_after_the_cut_off_the_list_stands(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, an_evening())
    await shop.command(room, {"type": "end_session"})
    await open_list(page, shop, room)
    await expect(page.locator("lb-shop-head")).to_contain_text("直播结束了，截单前还能在这里订")
    await order(page, "土鸡蛋")
    await page.get_by_role("button", name="继续看清单").click()
    await shop.command(room, {"type": "close_cycle"})
    await expect(page.locator("lb-shop-head")).to_contain_text("这一期已截单，不能再订")
    await expect(page.locator("lb-shop-head")).to_contain_text("下一场什么时候开")
    await expect(page.locator("lb-offer")).to_have_count(2)
    await expect(page.locator("lb-cart-bar")).to_be_hidden()
    await expect(page.locator("lb-counter:visible")).to_have_count(0)
    await expect(page.locator("lb-mine-card")).to_contain_text("1 件 ¥39.90")


async def test_before_the_first_evening_the_page_says_so_and_fills_by_itself(page: Page, shop: Shop, room: str) -> None:
    await open_list(page, shop, room)
    await expect(page.get_by_role("heading", name="现在没有开团")).to_be_visible()
    await shop.command(room, an_evening())
    await page.evaluate(LOOK_NOW)
    await expect(page.locator("lb-offer")).to_have_count(2)


async def test_a_code_leads_from_the_list_to_its_page(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    [reservation] = (await shop.snapshot(room))["reservations"]
    code = reservation["pickup_code"]
    await open_list(page, shop, room)
    field = page.get_by_label("用提货码看")
    await field.fill("K7M4")
    await field.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("提货码一共 12 位，再对一下。")
    await field.fill(f"{code[:4].lower()} {code[4:8]}-{code[8:].lower()}")
    await field.press("Enter")
    await expect(page.get_by_role("heading", name="张*的预订", exact=True)).to_be_visible()


async def test_a_service_that_is_away_leaves_the_last_list_standing(page: Page, room: str, tmp_path: Path) -> None:
    async with open_shop(tmp_path) as (shop, service):
        await shop.command(room, start_session())
        await open_list(page, shop, room)
        await expect(page.get_by_text("现在连不上")).to_be_hidden()
        await service.stop()
        await page.evaluate(LOOK_NOW)
        await expect(page.get_by_text("现在连不上")).to_be_visible(timeout=20_000)
        await expect(card(page, "土鸡蛋")).to_contain_text("还剩 100 箱")
        await service.start()
        await page.evaluate(LOOK_NOW)
        await expect(page.get_by_text("现在连不上")).to_be_hidden(timeout=20_000)


async def test_where_no_socket_gets_through_the_page_asks_by_itself(page: Page, shop: Shop, room: str) -> None:
    await page.route_web_socket(re.compile("/ws/shops/"), lambda socket: socket.close())
    await shop.command(room, start_session())
    await open_list(page, shop, room)
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(card(page, "土鸡蛋")).to_contain_text("还剩 98 箱", timeout=20_000)
    await expect(page.get_by_text("现在连不上")).to_be_hidden()


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_list_can_be_read_tapped_and_named_with_the_longest_words(
    browser: Browser, shop: Shop, room: str, theme: Literal["dark", "light"]
) -> None:
    long_kinds = offer(
        "kinds", 12, "特" * 60, unit="大礼盒", variants=[{"id": "a", "name": "口味" * 20}, {"id": "b", "name": "原味"}]
    )
    facts = {"产地" * 10: "很长的说明" * 40}
    offers = [*EXTREME_OFFERS, long_kinds, EGG | {"facts": facts, "min_quantity": 9_999}]
    await shop.command(room, start_session(offers, title="周三晚上八点半全县最低价不好吃包退只此一晚" * 2))
    context = await browser.new_context(viewport=PHONE, locale="zh-CN", color_scheme=theme)
    page = await context.new_page()
    await open_list(page, shop, room)
    await page.locator("summary:visible").first.click()
    await collect(page, "明前龙井", "明前龙井", "明前龙井")
    assert await fits(page)
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("button", name="去预订").click()
    await expect(page.get_by_role("dialog").locator("h2")).to_be_focused()
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await fits(page)
    assert await page.evaluate(AUDIT) == []
    await page.get_by_label("怎么称呼您").fill("王" * 20)
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    await expect(page.get_by_role("link", name="我的预订")).to_be_visible()
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
    await context.close()


async def test_an_order_is_made_with_the_keyboard_alone(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    await open_list(page, shop, room)
    for wanted in ("加一箱土鸡蛋", "去预订"):
        for _ in range(30):
            await page.keyboard.press("Tab")
            name = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
            if wanted in await page.evaluate(name):
                break
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("王姐")
    await page.get_by_role("button", name=re.compile("^预订 ")).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="我的预订")).to_be_visible()


async def test_bad_words_run_nothing_and_load_nothing(page: Page, shop: Shop, room: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    kinds = [{"id": "a", "name": HOSTILE[1]}, {"id": "b", "name": HOSTILE[3]}]
    hostile = [offer(f"o{n}", n + 1, text, unit="<b>份", variants=kinds) for n, text in enumerate(HOSTILE)]
    await shop.command(room, start_session(hostile, title=HOSTILE[0]))
    await open_list(page, shop, room)
    await expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[0])
    await page.get_by_role("button", name=re.compile("^加一")).first.click()
    await page.get_by_role("button", name="去预订").click()
    await page.get_by_label("怎么称呼您").fill("<img src=x>")
    await page.get_by_role("button", name=re.compile("^预订 ")).click()
    await page.get_by_role("link", name="我的预订").click()
    await expect(page.get_by_role("heading", name="<*的预订")).to_be_visible()
    assert await page.evaluate("() => window.pwned ?? null") is None
    assert await page.locator("img, iframe, script:not([src])").count() == 0
    assert [url for url in asked if not re.match(re.escape(shop.base) + "|data:", url)] == []


async def test_without_scripts_the_page_says_what_to_do(browser_path: str, shop: Shop, room: str) -> None:
    """Turned off in the browser's own settings: playwright's switch leaves <noscript> asleep, and it cannot look either."""
    await shop.command(room, start_session())
    async with open_browser(browser_path, "--blink-settings=scriptEnabled=false") as browser:
        page = await browser.new_page(viewport=PHONE)
        for address in (f"/shop/{room}", "/r/K7M49XQ2PLWT"):
            await page.goto(f"{shop.base}{address}")
            devtools = await page.context.new_cdp_session(page)
            tree = await devtools.send("Accessibility.getFullAXTree")
            read = "".join(str(node.get("name", {}).get("value", "")) for node in tree["nodes"] if not node["ignored"])
            assert "这一页要用 JavaScript" in read
            assert "正在打开" not in read


async def test_two_phones_never_promise_more_than_there_is(page: Page, browser: Browser, shop: Shop, room: str) -> None:
    await shop.command(room, an_evening())
    async with another_phone(browser) as other:
        for each in (page, other):
            await open_list(each, shop, room)
            await collect(each, "土鸡蛋", "土鸡蛋")
        for each in (page, other):
            await each.get_by_role("button", name="去预订").click()
            await each.get_by_label("怎么称呼您").fill("王姐")
            await each.get_by_role("button", name=re.compile("^预订 ")).click()
            await expect(each.get_by_role("link", name="我的预订")).to_be_visible()
        await expect(other.get_by_role("dialog")).to_contain_text("已订 1 箱，排队 1 箱，第 1 位")
    [egg, _] = (await shop.snapshot(room))["offers"]
    assert (egg["reserved"], egg["waitlisted"]) == (3, 1)
