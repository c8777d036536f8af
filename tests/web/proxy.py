"""A real reverse proxy for tests: a server and a client, as nginx or a tunnel stands before the shop."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import ClientSession, DummyCookieJar, WSCloseCode, WSMsgType, WSServerHandshakeError, web
from multidict import CIMultiDict
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiohttp import ClientWebSocketResponse

    Socket = web.WebSocketResponse | ClientWebSocketResponse

HOP_BY_HOP = frozenset(
    {"connection", "upgrade", "transfer-encoding", "content-length", "keep-alive", "te", "trailer", "expect"}
)
PREFIX = "/linbo"
PUBLIC_HOST = "shop.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """What a proxy does with a request.

    `strips` the prefix or passes it on; `tells` the headers that it appends to or writes, given the client's address;
    `host` is what stands in `Host` (None: as it came).
    """

    strips: bool
    tells: Callable[[str, CIMultiDict[str]], None]
    host: str | None = None


def x_forwarded(client: str, headers: CIMultiDict[str]) -> None:
    """As nginx is told to: append the address, overwrite the rest."""
    before = headers.getall("X-Forwarded-For", [])
    headers["X-Forwarded-For"] = ", ".join([*before, client])
    headers["X-Forwarded-Proto"] = "https"
    headers["X-Forwarded-Host"] = headers["Host"]


def forwarded(client: str, headers: CIMultiDict[str]) -> None:
    """RFC 7239 alone; a wise proxy drops the other family."""
    for name in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix"):
        headers.popall(name, None)
    before = headers.getall("Forwarded", [])
    headers["Forwarded"] = ", ".join([*before, f'for="{client}";proto=https;host="{headers["Host"]}"'])


def nothing(client: str, headers: CIMultiDict[str]) -> None:  # one shape for all
    """As a tunnel of plain TCP."""


@asynccontextmanager
async def proxy_before(base: str, manners: Manners, *, port: int = 0) -> AsyncIterator[str]:
    """Run a proxy before the shop at *base* until the block is left; gives its own address without the prefix."""
    async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=False) as outward:

        async def pass_on(request: web.Request) -> web.StreamResponse:
            path = request.raw_path
            if path.partition("?")[0] == PREFIX:
                raise web.HTTPMovedPermanently(f"https://{PUBLIC_HOST}{PREFIX}/")
            if not path.startswith(f"{PREFIX}/"):
                raise web.HTTPNotFound(text="another program's place")
            url = URL(base + (path.removeprefix(PREFIX) if manners.strips else path), encoded=True)
            headers = headers_for(request, manners)
            wants_socket = request.headers.get("Upgrade", "").lower() == "websocket"
            return await (
                socket(outward, request, url, headers) if wants_socket else plain(outward, request, url, headers)
            )

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", pass_on)
        house = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await house.setup()
        try:
            await web.TCPSite(house, "127.0.0.1", port).start()
            yield f"http://127.0.0.1:{house.addresses[0][1]}"
        finally:
            await house.cleanup()


def headers_for(request: web.Request, manners: Manners) -> CIMultiDict[str]:
    """The request's headers as the shop gets them; a test says in `X-Test-Client` from where it asks."""
    headers = CIMultiDict((name, value) for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP)
    client = headers.pop("X-Test-Client", request.remote or "")
    for name in [each for each in headers if each.lower().startswith("sec-websocket")]:
        headers.popall(name)
    manners.tells(client, headers)
    if manners.host is not None:
        headers["Host"] = manners.host
    return headers


async def plain(outward: ClientSession, request: web.Request, url: URL, headers: CIMultiDict[str]) -> web.Response:
    """Pass a request and its answer on."""
    body = await request.read()
    async with outward.request(request.method, url, headers=headers, data=body, allow_redirects=False) as answer:
        kept = CIMultiDict((name, value) for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP)
        return web.Response(status=answer.status, headers=kept, body=await answer.read())


async def socket(
    outward: ClientSession, request: web.Request, url: URL, headers: CIMultiDict[str]
) -> web.StreamResponse:
    """Pass an upgrade on, and then every frame both ways; a refused upgrade is passed back."""
    try:
        inner = await outward.ws_connect(url, headers=headers, compress=0, max_msg_size=0)
    except WSServerHandshakeError as refused:
        return web.Response(status=refused.status)
    async with inner:
        outer = web.WebSocketResponse(compress=False)
        await outer.prepare(request)
        pumps = [asyncio.create_task(pump(inner, outer)), asyncio.create_task(pump(outer, inner))]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for each in pumps:
            each.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        await outer.close(code=inner.close_code or WSCloseCode.OK)
    return outer


async def pump(source: Socket, sink: Socket) -> None:
    """Pass frames on until one side leaves."""
    try:
        async for message in source:
            if message.type is WSMsgType.TEXT:
                await sink.send_str(message.data)
            else:
                await sink.send_bytes(message.data)
    except ConnectionError:
        return
