from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import WSServerHandshakeError

from config.settings import ServerSettings
from live.web.auth import COOKIE
from live.web.gate import gate_of, is_known_host, names_of_this_machine
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop

PUBLIC: dict[str, Any] = {"public_url": "https://shop.example/linbo", "allowed_origins": ["https://tool.example:8443"]}
COMMANDS = f"/api/v1/rooms/{ROOM}/commands"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1", True),
        ("192.168.1.7", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("localhost", True),
        ("shop.example", True),
        ("pc-front", True),
        ("front.lan", True),
        ("evil.example", False),
        ("shop.example.evil.example", False),
        ("localhost.evil.example", False),
        (None, False),
    ],
)
def test_numbers_and_names_of_ours_are_known_hosts_and_nothing_else(host: str | None, *, known: bool) -> None:
    server = ServerSettings.model_validate({**PUBLIC, "allowed_hosts": ["Front.LAN"]})
    assert is_known_host(host, gate_of(server, ["PC-Front"])) is known


def test_this_machine_knows_its_own_names() -> None:
    assert all(name == name.lower() for name in names_of_this_machine())


async def status(shop: Shop, path: str, **headers: str) -> int:
    async with shop.client.get(f"{shop.base}{path}", headers=headers) as answer:
        return answer.status


async def test_a_foreign_name_for_our_address_is_refused_everywhere(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for path in ("/", f"/console/{ROOM}", "/healthz", "/static/x.js", COMMANDS, "/nothing"):
            assert await status(shop, path, Host="rebind.evil.example:8000") == 403
        assert await status(shop, "/healthz", Host="localhost:8000") == 200
        assert await status(shop, "/healthz", Host="192.168.1.7:8000") == 200


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        "https://tool.example",
        "http://tool.example:8443",
        "https://tool.example:8443.evil.example",
        "https://shop.example.evil.example",
        "http://shop.example",
        "http://127.0.0.1:1",
        "file://",
        "",
    ],
)
async def test_a_page_of_a_foreign_origin_opens_no_socket_even_with_a_good_token(tmp_path: Path, origin: str) -> None:
    async with open_shop(tmp_path, **PUBLIC) as shop:
        for path, token in (("ingest", shop.tokens.ingest), ("events", shop.tokens.host)):
            with pytest.raises(WSServerHandshakeError) as refused:
                async with shop.client.ws_connect(
                    f"{shop.base}/ws/{path}?room={ROOM}&token={token}", headers={"Origin": origin}
                ):
                    pass
            assert refused.value.status == 403


async def test_our_own_pages_the_public_address_and_the_list_may_open_sockets(tmp_path: Path) -> None:
    async with open_shop(tmp_path, **PUBLIC) as shop:
        for origin in (shop.base, "https://shop.example", "https://tool.example:8443"):
            url = f"{shop.base}/ws/ingest?room={ROOM}&token={shop.tokens.ingest}"
            async with shop.client.ws_connect(url, headers={"Origin": origin}) as socket:
                assert not socket.closed


async def post(shop: Shop, **headers: str) -> tuple[int, str]:
    cookies = {COOKIE: shop.cookie()}
    command = {"type": "close_prompt"}
    async with shop.client.post(f"{shop.base}{COMMANDS}", json=command, headers=headers, cookies=cookies) as answer:
        return answer.status, (await answer.json(content_type=None))["code"]


async def test_a_cookie_alone_posts_nothing(tmp_path: Path) -> None:
    """Cross-site request forgery: a foreign page makes the host's browser send its cookie."""
    async with open_shop(tmp_path, **PUBLIC) as shop:
        assert await post(shop) == (403, "cross_site")
        assert await post(shop, **{"Sec-Fetch-Site": "cross-site"}) == (403, "cross_site")
        assert await post(shop, **{"Sec-Fetch-Site": "same-site"}) == (403, "cross_site")
        assert await post(shop, Origin="https://evil.example") == (403, "foreign_origin")


async def test_an_origin_on_the_list_may_use_its_token_but_not_the_hosts_cookie(tmp_path: Path) -> None:
    async with open_shop(tmp_path, **PUBLIC) as shop:
        origin = {"Origin": "https://tool.example:8443"}
        assert await post(shop, **origin) == (403, "cross_site")
        assert await post(shop, **origin, **shop.bearer(shop.tokens.host)) == (409, "no_session")
        url, cookie = f"{shop.base}/ws/events?room={ROOM}", {"Cookie": f"{COOKIE}={shop.cookie()}"}
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(url, headers=origin | cookie):
                pass
        assert refused.value.status == 403


async def test_the_console_itself_posts_with_its_cookie(tmp_path: Path) -> None:
    async with open_shop(tmp_path, **PUBLIC) as shop:
        for headers in ({"Origin": shop.base}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://shop.example"}):
            assert await post(shop, **headers) == (409, "no_session")


async def test_a_bearer_token_needs_no_origin(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await post(shop, **shop.bearer(shop.tokens.host)) == (409, "no_session")


async def test_only_a_trusted_proxy_says_that_the_browser_speaks_https(tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "Origin": "https://localhost", "Host": "localhost"}
    async with open_shop(tmp_path / "plain") as shop:
        assert await status(shop, "/healthz", **forwarded) == 403
    async with open_shop(tmp_path / "proxied", trusted_proxies=["127.0.0.0/8"]) as shop:
        assert await status(shop, "/healthz", **forwarded) == 200
