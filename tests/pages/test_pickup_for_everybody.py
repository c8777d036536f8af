"""The counter for thumbs, weak eyes, keyboards, long names and much of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.counter import (
    POINTS,
    PORK,
    arrive,
    begin,
    big_button,
    card,
    go_to,
    look_for,
    open_counter,
    reserve,
)
from tests.pages.shop import CYCLE, EXTREME_OFFERS, start_session
from tests.pages.test_for_everybody import AUDIT

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

SIZES: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 640}, "tablet": {"width": 1024, "height": 768}}
LONG_NAME = "名字特别特别特别特别长的一位住在河边的老顾客" * 2


async def audit(page: Page) -> list[str]:
    faults: list[str] = await page.evaluate(AUDIT)
    return faults


async def a_full_counter(shop: Shop, room: str) -> str:
    """Two rooms of one cycle, long names, large prices, and somebody in every state; gives a pickup code."""
    cycle = CYCLE | {"id": f"cycle of {room}", "pickup_points": POINTS}
    await begin(shop, room, pickup_points=POINTS)
    await shop.command(f"{room}-b", start_session([*EXTREME_OFFERS, PORK], cycle=cycle))
    await reserve(shop, room, LONG_NAME, ("egg", 12), ("pork", 3), ("tofu", 1), phone_tail="6688", own_bag=True)
    code = await reserve(shop, f"{room}-b", LONG_NAME, ("hen", 9999), ("tea", 1))
    for name, said in (("李叔", "1234"), ("王婶", "5678"), ("堂***", "0000")):
        await reserve(shop, room, name, ("egg", 1), phone_tail=said)
    await reserve(shop, room, "赵姐", ("egg", 1), pickup_point_id="p2")
    for where in (room, f"{room}-b"):
        await shop.command(where, {"type": "close_cycle"})
        await shop.command(where, {"type": "mark_ready", "pickup_point_id": "p1"})
    return code


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES)
async def test_everything_can_be_tapped_read_and_named(browser: Browser, shop: Shop, size: str, theme: str) -> None:
    room = f"audit-{size}-{theme}"
    code = await a_full_counter(shop, room)
    context = await browser.new_context(viewport=SIZES[size], locale="zh-CN")
    page = await context.new_page()
    try:
        await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
        await open_counter(page, shop, room)
        faults = {"ready": await audit(page)}
        await go_to(page, "没到货")
        faults["coming"] = await audit(page)
        await page.get_by_role("button", name="到货", exact=True).click()
        faults["asked"] = await audit(page)
        await page.get_by_role("dialog").get_by_role("button", name="返回").click()
        await look_for(page, code)
        await expect(card(page)).to_be_visible()
        faults["card"] = await audit(page)
        await page.get_by_role("button", name="身份").click()
        await page.get_by_label("另一个身份").fill("李")
        faults["who"] = await audit(page)
        await page.get_by_role("dialog").get_by_role("button", name="返回").click()
        await page.get_by_label("实重").last.fill("3.15")
        await big_button(page).click()
        await expect(page.locator("lb-undo-bar")).to_be_visible()
        faults["handed"] = await audit(page)
        await look_for(page, "没有的人")
        faults["nobody"] = await audit(page)
        assert {where: found for where, found in faults.items() if found} == {}
    finally:
        await context.close()


async def test_a_tablet_shows_the_list_and_the_person_side_by_side(browser: Browser, shop: Shop, room: str) -> None:
    await begin(shop, room)
    for name in ("张姐", "李叔"):
        await reserve(shop, room, name, ("egg", 1))
    await arrive(shop, room)
    context = await browser.new_context(viewport=SIZES["tablet"], locale="zh-CN")
    page = await context.new_page()
    try:
        await open_counter(page, shop, room)
        await expect(page.get_by_text("扫码、输码，或者点左边的一个人")).to_be_visible()
        for name in ("张姐", "李叔"):
            await page.locator("lb-person-row", has_text=name).get_by_role("button").click()
            await expect(card(page).get_by_role("heading", name=name)).to_be_visible()
            await expect(page.locator("lb-person-row")).to_have_count(2)
    finally:
        await context.close()


async def test_somebody_is_served_by_the_keyboard_alone(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await reserve(shop, room, "张姐", ("egg", 1), ("tofu", 1), phone_tail="6688")
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await page.keyboard.type("6688")
    await expect(card(page)).to_be_visible()
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.closest('lb-hand-bar') !== null"):
            break
    await page.keyboard.press("Enter")
    await expect(big_button(page)).to_have_text("下一位")


async def test_three_hundred_people_are_a_short_wait_and_one_tap(page: Page, shop: Shop, room: str) -> None:
    await begin(shop, room)
    await shop.command(room, {"type": "restock", "offer_id": "egg", "quantity": 900})
    for batch in range(3):
        await shop.say(room, *[(f"顾客{batch}-{n}", "要1箱鸡蛋") for n in range(100)])
    await arrive(shop, room)
    await open_counter(page, shop, room)
    await expect(page.locator("lb-list-tabs strong").first).to_have_text("300")
    await expect(page.locator("lb-person-row")).to_have_count(150)
    await expect(page.get_by_text("还有 150 人")).to_be_visible()
    await look_for(page, "顾客2-99")
    await expect(page.locator("lb-person-row")).to_have_count(1)
    await page.locator("lb-person-row").get_by_role("button").click()
    await big_button(page).click()
    await expect(big_button(page)).to_have_text("下一位")
