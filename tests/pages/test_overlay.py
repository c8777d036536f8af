"""The overlay as OBS shows it, against the real service."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import EXTREME_OFFERS, start_session
from tests.pages.test_overlay_looks import MEASURES, SAFE, expect_order

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, WebSocketRoute

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

PORTRAIT: ViewportSize = {"width": 1080, "height": 1920}
LANDSCAPE: ViewportSize = {"width": 1920, "height": 1080}

SETTLED = """() => Promise.allSettled(
  document.getAnimations().filter((each) => !each.effect.target.closest('.bar')).map((each) => each.finished))"""
BOXES = """() => ['lb-prompt-card .box', 'lb-reservation-ticker p', 'lb-offer-card'].map((name) => {
  const {left, top, right, bottom} = document.querySelector(name).getBoundingClientRect();
  return [left, top, right, bottom];
})"""


async def on_picture(page: Page, shop: Shop, room: str, *, pin: str = "egg", **query: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": pin})
    await page.set_viewport_size(PORTRAIT)
    await page.goto(shop.overlay(room, **query))


def prompt(ref: str = "egg", seconds: int = 30) -> Json:
    return {"type": "open_prompt", "keyword": "1", "meaning": "claim", "ref_id": ref, "seconds": seconds}


async def test_the_card_says_what_what_it_costs_what_is_left_and_how_to_get_it(
    page: Page, shop: Shop, room: str
) -> None:
    await on_picture(page, shop, room)
    card = page.locator("lb-offer-card")
    await expect(card.locator(".badge")).to_have_text("1号")
    await expect(card.locator("h2")).to_have_text("土鸡蛋 30 枚")
    await expect(card.locator(".price")).to_have_text("¥39.90/箱")
    await expect(card.locator(".rest")).to_have_text("还剩100箱")
    await expect(card.locator(".strip")).to_have_text("评论「要1箱」就订上还差 12 箱凑整件")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(card.locator(".rest")).to_have_text("还剩98箱")
    await expect(card.locator(".case")).to_have_text("还差 10 箱凑整件")


async def test_another_offer_takes_the_place_of_the_one_before(page: Page, shop: Shop, room: str) -> None:
    await on_picture(page, shop, room)
    card = page.locator("lb-offer-card")
    await expect(card.locator("h2")).to_have_text("土鸡蛋 30 枚")
    await shop.command(room, {"type": "pin_offer", "offer_id": "tofu"})
    await expect(card.locator("h2")).to_have_text("石磨豆腐 2 斤")
    await expect(card).to_have_attribute("data-shown", "")
    await expect(card.locator(".case")).to_be_hidden()


async def test_of_several_kinds_the_picture_asks_for_one_that_is_left_and_what_it_asks_for_is_booked(
    page: Page, shop: Shop, room: str
) -> None:
    await on_picture(page, shop, room, pin="tofu")
    strip = page.locator("lb-offer-card .strip")
    await expect(strip).to_contain_text("评论「老豆腐要1份」就订上")
    await shop.say(room, ("张姐", "老豆腐要1份"), ("饭店老李", "老豆腐要13份"))
    await expect(strip).to_contain_text("评论「嫩豆腐要1份」就订上")
    await shop.command(room, prompt("tofu"))
    card = page.locator("lb-prompt-card")
    await expect(card.locator(".answer")).to_have_text("嫩豆腐1")
    await expect(card.locator(".keyword")).to_be_hidden()
    await shop.say(room, ("王婶", "嫩豆腐1"))
    await expect(page.locator("lb-offer-card .rest")).to_have_text("还剩9份")


async def test_what_is_sold_out_says_so_and_shows_the_way_to_the_waitlist(page: Page, shop: Shop, room: str) -> None:
    await on_picture(page, shop, room, pin="apple")
    await shop.say(room, ("张姐", "苹果要3袋"), ("李哥", "苹果要2袋"))
    card = page.locator("lb-offer-card")
    await expect(card.locator(".rest")).to_have_text("候补 2 袋已订满")
    await expect(card.locator(".strip")).to_contain_text("排候补")
    await expect(page.locator("lb-reservation-ticker p")).to_have_text("李*想订红富士苹果×2 袋排队第 1")


async def test_the_ticker_shows_new_orders_with_masked_names_and_none_from_before(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session())
    await shop.say(room, ("早来的", "要一箱鸡蛋"))
    await page.goto(shop.overlay(room))
    line = page.locator("lb-reservation-ticker p")
    await expect(page.locator("lb-reservation-ticker")).to_be_attached()
    await expect(line).to_have_text("")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(line).to_have_text("张*订了土鸡蛋×2 箱")
    assert "张姐" not in await page.content()


async def test_the_picture_learns_nothing_that_is_not_for_viewers(page: Page, shop: Shop, room: str) -> None:
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: heard.append(str(data))))
    await on_picture(page, shop, room)
    await shop.say(room, ("张秀英", "要两箱鸡蛋"), ("薛***", "要一箱鸡蛋"))
    await expect(page.locator("lb-reservation-ticker p")).to_contain_text("张*")
    assert heard
    assert not re.search(r"张秀英|u-张|薛\*\*\*|pickup_code|unit_price", "".join(heard))


async def test_the_prompt_counts_down_on_the_service_s_clock(browser: Browser, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    context = await browser.new_context(viewport=PORTRAIT)
    page = await context.new_page()
    await page.add_init_script("const now = Date.now; Date.now = () => now() - 3_600_000;")
    await page.goto(shop.overlay(room))
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
    await shop.command(room, prompt(seconds=20))
    await expect(page.locator("lb-prompt-card .box")).to_have_attribute("data-shown", "")
    assert 10 <= int(await page.locator(".seconds").inner_text()) <= 20
    await page.reload()
    await expect(page.locator("lb-prompt-card .box")).to_have_attribute("data-shown", "")
    await expect(page.locator(".seconds")).to_have_text(re.compile("^(1[0-9]|20)$"))
    await context.close()


async def test_the_prompt_goes_when_it_is_closed(page: Page, shop: Shop, room: str) -> None:
    await on_picture(page, shop, room)
    box = page.locator("lb-prompt-card .box")
    await expect(box).not_to_have_attribute("data-shown", "")
    await shop.command(room, prompt())
    await expect(box).to_have_attribute("data-shown", "")
    await expect(box.locator(".keyword")).to_have_text("1")
    await expect(page.locator("lb-offer-card .strip")).to_contain_text("评论「1」就订上")
    await shop.command(room, {"type": "close_prompt"})
    await expect(box).not_to_have_attribute("data-shown", "")


async def test_only_the_layers_asked_for_are_there(page: Page, shop: Shop, room: str) -> None:
    await on_picture(page, shop, room, layers="ticker")
    await expect(page.locator("lb-reservation-ticker")).to_be_attached()
    await expect(page.locator("lb-offer-card, lb-prompt-card")).to_have_count(0)


async def test_the_ground_is_transparent_unless_a_colour_is_asked_for(page: Page, shop: Shop, room: str) -> None:
    ground = (
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    await on_picture(page, shop, room)
    assert await page.evaluate(ground) == ["rgba(0, 0, 0, 0)"] * 2
    await page.goto(shop.overlay(room, bg="00ff00"))
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
    assert (await page.evaluate(ground))[0] == "rgb(0, 255, 0)"
    scrim = await page.locator("lb-offer-card").evaluate("card => getComputedStyle(card).backgroundColor")
    assert scrim.startswith("rgb("), "a half-transparent scrim would be keyed out with the ground"


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("pinned", ["hen", "tea", "salt"])
async def test_nothing_overlaps_or_is_cut_with_the_longest_words(
    page: Page, shop: Shop, room: str, size: ViewportSize, pinned: str
) -> None:
    await shop.command(room, start_session(EXTREME_OFFERS))
    await shop.command(room, {"type": "pin_offer", "offer_id": pinned})
    await page.set_viewport_size(size)
    await page.goto(shop.overlay(room))
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
    await shop.command(room, prompt(pinned) | {"keyword": "要的打老母鸡三个字", "seconds": 3600})
    await shop.say(room, ("张姐", "老母鸡来20只"), ("李哥", "龙井来2礼盒"), ("王姐", "龙井来20礼盒"))
    await expect(page.locator("lb-reservation-ticker p")).to_have_attribute("data-shown", "")
    await expect(page.locator("lb-prompt-card .box")).to_have_attribute("data-shown", "")
    await page.evaluate(SETTLED)
    expect_order(await page.evaluate(MEASURES), SAFE["portrait" if size == PORTRAIT else "landscape"])


async def test_the_picture_is_the_same_at_any_size(page: Page, shop: Shop, room: str) -> None:
    await on_picture(page, shop, room)
    await expect(page.locator("lb-offer-card")).to_have_attribute("data-shown", "")
    await page.evaluate(SETTLED)
    whole = (await page.evaluate(BOXES))[2]
    await page.set_viewport_size({"width": 540, "height": 960})
    half = (await page.evaluate(BOXES))[2]
    assert [pytest.approx(2 * value, abs=2) for value in half] == whole


async def test_a_gap_in_the_numbers_asks_for_the_whole_state_anew(page: Page, shop: Shop, room: str) -> None:
    lost: list[str] = []

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not lost and '"offer_restocked"' in str(message):
                lost.append(str(message))
            else:
                socket.send(message)

        server.on_message(pass_on)

    await page.route_web_socket(re.compile("/ws/events"), relay)
    await on_picture(page, shop, room)
    await expect(page.locator("lb-offer-card .rest")).to_have_text("还剩100箱")
    await shop.command(room, {"type": "restock", "offer_id": "egg", "quantity": 10})
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(page.locator("lb-offer-card .rest")).to_have_text("还剩108箱")
    assert len(lost) == 1


async def test_state_and_events_are_the_next_snapshot_in_the_page_too(
    context: BrowserContext, shop: Shop, room: str
) -> None:
    page = await context.new_page()
    await page.goto(shop.console(room))
    await page.evaluate(
        """async (room) => {
          const { Feed } = await import('/static/shared/feed.js');
          const { ServerClock } = await import('/static/shared/clock.js');
          window.feed = new Feed({ room, clock: new ServerClock(), onState: () => {} });
          window.feed.start();
        }""",
        room,
    )
    await _an_evening(shop, room)
    seq = (await shop.snapshot(room))["seq"]
    await page.wait_for_function("seq => window.feed.state.seq >= seq", arg=seq)
    assert seq > 20
    assert await page.evaluate("window.feed.state") == await shop.snapshot(room)


async def _an_evening(shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await shop.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await shop.say(
        room, *[(f"顾客{n}", f"要{n % 4 + 1}箱鸡蛋") for n in range(12)], ("薛***", "要一箱鸡蛋"), ("赵***", "要2箱")
    )
    await shop.say(room, *[(f"顾客{n}", "苹果来2袋") for n in range(4)])
    await shop.command(room, {"type": "restock", "offer_id": "apple", "quantity": 4})
    waiting = (await shop.snapshot(room))["confirmations"]
    await shop.command(room, {"type": "accept_comment", "comment_id": waiting[0]["id"]})
    await shop.command(room, {"type": "dismiss_comment", "comment_id": waiting[1]["id"]})
    await shop.command(room, prompt())
    await shop.say(room, ("后来的", "1"), ("顾客1", "再加一箱鸡蛋"))
    await shop.command(room, {"type": "close_prompt"})
    await shop.command(room, {"type": "close_offer", "offer_id": "tofu"})


async def test_two_overlays_show_the_same_after_one_was_away(context: BrowserContext, shop: Shop, room: str) -> None:
    first, second = await context.new_page(), await context.new_page()
    await on_picture(first, shop, room)
    await second.goto(shop.overlay(room))
    await expect(second.locator("lb-offer-card .rest")).to_have_text("还剩100箱")
    await second.goto("about:blank")
    await asyncio.gather(*[shop.say(room, (f"顾客{n}", "要一箱鸡蛋")) for n in range(10)])
    await second.goto(shop.overlay(room))
    for page in (first, second):
        await expect(page.locator("lb-offer-card .rest")).to_have_text("还剩90箱")
