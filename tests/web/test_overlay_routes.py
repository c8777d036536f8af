from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.web.auth import COOKIE
from overlays.routes import PAGE
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_overlay_opens_with_its_token_and_may_be_shown_inside_the_console(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/{ROOM}?token={shop.tokens.overlay}&layers=card,ticker&bg=green"
        answer = await shop.client.get(url)
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert await answer.read() == PAGE.read_bytes()
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["", "?token=wrong"])
async def test_without_its_token_the_overlay_says_what_to_do(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/overlay/{ROOM}{query}")
        assert answer.status == 401
        assert "叠加层地址" in await answer.text()


async def test_the_hosts_cookie_and_token_open_no_overlay(tmp_path: Path) -> None:
    """An overlay page that could ask as the host would show unmasked names on the picture."""
    async with open_shop(tmp_path) as shop:
        cookies = {COOKIE: shop.cookie()}
        assert (await shop.client.get(f"{shop.base}/overlay/{ROOM}", cookies=cookies)).status == 401
        url = f"{shop.base}/overlay/{ROOM}?token={shop.tokens.host}"
        assert (await shop.client.get(url)).status == 401


async def test_what_is_no_room_name_has_no_overlay(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/NoRoom?token={shop.tokens.overlay}"
        assert (await shop.client.get(url)).status == 404


async def test_the_files_of_the_overlay_are_served_from_their_own_folder(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/overlay-static/overlay/index.html")
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert (await shop.client.get(f"{shop.base}/overlay-static/../routes.py")).status == 404
