"""The health sheet, and what the console says of itself, of the service, and of an evening that nobody hears."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import start_session
from tests.pages.test_console import on_air, open_console

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, WebSocketRoute

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


def figure(sheet: Locator, name: str) -> Locator:
    """The value beside a name in the health sheet."""
    return sheet.locator("dl > div", has=sheet.page.get_by_text(name, exact=True)).locator("dd")


async def test_a_tap_on_the_connection_opens_the_health_of_the_room(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room)
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    chip = page.locator("lb-top-bar").get_by_role("button", name="已连接")
    await chip.click()
    sheet = page.get_by_role("dialog", name="运行情况")
    await expect(sheet.locator(".verdict")).to_contain_text("一切正常")
    await expect(figure(sheet, "一条评论多快记好")).to_have_text(re.compile(r"^\d+\.\d+ 秒"))
    await expect(figure(sheet, "排队等着记")).to_have_text("0 条")
    await expect(figure(sheet, "点按钮")).to_have_text("有反应")
    await expect(figure(sheet, "存数据")).to_have_text("正常")
    await expect(figure(sheet, "中控台、提货台")).to_have_text("1")
    await expect(figure(sheet, "和服务的连接")).to_have_text(re.compile(r"通，来回 \d+ 毫秒"))
    await page.keyboard.press("Escape")
    await expect(chip).to_be_focused()


async def test_the_line_of_sources_opens_it_too_and_says_how_to_connect_the_first(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="弹幕")
    line = page.locator("lb-source-line")
    await expect(line).to_contain_text("还没有来源连上")
    await line.click()
    sheet = page.get_by_role("dialog", name="运行情况")
    await sheet.get_by_role("button", name="怎么接").click()
    await expect(page.get_by_role("dialog", name="接上弹幕工具").locator("li")).to_have_count(3)


async def test_before_the_evening_the_sheet_says_so_and_shows_who_is_there(page: Page, shop: Shop, room: str) -> None:
    url = f"{shop.base}/ws/ingest?room={room}&token={shop.tokens['ingest']}"
    async with shop.client.ws_connect(url) as source:
        await source.send_json({"type": "presence", "viewers": 3})
        await open_console(page, shop, room)
        await page.locator("lb-top-bar").get_by_role("button", name="已连接").click()
        sheet = page.get_by_role("dialog", name="运行情况")
        await expect(sheet.locator(".verdict")).to_contain_text("还没开播")
        await expect(sheet.locator(".source")).to_contain_text("连着")


async def test_an_evening_without_any_source_is_told_after_minutes_and_no_longer_once_a_comment_comes(
    page: Page, shop: Shop, room: str
) -> None:
    await page.clock.install()
    await on_air(page, shop, room)
    banner = page.locator("lb-trouble-banner")
    await expect(banner.locator("li")).to_have_count(0)
    await page.clock.fast_forward(190_000)
    await expect(banner).to_contain_text("一条评论也没收到")
    await banner.get_by_role("button", name="怎么修").click()
    await expect(page.get_by_role("dialog")).to_contain_text("接上弹幕工具")
    await page.keyboard.press("Escape")
    await shop.say(room, ("张姐", "要两箱鸡蛋"))
    await expect(banner.locator("li")).to_have_count(0)


async def test_a_service_that_is_late_is_told_with_both_ways_out_and_obs_calmly(
    page: Page, shop: Shop, room: str
) -> None:
    told: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        told.append(socket)

    await page.route_web_socket(re.compile("/ws/events"), relay)
    await on_air(page, shop, room)
    told[-1].send(json.dumps({"type": "trouble", "code": "behind", "detail": "要等十几秒才记上。"}))
    row = page.locator("lb-trouble-banner li")
    await expect(row).to_contain_text("记单慢了")
    await expect(row.get_by_role("button", name="看扫码下单")).to_be_visible()
    await row.get_by_role("button", name="怎么修").click()
    await expect(page.get_by_role("dialog")).to_contain_text("固态硬盘")
    await page.keyboard.press("Escape")
    told[-1].send(json.dumps({"type": "trouble", "code": "obs", "detail": "OBS 没开。"}))
    await expect(row).to_have_attribute("data-mild", "")
    await expect(row.locator(".acts .button")).to_have_count(0)
    await expect(page.locator("lb-top-bar").get_by_role("button", name="已连接")).to_be_visible()


async def test_the_code_is_there_although_the_service_does_not_answer_any_more(
    page: Page, shop: Shop, room: str
) -> None:
    sockets: list[WebSocketRoute] = []

    async def relay(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if len(sockets) == 1:
            socket.connect_to_server()
        else:
            await socket.close()

    await page.route_web_socket(re.compile("/ws/events"), relay)
    async with page.expect_request_finished(lambda request: request.url.endswith("/links")):
        await on_air(page, shop, room)
    await page.route(re.compile("/api/"), lambda route: route.abort())
    await sockets[0].close()
    banner = page.locator("lb-trouble-banner")
    await expect(banner).to_contain_text("和服务的连接断了", timeout=20_000)
    await banner.get_by_role("button", name="看扫码下单").click()
    sheet = page.get_by_role("dialog", name="扫码下单")
    await expect(sheet).to_contain_text("服务没有回应")
    await expect(sheet.locator("svg")).to_be_visible()


async def test_several_troubles_are_one_banner_and_a_tap_to_the_rest(page: Page, shop: Shop, room: str) -> None:
    told: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        told.append(socket)

    await page.clock.install()
    await page.route_web_socket(re.compile("/ws/events"), relay)
    await shop.command(room, start_session())
    await open_console(page, shop, room)
    await page.clock.fast_forward(190_000)
    banner = page.locator("lb-trouble-banner")
    await expect(banner).to_contain_text("一条评论也没收到")
    told[-1].send(json.dumps({"type": "trouble", "code": "store_unavailable", "detail": "磁盘满了。"}))
    await expect(banner.locator("li")).to_have_count(1)
    await expect(banner.locator("strong")).to_have_text("存不下新订单")
    await banner.get_by_role("button", name="还有 1 处要看").click()
    await expect(page.get_by_role("dialog", name="运行情况")).to_contain_text("存不下新订单")
