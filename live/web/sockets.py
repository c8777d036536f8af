"""The open WebSockets, so that a stopping service says goodbye instead of hanging on them."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web

from live.web.forwarded import client_address
from live.web.problems import log_failure, refuse
from live.web.rate import client_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEARTBEAT_S = 30.0
GOODBYE_S = 2.0
COME_BACK_S = 30

Socket = web.WebSocketResponse


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Who holds one of so many places for connections."""

    holder: str
    most: int


SOURCES = Place(holder="ingest", most=256)
"""Connections that bring comments, in all: every one of them shows the same token."""


def pages_of(request: web.Request) -> Place:
    """Pages of one address that are told events: tokens open them, so this holds off a page gone mad, not strangers."""
    return Place(holder=f"events {client_key(client_address(request))}", most=1_000)


class Sockets:
    """Remembers what is open."""

    def __init__(self) -> None:
        self._open: set[Socket] = set()
        self._held: Counter[str] = Counter()

    @asynccontextmanager
    async def opened(
        self, request: web.Request, *, max_frame_bytes: int, place: Place | None = None
    ) -> AsyncIterator[Socket]:
        """Upgrade a request, and close the socket when the block ends.

        Raises:
            ProblemRaised: 426 for what asks for no WebSocket, 429 when all places are taken.
        """
        # aiohttp refuses a frame of exactly its limit; deflate costs twice the CPU and helps nobody on a LAN.
        socket = web.WebSocketResponse(
            compress=False, heartbeat=HEARTBEAT_S, max_msg_size=max_frame_bytes + 1, timeout=GOODBYE_S
        )
        if not socket.can_prepare(request):
            raise refuse(426, "websocket_needed", "这个地址要用 WebSocket 连接（ws:// 或 wss://）。")
        self._take(place)
        try:
            await socket.prepare(request)
        except BaseException:
            self._give_back(place)
            raise
        self._open.add(socket)
        try:
            yield socket
        except Exception as error:  # noqa: BLE001  # an upgraded connection has no HTTP answer: logged, told by 1011
            log_failure(request, error)
            await socket.close(code=WSCloseCode.INTERNAL_ERROR, message=b"internal error")
        finally:
            self._open.discard(socket)
            self._give_back(place)
            await socket.close()

    def _take(self, place: Place | None) -> None:
        if place is None:
            return
        if self._held[place.holder] >= place.most:
            detail = f"同时开着的连接太多了（最多 {place.most} 个）。请关掉不用的页面或工具。"
            raise refuse(429, "too_many_connections", detail, retry_after_s=COME_BACK_S)
        self._held[place.holder] += 1

    def _give_back(self, place: Place | None) -> None:
        if place is not None:
            self._held[place.holder] -= 1
            self._held += Counter()  # forgets who holds nothing

    async def close_all(self) -> None:
        """Say "going away" to everybody (1001)."""
        leaving = [each.close(code=WSCloseCode.GOING_AWAY, message=b"stopping") for each in self._open]
        await asyncio.gather(*leaving, return_exceptions=True)
