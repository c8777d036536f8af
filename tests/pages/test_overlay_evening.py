"""An evening of the real service on the picture: every layer appears, counts and ends; pictures that were away show the same."""

from __future__ import annotations

import asyncio
import random
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_console import open_console
from tests.pages.test_overlay import PORTRAIT

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Locator, Page

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

SLOW_MS = 25_000
SHOWN = """() => [...document.querySelectorAll('[data-shown]')]
  .map((node) => node.innerText.replace(/\\d+:\\d+|还有\\s*\\d+\\s*秒/gu, '')).sort().join('|')"""


async def on_air(page: Page, shop: Shop, room: str, **query: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await page.set_viewport_size(PORTRAIT)
    await page.goto(shop.overlay(room, **query))
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")


async def appears(box: Locator) -> None:
    await expect(box).to_have_attribute("data-shown", "", timeout=SLOW_MS)


async def ends(box: Locator) -> None:
    await expect(box).not_to_have_attribute("data-shown", "", timeout=SLOW_MS)


def sale(**more: object) -> Json:
    start: Json = {"type": "start_flash_sale", "offer_id": "egg", "price": "19.90", "quota": 3, "seconds": 60}
    return start | {"countdown_seconds": 10} | more


def lucky_bag(**more: object) -> Json:
    about: Json = {
        "type": "open_giveaway",
        "kind": "lucky_bag",
        "title": "福袋",
        "prize": "土鸡蛋一箱",
        "keyword": "福袋",
    }
    return about | {"prize_value": "39.90", "winners": 1, "seconds": 60} | more


def opened(answer: Json, name: str) -> Json:
    """The object of this name in the events of a command's answer."""
    found: Json = next(event["data"][name] for event in answer["events"] if name in event["data"])
    return found


async def test_a_flash_deal_is_counted_down_to_runs_melts_pauses_and_ends(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    box, price = page.locator("lb-flash-card .box"), page.locator("lb-offer-card .price")
    await shop.command(room, sale())
    await appears(box)
    await expect(box).to_have_attribute("data-phase", "announced")
    await expect(box.locator(".time")).to_have_text(re.compile(r"^0:(0\d|10)$"))
    await expect(box.locator(".count")).to_have_text("限量 3 箱")
    await expect(price).to_contain_text("39.90")
    await expect(box).to_have_attribute("data-phase", "running", timeout=SLOW_MS)
    await expect(price).to_contain_text("19.90")
    await expect(box.locator(".was")).to_have_text("原价 ¥39.90")
    await shop.say(room, ("张姐", "要一箱鸡蛋"))
    await expect(box.locator(".count")).to_have_text("还剩 2 箱")
    await shop.command(room, {"type": "pause_flash_sale", "offer_id": "egg"})
    await expect(box.locator(".phase")).to_have_text("暂停一下")
    held = await box.locator(".time").inner_text()
    await shop.command(room, {"type": "resume_flash_sale", "offer_id": "egg"})
    await expect(box.locator(".phase")).to_have_text("抢购中")
    assert re.fullmatch(r"0:\d\d|1:00", held)
    await shop.say(room, ("李哥", "要一箱鸡蛋"), ("王姐", "要一箱鸡蛋"))
    await expect(box.locator(".phase")).to_have_text("抢光了")
    await shop.command(room, {"type": "stop_flash_sale", "offer_id": "egg"})
    await expect(box.locator(".phase")).to_have_text("已结束")
    await expect(price).to_contain_text("39.90")
    await ends(box)


async def test_a_lucky_bag_counts_rolls_names_its_winner_and_shows_the_way_to_the_proof(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room)
    box = page.locator("lb-bag-card .box")
    bag = opened(await shop.command(room, lucky_bag()), "giveaway")
    await appears(box)
    await expect(box.locator(".how")).to_have_text("评论「福袋」参加")
    await shop.say(room, ("张秀英", "福袋"), ("张秀兰", "福袋"))
    await expect(box.locator(".entries")).to_have_text("2 人")
    await shop.command(room, {"type": "draw_giveaway", "giveaway_id": bag["id"]})
    await expect(box).to_have_attribute("data-phase", re.compile("closed|joy"))
    await shop.say(room, *[(f"顾客{n}", "快开快开") for n in range(6)])
    await expect(box).to_have_attribute("data-phase", "joy", timeout=SLOW_MS)
    await expect(box.locator(".winners")).to_have_text("张*")
    assert "张秀" not in await page.content()
    await page.reload()
    await expect(page.locator("lb-bag-card .winners")).to_have_text("张*")


async def test_a_poll_counts_and_shows_its_result(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    box = page.locator("lb-poll-card .box")
    options = [{"key": "1", "label": "草莓"}, {"key": "2", "label": "蓝莓"}]
    ask: Json = {"type": "open_poll", "question": "明天上什么？", "options": options, "seconds": 60}
    poll = opened(await shop.command(room, ask), "poll")
    await appears(box)
    await expect(box.locator(".question")).to_have_text("明天上什么？")
    await shop.say(room, ("张姐", "投草莓"), ("李哥", "1"), ("王姐", "2"), ("赵哥", "草莓"))
    await expect(box.locator(".votes")).to_have_text("4 票")
    await expect(box.locator("li").first.locator(".share")).to_have_text("75%")
    await shop.command(room, {"type": "close_poll", "poll_id": poll["id"]})
    await expect(box.locator(".phase")).to_have_text("投票结束")
    await ends(box)


async def test_a_comment_comes_as_a_bubble_or_as_the_question_being_answered_and_goes(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room)
    await shop.say(room, ("张秀英", "明天几点能提？"))
    comment = await last_comment(shop, room)
    bubble, question = page.locator("lb-bubble-card .box"), page.locator("lb-question-card .box")
    await shop.command(room, {"type": "show_comment", "comment_id": comment, "as": "bubble", "seconds": 60})
    await appears(bubble)
    await expect(bubble).to_contain_text("明天几点能提？")
    ask: Json = {
        "type": "show_comment",
        "comment_id": comment,
        "as": "question",
        "answer": "早上十点以后",
        "seconds": 60,
    }
    await shop.command(room, ask)
    await appears(question)
    await ends(bubble)
    await expect(question.locator(".who")).to_have_text("张*问")
    await expect(question.locator(".answer")).to_have_text("早上十点以后")
    await shop.command(room, {"type": "hide_comment"})
    await ends(question)


async def last_comment(shop: Shop, room: str) -> str:
    headers = {"Authorization": f"Bearer {shop.tokens['host']}"}
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{room}/comments", headers=headers) as answer:
        comments: list[Json] = (await answer.json())["comments"]
    return str(comments[-1]["id"])


async def test_two_pictures_and_a_console_that_were_away_show_the_same(
    context: BrowserContext, shop: Shop, room: str
) -> None:
    first, second, console = [await context.new_page() for _ in range(3)]
    await on_air(first, shop, room)
    await open_console(console, shop, room)
    await second.set_viewport_size(PORTRAIT)
    await second.goto(shop.overlay(room))
    await shop.command(room, sale(quota=60, seconds=600, countdown_seconds=0))
    await shop.command(room, lucky_bag(seconds=600))
    chance = random.Random(3)  # noqa: S311  # the same breaks every time
    for n in range(12):
        await shop.say(room, (f"顾客{n}", "福袋"), (f"顾客{n}", "要一箱鸡蛋"))
        if chance.random() < 0.5:
            await context.set_offline(chance.random() < 0.5)
        if chance.random() < 0.3:
            await context.set_offline(False)
            await second.reload()
    await context.set_offline(False)
    await expect(first.locator("lb-bag-card .entries")).to_have_text("12 人", timeout=SLOW_MS)
    await expect(second.locator("lb-bag-card .entries")).to_have_text("12 人", timeout=SLOW_MS)
    told = console.locator("lb-live-strip")
    await expect(told).to_contain_text("12 人", timeout=SLOW_MS)
    await expect(told).to_contain_text("剩 48", timeout=SLOW_MS)
    for each in (first, second):
        await expect(each.locator("lb-flash-card .count")).to_have_text("还剩 48 箱", timeout=SLOW_MS)
    await asyncio.gather(*(each.reload() for each in (first, second)))
    for each in (first, second):
        await appears(each.locator("lb-bag-card .box"))
        await appears(each.locator("lb-flash-card .box"))
    assert await first.evaluate(SHOWN) == await second.evaluate(SHOWN)


async def test_the_code_is_there_as_long_as_the_host_shows_it(shop: Shop, room: str, page: Page) -> None:
    await on_air(page, shop, room)
    await shop.command(room, {"type": "show_order_code"})
    headers = {"Authorization": f"Bearer {shop.tokens['overlay']}"}
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{room}/snapshot", headers=headers) as answer:
        assert (await answer.json())["session"]["order_code"] is True
    await expect(page.locator("lb-order-code .box")).not_to_have_attribute("data-shown", "")  # nobody else can open it
    await shop.command(room, {"type": "hide_order_code"})
