"""The counter on a phone and on a tablet, against the real service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.counter import (
    POINTS,
    arrive,
    begin,
    big_button,
    card,
    counts,
    go_to,
    look_for,
    open_counter,
    reserve,
    states,
)
from tests.pages.shop import APPLE, CYCLE, EGG, open_shop, start_session

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page, WebSocketRoute

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_the_link_opens_the_counter_and_leaves_the_address_bar(page: Page, shop: Shop, room: str) -> None:
    await open_counter(page, shop, room)
    assert page.url == f"{shop.base}/pickup/{room}"
    await expect(page.get_by_text("没有等着提的货")).to_be_visible()


async def test_from_a_comment_to_the_bag_in_the_hand(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE], cycle=CYCLE | {"id": f"cycle of {room}"}))
    await shop.say(room, ("张姐", "要3袋苹果"), ("李叔", "苹果来1袋"), ("李叔", "要两箱鸡蛋"))
    assert ("李叔", "apple", "waitlisted") in await states(shop, room)
    await open_counter(page, shop, room)
    await expect(page.get_by_text("2 人订了货")).to_be_visible()
    await shop.say(room, ("张姐", "苹果改成2袋"))
    assert ("李叔", "apple", "reserved") in await states(shop, room)
    session_id = (await shop.snapshot(room))["session"]["id"]
    await shop.command(room, {"type": "close_cycle"})
    await go_to(page, "没到货")
    await expect(page.locator("lb-arrival-card")).to_contain_text("2 人 · 3 样")
    paper = await (await page.request.get(f"{shop.base}/reports/{session_id}/picklist")).text()
    assert [words for words in ("张姐", "李叔", "红富士苹果", "土鸡蛋") if words not in paper] == []
    await page.get_by_role("button", name="到货", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="都到了").click()
    await go_to(page, "待提")
    await page.get_by_role("button", name="李叔").click()
    await expect(card(page).locator("lb-goods-line")).to_have_count(2)
    await expect(page.locator("lb-hand-bar")).to_contain_text("¥109.70")
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
    await big_button(page).click()
    await expect(page.get_by_role("button", name="李叔")).to_be_hidden()
    assert await counts(page) == ["1", "0", "1", "0"]
    assert {each for each in await states(shop, room) if each[0] == "李叔"} == {
        ("李叔", "apple", "collected"),
        ("李叔", "egg", "collected"),
    }


async def test_a_prize_of_a_lucky_bag_is_handed_over_with_one_tap(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG], cycle=CYCLE | {"id": f"cycle of {room}"}))
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    bag = {"type": "open_giveaway", "title": "今晚福袋", "prize": "铁锅一口", "prize_value": "99.00", "winners": 1}
    await shop.command(room, bag | {"keyword": "福袋", "seconds": 600})
    await shop.say(room, ("张姐", "福袋"))
    await shop.command(room, {"type": "close_cycle"})
    await shop.command(room, {"type": "mark_ready"})
    await open_counter(page, shop, room)
    await page.get_by_role("button", name="张姐").click()
    await expect(card(page)).to_be_visible()
    await expect(card(page).get_by_text("福袋奖品")).to_have_count(0)
    [giveaway] = (await shop.snapshot(room))["giveaways"]
    await shop.command(room, {"type": "draw_giveaway", "giveaway_id": giveaway["id"]})
    await shop.say(room, *((f"路人{n}", "恭喜") for n in range(5)))
    prize = card(page).locator(".prizes li")
    await expect(prize).to_contain_text("福袋奖品：铁锅一口没领")
    await prize.get_by_role("button", name="交奖品").click()
    await expect(prize).to_contain_text("已领")
    await expect(prize.get_by_role("button")).to_have_count(0)
    [giveaway] = (await shop.snapshot(room))["giveaways"]
    assert giveaway["rounds"][0]["winners"][0]["state"] == "claimed"


@pytest.mark.parametrize("said", ["code", "start", "6688", "address"])
async def test_who_is_meant_without_doubt_is_shown_at_once(page: Page, shop: Shop, room: str, said: str) -> None:
    await begin(shop, room)
    code = await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await reserve(shop, room, "李叔", ("egg", 1), phone_tail="1234")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    typed = {"code": code.lower(), "start": code[:4], "address": f"{shop.base}/r/{code}"}
    await look_for(page, typed.get(said, said))
    await expect(card(page).get_by_role("heading", name="张姐")).to_be_visible()
    await expect(big_button(page)).to_have_text("全部交货 · 1 样")


async def test_several_with_one_name_are_told_apart_by_number_and_phone(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    for name, tail in (("张姐", "6688"), ("小张姐", "1234"), ("李叔", "0000")):
        await reserve(shop, room, name, ("egg", 1), phone_tail=tail)
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "张")
    rows = page.locator("lb-person-row")
    await expect(rows).to_have_text([re.compile("1张姐尾号 6688"), re.compile("2小张姐尾号 1234")])
    await look_for(page, "3")
    await expect(rows).to_have_text([re.compile("李叔")])
    await look_for(page, "赵六")
    await expect(page.get_by_text("没有找到“赵六”")).to_be_visible()


async def test_a_hand_scanner_types_wherever_the_focus_is(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    codes = [await reserve(shop, room, name, ("egg", 1)) for name in ("张姐", "李叔")]
    await arrive(shop, room)
    await open_counter(page, shop, room)
    for code, name in zip(codes, ("张姐", "李叔"), strict=True):
        await page.keyboard.type(code)
        await page.keyboard.press("Enter")
        await expect(card(page).get_by_role("heading", name=name)).to_be_visible()


async def test_some_of_it_is_handed_over_and_the_rest_waits(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 2), ("tofu", 1), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await page.get_by_role("checkbox", name="交 土鸡蛋").click()
    await expect(page.locator("lb-hand-bar strong")).to_have_text("¥6.80")
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("勾上要交的货")
    assert await states(shop, room) == [("张姐", "egg", "ready"), ("张姐", "tofu", "collected")]
    await page.get_by_role("checkbox", name="交 土鸡蛋").click()
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")


async def test_weighed_goods_show_at_once_what_is_to_pay_or_to_give_back(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("pork", 2), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    line = card(page).locator("lb-goods-line")
    await big_button(page).click()
    await expect(line.get_by_label("实重")).to_be_focused()
    for typed, told in (("2。36", "补 ¥8.57"), ("1.5", "退 ¥11.90"), ("2", "不补不退"), ("两斤", "实重写成")):
        await line.get_by_label("实重").fill(typed)
        await expect(line.locator(".difference")).to_contain_text(told)
    await line.get_by_label("实重").fill("2.36")
    await expect(page.locator("lb-hand-bar strong")).to_have_text("¥56.17")
    await big_button(page).click()
    await expect(line).to_contain_text("实重 2.36 斤")
    (held,) = (await shop.snapshot(room))["reservations"]
    assert (held["weighed"], held["amount"], held["difference"]) == ("2.36", "56.17", "8.57")


async def test_goods_need_not_be_weighed(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("pork", 2), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await page.get_by_role("button", name="不称").click()
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
    assert (await shop.snapshot(room))["reservations"][0]["weighed"] is None


async def test_a_slip_is_taken_back_within_the_minute(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), ("tofu", 1), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await big_button(page).click()
    bar = page.locator("lb-undo-bar")
    await expect(bar).to_contain_text("张姐：2 样已交¥46.70")
    await bar.get_by_role("button", name="撤回").click()
    await expect(big_button(page)).to_have_text("全部交货 · 2 样")
    await expect(bar).to_be_hidden()
    assert {state for _, _, state in await states(shop, room)} == {"ready"}
    await big_button(page).click()
    await card(page).locator("lb-goods-line", has_text="土鸡蛋").get_by_role("button", name="撤回").click()
    await expect(big_button(page)).to_have_text("全部交货 · 1 样")
    assert await states(shop, room) == [("张姐", "egg", "ready"), ("张姐", "tofu", "collected")]


async def test_each_of_two_phones_sees_the_other_s_taps(
    page: Page, context: BrowserContext, shop: Shop, room: str
) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await reserve(shop, room, "李叔", ("egg", 1), phone_tail="1234")
    await arrive(shop, room)
    other = await context.new_page()
    for one in (page, other):
        await open_counter(one, shop, room)
    await look_for(page, "6688")
    await look_for(other, "6688")
    await big_button(page).click()
    await expect(big_button(other)).to_have_text("下一位")
    await expect(other.get_by_text("别的手机刚把张姐的土鸡蛋交了")).to_be_visible()
    await look_for(other, "1234")
    await big_button(other).click()
    await expect(big_button(other)).to_have_text("下一位")
    await big_button(page).click()
    await expect(page.locator("lb-list-tabs strong").nth(2)).to_have_text("2")
    assert await counts(page) == ["0", "0", "2", "0"]


async def test_the_same_tap_on_two_phones_hands_over_once_and_says_so(
    page: Page, context: BrowserContext, shop: Shop, room: str
) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await arrive(shop, room)
    other = await context.new_page()
    deaf: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: None if deaf else socket.send(message))

    await other.route_web_socket(re.compile("/ws/events"), relay)
    for one in (page, other):
        await open_counter(one, shop, room)
        await look_for(one, "6688")
    deaf.append(True)
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
    before = await shop.snapshot(room)
    await big_button(other).click()
    await expect(other.get_by_text("没有再记一次")).to_be_visible()
    assert await shop.snapshot(room) == before


async def test_a_tap_that_could_not_be_sent_says_so_and_takes_effect_once_later(
    page: Page, room: str, tmp_path: Path
) -> None:
    async with open_shop(tmp_path) as (shop, service):
        await begin(shop, room)
        await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
        await arrive(shop, room)
        await open_counter(page, shop, room)
        await look_for(page, "6688")
        await service.stop()
        await big_button(page).click()
        await expect(big_button(page)).to_have_text("没发出去，再发一次", timeout=15_000)
        await expect(card(page).locator("lb-goods-line")).to_contain_text("没发出去")
        await service.start()
        await page.evaluate("window.dispatchEvent(new Event('online'))")
        await big_button(page).click()
        await expect(big_button(page)).to_have_text("下一位")
        assert await states(shop, room) == [("张姐", "egg", "collected")]
        await expect(page.locator("lb-undo-bar")).to_contain_text("张姐：1 样已交")


async def test_a_no_show_takes_a_second_tap_and_may_still_come(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "常不来", ("egg", 1), ("tofu", 1), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await page.get_by_role("button", name="没来").click()
    await page.get_by_role("dialog").get_by_role("button", name="再等等").click()
    assert {state for _, _, state in await states(shop, room)} == {"ready"}
    await page.get_by_role("button", name="没来").click()
    await page.get_by_role("dialog").get_by_role("button", name="记爽约").click()
    await expect(card(page)).to_contain_text("爽约过 2 次")
    await page.get_by_role("checkbox", name="交 土鸡蛋").click()
    await big_button(page).click()
    await expect(card(page)).to_contain_text("爽约过 1 次")
    assert await states(shop, room) == [("常不来", "egg", "collected"), ("常不来", "tofu", "no_show")]


async def test_the_day_ends_with_one_person_at_a_time(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    for name in ("张姐", "李叔", "王婶"):
        await reserve(shop, room, name, ("egg", 1))
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await page.get_by_role("button", name="收摊").click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("button", name="没来", exact=True).click()
    await sheet.get_by_role("button", name="确定 张姐 没来").click()
    await expect(sheet).to_contain_text("李叔")
    await sheet.get_by_role("button", name="跳过").click()
    await expect(sheet).to_contain_text("王婶")
    await sheet.get_by_role("button", name="没来", exact=True).click()
    await sheet.get_by_role("button", name="点错了").click()
    await sheet.get_by_role("button", name="跳过").click()
    await expect(sheet).to_contain_text("记了 1 人爽约，跳过 2 人")
    await sheet.get_by_role("button", name="收好了").click()
    assert await states(shop, room) == [("张姐", "egg", "no_show"), ("李叔", "egg", "ready"), ("王婶", "egg", "ready")]
    assert await counts(page) == ["2", "0", "0", "1"]


async def test_a_bag_of_one_s_own_earns_points_that_are_redeemed(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "带袋子的", ("egg", 1), phone_tail="6688", own_bag=True)
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    bag = page.get_by_role("checkbox", name="自带袋")
    await expect(bag).to_be_checked()
    await bag.click()
    await expect(bag).not_to_be_checked()
    await bag.click()
    await big_button(page).click()
    await expect(card(page)).to_contain_text("自带袋，已送 1 积分")
    await page.get_by_role("button", name="兑换积分").click()
    await page.get_by_role("button", name="换 1 个").click()
    await expect(page.get_by_role("button", name="兑换积分")).to_be_hidden()


async def test_yesterday_s_goods_are_handed_over_while_tonight_s_are_ordered(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await arrive(shop, room)
    await shop.command(room, {"type": "end_session"})
    await begin(shop, room)
    await open_counter(page, shop, room)
    await shop.say(room, ("李叔", "要两箱鸡蛋"))
    await look_for(page, "6688")
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
    await look_for(page, "李叔")
    await page.get_by_role("button", name="李叔").click()
    await expect(big_button(page)).to_have_text("还没截单 · 下一位")
    await expect(page.locator("lb-undo-bar")).to_contain_text("张姐：1 样已交")


async def test_what_another_phone_does_with_yesterday_s_goods_is_told_too(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    code = await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await arrive(shop, room)
    await shop.command(room, {"type": "end_session"})
    await begin(shop, room)
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await expect(big_button(page)).to_have_text("全部交货 · 1 样")
    await shop.command(room, {"type": "collect", "pickup_code": code})
    await expect(page.get_by_text("别的手机刚把张姐的土鸡蛋交了")).to_be_visible()
    await expect(big_button(page)).to_have_text("下一位")


async def test_a_code_of_long_ago_is_found_and_one_of_nobody_is_not(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    code = await reserve(shop, room, "张姐", ("egg", 1))
    await open_counter(page, shop, "elsewhere")
    await look_for(page, code)
    await expect(card(page).get_by_role("heading", name="张姐")).to_be_visible()
    await look_for(page, "7K2MABCDEFGH")
    await expect(page.get_by_text("没有这个提货码：7K2MABCDEFGH")).to_be_visible()


async def test_two_identities_of_two_rooms_are_joined_and_served_as_one(
    page: Page, context: BrowserContext, shop: Shop, room: str
) -> None:
    cycle = {"id": f"cycle-{room}"}
    for where in (room, f"{room}-west"):
        await begin(shop, where, **cycle)
    await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    await reserve(shop, f"{room}-west", "红红火火", ("tofu", 1), phone_tail="6688")
    for where in (room, f"{room}-west"):
        await arrive(shop, where)
    other = await context.new_page()
    for one in (page, other):
        await open_counter(one, shop, room)
    await look_for(page, "张姐")
    await page.get_by_role("button", name="张姐").click()
    await page.get_by_role("button", name="身份").click()
    await page.get_by_label("另一个身份").fill("红红")
    await page.get_by_role("button", name="合并").click()
    await page.get_by_role("button", name="是同一个人").click()
    await expect(card(page).locator("lb-goods-line")).to_have_count(2)
    await expect(other.locator("lb-person-row")).to_have_count(1)
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
    for where in (room, f"{room}-west"):
        assert {state for _, _, state in await states(shop, where)} == {"collected"}
    await page.get_by_role("button", name="身份").click()
    await page.get_by_role("button", name="分开").last.click()
    await page.get_by_role("dialog").get_by_role("button", name="分开").click()
    await expect(card(page).locator("lb-goods-line")).to_have_count(1)


async def test_a_weak_identity_is_joined_by_its_code_alone(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), phone_tail="6688")
    hidden = await reserve(shop, room, "堂***", ("egg", 1))
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await page.get_by_role("button", name="身份").click()
    await page.get_by_label("另一个身份").fill("堂")
    await expect(page.get_by_text("身份不明的人只能输提货码来合")).to_be_visible()
    await page.get_by_label("另一个身份").fill(hidden)
    await page.get_by_role("button", name="合并").click()
    await page.get_by_role("button", name="是同一个人").click()
    await expect(card(page).locator("lb-goods-line")).to_have_count(2)


async def test_a_phone_stands_at_one_point_and_keeps_to_it(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room, pickup_points=POINTS)
    await reserve(shop, room, "张姐", ("egg", 1))
    await reserve(shop, room, "李叔", ("egg", 1), pickup_point_id="p2", phone_tail="1234")
    await shop.command(room, {"type": "close_cycle"})
    await open_counter(page, shop, room)
    await page.get_by_role("button", name="自提点：全部自提点").click()
    await page.get_by_role("radio", name="东门便利店").click()
    await go_to(page, "没到货")
    await expect(page.locator("lb-arrival-card")).to_have_count(1)
    await page.locator("lb-arrival-card").get_by_role("button").click()
    await page.get_by_role("button", name="都到了").click()
    await expect(page.locator("lb-list-tabs strong")).to_have_text(["1", "0", "0", "0"])
    assert sorted(await states(shop, room)) == [("张姐", "egg", "ready"), ("李叔", "egg", "locked")]
    await page.reload()
    await look_for(page, "1234")
    await expect(card(page)).to_contain_text("他选的是西门洗衣店")
    await expect(big_button(page)).to_have_text("货还没到 · 下一位")


async def test_who_cannot_scan_is_told_what_to_do_instead(page: Page, shop: Shop, room: str) -> None:
    await open_counter(page, shop, room)
    await expect(page.get_by_role("button", name="扫码")).to_be_hidden()
    hint = page.get_by_text("这台设备的浏览器不能扫码")
    await expect(hint).to_be_visible()
    await page.get_by_role("button", name="知道了").click()
    await page.reload()
    await expect(page.locator("[data-link='up']")).to_be_visible()
    await expect(hint).to_be_hidden()


CAMERA = """
  globalThis.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: globalThis.shownToTheCamera }].filter(({ rawValue }) => rawValue); }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 9, 9), 50);
    return canvas.captureStream();
  };
"""
"""Chromium reads codes on phones alone: this stands for the phone's eye, and for nothing of ours."""


async def test_a_code_before_the_camera_shows_its_owner(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    code = await reserve(shop, room, "张姐", ("egg", 1))
    await page.add_init_script(CAMERA)
    await open_counter(page, shop, room)
    await page.get_by_role("button", name="扫码").click()
    await expect(page.get_by_text("把顾客手机上的二维码放进框里")).to_be_visible()
    await page.evaluate("shown => { globalThis.shownToTheCamera = shown; }", f"https://shop.example/r/{code}")
    await expect(card(page).get_by_role("heading", name="张姐")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_camera_that_is_refused_leaves_the_photo_and_the_keyboard(page: Page, shop: Shop, room: str) -> None:
    refused = "navigator.mediaDevices.getUserMedia = async () => { throw new Error('Permission denied'); };"
    await page.add_init_script(CAMERA + refused)
    await open_counter(page, shop, room)
    await page.get_by_role("button", name="扫码").click()
    await expect(page.get_by_role("dialog")).to_contain_text("摄像头没有打开：Permission denied")
    await expect(page.get_by_role("dialog").get_by_text("拍一张来认")).to_be_visible()


async def test_a_wrong_link_says_what_to_do(page: Page, shop: Shop, room: str) -> None:
    await page.goto(f"{shop.base}/pickup/{room}")
    await expect(page.get_by_role("heading")).to_contain_text("打不开提货台")


async def test_names_are_text_and_nothing_else(page: Page, shop: Shop, room: str) -> None:
    name = "<img src=x onerror=window.pwned=1>"
    await begin(shop, room)
    await reserve(shop, room, name, ("egg", 1), phone_tail="6688")
    await open_counter(page, shop, room)
    await look_for(page, "6688")
    await expect(card(page).get_by_role("heading", name=name)).to_be_visible()
    assert await page.evaluate("window.pwned") is None
    assert CYCLE["pickup_points"][0]["name"] in await card(page).inner_text()
