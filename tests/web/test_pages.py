from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.parts import now_ms
from live.web.auth import COOKIE, is_good_cookie
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import ClientResponse

    from tests.web.shop import Shop


async def get(shop: Shop, path: str, **headers: str) -> ClientResponse:
    answer = await shop.client.get(f"{shop.base}{path}", headers=headers, allow_redirects=False)
    await answer.read()
    return answer


async def test_the_console_link_becomes_a_cookie_and_leaves_the_address_bar(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await get(shop, f"/console/{ROOM}?token={shop.tokens.host}&tab=orders")
        assert (answer.status, answer.headers["Location"]) == (303, f"./{ROOM}?tab=orders")
        assert answer.headers["Cache-Control"] == "no-store"
        cookie = answer.cookies[COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        assert is_good_cookie(cookie.value, shop.tokens, now_ms())
        assert shop.tokens.host not in cookie.value
        assert not cookie["secure"]
        page = await get(shop, f"/console/{answer.headers['Location']}")
        assert (page.status, page.content_type) == (200, "text/html")


async def test_the_cookie_is_secure_where_the_browser_speaks_https(tmp_path: Path) -> None:
    async with open_shop(tmp_path, trusted_proxies=["127.0.0.1"]) as shop:
        path = f"/console/{ROOM}?token={shop.tokens.host}"
        answer = await get(shop, path, **{"X-Forwarded-Proto": "https"})
        assert answer.cookies[COOKIE]["secure"]


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong"])
async def test_without_the_right_token_the_console_says_what_to_do(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await get(shop, f"/console/{ROOM}{query}")
        assert (answer.status, answer.content_type) == (401, "text/html")
        assert "口令不对" in await answer.text()
        assert COOKIE not in answer.cookies


async def test_the_tokens_of_others_do_not_open_the_console(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.overlay, shop.tokens.ingest):
            assert (await get(shop, f"/console/{ROOM}?token={token}")).status == 401


async def test_a_host_who_comes_from_a_foreign_page_is_let_in_by_a_second_look(tmp_path: Path) -> None:
    """SameSite=Strict holds the cookie back on the way in from elsewhere, but not on the next step."""
    async with open_shop(tmp_path) as shop:
        answer = await get(shop, f"/console/{ROOM}?tab=orders", **{"Sec-Fetch-Site": "cross-site"})
        assert answer.status == 200
        assert f'content="0;url=./{ROOM}?tab=orders"' in await answer.text()
        assert (await get(shop, f"/console/{ROOM}", **{"Sec-Fetch-Site": "same-origin"})).status == 401


async def test_the_second_look_repeats_nothing_that_could_run(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        path = f"/console/{ROOM}?x=%22%3E%3Cscript%3E"
        text = await (await get(shop, path, **{"Sec-Fetch-Site": "cross-site"})).text()
        assert "<script" not in text


@pytest.mark.parametrize("room", ["Main", "a.b", "x" * 41])
async def test_what_is_no_room_name_has_no_console(tmp_path: Path, room: str) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await get(shop, f"/console/{room}")).status == 404


async def test_the_console_may_be_framed_by_nobody_and_runs_nothing_foreign(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await get(shop, f"/console/{ROOM}", Cookie=f"{COOKIE}={shop.cookie()}")
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "connect-src 'self' ws: wss:" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_front_door_says_where_to_go_and_shows_no_token(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await get(shop, "/")
        text = await answer.text()
        assert answer.status == 200
        assert "/console/" in text
        assert not any(token in text for token in (shop.tokens.host, shop.tokens.ingest, shop.tokens.overlay))


async def test_every_answer_passes_no_address_on(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for path in ("/", "/healthz", "/nothing", "/api/v1/openapi.json", "/static/none.js"):
            answer = await get(shop, path)
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
