"""The WebSocket of a viewer's page: it says nothing, it is told what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.forwarded import client_address
from live.web.keys import SOCKETS, WATCHING
from live.web.page import Page
from live.web.rate import client_key
from live.web.told import View
from live.web.watching import MOST_UNREAD_BYTES, Watcher

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.sockets import Socket
    from live.web.watching import Look

MAX_FRAME_BYTES = 1024


async def watch(request: web.Request, look: Look, *, room: str | None = None) -> web.StreamResponse:
    """Upgrade, then tell until the page leaves; `room` is the list that it shows beside its own things."""
    address = client_key(client_address(request))
    request.app[WATCHING].admit(address)
    async with request.app[SOCKETS].opened(request, max_frame_bytes=MAX_FRAME_BYTES) as socket:
        if request.transport is not None:
            page = Page(
                socket=socket,
                transport=request.transport,
                view=View.PUBLIC,
                topics=frozenset(),
                most_unread=MOST_UNREAD_BYTES,
            )
            await _tell(request, socket, Watcher(page=page, address=address, look=look, room=room))
    return socket


async def _tell(request: web.Request, socket: Socket, watcher: Watcher) -> None:
    watching = request.app[WATCHING]
    try:
        await watching.join(watcher)
        async for _ in socket:
            pass
    except ConnectionError:
        pass  # the page left while it was being told; there is nobody to tell
    finally:
        watching.leave(watcher)
        await watcher.page.ended()
