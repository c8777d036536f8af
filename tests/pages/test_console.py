"""The console on a phone, against the real service."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, offer, open_shop, start_session

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page, Route, WebSocketRoute

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def open_console(page: Page, shop: Shop, room: str, *, tab: str | None = None) -> None:
    await page.goto(shop.console(room))
    await expect(page.locator("[data-link='up']")).to_be_visible()
    if tab is not None:
        await go_to(page, tab)


async def go_to(page: Page, tab: str) -> None:
    await page.get_by_role("navigation").get_by_role("button", name=tab).click()


async def on_air(page: Page, shop: Shop, room: str, *, tab: str | None = None, pin: str | None = "egg") -> None:
    await shop.command(room, start_session())
    if pin is not None:
        await shop.command(room, {"type": "pin_offer", "offer_id": pin})
    await open_console(page, shop, room, tab=tab)


async def orders(shop: Shop, room: str) -> list[tuple[str, str, int, str]]:
    state = await shop.snapshot(room)
    return [(r["viewer"]["name"], r["offer_id"], r["quantity"], r["state"]) for r in state["reservations"]]


async def test_the_link_opens_the_console_and_leaves_the_address_bar(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    assert page.url == f"{shop.base}/console/{room}"
    await expect(page.get_by_role("heading", name="现在没有开播")).to_be_visible()
    await page.reload()
    await expect(page.locator("[data-link='up']")).to_be_visible()


async def test_a_pasted_list_of_offers_starts_the_session(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await page.get_by_label("或者粘贴在这里").fill(json.dumps(start_session() | {"title": "周三晚场"}))
    await expect(page.get_by_text("读到 3 个商品")).to_be_visible()
    await expect(page.get_by_label("本场标题")).to_have_value("周三晚场")
    await page.get_by_role("button", name="开播").click()
    await expect(page.get_by_role("heading", name="周三晚场")).to_be_visible()
    session = (await shop.snapshot(room))["session"]
    assert (session["title"], session["hosts"]) == ("周三晚场", ["梅姐本人"])
    assert [point["name"] for point in session["cycle"]["pickup_points"]] == ["东门便利店"]
    assert session["cycle"]["cutoff_at"].startswith("2099-01-07T21:30")


async def test_a_file_of_offers_starts_the_session_too(page: Page, shop: Shop, room: str, tmp_path: Path) -> None:
    file = tmp_path / "offers.json"
    file.write_text(json.dumps([EGG, APPLE]), encoding="utf-8")
    await open_console(page, shop, room)
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_text("读到 2 个商品，共限 103 份")).to_be_visible()
    await page.get_by_label("本场标题").fill("两样好货")
    await page.get_by_label("自提点").fill("东门便利店，人民路 18 号\n西门洗衣店")
    await page.get_by_role("button", name="开播").click()
    await expect(page.get_by_role("heading", name="两样好货")).to_be_visible()
    points = (await shop.snapshot(room))["session"]["cycle"]["pickup_points"]
    assert [(p["id"], p["name"], p["address"]) for p in points] == [
        ("p1", "东门便利店", "人民路 18 号"),
        ("p2", "西门洗衣店", ""),
    ]


async def test_the_form_tells_all_its_faults_at_once_each_at_its_field(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await page.get_by_label("本场标题").fill("")
    await page.get_by_label("截单时间").and_(page.locator("input")).fill("2099-01-08T10:00")
    await page.get_by_label("自提时间").and_(page.locator("input")).fill("2099-01-08T09:00")
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("#start-goods-fault")).to_have_text(re.compile("还没有商品清单"))
    await expect(page.locator("#start-title-fault")).to_have_text("不能为空")
    await expect(page.locator("#start-pickup-fault")).to_contain_text("要早于提货时间")
    await expect(page.locator("#start-points-fault")).to_have_text("至少填一个自提点。")
    await expect(page.locator("lb-start-form .faults")).to_have_text("有 4 处要改，都标出来了")
    await expect(page.get_by_label("或者粘贴在这里")).to_be_focused()


async def test_what_the_service_refuses_is_told_at_its_goods_and_mended_there(
    page: Page, shop: Shop, room: str
) -> None:
    await open_console(page, shop, room)
    wrong = start_session([EGG | {"price": "三十九块九"}, APPLE | {"number": 1}])
    await page.get_by_label("或者粘贴在这里").fill(json.dumps(wrong))
    await page.get_by_role("button", name="开播").click()
    faulty = page.locator("lb-goods-list [data-faulty]")
    await expect(faulty).to_have_count(2)
    await expect(faulty.first).to_contain_text("价格（元）：写成 39.9")
    await expect(faulty.last).to_contain_text("编号 1 和第 1 个商品重复了")
    assert (await shop.snapshot(room))["session"] is None
    await page.locator("lb-goods-list .open").first.click()
    await page.get_by_label("价格（元）").fill("39.9")
    await page.get_by_label("几号").fill("9")
    await page.get_by_role("button", name="改好了").click()
    await expect(page.locator("lb-goods-list [data-faulty]")).to_have_count(0)
    await page.get_by_role("button", name="开播").click()
    await expect(page.get_by_role("heading", name="今晚接单，明早自提")).to_be_visible()
    assert [o["price"] for o in (await shop.snapshot(room))["offers"]] == ["39.90", "29.90"]


async def test_a_comment_becomes_an_order_on_screen(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="订单")
    await expect(page.get_by_text("还没有订单")).to_be_visible()
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    row = page.locator("lb-order-row")
    await expect(row).to_contain_text("张姐")
    await expect(row).to_contain_text("土鸡蛋")
    await expect(row).to_contain_text("×2 箱")
    await expect(row).to_contain_text("¥79.80")
    await expect(page.locator("lb-top-bar dd")).to_have_text(["1", "1", "2", "¥79.80"])


async def test_comments_show_their_class_the_words_understood_and_the_reason(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("张姐", "要两箱鸡蛋"), ("小李", "晚上好"))
    first = page.locator("lb-comment-row").first
    await expect(first.locator(".chip")).to_have_text("下单")
    await expect(first.locator("mark")).to_have_text(["两箱", "鸡蛋"])
    await expect(first.locator(".result")).to_contain_text("订 土鸡蛋 ×2 箱 · 已订上")
    assert await first.get_attribute("data-meaning") == "order"
    await expect(page.locator("lb-comment-row").last.locator(".chip")).to_have_text("闲聊")


async def test_what_the_host_writes_is_marked_as_the_host_s_and_as_nothing_else(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("梅姐本人", "1号鸡蛋39块9一箱，要两箱的扣2"))
    row = page.locator("lb-comment-row")
    await expect(row.locator(".chip")).to_have_text("主播")
    assert await row.get_attribute("data-meaning") == "other"
    await expect(row.locator(".result")).to_be_hidden()


async def test_comments_written_before_the_console_was_opened_are_there(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.say(room, *[(f"顾客{n}", "晚上好") for n in range(30)])
    await open_console(page, shop, room, tab="弹幕")
    await expect(page.locator("lb-comment-row").last).to_contain_text("顾客29")
    await expect(page.get_by_role("button", name="全部")).to_have_text("全部30")
    await shop.say(room, ("后来的", "来了"))
    await expect(page.locator("lb-comment-row").last).to_contain_text("后来的")
    await expect(page.get_by_role("button", name="全部")).to_have_text("全部31")
    await expect(page.locator("lb-top-bar dd").first).to_have_text("31")


async def test_stock_is_an_equation(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin="apple")
    await shop.say(room, ("张姐", "苹果要2袋"), ("李哥", "苹果要3袋"))
    card = page.locator("lb-offer-card").nth(1)
    await expect(card.locator(".stock")).to_have_text("限3=已订3+剩0·候补2")
    await expect(card.locator(".chip")).to_have_text("订满")


async def test_one_tap_does_what_its_button_says(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    button = page.get_by_role("button", name="订 土鸡蛋 ×1 箱")
    await expect(page.locator("lb-confirm-card")).to_contain_text("身份不明")
    async with page.expect_request("**/commands") as sent:
        await button.click()
    command = json.loads((await sent.value).post_data or "")
    assert [(a["op"], a["offer"], a["quantity"]) for a in command["actions"]] == [("set", "egg", 1)]
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    assert await orders(shop, room) == [("薛***", "egg", 1, "reserved")]
    await go_to(page, "弹幕")
    await expect(page.locator("lb-comment-row .result")).to_contain_text("你已确认")


async def test_a_card_that_waits_long_keeps_its_marks(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    marks = page.locator("lb-confirm-card mark")
    await expect(marks).to_have_text(["一箱", "鸡蛋"])
    for start in range(0, 310, 62):
        await shop.say(room, *[(f"顾客{n}", f"晚上好{n}") for n in range(start, start + 62)])
    await shop.say(room, ("赵姨", "鸡蛋来点"))
    await expect(page.locator("lb-confirm-card")).to_have_count(2)
    await expect(marks.first).to_have_text("一箱")


async def test_what_is_not_known_is_picked_first(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("张姐", "鸡蛋来点"))
    await page.get_by_role("button", name="选数量").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_role("radio", name="1 号 土鸡蛋")).to_have_attribute("aria-checked", "true")
    await sheet.get_by_role("button", name="加一").click()
    await sheet.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    assert await orders(shop, room) == [("张姐", "egg", 2, "reserved")]


async def test_what_was_understood_wrongly_is_mended_before_it_is_booked(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await page.get_by_role("button", name=re.compile("^改一下")).click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("radio", name="3 号 石磨豆腐").click()
    await sheet.get_by_role("radio", name="嫩豆腐").click()
    await sheet.get_by_role("button", name="订 石磨豆腐 嫩豆腐 ×1 份").click()
    await expect(page.locator("lb-confirm-card")).to_have_count(0)
    [reservation] = (await shop.snapshot(room))["reservations"]
    assert (reservation["offer_id"], reservation["variant_id"]) == ("tofu", "soft")


async def test_an_offer_is_shown_with_one_tap(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin=None)
    await expect(page.locator("lb-now-bar")).to_contain_text("还没选讲解的商品")
    await page.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
    await expect(page.get_by_role("button", name="讲解中 石磨豆腐 2 斤")).to_be_visible()
    await expect(page.locator("lb-now-bar")).to_contain_text("石磨豆腐 2 斤剩 24 份 · 写明规格")
    assert (await shop.snapshot(room))["session"]["pinned_offer_id"] == "tofu"


async def test_the_offer_being_shown_is_in_sight_when_its_section_opens(page: Page, shop: Shop, room: str) -> None:
    many = [offer(f"o{n}", n, f"第{n}样") for n in range(1, 13)]
    await shop.command(room, start_session(many))
    await shop.command(room, {"type": "pin_offer", "offer_id": "o9"})
    await open_console(page, shop, room, tab="商品")
    await expect(page.get_by_role("button", name="讲解中 第9样")).to_be_in_viewport()


async def test_an_offer_taken_off_sale_comes_back_with_undo(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_role("button", name="下架 红富士苹果 5 斤").click()
    card = page.locator("lb-offer-card").nth(1)
    await expect(card.locator(".chip")).to_have_text("已下架")
    await page.get_by_role("button", name="撤销").click()
    await expect(card.locator(".chip")).to_have_text("在售")


async def test_a_restock_says_what_comes_of_it_and_wakes_those_who_wait(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin="apple")
    await shop.say(room, ("张姐", "苹果要2袋"), ("李哥", "苹果要3袋"))
    card = page.locator("lb-offer-card").nth(1)
    await expect(card.locator(".stock")).to_contain_text("候补")
    await page.get_by_role("button", name="补货 红富士苹果 5 斤").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("button", name="5", exact=True).click()
    await expect(sheet).to_contain_text("补完：限 8，先给候补的 2 袋，剩 3")
    await sheet.get_by_role("button", name="补 5 袋").click()
    await expect(card.locator(".stock")).to_contain_text("限8=已订5+剩3")
    await expect(card.locator(".waiting")).to_be_hidden()


async def test_a_call_for_a_1_counts_down_and_counts_its_replies(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    bar = page.locator("lb-now-bar")
    await bar.get_by_role("button", name=re.compile("发起扣 1.*30 秒")).click()
    await expect(bar).to_contain_text("扣 1 就订 土鸡蛋")
    await shop.say(room, ("张姐", "1"), ("李哥", "111"))
    await expect(bar).to_contain_text("已有 2 人")
    prompt = (await shop.snapshot(room))["prompt"]
    assert (prompt["keyword"], prompt["meaning"], prompt["ref_id"]) == ("1", "claim", "egg")
    await bar.get_by_role("button", name="结束").click()
    await expect(bar.get_by_role("button", name=re.compile("发起扣 1"))).to_be_visible()
    assert (await shop.snapshot(room))["prompt"] is None


async def test_an_order_is_changed_and_cancelled_by_hand_with_a_second_tap(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="订单")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await page.get_by_role("button", name="改 张姐 的这单").click()
    await page.get_by_role("dialog").get_by_role("button", name="加一").click()
    await page.get_by_role("button", name="改成 3 箱").click()
    await expect(page.locator("lb-order-row")).to_contain_text("×3 箱")
    await page.get_by_role("button", name="改 张姐 的这单").click()
    await page.get_by_role("dialog").get_by_role("button", name="取消这单").click()
    assert (await orders(shop, room))[0][3] == "reserved"
    await page.get_by_role("dialog").get_by_role("button", name="取消这单").click()
    await expect(page.locator("lb-order-row .chip")).to_have_text("已取消")


async def test_the_session_ends_only_after_a_second_tap(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="结束本场").click()
    dialog = page.get_by_role("dialog", name="结束本场直播？")
    await expect(dialog).to_be_visible()
    assert (await shop.snapshot(room))["session"]["state"] == "running"
    await dialog.get_by_role("button", name="结束本场").click()
    await expect(page.locator("lb-after-bar")).to_contain_text("本场已结束")
    assert (await shop.snapshot(room))["session"]["state"] == "ended"


async def test_a_tap_answers_at_once_and_is_sent_once(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin=None)
    asked: list[str | None] = []
    answer_now = asyncio.Event()

    async def hold(route: Route) -> None:
        asked.append(route.request.headers.get("idempotency-key"))
        await answer_now.wait()
        await route.continue_()

    await page.route("**/commands", hold)
    button = page.get_by_role("button", name="讲解 土鸡蛋 30 枚")
    busy = await button.evaluate("button => (button.click(), button.click(), button.getAttribute('aria-busy'))")
    assert busy == "true"
    answer_now.set()
    await expect(page.get_by_role("button", name="讲解中 土鸡蛋 30 枚")).to_be_visible()
    assert len(asked) == 1
    assert asked[0] is not None
    assert re.fullmatch(r"[0-9a-f]{32}", asked[0])


async def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="商品")
    keys: list[str | None] = []

    async def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if len(keys) > 1:
            await route.continue_()
            return
        await route.fetch()
        await route.abort()

    await page.route("**/commands", lose_the_first_answer)
    await page.get_by_role("button", name="补货 红富士苹果 5 斤").click()
    await page.get_by_role("button", name="补 10 袋").click()
    card = page.locator("lb-offer-card").nth(1)
    await expect(card.get_by_role("button", name=re.compile("补货"))).not_to_have_attribute("aria-busy", "true")
    await expect(card.locator(".stock")).to_contain_text("限13")
    assert len(keys) == 2
    assert keys[0] == keys[1]


async def test_a_refusal_says_what_why_and_what_to_do(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.route("**/commands", lambda route: route.continue_(post_data='{"type":"pin_offer","offer_id":"gone"}'))
    await page.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
    box = page.locator("[data-kind='failure']")
    refusal = await _refusal(shop, room)
    await expect(box.locator("strong")).not_to_be_empty()
    await expect(box).to_contain_text(refusal)
    await box.get_by_role("button", name="知道了").click()
    await expect(box).to_be_hidden()


async def test_a_failure_goes_when_the_next_tap_works(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin=None)
    await page.route("**/commands", lambda route: route.continue_(post_data='{"type":"pin_offer","offer_id":"gone"}'))
    await page.get_by_role("button", name="讲解 土鸡蛋 30 枚").click()
    await expect(page.locator("[data-kind='failure']")).to_be_visible()
    await page.unroute("**/commands")
    await page.get_by_role("button", name="讲解 土鸡蛋 30 枚").click()
    await expect(page.locator("[data-kind='failure']")).to_be_hidden()


async def _refusal(shop: Shop, room: str) -> str:
    headers = {"Authorization": f"Bearer {shop.tokens['host']}"}
    url = f"{shop.base}/api/v1/rooms/{room}/commands"
    async with shop.client.post(url, json={"type": "pin_offer", "offer_id": "gone"}, headers=headers) as answer:
        problem = await answer.json(content_type=None)
        assert answer.content_type == "application/problem+json"
        return str(problem["detail"])


async def test_two_consoles_show_the_same(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    other = await page.context.new_page()
    await open_console(other, shop, room, tab="待确认")
    await shop.say(room, ("薛***", "要一箱鸡蛋"))
    await expect(other.locator("lb-confirm-card")).to_have_count(1)
    await go_to(page, "待确认")
    await page.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
    await expect(other.locator("lb-confirm-card")).to_have_count(0)


async def test_a_console_without_a_good_cookie_says_how_to_come_back(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await page.context.clear_cookies()
    await page.evaluate("window.dispatchEvent(new Event('online'))")
    banner = page.locator("lb-trouble-banner")
    await expect(banner).to_contain_text("登录失效")
    await expect(banner).to_contain_text("重新打开这一页")


async def test_the_console_survives_the_end_of_the_service(page: Page, room: str, tmp_path: Path) -> None:
    async with open_shop(tmp_path) as (shop, service):
        await on_air(page, shop, room, tab="订单")
        await shop.say(room, ("张姐", "要两箱鸡蛋"))
        await expect(page.locator("lb-order-row")).to_have_count(1)
        await service.stop()
        await expect(page.locator("lb-trouble-banner")).to_contain_text("和服务的连接断了", timeout=15_000)
        await service.start()
        await shop.say(room, ("李哥", "要一箱鸡蛋"))
        await expect(page.locator("[data-link='up']")).to_be_visible(timeout=20_000)
        await expect(page.locator("lb-trouble-banner li")).to_have_count(0)
        await expect(page.locator("lb-order-row")).to_have_count(2)
        await go_to(page, "弹幕")
        await expect(page.locator("lb-comment-row")).to_have_count(2)


async def test_trouble_of_the_service_is_told_until_it_is_over(page: Page, shop: Shop, room: str) -> None:
    told: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        told.append(socket)

    await page.route_web_socket(re.compile("/ws/events"), relay)
    await on_air(page, shop, room)
    trouble = {"type": "trouble", "code": "store_unavailable", "detail": "磁盘满了，请清理硬盘。"}
    told[-1].send(json.dumps(trouble))
    banner = page.locator("lb-trouble-banner")
    await expect(banner.locator("strong")).to_have_text("存不下新订单")
    await expect(banner).to_contain_text("磁盘满了，请清理硬盘。")
    told[-1].send(json.dumps({"type": "trouble", "code": None, "detail": None}))
    await expect(banner.locator("li")).to_have_count(0)


async def test_a_line_that_falls_silent_is_replaced(page: Page, shop: Shop, room: str) -> None:
    opened: list[WebSocketRoute] = []
    deaf = asyncio.Event()

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        opened.append(socket)
        first = len(opened) == 1
        server.on_message(lambda message: None if first and deaf.is_set() else socket.send(message))

    await page.clock.install()
    await page.route_web_socket(re.compile("/ws/events"), relay)
    await on_air(page, shop, room, tab="商品")
    deaf.set()
    await shop.command(room, {"type": "restock", "offer_id": "egg", "quantity": 11})
    await page.clock.run_for(1_000)
    stock = page.locator("lb-offer-card .stock").first
    await expect(stock).to_contain_text("限100")
    await page.clock.run_for(25_000)
    await expect(stock).to_contain_text("限111")
    assert len(opened) > 1


async def test_dark_is_the_default_and_the_choice_is_kept(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = await page.evaluate(ground)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("radio", name="浅色").click()
    light = await page.evaluate(ground)
    await page.reload()
    assert await page.evaluate(ground) == light
    assert dark != light


async def test_a_session_without_offers_says_the_next_step(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([]))
    await open_console(page, shop, room, tab="商品")
    await expect(page.get_by_text("这场还没有商品")).to_be_visible()
