"""A photograph of the goods, from the host's phone to the picture."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.test_console import on_air

if TYPE_CHECKING:
    from playwright.async_api import FilePayload, Page

    from tests.pages.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


def png(width: int, height: int) -> bytes:
    """A plain red picture (RFC 2083)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\xd0\x30\x30" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def photo(content: bytes) -> FilePayload:
    return {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": content}


async def test_a_photo_from_the_phone_is_made_small_and_stands_on_the_picture(
    page: Page, shop: Shop, room: str
) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_label("加图 土鸡蛋").set_input_files(photo(png(2400, 1200)))
    card = page.locator("lb-offer-card").first
    await expect(card.locator(".picture img")).to_be_visible()
    await expect(page.get_by_label("换图 土鸡蛋")).to_be_attached()
    offer = (await shop.snapshot(room))["offers"][0]
    await page.goto(shop.overlay(room))
    drawn = page.locator("lb-offer-card img.picture")
    await expect(drawn).to_be_visible()
    assert await drawn.get_attribute("src") == f"{shop.base}/pictures/{offer['picture']}"
    assert await drawn.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [800, 400]


async def test_what_is_no_picture_is_told_and_changes_nothing(page: Page, shop: Shop, room: str) -> None:
    await on_air(page, shop, room, tab="商品")
    await page.get_by_label("加图 土鸡蛋").set_input_files(photo(b"not a picture"))
    await expect(page.get_by_text("这张图打不开")).to_be_visible()
    assert (await shop.snapshot(room))["offers"][0]["picture"] is None
