"""An evening set up on the phone: pasted, copied, mended, kept, rehearsed, started."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, start_session
from tests.pages.test_console import open_console

if TYPE_CHECKING:
    from playwright.async_api import FilePayload, Page

    from tests.pages.shop import Shop

CHAT = """#接龙 今晚8点截单
1. 土鸡蛋 30枚 39.9元/箱 限100
产地：柳树湾
②红富士苹果5斤 29.9
4、五花肉 ¥26.8/斤 限60斤 每人限3"""

PATIENCE_MS = 30_000
"""A rehearsal builds a whole service: on a busy machine that takes its time."""

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def paste(page: Page, text: str, number: int) -> None:
    """Paste a list and wait until its goods are there."""
    await page.get_by_label("或者粘贴在这里").fill(text)
    await expect(page.locator("lb-start-form .found")).to_contain_text(f"读到 {number} 个商品", timeout=PATIENCE_MS)


async def test_an_evening_is_set_up_from_a_pasted_chat_list_with_three_touches(
    page: Page, shop: Shop, room: str
) -> None:
    """Touch one pastes, touch two writes the pickup point, touch three starts; the rest is suggested."""
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("自提点").fill("东门便利店，人民路 18 号")
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    state = await shop.snapshot(room)
    assert [(o["number"], o["title"], o["price"], o["unit"], o["quota"]) for o in state["offers"]] == [
        (1, "土鸡蛋 30枚", "39.90", "箱", 100),
        (2, "红富士苹果5斤", "29.90", "份", 100),
        (4, "五花肉", "26.80", "斤", 60),
    ]
    assert state["offers"][0]["facts"] == {"产地": "柳树湾"}
    assert state["session"]["title"].endswith("日晚场")
    assert state["session"]["cycle"]["cutoff_at"] < state["session"]["cycle"]["pickup_at"]


async def test_the_last_evening_comes_again_with_two_touches(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG | {"facts": {"产地": "柳树湾"}}, APPLE]))
    await shop.command(room, {"type": "end_session"})
    await open_console(page, shop, room)
    await page.get_by_role("button", name="开下一场").click()
    await page.get_by_role("button", name="照上一场再来一场").click()
    await expect(page.locator("lb-goods-list li")).to_have_count(2)
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    state = await shop.snapshot(room)
    assert (state["offers"][0]["facts"], state["session"]["title"]) == ({"产地": "柳树湾"}, "今晚接单，明早自提")
    assert [point["name"] for point in state["session"]["cycle"]["pickup_points"]] == ["东门便利店"]


async def test_the_title_of_a_past_day_comes_again_with_the_day_of_its_cut_off(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session([EGG], title="11 月 3 日晚场"))
    await shop.command(room, {"type": "end_session"})
    await open_console(page, shop, room)
    await page.get_by_role("button", name="开下一场").click()
    await page.get_by_role("button", name="照上一场再来一场").click()
    await expect(page.locator("lb-goods-list li")).to_have_count(1)
    await expect(page.get_by_label("本场标题")).to_have_value("1 月 7 日晚场")


async def test_a_title_follows_the_cut_off_until_the_host_writes_one(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    title = page.get_by_label("本场标题")
    cutoff = page.get_by_label("截单时间").and_(page.locator("input"))
    await cutoff.fill("2099-01-08T21:00")
    await expect(title).to_have_value("1 月 8 日晚场")
    for written in ("年货节", ""):
        await title.fill(written)
        await cutoff.fill("2099-01-09T21:00")
        await expect(title).to_have_value(written)


async def test_a_form_left_open_over_night_has_new_times_when_it_is_seen_again(
    page: Page, shop: Shop, room: str
) -> None:
    await open_console(page, shop, room)
    cutoff = page.get_by_label("截单时间").and_(page.locator("input"))
    yesterday = datetime.fromisoformat(await cutoff.input_value())
    await page.clock.set_fixed_time(yesterday + timedelta(hours=10))
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(cutoff).not_to_have_value(yesterday.isoformat(timespec="minutes"))
    assert datetime.fromisoformat(await cutoff.input_value()) > yesterday + timedelta(hours=10)


async def test_a_workbook_is_read_and_its_faults_are_told_line_by_line(page: Page, shop: Shop, room: str) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("编号", "品名", "价格", "限量"), (1, "土鸡蛋", "面议", 10), (2, "豆腐", 6.8, "很多")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    await open_console(page, shop, room)
    file: FilePayload = {"name": "goods.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    await page.locator("lb-start-form input[type=file]").first.set_input_files(file)
    remarks = page.locator("lb-start-form .remarks li")
    await expect(remarks).to_have_count(2)
    await expect(remarks.nth(0)).to_contain_text("第 2 行·价格 “面议”不是价格")
    await expect(remarks.nth(1)).to_contain_text("第 3 行·限量 “很多”要写成")
    await expect(page.locator("lb-goods-list li")).to_have_count(2)


async def test_what_is_no_list_says_why_and_leaves_what_is_there(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("或者粘贴在这里").fill("大家晚上好")
    await expect(page.locator("lb-start-form .remarks")).to_contain_text("没找到商品")
    await expect(page.locator("lb-goods-list li")).to_have_count(3)


async def test_the_draft_is_there_again_after_a_reload(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("本场标题").fill("周五大场")
    await page.get_by_label("自提点").fill("西门洗衣店")
    await page.reload()
    await expect(page.locator("lb-goods-list li")).to_have_count(3)
    await expect(page.get_by_label("本场标题")).to_have_value("周五大场")
    await expect(page.get_by_label("自提点")).to_have_value("西门洗衣店")


async def test_goods_are_written_moved_and_removed_by_thumb(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await page.get_by_role("button", name="加一个").click()
    dialog = page.get_by_role("dialog")
    for label, text in (
        ("品名", "石磨豆腐"), ("价格（元）", "6.8"), ("单位", "块"), ("限量", "24"), ("每人限购", "3"),
        ("别名", "豆腐、老豆腐"), ("规格", "老的 14\n嫩的 10"), ("介绍", "产地：西街\n现磨"), ("供应商", "西街豆腐坊"),
    ):  # fmt: skip
        await dialog.get_by_label(label).fill(text)
    await dialog.get_by_role("button", name="改好了").click()
    await paste_more(page)
    await page.get_by_role("button", name="往前移：土鸡蛋").click()
    await expect(page.locator("lb-goods-list strong")).to_have_text(["土鸡蛋", "石磨豆腐", "苹果"])
    await page.locator("lb-goods-list .open").nth(2).click()
    await page.get_by_role("dialog").get_by_role("button", name="删掉").click()
    await expect(page.locator("lb-goods-list strong")).to_have_text(["土鸡蛋", "石磨豆腐"])
    await page.get_by_label("自提点").fill("东门便利店")
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    tofu = (await shop.snapshot(room))["offers"][1]
    wanted = {"title": "石磨豆腐", "price": "6.80", "unit": "块", "quota": 24, "per_viewer_limit": 3}
    assert {name: tofu[name] for name in wanted} == wanted
    assert (tofu["aliases"], tofu["facts"], tofu["supplier"]) == (
        ["豆腐", "老豆腐"],
        {"产地": "西街", "说明": "现磨"},
        "西街豆腐坊",
    )
    assert [(v["name"], v["quota"]) for v in tofu["variants"]] == [("老的", 14), ("嫩的", 10)]


async def paste_more(page: Page) -> None:
    """Two more by the form: a pasted list would take the place of what is there."""
    for title, price in (("土鸡蛋", "39.9"), ("苹果", "29.9")):
        await page.get_by_role("button", name="加一个").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("品名").fill(title)
        await dialog.get_by_label("价格（元）").fill(price)
        await dialog.get_by_role("button", name="改好了").click()
        await expect(dialog).to_have_count(0)


async def test_names_that_clash_are_shown_before_the_start(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    twins = start_session([EGG | {"aliases": ["好货"]}, APPLE | {"aliases": ["好货"]}])
    await page.get_by_label("或者粘贴在这里").fill(json.dumps(twins))
    await expect(page.locator("lb-start-form .warned")).to_contain_text(
        "“好货”同时是1号土鸡蛋 30 枚和2号红富士苹果 5 斤"
    )
    await expect(page.locator("lb-goods-list .clash")).to_have_count(2)
    assert (await shop.snapshot(room))["session"] is None


async def test_a_time_is_chosen_with_one_tap_and_the_pickup_stays_behind_it(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    cutoff = page.get_by_label("截单时间").and_(page.locator("input"))
    pickup = page.get_by_label("自提时间").and_(page.locator("input"))
    last = page.get_by_role("group", name="截单时间").get_by_role("button").last
    await last.click()
    await expect(last).to_have_attribute("aria-pressed", "true")
    assert await cutoff.input_value() == await last.get_attribute("data-value")
    await cutoff.fill("2099-01-07T21:30")
    await expect(pickup).to_have_value("2099-01-08T10:00")
    other = page.get_by_role("group", name="自提时间").get_by_role("button").nth(1)
    await other.click()
    assert await pickup.input_value() == "2099-01-08T17:00"


async def test_a_rule_of_the_shop_is_folded_away_and_goes_along(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("自提点").fill("东门便利店")
    await expect(page.get_by_label("同一个人又说要")).to_be_hidden()
    await page.get_by_text("店里的规矩").click()
    await page.get_by_label("同一个人又说要").select_option("add")
    await page.get_by_label("爽约几次以后先问我").fill("2")
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    policy = (await shop.snapshot(room))["session"]["policy"]
    assert (policy["repeat"], policy["max_no_shows"], policy["max_auto_quantity"]) == ("add", 2, 20)


async def test_the_script_is_written_before_the_evening_and_goes_along(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("自提点").fill("东门便利店")
    await page.get_by_role("button", name="写提词稿").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="按商品清单生成").click()
    await expect(dialog.locator("lb-card-list")).to_contain_text("土鸡蛋")
    await dialog.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("button", name="提词稿：")).to_be_visible()
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    assert len((await shop.snapshot(room))["session"]["script"]["sections"]) > 2


async def test_a_rehearsal_looks_like_one_and_leaves_nothing(page: Page, shop: Shop, room: str) -> None:
    await open_console(page, shop, room)
    await paste(page, CHAT, 3)
    await page.get_by_label("自提点").fill("东门便利店")
    await page.get_by_role("button", name="先彩排一遍").click()
    dialog = page.get_by_role("dialog", name="先彩排一遍")
    await dialog.get_by_role("radio", name="20 倍").click()
    await dialog.get_by_role("button", name="开始彩排").click()
    banner = page.locator("lb-trouble-banner")
    await expect(banner).to_contain_text("彩排中，不是真的直播", timeout=PATIENCE_MS)
    assert f"/rehearsal/{room}/console/rehearsal-" in page.url
    await no_model_in_the_menu(page)
    await expect(page.locator("lb-top-bar dd").first).not_to_have_text("0", timeout=PATIENCE_MS)
    assert (await shop.snapshot(room))["session"] is None
    await banner.get_by_role("button", name="停止彩排").click()
    await expect(page.locator("lb-goods-list li")).to_have_count(3, timeout=PATIENCE_MS)
    assert page.url == f"{shop.base}/console/{room}"
    await expect(banner).not_to_contain_text("彩排")
    kept = await page.evaluate("() => Object.keys(localStorage)")
    assert [key for key in kept if "rehearsal" in key] == []
    await page.get_by_role("button", name="开播").click()
    await expect(page.locator("body")).to_have_attribute("data-view", "live", timeout=PATIENCE_MS)
    assert (await shop.snapshot(room))["totals"]["comments"] == 0


async def no_model_in_the_menu(page: Page) -> None:
    """A rehearsal has no model, so it has no switch of one."""
    await page.get_by_role("button", name="更多").click()
    menu = page.get_by_role("dialog")
    await expect(menu.get_by_role("button").first).to_be_visible()
    await expect(menu).not_to_contain_text("大模型")
    await page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()


async def test_the_form_speaks_english_too(page: Page, shop: Shop, room: str) -> None:
    await page.goto(shop.console(room, lang="en"))
    await page.get_by_label("or paste it here").fill(CHAT)
    await expect(page.locator("lb-start-form .found")).to_contain_text("3 offers, 260 in all")
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator("#start-points-fault")).to_have_text("Give at least one pickup point.")
