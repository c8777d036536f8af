"""All of it behind a real reverse proxy, under a path, as a shop behind NAT is reached."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from aiohttp import ClientSession, DummyCookieJar, WSServerHandshakeError

from live.web.auth import COOKIE
from live.web.forwarded import client_address
from tests.web.proxy import PREFIX, PUBLIC_HOST, Manners, forwarded, nothing, proxy_before, x_forwarded
from tests.web.shop import ROOM, START, comment, frame, frames_until, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientResponse, ClientWebSocketResponse, web

    from tests.web.shop import Shop

PUBLIC = f"https://{PUBLIC_HOST}{PREFIX}"
CLIENT = "203.0.113.7"
LIAR = "198.51.100.66"
MANNERS = {
    "nginx that strips": Manners(strips=True, tells=x_forwarded),
    "a tunnel that keeps": Manners(strips=False, tells=x_forwarded),
    "strips and writes Forwarded": Manners(strips=True, tells=forwarded),
    "keeps and writes Forwarded": Manners(strips=False, tells=forwarded),
    "strips and puts its own Host": Manners(strips=True, tells=x_forwarded, host="127.0.0.1:8000"),
    "keeps and puts its own Host": Manners(strips=False, tells=x_forwarded, host="localhost"),
}
every_manner = pytest.mark.parametrize("manners", MANNERS.values(), ids=MANNERS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Browser:
    """A browser on the internet: it knows the public address, and the proxy behind it."""

    shop: Shop
    proxy: str
    session: ClientSession

    async def get(self, path: str, **headers: str) -> ClientResponse:
        answer = await self.session.get(self.proxy + path, headers=self._with(headers), allow_redirects=False)
        await answer.read()
        return answer

    async def post(self, path: str, body: object, **headers: str) -> ClientResponse:
        answer = await self.session.post(self.proxy + path, json=body, headers=self._with(headers))
        await answer.read()
        return answer

    @asynccontextmanager
    async def socket(self, path: str, **headers: str) -> AsyncIterator[ClientWebSocketResponse]:
        async with self.session.ws_connect(self.proxy + path, headers=self._with(headers)) as socket:
            yield socket

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {"Host": PUBLIC_HOST, "X-Test-Client": CLIENT} | headers


@asynccontextmanager
async def browser(folder: Path, manners: Manners, **server: object) -> AsyncIterator[Browser]:
    async def who(request: web.Request) -> web.Response:
        from aiohttp import web as w  # noqa: PLC0415  # the module is only a type above

        return w.json_response({"client": client_address(request)})

    def mount(app: web.Application) -> None:
        app.router.add_get("/who", who)

    settings: dict[str, Any] = {"public_url": PUBLIC} | server
    async with (
        open_shop(folder, mounts=[mount], **settings) as shop,
        proxy_before(shop.base, manners) as proxy,
        ClientSession(cookie_jar=DummyCookieJar()) as session,
    ):
        yield Browser(shop=shop, proxy=proxy, session=session)


async def signed_in(there: Browser) -> dict[str, str]:
    """Open the console's link as the host does; the header of its cookie."""
    answer = await there.get(f"{PREFIX}/console/{ROOM}?token={there.shop.tokens.host}")
    assert answer.status == 303
    return {"Cookie": f"{COOKIE}={answer.cookies[COOKIE].value}"}


@every_manner
async def test_the_console_opens_and_its_cookie_is_secure_and_stays_under_the_prefix(
    tmp_path: Path, manners: Manners
) -> None:
    async with browser(tmp_path, manners) as there:
        page = f"{PREFIX}/console/{ROOM}"
        answer = await there.get(f"{page}?token={there.shop.tokens.host}&tab=orders")
        assert urljoin(page, answer.headers["Location"]) == f"{page}?tab=orders"
        cookie = answer.cookies[COOKIE]
        assert (cookie["path"], cookie["secure"], cookie["httponly"]) == (PREFIX, True, True) or manners.host
        assert cookie["secure"]
        shown = await there.get(page, **await signed_in(there))
        assert shown.status == 200


@every_manner
@pytest.mark.parametrize("page", [f"/console/{ROOM}", f"/overlay/{ROOM}", f"/shop/{ROOM}", "/"])
async def test_every_file_that_a_page_names_is_found_under_the_prefix(
    tmp_path: Path, manners: Manners, page: str
) -> None:
    async with browser(tmp_path, manners) as there:
        query = f"?token={there.shop.tokens.overlay}" if "overlay" in page else ""
        headers = await signed_in(there)
        address = PREFIX + page
        answer = await there.get(address + query, **headers)
        assert answer.status == 200
        named = re.findall(r'(?:src|href)="([^"]+)"', await answer.text())
        assert named
        for link in named:
            found = await there.get(urljoin(address, link), **headers)
            assert found.status == 200, link


@every_manner
async def test_the_sockets_of_pages_and_tools_pass(tmp_path: Path, manners: Manners) -> None:
    async with browser(tmp_path, manners) as there:
        await there.shop.start()
        origin = {"Origin": f"https://{PUBLIC_HOST}"}
        headers = await signed_in(there) | origin
        async with there.socket(f"{PREFIX}/ws/events?room={ROOM}", **headers) as page:
            assert (await frame(page))["type"] == "snapshot"
            ingest = f"{PREFIX}/ws/ingest?room={ROOM}&token={there.shop.tokens.ingest}"
            async with there.socket(ingest) as source:
                await source.send_json(comment("m-1"))
                assert (await frame(source))["ids"] == ["m-1"]
            made = await frames_until(page, "reservation_made")
            assert made[-1]["data"]["reservation"]["quantity"] == 2


@every_manner
async def test_the_console_posts_from_the_public_origin_and_no_other_page_does(
    tmp_path: Path, manners: Manners
) -> None:
    async with browser(tmp_path, manners) as there:
        headers, commands = await signed_in(there), f"{PREFIX}/api/v1/rooms/{ROOM}/commands"
        ours = await there.post(commands, START, **headers, Origin=f"https://{PUBLIC_HOST}")
        assert ours.status == 200
        for origin in ("https://evil.example", "null", f"https://{PUBLIC_HOST}.evil.example", "http://shop.example:81"):
            theirs = await there.post(commands, START, **headers, Origin=origin)
            assert (theirs.status, (await theirs.json(content_type=None))["code"]) == (403, "foreign_origin")


@every_manner
async def test_a_refused_upgrade_stays_refused(tmp_path: Path, manners: Manners) -> None:
    async with browser(tmp_path, manners) as there:
        for origin, token, status in (
            ("https://evil.example", there.shop.tokens.ingest, 403),
            (f"https://{PUBLIC_HOST}", "wrong", 401),
        ):
            with pytest.raises(WSServerHandshakeError) as refused:
                async with there.socket(f"{PREFIX}/ws/ingest?room={ROOM}&token={token}", Origin=origin):
                    pass
            assert refused.value.status == status


@every_manner
async def test_the_client_is_known_by_its_own_address_whatever_story_it_tells(tmp_path: Path, manners: Manners) -> None:
    async with browser(tmp_path, manners) as there:
        for story in ({}, {"X-Forwarded-For": LIAR}, {"X-Forwarded-For": f"{LIAR}, 127.0.0.1"}):
            answer = await there.get(f"{PREFIX}/who", **story)
            assert (await answer.json())["client"] == CLIENT
        other = {"Forwarded": f"for={LIAR}"}
        told = (await (await there.get(f"{PREFIX}/who", **other)).json())["client"]
        assert told in {CLIENT, "127.0.0.1"}


async def test_who_is_not_on_the_list_of_proxies_is_believed_nothing(tmp_path: Path) -> None:
    """Somebody in the shop's Wi-Fi, or a tunnel that was not meant, writes all the headers that there are."""
    lies = {
        "X-Forwarded-For": LIAR,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": PUBLIC_HOST,
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": f"for={LIAR};proto=https;host={PUBLIC_HOST}",
    }
    async with browser(tmp_path, MANNERS["nginx that strips"], trusted_proxies=["10.0.0.0/8"]) as there:
        shop = there.shop
        async with shop.client.get(f"{shop.base}/who", headers=lies) as answer:
            assert (await answer.json())["client"] == "127.0.0.1"
        link = f"{shop.base}/console/{ROOM}?token={shop.tokens.host}"
        async with shop.client.get(link, headers=lies, allow_redirects=False) as answer:
            cookie = answer.cookies[COOKIE]
            assert (cookie["path"], cookie["secure"]) == ("/", "")


async def test_a_name_that_a_proxy_tells_must_be_ours_as_well(tmp_path: Path) -> None:
    """A foreign page reaches this machine through a name of its own and may write any header."""
    async with browser(tmp_path, MANNERS["nginx that strips"]) as there:
        shop = there.shop
        for host, told in (("rebind.evil.example", PUBLIC_HOST), (PUBLIC_HOST, "rebind.evil.example")):
            headers = {"Host": host, "X-Forwarded-Host": told}
            async with shop.client.get(f"{shop.base}/healthz", headers=headers) as answer:
                assert answer.status == 403


async def test_without_a_public_address_this_machine_is_not_believed_either(tmp_path: Path) -> None:
    async with browser(tmp_path, MANNERS["nginx that strips"], public_url=None) as there:
        shop = there.shop
        async with shop.client.get(f"{shop.base}/who", headers={"X-Forwarded-For": LIAR}) as answer:
            assert (await answer.json())["client"] == "127.0.0.1"
        assert (await there.get(f"{PREFIX}/healthz")).status == 403, "the name is not ours"


async def test_a_tunnel_that_tells_nothing_still_serves(tmp_path: Path) -> None:
    async with browser(tmp_path, Manners(strips=False, tells=nothing)) as there:
        assert (await (await there.get(f"{PREFIX}/who")).json())["client"] == "127.0.0.1"
        answer = await there.get(f"{PREFIX}/console/{ROOM}?token={there.shop.tokens.host}")
        cookie = answer.cookies[COOKIE]
        assert (cookie["path"], cookie["secure"]) == (PREFIX, True)


async def test_in_the_shop_the_same_pages_open_at_the_root(tmp_path: Path) -> None:
    """The host in the shop goes by the PC's own address, at the same time."""
    async with browser(tmp_path, MANNERS["a tunnel that keeps"]) as there:
        shop = there.shop
        link = f"{shop.base}/console/{ROOM}?token={shop.tokens.host}"
        async with shop.client.get(link, allow_redirects=False) as answer:
            assert (answer.cookies[COOKIE]["path"], answer.cookies[COOKIE]["secure"]) == ("/", "")
        async with shop.client.get(f"{shop.base}/console/{ROOM}") as page:
            assert page.status == 200


async def test_the_prefix_alone_leads_to_the_root_under_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path, public_url=PUBLIC) as shop:
        url = f"{shop.base}{PREFIX}"
        async with shop.client.get(url, allow_redirects=False) as answer:
            assert urljoin(url, answer.headers["Location"]) == f"{url}/"
        async with shop.client.get(f"{url}/") as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")


@pytest.mark.parametrize("path", ["/linbox/healthz", "/healthz/linbo", "/LINBO/healthz", "//linbo/healthz"])
async def test_only_the_prefix_itself_is_cut_off(tmp_path: Path, path: str) -> None:
    async with open_shop(tmp_path, public_url=PUBLIC) as shop, shop.client.get(shop.base + path) as answer:
        assert answer.status == 404


async def test_what_stands_under_the_prefix_keeps_its_query_and_its_escapes(tmp_path: Path) -> None:
    async with open_shop(tmp_path, public_url=PUBLIC) as shop:
        url = f"{shop.base}{PREFIX}/console/{ROOM}?token={shop.tokens.host}&x=%E4%BD%A0%2F%26"
        async with shop.client.get(url, allow_redirects=False) as answer:
            assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"x": ["你/&"]}
        cookie = {"Cookie": f"{COOKIE}={shop.cookie()}"}
        async with shop.client.get(f"{shop.base}{PREFIX}/static/..%2f..%2fapp.py", headers=cookie) as answer:
            assert answer.status == 404
