"""`GET /ws/events?room=&since=&topics=`: the events of a room for a page (section 4 of the contract)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.auth import require
from live.web.keys import HUB, SERVICE, SOCKETS
from live.web.page import Page
from live.web.problems import refuse
from live.web.rooms import room_in_query
from live.web.tokens import Role
from live.web.told import View
from live.web.topics import parse_topics
from live.web.whole import whole

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.sockets import Socket

MAX_FRAME_BYTES = 4096
"""Pages listen; they have nothing to say here."""

_MOST = 2**53


async def events(request: web.Request) -> web.StreamResponse:
    """Upgrade, then tell until the page leaves."""
    view = View.HOST if require(request, Role.HOST, Role.OVERLAY).role is Role.HOST else View.PUBLIC
    room, since = room_in_query(request), _since(request)
    topics = parse_topics(request.query.get("topics", ""))
    await request.app[SERVICE].open(room)
    async with request.app[SOCKETS].opened(request, max_frame_bytes=MAX_FRAME_BYTES) as socket:
        if request.transport is not None:
            page = Page(socket=socket, transport=request.transport, view=view, topics=topics)
            await _tell(request, room, page, socket, since)
    return socket


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
