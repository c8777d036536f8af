"""Several devices at one evening: who did what, what takes effect once, and what a dead line does to a tap."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_console import go_to, on_air, open_console, orders
from tests.pages.test_for_everybody import AUDIT
from tests.pages.viewers import another_phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, Route

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

TEAM = "lb-team-line > ol"
WITHIN_MS = 20_000
"""Longer than the longest wait between two tries."""
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished))"""


async def is_called(page: Page, name: str, role: str = "helper") -> None:
    """Say who uses a phone before its page is opened."""
    who = json.dumps({"role": role, "name": name})
    await page.add_init_script(f"localStorage.setItem('linbo-who', {json.dumps(who)})")


async def ready(page: Page) -> None:
    """All is there that a tap without a network needs."""
    await expect(page.locator(TEAM)).to_be_attached()


@asynccontextmanager
async def an_assistant(browser: Browser, shop: Shop, room: str, name: str = "小李") -> AsyncIterator[Page]:
    """小李 with a phone of their own."""
    async with another_phone(browser) as phone:
        await is_called(phone, name)
        await open_console(phone, shop, room, tab="待确认")
        await ready(phone)
        yield phone


async def test_the_others_see_who_did_what_and_one_s_own_deeds_are_not_told(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await is_called(page, "梅姐", "host")
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    async with an_assistant(browser, shop, room) as phone:
        await shop.say(room, ("薛***", "要两箱鸡蛋"))
        await phone.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(page.locator("lb-team-line .news")).to_have_text("小李 接受了 薛*** 的 2 箱土鸡蛋")
        await expect(phone.locator("lb-confirm-card")).to_have_count(0)
        assert await phone.locator("lb-team-line .news").is_hidden()
        await page.get_by_role("button", name="更多").click()
        await page.get_by_role("button", name="刚才谁做了什么").click()
        await expect(page.get_by_role("dialog").locator("li")).to_have_text([re.compile("小李 接受了 薛")])


async def test_two_devices_of_one_name_are_told_apart(page: Page, browser: Browser, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    async with another_phone(browser) as phone:
        await open_console(phone, shop, room, tab="商品")
        await phone.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
        await expect(page.locator("lb-team-line .news")).to_have_text("另一台主播 开始讲 石磨豆腐")


async def test_many_deeds_at_once_are_one_line(page: Page, browser: Browser, shop: Shop, room: str) -> None:
    await is_called(page, "梅姐", "host")
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    async with an_assistant(browser, shop, room) as phone:
        await shop.say(room, *[(f"薛{n}***", "要一箱鸡蛋") for n in range(3)])
        for left in (2, 1, 0):
            await phone.get_by_role("button", name="订 土鸡蛋 ×1 箱").first.click()
            await expect(phone.locator("lb-confirm-card")).to_have_count(left)
        news = page.locator("lb-team-line .news")
        await expect(news).to_contain_text("小李 接受了 薛2*** 的 1 箱土鸡蛋")
        assert await news.evaluate("(node) => getComputedStyle(node).pointerEvents") == "none"


async def test_who_comes_second_is_told_calmly_that_it_is_done_and_by_whom(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await is_called(page, "梅姐", "host")
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    async with an_assistant(browser, shop, room) as phone:
        await shop.say(room, ("薛***", "要两箱鸡蛋"))
        await page.route("**/commands", hold)
        await page.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await phone.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(page.locator("lb-confirm-card")).to_have_count(0)
        held.set()
        await expect(page.locator("[data-kind='note']")).to_contain_text("已经办好了：小李 接受了 薛*** 的 2 箱土鸡蛋")
        await expect(page.locator("[data-kind='failure']")).to_have_count(0)
        assert await orders(shop, room) == [("薛***", "egg", 2, "reserved")]


async def test_who_tapped_something_else_is_told_that_it_was_not_done(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await is_called(page, "梅姐", "host")
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    async with an_assistant(browser, shop, room) as phone:
        await shop.say(room, ("薛***", "要两箱鸡蛋"))
        await expect(page.locator("lb-confirm-card")).to_be_visible()
        await page.context.set_offline(True)
        await page.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(page.locator("lb-team-line .wait")).to_be_visible()
        await phone.get_by_role("button", name="忽略：薛*** 要两箱鸡蛋").click()
        await expect(phone.locator("lb-confirm-card")).to_have_count(0)
        await page.context.set_offline(False)
        warning = page.locator("[data-kind='warning']")
        await expect(warning).to_contain_text("没有照你点的做", timeout=WITHIN_MS)
        await expect(warning).to_contain_text("小李 忽略了 薛*** 的「要两箱鸡蛋」")
        assert await orders(shop, room) == []


async def test_what_one_has_done_while_the_other_was_away_is_not_done_again(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await is_called(page, "梅姐", "host")
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    async with an_assistant(browser, shop, room) as phone:
        await shop.say(room, ("薛***", "要两箱鸡蛋"))
        await expect(page.locator("lb-confirm-card")).to_be_visible()
        await page.context.set_offline(True)
        await page.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(page.locator("lb-team-line .wait")).to_be_visible()
        await phone.get_by_role("button", name="订 土鸡蛋 ×2 箱").click()
        await expect(phone.locator("lb-confirm-card")).to_have_count(0)
        await page.context.set_offline(False)
        await expect(page.locator("[data-kind='note']")).to_contain_text("已经办好了：小李 接受了", timeout=WITHIN_MS)
        assert await orders(shop, room) == [("薛***", "egg", 2, "reserved")]


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_all_of_it_can_be_read_tapped_and_named(
    page: Page, browser: Browser, shop: Shop, room: str, theme: str
) -> None:
    await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    await page.clock.install()
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    async with an_assistant(browser, shop, room) as phone:
        await go_to(phone, "商品")
        await phone.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
        await expect(page.locator("lb-team-line .ask")).to_be_visible()
    await page.route("**/commands", lambda route: route.abort())
    await page.get_by_role("button", name="讲解 红富士苹果 5 斤").click()
    await page.get_by_role("button", name="下架 土鸡蛋 30 枚").click()
    await expect(page.locator("lb-team-line .wait")).to_contain_text("等 2 个操作")
    await page.clock.run_for(70_000)
    await expect(page.locator("lb-team-line li")).to_have_count(1, timeout=WITHIN_MS)
    await expect(page.locator("lb-team-line .wait")).to_be_visible()
    await page.evaluate(SETTLED)
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("button", name="我是…").click()
    await expect(page.get_by_role("dialog", name="这台设备是谁在用")).to_be_visible()
    await page.evaluate(SETTLED)
    assert await page.evaluate(AUDIT) == []


async def test_a_tap_without_a_network_is_sent_once_when_it_is_back(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="待确认")
    await ready(page)
    await shop.say(room, ("薛***", "要两箱鸡蛋"))
    button = page.get_by_role("button", name="订 土鸡蛋 ×2 箱")
    await expect(button).to_be_visible()
    await page.context.set_offline(True)
    await button.click()
    await expect(page.locator("lb-team-line .wait")).to_have_text("等网络，连上就发：接受 薛*** 「要两箱鸡蛋」")
    assert await button.get_attribute("aria-busy") == "true"
    assert await orders(shop, room) == []
    await page.context.set_offline(False)
    await expect(page.locator("lb-confirm-card")).to_have_count(0, timeout=WITHIN_MS)
    await expect(page.locator("lb-team-line .wait")).to_be_hidden()
    assert await orders(shop, room) == [("薛***", "egg", 2, "reserved")]


async def test_taps_without_a_network_are_sent_in_their_order_also_after_a_reload(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    sent: list[str] = []
    back = asyncio.Event()

    async def note_once_back(route: Route) -> None:
        if not back.is_set():
            await route.abort()
            return
        body = route.request.post_data_json or {}
        sent.append(f"{body['type']} {body['offer_id']}")
        await route.continue_()

    await page.route("**/commands", note_once_back)
    await page.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
    await page.get_by_role("button", name="讲解 红富士苹果 5 斤").click()
    await page.get_by_role("button", name="下架 土鸡蛋 30 枚").click()
    await expect(page.locator("lb-team-line .wait")).to_contain_text("等 3 个操作")
    await page.reload()
    await expect(page.locator("lb-team-line .wait")).to_contain_text("等 3 个操作")
    back.set()
    await expect(page.locator("[data-kind='note']")).to_contain_text("已补发")
    await expect(page.locator("lb-team-line .wait")).to_be_hidden(timeout=WITHIN_MS)
    await go_to(page, "商品")
    await expect(page.get_by_role("button", name="讲解中 红富士苹果 5 斤")).to_be_visible()
    await expect(page.locator("lb-offer-card").first.locator(".chip")).to_have_text("已下架")
    assert sent == ["pin_offer tofu", "pin_offer apple", "close_offer egg"]
    assert await page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('linbo-out/'))") == []


async def test_an_answer_lost_before_a_reload_takes_effect_once(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    keys: list[str | None] = []
    back = asyncio.Event()

    async def lose_the_answer(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        if back.is_set():
            await route.continue_()
            return
        if len(keys) == 1:
            await route.fetch()
        await route.abort()

    await page.route("**/commands", lose_the_answer)
    await page.get_by_role("button", name="补货 红富士苹果 5 斤").click()
    await page.get_by_role("button", name="补 10 袋").click()
    await expect(page.locator("lb-team-line .wait")).to_contain_text("给 红富士苹果 补 10 袋")
    await page.reload()
    await expect(page.locator("lb-team-line .wait")).to_contain_text("给 红富士苹果 补 10 袋")
    back.set()
    await expect(page.locator("[data-kind='note']")).to_contain_text(
        "已补发：给 红富士苹果 补 10 袋", timeout=WITHIN_MS
    )
    assert len(set(keys)) == 1
    assert len(keys) > 2
    [apple] = [each for each in (await shop.snapshot(room))["offers"] if each["id"] == "apple"]
    assert apple["quota"] == 13


async def test_what_is_stale_is_shown_as_failed_and_sent_with_a_tap(page: Page, shop: Shop, room: str) -> None:
    await page.clock.install()
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    await page.route("**/commands", lambda route: route.abort())
    await page.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
    await expect(page.locator("lb-team-line .wait")).to_be_visible()
    await page.clock.run_for(70_000)
    row = page.locator("lb-team-line li")
    await expect(row).to_contain_text("没有等到回音：讲解 石磨豆腐", timeout=WITHIN_MS)
    await expect(row).to_contain_text("再试一次不会重复")
    await expect(page.get_by_role("button", name="讲解 石磨豆腐 2 斤")).not_to_have_attribute("aria-busy", "true")
    await page.unroute("**/commands")
    assert (await shop.snapshot(room))["session"]["pinned_offer_id"] == "egg"
    await row.get_by_role("button", name="再试一次").click()
    await expect(page.get_by_role("button", name="讲解中 石磨豆腐 2 斤")).to_be_visible()
    await expect(row).to_have_count(0)


async def test_what_nobody_wants_any_more_is_put_away(page: Page, shop: Shop, room: str) -> None:
    await page.clock.install()
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    await page.route("**/commands", lambda route: route.abort())
    await page.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
    await expect(page.locator("lb-team-line .wait")).to_be_visible()
    await page.clock.run_for(70_000)
    await expect(page.locator("lb-team-line li")).to_have_count(1, timeout=WITHIN_MS)
    await page.locator("lb-team-line li").get_by_role("button", name="不要了").click()
    await expect(page.locator("lb-team-line li")).to_have_count(0)
    assert await page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('linbo-out/'))") == []


async def test_who_uses_a_device_is_asked_once_there_are_two(
    page: Page, browser: Browser, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    ask = page.locator("lb-team-line .ask")
    await expect(ask).to_be_hidden()
    async with an_assistant(browser, shop, room) as phone:
        await go_to(phone, "商品")
        await phone.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
        await ask.get_by_role("button", name="我是…").click()
        sheet = page.get_by_role("dialog", name="这台设备是谁在用")
        await sheet.get_by_role("radio", name="主播").click()
        await sheet.get_by_label("名字（可以不填）").fill("梅姐")
        await sheet.get_by_role("button", name="就这样").click()
        await expect(ask).to_be_hidden()
        await page.get_by_role("button", name="讲解 土鸡蛋 30 枚").click()
        await expect(phone.locator("lb-team-line .news")).to_have_text("梅姐 开始讲 土鸡蛋")
        await page.reload()
        await page.get_by_role("button", name="更多").click()
        await expect(page.get_by_role("button", name="这台设备：梅姐")).to_be_visible()


async def test_the_question_who_it_is_can_be_skipped(page: Page, browser: Browser, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await ready(page)
    ask = page.locator("lb-team-line .ask")
    async with an_assistant(browser, shop, room) as phone:
        await go_to(phone, "商品")
        await phone.get_by_role("button", name="讲解 石磨豆腐 2 斤").click()
        await ask.get_by_role("button", name="不说").click()
        await expect(ask).to_be_hidden()
    assert await page.evaluate("localStorage.getItem('linbo-who')") == '{"role":"host","name":""}'


async def test_the_shop_s_own_programs_are_nobody_s_hand(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await open_console(page, shop, room)
    await ready(page)
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await expect(page.locator("lb-now-bar")).to_contain_text("土鸡蛋 30 枚")
    await expect(page.locator("lb-team-line .news")).to_be_hidden()
