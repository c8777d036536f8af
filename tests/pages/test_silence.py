"""What the host and the viewers see when comments do not arrive: with a service that does not wait long to say so."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image
from playwright.async_api import expect

from tests.pages.shop import open_shop, start_session
from tests.pages.test_console import open_console
from tests.pages.test_overlay import LANDSCAPE, PORTRAIT, SETTLED, prompt
from tests.pages.test_overlay_looks import SAFE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse
    from playwright.async_api import Page, ViewportSize

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

PUBLIC = "https://shop.example/linbo"
BOX = """name => { const {left, top, right, bottom} = document.querySelector(name).getBoundingClientRect();
  return [left, top, right, bottom]; }"""


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def hasty(tmp_path_factory: pytest.TempPathFactory, browser_path: str) -> AsyncIterator[Shop]:
    """A service for which a second without a word is silence, and which viewers reach from everywhere."""
    assert browser_path
    async with AsyncExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:  # for this service alone, which reads it when it starts
            patch.setenv("LIVE_INGEST__SILENT_AFTER_S", "1")
            patch.setenv("LIVE_SERVER__PUBLIC_URL", PUBLIC)
            one, _service = await stack.enter_async_context(open_shop(tmp_path_factory.mktemp("hasty")))
        yield one


@pytest_asyncio.fixture(loop_scope="package")
async def source(hasty: Shop, room: str) -> AsyncIterator[ClientWebSocketResponse]:
    """A tool that is connected, and says what the test has it say."""
    await hasty.command(room, start_session())
    url = f"{hasty.base}/ws/ingest?room={room}&token={hasty.tokens['ingest']}"
    async with hasty.client.ws_connect(url) as socket:
        yield socket


@asynccontextmanager
async def talking(source: ClientWebSocketResponse) -> AsyncIterator[None]:
    """A tool that is heard all the while: what is silent for a second would be silent again before a busy machine looks."""

    async def talk() -> None:
        while True:
            await source.send_json({"type": "presence", "viewers": 3})
            await asyncio.sleep(0.2)

    task = asyncio.create_task(talk())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def code_in(picture: Path) -> list[str]:
    with Image.open(picture) as image:
        return [found.text for found in zxingcpp.read_barcodes(image)]


async def test_the_console_says_that_orders_may_be_lost_and_shows_the_way_out(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse, tmp_path: Path
) -> None:
    await open_console(page, hasty, room)
    banner = page.locator("lb-trouble-banner li")
    await expect(banner).to_contain_text("评论接口没有声音了")
    await expect(banner).to_contain_text(re.compile(r"从 \d\d:\d\d:\d\d 起什么都没收到"))
    await expect(banner).to_contain_text("先请观众扫码下单")
    await banner.get_by_role("button", name="看扫码下单").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_contain_text(f"{PUBLIC}/shop/{room}")
    await expect(sheet).to_contain_text("任何能上网的手机都能打开")
    await page.evaluate(SETTLED)
    await page.screenshot(path=tmp_path / "code.png")
    assert code_in(tmp_path / "code.png") == [f"{PUBLIC}/shop/{room}"]
    await sheet.get_by_role("button", name="返回").click()
    async with talking(source):
        await expect(banner).to_have_count(0)


async def test_what_was_seen_is_folded_to_a_line_and_stays_until_it_is_over(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse
) -> None:
    await open_console(page, hasty, room)
    banner = page.locator("lb-trouble-banner li")
    head = banner.get_by_role("button", name="没有声音了")
    await expect(head).to_have_attribute("aria-expanded", "true")
    await head.click()
    await expect(head).to_have_attribute("aria-expanded", "false")
    await expect(banner.get_by_role("button", name="看扫码下单")).to_be_hidden()
    await head.click()
    await expect(banner.get_by_role("button", name="看扫码下单")).to_be_visible()
    async with talking(source):
        await expect(banner).to_have_count(0)


async def test_the_banner_says_how_to_mend_that_source(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse
) -> None:
    assert not source.closed
    await open_console(page, hasty, room)
    how_to = page.locator("lb-trouble-banner").get_by_role("button", name="怎么修")
    await how_to.click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_role("heading")).to_have_text("怎么修：评论接口")
    await expect(sheet.locator("li")).to_have_count(3)
    await sheet.get_by_role("button", name="观众扫码下单").click()
    await expect(page.get_by_role("dialog", name="扫码下单")).to_contain_text(f"{PUBLIC}/shop/{room}")
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(how_to).to_be_focused()


async def test_the_health_sheet_follows_a_source_that_falls_silent_and_comes_back(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse
) -> None:
    await open_console(page, hasty, room)
    await page.locator("lb-top-bar").get_by_role("button", name="可能漏单").click()
    sheet = page.get_by_role("dialog")
    row = sheet.locator(".source")
    await expect(row).to_contain_text("没声音")
    await expect(row).to_contain_text(re.compile(r"从 \d\d:\d\d:\d\d 起没声音"))
    await expect(row.get_by_role("button", name="怎么修")).to_be_visible()
    await expect(sheet.locator(".verdict")).to_contain_text("可能漏单")
    said = {
        "type": "comment",
        "platform": "kuaishou",
        "id": f"{room}-1",
        "user": {"name": "张姐"},
        "text": "要两箱鸡蛋",
    }
    async with talking(source):
        await source.send_json(said)
        await expect(row).to_contain_text("最后一条", timeout=15_000)
        await expect(sheet.locator(".verdict")).to_contain_text("一切正常")


async def test_the_comments_say_who_brings_them_and_how_long_ago_the_last_one_was(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse
) -> None:
    await open_console(page, hasty, room, tab="弹幕")
    line = page.locator("lb-source-line li")
    await expect(line).to_contain_text("评论接口")
    await expect(line).to_contain_text("还没有评论")
    await source.send_json({"type": "presence", "viewers": 3})
    await hasty.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(line).to_contain_text(re.compile(r"最后一条 0:\d\d 前"))
    await source.close()
    await expect(line).to_contain_text("断开了", timeout=40_000)


async def test_the_picture_shows_the_code_while_comments_do_not_arrive(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse, tmp_path: Path
) -> None:
    await page.set_viewport_size(PORTRAIT)
    await page.goto(hasty.overlay(room, bg="00aa00"))
    box = page.locator("lb-order-code .box")
    await expect(box).to_have_attribute("data-shown", "")
    await expect(box).to_contain_text("评论收不到时扫码下单")
    await page.evaluate(SETTLED)
    await page.screenshot(path=tmp_path / "picture.png")
    assert code_in(tmp_path / "picture.png") == [f"{PUBLIC}/shop/{room}"]
    async with talking(source):
        await expect(box).not_to_have_attribute("data-shown", "")


async def test_a_phone_reads_the_code_from_the_stream_at_a_third_of_its_size(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse, tmp_path: Path
) -> None:
    assert not source.closed
    await page.set_viewport_size({"width": 360, "height": 640})
    await page.goto(hasty.overlay(room, bg="00aa00"))
    await expect(page.locator("lb-order-code .box")).to_have_attribute("data-shown", "")
    await page.evaluate(SETTLED)
    await page.screenshot(path=tmp_path / "small.png", scale="device")
    with Image.open(tmp_path / "small.png") as image:
        image.convert("L").resize((1080, 1920)).save(tmp_path / "seen.png")
    assert code_in(tmp_path / "seen.png") == [f"{PUBLIC}/shop/{room}"]


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
async def test_the_code_has_a_home_and_no_prompt_stands_in_it(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse, size: ViewportSize
) -> None:
    assert not source.closed
    await hasty.command(room, {"type": "pin_offer", "offer_id": "egg"})
    await page.set_viewport_size(size)
    await page.goto(hasty.overlay(room))
    await hasty.command(room, prompt(seconds=600))
    await expect(page.locator("lb-order-code .box")).to_have_attribute("data-shown", "")
    await expect(page.locator("lb-prompt-card .box")).to_be_hidden()
    card = page.locator("lb-offer-card")
    await expect(card).to_have_attribute("data-shown", "")
    await expect(card.locator(".strip")).to_contain_text("评论暂时收不到")
    await page.evaluate(SETTLED)
    left, top, right, bottom = SAFE["portrait" if size == PORTRAIT else "landscape"]
    code = await page.evaluate(BOX, "lb-order-code .box")
    below = await page.evaluate(BOX, "lb-offer-card")
    ticker = await page.evaluate(BOX, "lb-reservation-ticker")
    assert left - 1 <= code[0] < code[2] <= right + 1
    assert top - 1 <= code[1] < code[3] <= bottom + 1
    assert ticker[1] < ticker[3] <= below[1] + 1
    assert code[3] <= ticker[1] or code[0] >= below[2], "over the line, or at the other side"
    async with talking(source):
        await expect(page.locator("lb-prompt-card .box")).to_be_visible()
        await expect(card.locator(".strip")).to_contain_text("就订上")


async def test_an_evening_that_is_over_shows_no_code(
    page: Page, hasty: Shop, room: str, source: ClientWebSocketResponse
) -> None:
    assert not source.closed
    await page.goto(hasty.overlay(room))
    box = page.locator("lb-order-code .box")
    await expect(box).to_have_attribute("data-shown", "")
    await hasty.command(room, {"type": "end_session"})
    await expect(box).not_to_have_attribute("data-shown", "")


async def test_what_no_phone_can_open_is_not_on_the_picture_and_the_console_says_why(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session())
    await open_console(page, shop, room)
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name="观众扫码下单").click()
    await expect(page.get_by_role("dialog")).to_contain_text("只有这台电脑能打开")
