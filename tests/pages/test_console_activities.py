"""What the host does for the picture, with one thumb: flash deals, lucky bags, polls, keywords, and comments on show."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, start_session
from tests.pages.test_console import go_to, on_air, open_console
from tests.pages.test_for_everybody import AUDIT, HOSTILE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Route

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

FLASH: dict[str, Any] = {
    "type": "start_flash_sale",
    "offer_id": "egg",
    "price": "29.90",
    "quota": 3,
    "per_viewer_limit": 1,
    "seconds": 300,
    "countdown_seconds": 0,
}
BAG: dict[str, Any] = {
    "type": "open_giveaway",
    "title": "今晚福袋",
    "prize": "土鸡蛋一箱",
    "prize_value": "39.90",
    "winners": 2,
    "keyword": "福袋",
    "seconds": 300,
    "kind": "lucky_bag",
}
POLL: dict[str, Any] = {
    "type": "open_poll",
    "question": "明天上什么？",
    "options": [{"key": "1", "label": "草莓"}, {"key": "2", "label": "砂糖橘"}],
    "seconds": 300,
}


def chip(page: Page, word: str) -> Locator:
    """What runs, on the strip above the thumb."""
    return page.locator("lb-live-strip").get_by_role("button", name=re.compile(word))


async def activities(page: Page) -> Locator:
    await page.locator("lb-now-bar").get_by_role("button", name="活动").click()
    sheet = page.get_by_role("dialog", name="活动")
    await expect(sheet).to_be_visible()
    return sheet


async def flash_of(shop: Shop, room: str) -> dict[str, Any]:
    [flash] = (await shop.snapshot(room))["flash_sales"]
    return dict(flash)


async def drawn_bag(shop: Shop, room: str, *names: str) -> dict[str, Any]:
    """A bag that these have entered, closed; its winners follow when five comments have come."""
    await shop.command(room, BAG)
    await shop.say(room, *[(name, "福袋") for name in names])
    [bag] = (await shop.snapshot(room))["giveaways"]
    await shop.command(room, {"type": "draw_giveaway", "giveaway_id": bag["id"]})
    await shop.say(room, *[(f"路人{n}", f"见证{n}") for n in range(5)])
    return dict(bag)


async def test_a_flash_deal_is_three_taps_away(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_role("button", name="秒杀 土鸡蛋 30 枚").click()
    await page.get_by_role("dialog").get_by_role("radio", name=re.compile("8 折")).click()
    await page.get_by_role("dialog").get_by_role("button", name="开秒杀，10 秒后开始").click()
    await expect(chip(page, "秒杀 土鸡蛋")).to_contain_text("后开始")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    flash = await flash_of(shop, room)
    assert (flash["price"], flash["quota"], flash["per_viewer_limit"], flash["state"]) == ("31.90", 10, 1, "announced")


async def test_every_term_of_a_flash_deal_can_be_set(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^秒杀")).click()
    form = page.get_by_role("dialog", name="秒杀")
    await form.get_by_role("radio", name="红富士苹果").click()
    await form.get_by_label("秒杀价").fill("19.9")
    await form.get_by_role("button", name="减一").click()
    await form.get_by_role("radio", name="不限").click()
    await form.get_by_role("radiogroup", name="预告").get_by_role("radio", name="1 分").click()
    await form.get_by_role("radiogroup", name="时长").get_by_role("radio", name="5 分").click()
    await expect(form.locator(".submit")).to_contain_text("¥19.90 · 2 袋 · 5 分")
    await form.get_by_role("button", name="开秒杀，1 分后开始").click()
    await expect(chip(page, "红富士苹果")).to_be_visible()
    flash = await flash_of(shop, room)
    assert (flash["offer_id"], flash["price"], flash["quota"]) == ("apple", "19.90", 2)
    assert flash["per_viewer_limit"] is None


async def test_a_price_that_is_none_cannot_be_sent(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_role("button", name="秒杀 土鸡蛋 30 枚").click()
    form = page.get_by_role("dialog")
    for wrong in ("", "便宜点", "29.999", "0"):
        await form.get_by_label("秒杀价").fill(wrong)
        await expect(form.locator(".submit")).to_be_disabled()


async def test_a_refusal_stands_beside_the_thumb_and_the_form_stays(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_role("button", name="秒杀 土鸡蛋 30 枚").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("秒杀价").fill("59.90")
    await form.locator(".submit").click()
    await expect(form.locator(".refusal")).to_contain_text("价")
    await expect(form.get_by_label("秒杀价")).to_have_value("59.90")
    assert (await shop.snapshot(room))["flash_sales"] == []


async def test_a_running_deal_tells_its_seconds_and_what_is_sold_left_and_waited_for(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="商品")
    await shop.command(room, FLASH)
    await expect(chip(page, "秒杀 土鸡蛋")).to_contain_text("剩 3")
    await shop.say(room, *[(f"客{n}", "要1箱鸡蛋") for n in range(5)])
    await expect(chip(page, "秒杀 土鸡蛋")).to_contain_text("剩 0")
    await expect(page.locator("lb-offer-card").first).to_contain_text("¥29.90")
    await page.get_by_role("button", name="秒杀中 土鸡蛋 30 枚").click()
    panel = page.get_by_role("dialog")
    await expect(panel.locator(".figures dd")).to_have_text(["3", "0", "2"])
    await expect(panel.get_by_role("timer")).to_have_text(re.compile("^(4:5|5:00)"))
    await expect(panel).to_contain_text("¥29.90/箱，原价 ¥39.90 · 每人限 1")


async def test_a_deal_is_held_lengthened_and_filled_up_from_its_panel(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.command(room, FLASH)
    await chip(page, "秒杀").click()
    panel = page.get_by_role("dialog")
    await panel.get_by_role("button", name="暂停").click()
    await expect(panel).to_contain_text("已暂停，时间停住了")
    await expect(chip(page, "秒杀")).to_contain_text("已暂停")
    await panel.get_by_role("button", name="+1 分钟").click()
    await expect(panel.get_by_role("timer")).to_have_text(re.compile("^(5:5|6:00)"))
    await panel.get_by_role("button", name="+10 箱").click()
    await expect(panel.locator(".figures dd")).to_have_text(["0", "13", "0"])
    await panel.get_by_role("button", name="继续").click()
    await expect(panel).to_contain_text("还剩")
    assert (await flash_of(shop, room))["state"] == "running"


async def test_a_deal_is_stopped_by_a_second_tap_elsewhere(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.command(room, FLASH)
    await chip(page, "秒杀").click()
    await page.get_by_role("dialog").get_by_role("button", name="结束秒杀").click()
    ask = page.get_by_role("dialog", name="结束土鸡蛋的秒杀？")
    assert (await flash_of(shop, room))["state"] == "running"
    await ask.get_by_role("button", name="结束秒杀").click()
    await expect(page.locator("lb-live-strip")).to_be_hidden()
    assert (await flash_of(shop, room))["state"] == "ended"


async def test_there_is_one_deal_at_a_time_and_the_way_to_it(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await shop.command(room, FLASH)
    await expect(chip(page, "秒杀")).to_be_visible()
    await page.get_by_role("button", name="秒杀 石磨豆腐 2 斤").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("土鸡蛋的秒杀还没结束")
    await page.get_by_role("button", name="去看").click()
    await expect(page.get_by_role("dialog", name="秒杀 · 土鸡蛋")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="返回").click()
    await (await activities(page)).get_by_role("button", name=re.compile("^秒杀.*剩 3")).click()
    await expect(page.get_by_role("dialog", name="秒杀 · 土鸡蛋")).to_be_visible()


async def test_a_bag_is_opened_with_all_that_the_law_asks_for(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^福袋")).click()
    form = page.get_by_role("dialog", name="开福袋")
    await expect(form.locator(".submit")).to_contain_text("还没填：奖品、值（元/份）")
    await form.get_by_label("奖品").fill("土鸡蛋一箱")
    await form.get_by_label("值（元/份）").fill("39.9")
    await form.get_by_role("button", name="2", exact=True).click()
    await form.get_by_role("radio", name="今晚订过的").click()
    await form.get_by_role("radio", name="隔 7 天").click()
    await expect(form.locator(".submit")).to_contain_text("¥39.90 ×2 · 2 分后开奖")
    await form.locator(".submit").click()
    await expect(chip(page, "福袋")).to_contain_text("0 人")
    [bag] = (await shop.snapshot(room))["giveaways"]
    rules = bag["rules"]
    assert (rules["prize"], rules["prize_value"], rules["winners"], rules["keyword"]) == (
        "土鸡蛋一箱",
        "39.90",
        2,
        "福袋",
    )
    assert rules["who"] == {"must_have_reserved": True, "not_won_within_days": 7}
    assert rules["claim"] == {"hours": 48, "how": "到自提点出示提货码"}


async def test_the_next_bag_is_filled_in_as_the_last_one_was(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await drawn_bag(shop, room, "张姐", "李哥")
    await expect(chip(page, "福袋")).to_contain_text("开奖了", timeout=15_000)
    await (await activities(page)).get_by_role("button", name=re.compile("^福袋 ?抽奖")).click()
    form = page.get_by_role("dialog", name="开福袋")
    await expect(form.get_by_label("奖品")).to_have_value("土鸡蛋一箱")
    await expect(form.get_by_label("值（元/份）")).to_have_value("39.90")
    await expect(form.locator(".submit")).to_be_enabled()


async def test_entries_count_and_the_host_draws_early_by_a_second_tap(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.command(room, BAG)
    await shop.say(room, *[(f"客{n}", "福袋") for n in range(4)], ("客0", "福袋"))
    await expect(chip(page, "福袋")).to_contain_text("4 人")
    await chip(page, "福袋").click()
    await expect(page.get_by_role("dialog")).to_contain_text("已有 4 人，评论“福袋”参加")
    await page.get_by_role("dialog").get_by_role("button", name="现在开奖").click()
    ask = page.get_by_role("dialog", name="现在开奖")
    await expect(ask).to_contain_text("名单马上封住")
    assert (await shop.snapshot(room))["giveaways"][0]["state"] == "open"
    await ask.get_by_role("button", name="现在开奖").click()
    await expect(chip(page, "福袋")).to_contain_text("正在开奖")
    await shop.say(room, *[(f"路人{n}", f"见证{n}") for n in range(5)])
    await expect(page.locator("lb-toast-line")).to_contain_text("开奖了：客", timeout=15_000)
    await page.get_by_role("button", name="去看").click()
    await expect(page.locator(".winners li")).to_have_count(2)


async def test_winners_have_their_whole_names_and_are_marked_when_they_come(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await drawn_bag(shop, room, "张姐", "李哥")
    await expect(chip(page, "福袋")).to_contain_text("张姐", timeout=15_000)
    await chip(page, "福袋").click()
    panel = page.get_by_role("dialog")
    await panel.get_by_role("button", name="张姐 领了奖").click()
    row = panel.locator(".winners li").filter(has_text="张姐")
    await expect(row.locator(".chip")).to_have_text("已领")
    await panel.get_by_role("button", name="返回").click()
    await expect((await activities(page)).locator(".past")).to_contain_text("已领 1/2")


async def test_a_prize_that_nobody_took_is_drawn_again_by_a_second_tap(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await drawn_bag(shop, room, "张姐", "李哥", "王姐")
    await expect(chip(page, "福袋")).to_contain_text("开奖了", timeout=15_000)
    await chip(page, "福袋").click()
    await page.get_by_role("dialog").get_by_role("button", name="作废重抽").first.click()
    ask = page.get_by_role("dialog", name="作废重抽？")
    await expect(ask.get_by_label("为什么（会公开）")).to_have_value("过时未领")
    assert len((await shop.snapshot(room))["giveaways"][0]["rounds"]) == 1
    await ask.get_by_role("button", name="作废重抽").click()
    await chip(page, "福袋").click()
    await expect(page.locator(".winners li")).to_have_count(3)
    await expect(page.locator(".winners [data-state='forfeited'] .chip")).to_have_text("作废")
    [_first, second] = (await shop.snapshot(room))["giveaways"][0]["rounds"]
    assert second["reason"] == "过时未领"


async def test_the_proof_is_a_page_a_file_and_a_code(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    bag = await drawn_bag(shop, room, "张姐", "李哥")
    await expect(chip(page, "福袋")).to_contain_text("开奖了", timeout=15_000)
    await chip(page, "福袋").click()
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("link", name="公开记录")).to_have_attribute("href", f"{shop.base}/draw/{bag['id']}")
    async with page.expect_download() as saved:
        await panel.get_by_role("link", name="存成文件").click()
    assert (await saved.value).suggested_filename.endswith(".html")
    await panel.get_by_role("button", name="二维码").click()
    await expect(page.get_by_role("dialog").get_by_role("img", name="自己核对抽奖")).to_be_visible()


async def test_prizes_are_claimed_after_the_session_too(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await drawn_bag(shop, room, "张姐", "李哥")
    await open_console(page, shop, room)
    await expect(chip(page, "福袋")).to_contain_text("开奖了", timeout=15_000)
    await shop.command(room, {"type": "end_session"})
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="今晚的福袋和投票").click()
    await page.get_by_role("dialog").get_by_role("button", name=re.compile("土鸡蛋一箱")).click()
    await page.get_by_role("dialog").get_by_role("button", name="张姐 领了奖").click()
    await expect(page.locator(".winners [data-state='claimed']")).to_have_count(1)


async def test_a_poll_is_asked_counted_and_closed(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^投票")).click()
    form = page.get_by_role("dialog", name="发起投票")
    await form.get_by_label("选项 1").fill("草莓")
    await expect(form.locator(".submit")).to_be_disabled()
    await form.get_by_label("选项 2").fill("砂糖橘")
    await form.get_by_role("button", name="加一项").click()
    await form.get_by_label("选项 3").fill("猪肉")
    await form.get_by_role("button", name=re.compile("^发起投票")).click()
    await shop.say(room, ("客1", "1"), ("客2", "投草莓"), ("客3", "2"), ("客1", "3"))
    await expect(chip(page, "投票")).to_contain_text("3 票")
    await chip(page, "投票").click()
    panel = page.get_by_role("dialog", name="明天上什么？")
    await expect(panel.locator(".poll-bars strong")).to_have_text(["1 票 · 33%", "1 票 · 33%", "1 票 · 33%"])
    await shop.say(room, ("客4", "草莓"), ("客5", "1"))
    await expect(panel.locator(".poll-bars li").first).to_have_text("1 草莓3 票 · 60%")
    await expect(panel.locator(".poll-bars [data-leads]")).to_have_count(1)
    await panel.get_by_role("button", name="结束投票").click()
    await expect(panel).to_contain_text("投票结束")
    await panel.get_by_role("button", name="返回").click()
    await expect((await activities(page)).locator(".past")).to_contain_text("草莓 3 票")


async def test_a_poll_has_six_options_at_most(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^投票")).click()
    form = page.get_by_role("dialog", name="发起投票")
    for _ in range(4):
        await form.get_by_role("button", name="加一项").click()
    await expect(form.locator(".options li")).to_have_count(6)
    await expect(form.get_by_role("button", name="加一项")).to_be_hidden()


async def test_a_keyword_may_mean_that_somebody_is_there(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^口令")).click()
    form = page.get_by_role("dialog", name="口令")
    await form.get_by_role("radio", name="在的报到").click()
    await form.get_by_role("radio", name="6", exact=True).click()
    await form.get_by_role("radio", name="1 分").click()
    await form.get_by_role("button", name="请大家扣 6").click()
    await expect(page.locator("lb-now-bar")).to_contain_text("扣 6")
    prompt = (await shop.snapshot(room))["prompt"]
    assert (prompt["keyword"], prompt["meaning"], prompt["ref_id"]) == ("6", "presence", None)


async def test_the_length_used_last_is_that_of_the_next_one_tap_call(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await (await activities(page)).get_by_role("button", name=re.compile("^口令")).click()
    form = page.get_by_role("dialog", name="口令")
    await form.get_by_role("radio", name="1 分").click()
    await form.get_by_role("button", name="请大家扣 1").click()
    await page.locator("lb-now-bar").get_by_role("button", name="结束").click()
    await expect(page.get_by_role("button", name=re.compile("发起扣 1.*60 秒"))).to_be_visible()


async def test_a_comment_goes_on_the_picture_and_off_again(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("李哥", "苹果甜不甜"))
    await page.get_by_role("button", name="处理 李哥 的弹幕").click()
    sheet = page.get_by_role("dialog", name="李哥")
    await sheet.get_by_label("一起上屏的回答").fill("甜，刚测糖度 14")
    await sheet.get_by_role("button", name="当问题上屏").click()
    await expect(chip(page, "上屏 李哥")).to_be_visible()
    shown = (await shop.snapshot(room))["shown"]
    assert (shown["as"], shown["text"], shown["answer"]) == ("question", "苹果甜不甜", "甜，刚测糖度 14")
    await page.get_by_role("button", name="处理 李哥 的弹幕").click()
    await page.get_by_role("dialog").get_by_role("button", name="从画面上收起").click()
    await expect(page.locator("lb-live-strip")).to_be_hidden()
    assert (await shop.snapshot(room))["shown"] is None


async def test_a_viewer_is_blocked_by_a_second_tap_and_let_in_again(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("捣乱的", "加微信看片"))
    more = page.get_by_role("button", name="处理 捣乱的 的弹幕")
    await more.click()
    await page.get_by_role("dialog").get_by_role("button", name="拉黑").click()
    await page.get_by_role("dialog", name="拉黑 捣乱的？").get_by_role("button", name="拉黑").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("已拉黑 捣乱的")
    assert len((await shop.snapshot(room))["session"]["blocked"]) == 1
    await page.get_by_role("button", name="撤销").click()
    await expect(page.locator("lb-toast-line")).not_to_contain_text("已拉黑")
    await more.click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="拉黑", exact=True)).to_be_visible()
    assert (await shop.snapshot(room))["session"]["blocked"] == []


async def test_undoing_a_block_frees_its_own_viewer_whoever_else_was_blocked_meanwhile(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("李四", "加群看片"), ("张三", "加微信看片"))

    async def an_assistant_is_faster(route: Route) -> None:
        if json.loads(route.request.post_data or "")["type"] == "block_viewer":
            await shop.command(room, {"type": "block_viewer", "comment_id": await comment_of(shop, room, "李四")})
        await route.continue_()

    await page.route("**/commands", an_assistant_is_faster)
    more = page.get_by_role("button", name="处理 张三 的弹幕")
    await more.click()
    await page.get_by_role("dialog").get_by_role("button", name="拉黑").click()
    await page.get_by_role("dialog", name="拉黑 张三？").get_by_role("button", name="拉黑").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("已拉黑 张三")
    assert len((await shop.snapshot(room))["session"]["blocked"]) == 2
    await page.get_by_role("button", name="撤销").click()
    await expect(page.locator("lb-toast-line")).not_to_contain_text("已拉黑")
    await more.click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="拉黑", exact=True)).to_be_visible()
    assert (await shop.snapshot(room))["session"]["blocked"] == ["wechat_channels/id/u-李四"]


async def comment_of(shop: Shop, room: str, name: str) -> str:
    """The id of the last comment of this viewer."""
    headers = {"Authorization": f"Bearer {shop.tokens['host']}"}
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{room}/comments", headers=headers) as answer:
        comments: list[Json] = (await answer.json())["comments"]
    return str([comment["id"] for comment in comments if comment["user"]["name"] == name][-1])


async def test_any_comment_can_be_booked_by_hand(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="弹幕")
    await shop.say(room, ("王姐", "晚上好"))
    await page.get_by_role("button", name="处理 王姐 的弹幕").click()
    await page.get_by_role("dialog").get_by_role("button", name="手工补订").click()
    picker = page.get_by_role("dialog", name="手工补订")
    await picker.get_by_role("radio", name="1 号 土鸡蛋").click()
    await picker.get_by_role("button", name="订 土鸡蛋 ×1 箱").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("王姐：订 土鸡蛋 ×1 箱")
    await expect(page.locator("lb-top-bar dd").nth(2)).to_have_text("1")


async def test_the_order_code_is_a_switch(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    switch = (await activities(page)).get_by_role("switch", name="订货码上屏")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    assert (await shop.snapshot(room))["session"]["order_code"] is True
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "false")


async def test_two_consoles_agree_on_what_runs(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    other = await page.context.new_page()
    await open_console(other, shop, room, tab="弹幕")
    for command in (FLASH, BAG, POLL):
        await shop.command(room, command)
    await shop.say(room, ("张姐", "福袋"), ("李哥", "1"))
    for each in (page, other):
        await expect(each.locator("lb-live-strip li")).to_have_count(3)
        await expect(chip(each, "福袋")).to_contain_text("1 人")
        await expect(chip(each, "投票")).to_contain_text("1 票")
    await chip(other, "秒杀").click()
    await other.get_by_role("dialog").get_by_role("button", name="暂停").click()
    await expect(chip(page, "秒杀")).to_contain_text("已暂停")


async def test_seconds_are_those_of_the_service_on_a_phone_whose_clock_is_wrong(
    page: Page, shop: Shop, room: str
) -> None:
    await page.add_init_script("const now = Date.now; Date.now = () => now() - 3_600_000;")
    await on_air(page, shop, room)
    await shop.command(room, FLASH)
    await expect(chip(page, "秒杀")).to_contain_text(re.compile("4:5\\d|5:00"))


async def test_bad_words_run_nothing_in_the_activities(page: Page, shop: Shop, room: str) -> None:
    text = HOSTILE[0]
    await shop.command(room, start_session([EGG | {"title": text, "unit": "<b>"}, APPLE]))
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await shop.command(room, FLASH)
    await shop.command(room, BAG | {"title": text, "prize": text})
    await shop.command(
        room, POLL | {"question": text, "options": [{"key": "1", "label": text}, {"key": "2", "label": "好"}]}
    )
    await shop.say(room, (text, "福袋"), (text, text))
    await open_console(page, shop, room, tab="弹幕")
    for word in ("秒杀", "福袋", "投票"):
        await chip(page, word).click()
        await expect(page.get_by_role("dialog")).to_contain_text("<img")
        await page.keyboard.press("Escape")
    await page.locator("lb-comment-row .button").last.click()
    await expect(page.get_by_role("dialog")).to_contain_text("<img")
    assert await page.evaluate("() => window.pwned ?? null") is None


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_every_form_and_panel_can_be_read_tapped_and_named(page: Page, shop: Shop, room: str, theme: str) -> None:
    await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": "apple"})
    await shop.say(room, ("李哥", "苹果甜不甜"))
    await open_console(page, shop, room, tab="弹幕")
    forms = page.locator("lb-activity-list .tile")
    for n in range(4):
        await activities(page)
        await _look(page, None)
        await forms.nth(n).click()
        await _look(page, page.get_by_role("dialog"))
    for command in (FLASH, POLL):
        await shop.command(room, command)
    await drawn_bag(shop, room, "张姐", "李哥")
    await expect(chip(page, "福袋")).to_contain_text("开奖了", timeout=15_000)
    assert await page.evaluate(AUDIT) == []
    for word in ("秒杀", "福袋", "投票"):
        await chip(page, word).click()
        await _look(page, page.get_by_role("dialog"))
    await page.get_by_role("button", name="处理 李哥 的弹幕").first.click()
    await _look(page, page.get_by_role("dialog"))


async def _look(page: Page, close: Locator | None) -> None:
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
    if close is not None:
        await close.get_by_role("button", name="返回").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_sheet_of_an_activity_that_does_not_come_says_so(page: Page, shop: Shop, room: str) -> None:
    await page.route(re.compile("/activities/flash-form\\.js$"), lambda route: route.abort())
    await on_air(page, shop, room, tab="商品")
    await page.get_by_role("button", name="秒杀 土鸡蛋 30 枚").click()
    await expect(page.locator("[data-kind='failure']")).to_contain_text("这里没有打开")
    await go_to(page, "弹幕")
    await expect(page.locator("lb-comment-stream .empty")).to_be_visible()
