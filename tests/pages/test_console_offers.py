"""The board of offers on a phone: what is shown, what comes next, how it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, TOFU, offer, start_session
from tests.pages.test_console import on_air, open_console

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

NOODLE = offer("noodle", 4, "手工挂面 3 斤", unit="袋", open=False)


def script(*offers: str, **minutes: int) -> Json:
    sections: list[Json] = [
        {"id": f"s{n}", "kind": "offer", "title": each, "offer_id": each, "minutes": minutes.get(each), "points": []}
        for n, each in enumerate(offers)
    ]
    return {"sections": [{"id": "s", "kind": "opening", "title": "开场", "points": []}, *sections]}


async def pinned(shop: Shop, room: str) -> object:
    return (await shop.snapshot(room))["session"]["pinned_offer_id"]


async def test_the_next_of_the_script_is_one_tap_away(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session(script=script("egg", "tofu", "apple", tofu=3)))
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await open_console(page, shop, room, tab="商品")
    line = page.locator("lb-next-line")
    await expect(line).to_contain_text("石磨豆腐 2 斤")
    await expect(line).to_contain_text("¥6.80/份 · 剩 24 份 · 3 分钟")
    await line.get_by_role("button", name="讲下一个 石磨豆腐 2 斤").click()
    await expect(page.get_by_role("button", name="讲解中 石磨豆腐 2 斤")).to_be_visible()
    await expect(line).to_contain_text("红富士苹果 5 斤")
    await line.get_by_role("button", name="讲下一个").click()
    await expect(line).to_be_hidden()
    assert await pinned(shop, room) == "apple"


async def test_without_a_script_the_numbers_are_the_order(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品", pin=None)
    line = page.locator("lb-next-line")
    await expect(line).to_contain_text("先讲")
    await line.get_by_role("button", name="开始讲 土鸡蛋 30 枚").click()
    await expect(line.get_by_role("button", name="讲下一个 红富士苹果 5 斤")).to_be_visible()


async def test_the_next_that_is_not_on_sale_yet_is_put_on_sale_with_the_same_tap(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session([EGG, NOODLE], script=script("egg", "noodle")))
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await open_console(page, shop, room, tab="商品")
    await page.get_by_role("button", name="上架并讲 手工挂面 3 斤").click()
    await expect(page.get_by_role("button", name="讲解中 手工挂面 3 斤")).to_be_visible()
    await expect(page.locator("lb-offer-card").nth(1).locator(".chip")).to_have_text("在售")


async def test_the_pace_is_told_once_there_are_enough_orders(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    pace = page.locator("lb-offer-card").first.locator(".pace")
    await shop.say(room, *[(f"顾客{n}", "要五箱鸡蛋") for n in range(3)])
    await expect(page.locator("lb-offer-card").first.locator(".stock")).to_contain_text("已订15")
    await expect(pace).to_have_text("")
    await shop.say(room, *[(f"常客{n}", "要五箱鸡蛋") for n in range(3)])
    await expect(pace).to_have_text(re.compile(r"^每分钟 (30|2\d|1\d) 箱，约 \d 分钟订完$"))


async def test_a_case_that_is_not_full_and_the_kinds_are_told(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await shop.say(room, ("张姐", "要五箱鸡蛋"), ("李哥", "嫩豆腐十份"))
    egg, tofu = page.locator("lb-offer-card").first, page.locator("lb-offer-card").nth(2)
    await expect(egg.locator(".case")).to_have_text("还差 7 箱凑整件")
    await expect(egg.locator(".bar")).to_have_attribute("data-cases", "")
    await expect(tofu.locator(".kinds")).to_have_text("老豆腐 剩 14 · 嫩豆腐 订满")


@pytest.mark.parametrize("size", [(360, 640), (1280, 800)], ids=["phone", "pc"])
async def test_every_control_of_the_board_has_the_size_of_a_thumb(
    page: Page, shop: Shop, room: str, size: tuple[int, int]
) -> None:
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await shop.command(room, start_session([EGG, APPLE, TOFU, NOODLE]))
    await open_console(page, shop, room, tab="商品" if size[0] < 720 else None)
    await expect(page.locator("lb-next-line")).to_be_visible()
    small = await page.locator("lb-offer-board button").evaluate_all(
        "(all) => all.map((b) => b.getBoundingClientRect()).filter((r) => r.height > 0 && (r.height < 44 || r.width < 44))"
    )
    assert small == []
