"""The pages in a real browser that knows only the public address: behind a proxy, under a path, stripped or kept."""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.web.proxy import PREFIX, Manners, forwarded, nothing, proxy_before, x_forwarded
from tests.web.shop import ROOM, bring, comment, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page

    from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

MANNERS = {
    "stripped": Manners(strips=True, tells=x_forwarded),
    "kept": Manners(strips=False, tells=forwarded),
    "kept by a tunnel that tells nothing": Manners(strips=False, tells=nothing),
    "stripped, with another Host": Manners(strips=True, tells=nothing, host="127.0.0.1:8000"),
}
every_manner = pytest.mark.parametrize("manners", MANNERS.values(), ids=MANNERS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Public:
    """A shop, and the address by which the world knows it."""

    shop: Shop
    url: str
    refused: list[str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def public_shop(folder: Path, manners: Manners, context: BrowserContext) -> AsyncIterator[Public]:
    port = free_port()
    url = f"http://127.0.0.1:{port}{PREFIX}"
    refused: list[str] = []
    context.on(
        "response", lambda answer: refused.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
    )
    async with open_shop(folder, public_url=url) as shop, proxy_before(shop.base, manners, port=port):
        await shop.start()
        await shop.done({"type": "pin_offer", "offer_id": "egg"})
        yield Public(shop=shop, url=url, refused=refused)


@every_manner
async def test_the_host_works_on_the_console_from_elsewhere(
    context: BrowserContext, page: Page, tmp_path: Path, manners: Manners
) -> None:
    async with public_shop(tmp_path, manners, context) as public:
        await page.goto(f"{public.url}/console/{ROOM}?token={public.shop.tokens.host}")
        await expect(page).to_have_url(f"{public.url}/console/{ROOM}")
        await expect(page.locator("lb-top-bar")).to_contain_text("已连接")
        await bring(public.shop, [comment("m-1")])
        await page.get_by_role("navigation").get_by_role("button", name="订单").click()
        await expect(page.locator("lb-order-list")).to_contain_text("张姐")
        await page.get_by_role("button", name="发起扣 1").click()
        await expect(page.locator("lb-now-bar")).to_contain_text("扣 1 就订 土鸡蛋")
        assert public.shop.service.snapshot(ROOM)["prompt"] is not None
        await page.get_by_role("button", name="活动").click()
        await page.get_by_role("dialog").get_by_role("button", name="投票").click()
        await expect(page.get_by_role("dialog", name="发起投票")).to_be_visible()
        assert public.refused == []


@every_manner
async def test_the_picture_and_the_list_for_viewers_live_under_the_path(
    context: BrowserContext, page: Page, tmp_path: Path, manners: Manners
) -> None:
    async with public_shop(tmp_path, manners, context) as public:
        await page.goto(f"{public.url}/overlay/{ROOM}?token={public.shop.tokens.overlay}")
        await expect(page.locator("lb-offer-card h2")).to_have_text("土鸡蛋 30 枚")
        await page.goto(f"{public.url}/shop/{ROOM}")
        await expect(page.locator("body")).to_contain_text("土鸡蛋 30 枚")
        await bring(public.shop, [comment("m-1")])
        await expect(page.locator("body")).to_contain_text("98")
        assert public.refused == []


@every_manner
async def test_a_viewer_looks_at_their_own_page_from_elsewhere(
    context: BrowserContext, page: Page, tmp_path: Path, manners: Manners
) -> None:
    async with public_shop(tmp_path, manners, context) as public:
        await bring(public.shop, [comment("m-1")])
        code = (await public.shop.snapshot())["reservations"][0]["pickup_code"]
        await page.goto(f"{public.url}/r/{code}")
        await expect(page.locator("body")).to_contain_text("土鸡蛋 30 枚")
        assert public.refused == []
