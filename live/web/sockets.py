"""The open WebSockets, so that a stopping service says goodbye instead of hanging on them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web

from live.web.problems import log_failure, refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEARTBEAT_S = 30.0
GOODBYE_S = 2.0

Socket = web.WebSocketResponse


class Sockets:
    """Remembers what is open."""

    def __init__(self) -> None:
        self._open: set[Socket] = set()

    @asynccontextmanager
    async def opened(self, request: web.Request, *, max_frame_bytes: int) -> AsyncIterator[Socket]:
        """Upgrade a request, and close the socket when the block ends; raises 426 for what asks for no WebSocket."""
        # aiohttp refuses a frame of exactly its limit; deflate costs twice the CPU and helps nobody on a LAN.
        socket = web.WebSocketResponse(
            compress=False, heartbeat=HEARTBEAT_S, max_msg_size=max_frame_bytes + 1, timeout=GOODBYE_S
        )
        if not socket.can_prepare(request):
            raise refuse(426, "websocket_needed", "这个地址要用 WebSocket 连接（ws:// 或 wss://）。")
        await socket.prepare(request)
        self._open.add(socket)
        try:
            yield socket
        except Exception as error:  # noqa: BLE001  # an upgraded connection has no HTTP answer: logged, told by 1011
            log_failure(request, error)
            await socket.close(code=WSCloseCode.INTERNAL_ERROR, message=b"internal error")
        finally:
            self._open.discard(socket)
            await socket.close()

    async def close_all(self) -> None:
        """Say "going away" to everybody (1001)."""
        leaving = [each.close(code=WSCloseCode.GOING_AWAY, message=b"stopping") for each in self._open]
        await asyncio.gather(*leaving, return_exceptions=True)
