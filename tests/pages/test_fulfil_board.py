"""The console's last section on a phone: complaints, the cut-off, the arrival of the goods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import CYCLE, EGG, offer, start_session
from tests.pages.test_console import go_to, open_console

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

HONEY = offer("honey", 4, "洋槐蜂蜜", aliases=["蜂蜜"], unit="瓶", price="59.00", min_quantity=10)
ORANGE = offer("orange", 5, "赣南脐橙", aliases=["脐橙"], unit="箱", case_size=6, case_tolerance=2)
TWO_POINTS: Json = CYCLE | {
    "pickup_points": [*CYCLE["pickup_points"], {"id": "p2", "name": "西街粮油店", "address": "西街 3 号"}]
}


async def an_evening_with_orders(shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, HONEY, ORANGE], cycle=TWO_POINTS))
    await shop.say(room, ("张秀英", "要2箱鸡蛋"), ("李大爷", "蜂蜜来1瓶"), ("王婶", "脐橙1箱"), ("王婶", "要1箱鸡蛋"))


async def test_a_complaint_waits_with_its_clock_until_it_is_settled(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.say(room, ("张秀英", "上次的苹果坏了俩"))
    await open_console(page, shop, room)
    await expect(page.get_by_role("navigation").get_by_role("button", name="交付")).to_contain_text("1")
    await go_to(page, "交付")
    row = page.locator("lb-ticket-row")
    await expect(row).to_contain_text(re.compile("张秀英.*还有 (2 小时 0 分|1 小时 59 分).*上次的苹果坏了俩"))
    await row.get_by_role("button").click()
    await page.get_by_label("怎么答复").fill("明天给您换一袋")
    await page.get_by_role("radio", name="答应补发").click()
    await page.get_by_role("button", name="记下答复").click()
    await expect(row).to_contain_text("答应补发")
    await expect(row).to_contain_text("你答：明天给您换一袋")
    await row.get_by_role("button").click()
    await page.get_by_role("button", name="已办结").click()
    await expect(row).to_have_count(0)


async def test_the_cut_off_says_first_what_it_takes_away(page: Page, shop: Shop, room: str) -> None:
    await an_evening_with_orders(shop, room)
    await open_console(page, shop, room, tab="交付")
    card = page.locator("lb-cycle-card")
    await expect(card).to_contain_text("未截单")
    await expect(card).to_contain_text("洋槐蜂蜜 还差 9 瓶成团")
    await expect(card).to_contain_text("赣南脐橙 还差 5 箱成箱")
    await card.get_by_role("button", name="现在截单").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("已订的 4 单会锁定")
    await expect(dialog).to_contain_text("洋槐蜂蜜 不到起订量")
    await dialog.get_by_role("button", name="现在截单").click()
    await expect(card).to_contain_text("等到货")
    await expect(card).to_contain_text("洋槐蜂蜜 没成团")
    states = {(r["offer_id"], r["state"]) for r in (await shop.snapshot(room))["reservations"]}
    assert states == {("egg", "locked"), ("honey", "cancelled"), ("orange", "cancelled")}


async def test_goods_arrive_at_one_point_and_the_pickup_is_moved(page: Page, shop: Shop, room: str) -> None:
    await an_evening_with_orders(shop, room)
    await shop.command(room, {"type": "close_cycle"})
    await open_console(page, shop, room, tab="交付")
    card = page.locator("lb-cycle-card")
    await card.get_by_role("button", name="改提货时间").click()
    await page.get_by_role("dialog").get_by_label("自提时间").fill("2099-01-09T09:30")
    await page.get_by_label("告诉顾客为什么").fill("车在路上坏了")
    await page.get_by_role("button", name="改好并通知").click()
    await expect(card).to_contain_text("1 月 9 日 09:30")
    await expect(card).to_contain_text("车在路上坏了")
    await card.get_by_role("button", name="东门便利店 到货了").click()
    await expect(card).to_contain_text("可以提货")
    await expect(card.get_by_role("link", name="提货台")).to_have_attribute("href", f"{shop.base}/pickup/{room}")
    await expect(card.get_by_role("link", name="拣货单")).to_have_attribute(
        "href", re.compile("/reports/[^/]+/picklist$")
    )


async def test_yesterday_s_goods_are_still_there_while_tonight_s_stream_runs(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session(title="昨晚", cycle=TWO_POINTS))
    await shop.say(room, ("张秀英", "要2箱鸡蛋"))
    for command in ({"type": "close_cycle"}, {"type": "end_session"}, start_session(title="今晚")):
        await shop.command(room, command)
    await open_console(page, shop, room, tab="交付")
    cards = page.locator("lb-cycle-card")
    await expect(cards).to_have_count(2)
    await expect(cards.nth(0)).to_contain_text("今晚")
    yesterday = cards.nth(1)
    await yesterday.get_by_role("button", name="到货了").click()
    await expect(yesterday).to_contain_text("可以提货")


async def test_nothing_runs_over_the_edge_of_a_small_phone(page: Page, shop: Shop, room: str) -> None:
    long = offer(
        "hen",
        128,
        "柳树湾何家林下散养一年半老母鸡现杀现送冷链直达带检疫证每只净重三斤半以上",
        unit="礼盒",
        min_quantity=999,
    )
    await shop.command(room, start_session([long, EGG], title="周三的晚市" * 12, cycle=TWO_POINTS))
    await shop.say(room, ("名字特别特别长的一位老顾客张秀英大姐", "上次的苹果坏了俩" + "坏" * 80))
    await open_console(page, shop, room, tab="交付")
    await expect(page.locator("lb-cycle-card")).to_be_visible()
    width = await page.evaluate("document.querySelector('lb-fulfil-board').scrollWidth")
    assert width <= 360
