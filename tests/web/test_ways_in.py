from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image

from live.web.qr import qr_rows
from live.web.reach import Reach
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop

Json = dict[str, Any]


def read(rows: list[str] | tuple[str, ...], *, scale: int = 6, margin: int = 4) -> list[str]:
    """What a phone's camera reads in a symbol."""
    size = (len(rows) + 2 * margin) * scale
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell == "1":
                left, top = (x + margin) * scale, (y + margin) * scale
                picture.paste(0, (left, top, left + scale, top + scale))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_a_symbol_is_read_as_what_was_written() -> None:
    text = "https://shop.example/linbo/shop/main"
    assert read(qr_rows(text)) == [text]
    assert {len(row) for row in qr_rows(text)} == {len(qr_rows(text))}


async def links(shop: Shop, token: str) -> tuple[int, Json]:
    url = f"{shop.base}/api/v1/rooms/{ROOM}/links"
    async with shop.client.get(url, headers=shop.bearer(token)) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_the_code_leads_to_the_public_order_page(tmp_path: Path) -> None:
    async with open_shop(tmp_path, public_url="https://shop.example/linbo") as shop:
        for token in (shop.tokens.host, shop.tokens.overlay):
            status, told = await links(shop, token)
            assert status == 200
            assert (told["shop"]["url"], told["shop"]["reach"]) == (f"https://shop.example/linbo/shop/{ROOM}", "public")
            assert read(told["shop"]["qr"]) == [told["shop"]["url"]]


async def test_without_a_public_address_it_says_who_can_open_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path, host="127.0.0.1") as shop:
        told = (await links(shop, shop.tokens.host))[1]["shop"]
        assert (told["url"], told["reach"]) == (f"{shop.base}/shop/{ROOM}", "this_machine")
        assert told["note"] == Reach.THIS_MACHINE.value
    async with open_shop(tmp_path, host="192.168.1.9") as shop:
        told = (await links(shop, shop.tokens.host))[1]["shop"]
        assert told["reach"] == "wifi"
        assert "Wi-Fi" in told["note"]


@pytest.mark.parametrize("role", ["ingest", "nobody"])
async def test_only_the_shops_own_pages_ask_for_it(tmp_path: Path, role: str) -> None:
    async with open_shop(tmp_path) as shop:
        token = shop.tokens.ingest if role == "ingest" else "nobody"
        assert (await links(shop, token))[0] == 401
