"""`GET /ws/events?room=&since=&topics=`: the events of a room for a page (section 4 of the contract)."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode

from live.web.auth import caller_of, require
from live.web.keys import HUB, SERVICE, SOCKETS
from live.web.page import Page
from live.web.problems import refuse
from live.web.rooms import room_in_query
from live.web.sockets import pages_of
from live.web.tokens import Role
from live.web.told import View
from live.web.topics import parse_topics
from live.web.whole import whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from live.web.auth import Caller
    from live.web.sockets import Socket

MAX_FRAME_BYTES = 4096
"""Pages listen; they have nothing to say here."""

LOOK_AGAIN_S = 25 * 60.0
"""A login that has ended ends its pages within half an hour (OWASP's advice for WebSockets)."""

_MOST = 2**53


async def events(request: web.Request) -> web.StreamResponse:
    """Upgrade, then tell until the page leaves."""
    caller = require(request, Role.HOST, Role.OVERLAY)
    view = View.HOST if caller.role is Role.HOST else View.PUBLIC
    room, since = room_in_query(request), _since(request)
    topics = parse_topics(request.query.get("topics", ""))
    await request.app[SERVICE].open(room)
    place = pages_of(request)
    async with request.app[SOCKETS].opened(request, max_frame_bytes=MAX_FRAME_BYTES, place=place) as socket:
        if request.transport is not None:
            page = Page(socket=socket, transport=request.transport, view=view, topics=topics)
            async with looking_again(request, socket, caller):
                await _tell(request, room, page, socket, since)
    return socket


@asynccontextmanager
async def looking_again(request: web.Request, socket: Socket, caller: Caller) -> AsyncIterator[None]:
    """While the block runs, look again and again whether the cookie still opens it; close with 1008 when it does not."""
    looking = asyncio.create_task(_look_again(request, socket), name="look at a login") if caller.by_cookie else None
    try:
        yield
    finally:
        if looking is not None:
            looking.cancel()


async def _look_again(request: web.Request, socket: Socket) -> None:
    while caller_of(request) is not None:  # noqa: ASYNC110  # nothing happens when a login ends: time has passed
        await asyncio.sleep(LOOK_AGAIN_S)
    await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"sign in again")


async def _tell(request: web.Request, room: str, page: Page, socket: Socket, since: int | None) -> None:
    hub = request.app[HUB]
    try:
        if since is None:
            hub.join(room, page)
        else:
            await hub.rejoin(room, page, socket, since)
        async for _ in socket:
            pass
    except ConnectionError:
        pass  # the page left while it was being told; there is nobody to tell
    finally:
        hub.leave(room, page)
        await page.ended()


def _since(request: web.Request) -> int | None:
    text = request.query.get("since")
    if text is None:
        return None
    seq = whole(text, _MOST)
    if seq is None:
        raise refuse(422, "invalid_since", "since 是最后收到的事件的 seq，一个不小于 0 的整数。")
    return seq
