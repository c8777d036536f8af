"""One open page: frames go in, and if it does not read them it goes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode

if TYPE_CHECKING:
    from asyncio import WriteTransport

    from live.web.sockets import Socket
    from live.web.told import View
    from live.web.topics import Topics

MAX_UNREAD_BYTES = 1024 * 1024
"""How far a page may fall behind before it is dropped; it comes back with `since`."""

DROP_GRACE_S = 3.0
"""How long a dropped page may take to read what is under way and the close frame."""


class Page:
    """A page's socket. `seq` is the number of the last event that was written to it."""

    def __init__(
        self,
        *,
        socket: Socket,
        transport: WriteTransport,
        view: View,
        topics: Topics,
        most_unread: int = MAX_UNREAD_BYTES,
    ) -> None:
        self.view = view
        self.topics = topics
        self.seq = 0
        self._socket = socket
        self._transport = transport
        self._most_unread = self._allowed = most_unread
        self._dropping: asyncio.Task[bool] | None = None

    @property
    def gone(self) -> bool:
        """Whether nothing more can be written."""
        return self._dropping is not None or self._transport.is_closing()

    def write_first(self, frames: bytes) -> None:
        """Write what a page begins with. However large, it does not count as falling behind."""
        if self.gone:
            return
        self._transport.write(frames)
        self._allowed = self._most_unread + self._transport.get_write_buffer_size()

    def write(self, frames: bytes) -> bool:
        """Write frames; False when the page is gone, or does not keep up and is dropped."""
        if self.gone:
            return False
        unread = self._transport.get_write_buffer_size()
        if unread > self._allowed:
            self.drop()
            return False
        if unread <= self._most_unread:
            self._allowed = self._most_unread
        self._transport.write(frames)
        return True

    def drop(self) -> None:
        """Close with 1013 (try again later), and cut the line soon after: a page that reads nothing never says bye."""
        closing = self._socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"too slow", drain=False)
        self._dropping = asyncio.create_task(closing, name="drop a slow page")
        asyncio.get_running_loop().call_later(DROP_GRACE_S, self._transport.abort)

    async def ended(self) -> None:
        """Wait for a drop that is under way."""
        if self._dropping is not None:
            await self._dropping
