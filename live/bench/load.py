"""The load: sources that send as fast as they are acknowledged or at a pace, and pages that listen."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from aiohttp import ClientSession, ClientWebSocketResponse

WINDOW = 2_000
"""Comments that may be unacknowledged on one connection."""


@dataclass(kw_only=True, slots=True)
class Source:
    """One connection that sends comments and counts its acknowledgements."""

    socket: ClientWebSocketResponse
    sent: int = 0
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _room: asyncio.Event = field(default_factory=asyncio.Event)

    async def send_all(self, frames: Sequence[str]) -> None:
        """Send as fast as the service acknowledges."""
        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(self._read(len(frames)))
            for frame in frames:
                while self.sent - self._answered() >= WINDOW:
                    self._room.clear()
                    await self._room.wait()
                await self.socket.send_str(frame)
                self.sent += 1
            await reader

    async def send_paced(self, frames: Sequence[str], *, per_second: float) -> dict[int, float]:
        """Send at a pace; returns when each was sent, by its place (seconds of the monotonic clock)."""
        times: dict[int, float] = {}
        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(self._read(len(frames)))
            begin = time.perf_counter()
            for i, frame in enumerate(frames):
                await asyncio.sleep(max(0.0, begin + i / per_second - time.perf_counter()))
                times[i] = time.perf_counter()
                await self.socket.send_str(frame)
            await reader
        return times

    def _answered(self) -> int:
        return len(self.acknowledged) + len(self.faults)

    async def _read(self, count: int) -> None:
        """Read until `count` more comments have been answered."""
        goal = self._answered() + count
        while self._answered() < goal:
            frame = json.loads(await self.socket.receive_str(timeout=60))
            if frame["type"] == "ack":
                self.acknowledged += frame["ids"]
            else:
                self.faults.append(frame["detail"])
            self._room.set()


@dataclass(kw_only=True, slots=True)
class Page:
    """A page that listens: counts its frames and, where asked, notes when it heard of which comment."""

    socket: ClientWebSocketResponse
    noting: bool = False
    events: int = 0
    last_seq: int = 0
    gaps: int = 0
    heard: dict[str, float] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, seq: int) -> None:
        """Wait for an event; the page must be noting."""
        while self.last_seq < seq:
            self._news.clear()
            await self._news.wait()

    async def listen(self) -> None:
        """Take frames until the connection ends."""
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                self._take(message.data)

    def _take(self, data: str) -> None:
        if not self.noting:
            self.events += 1
            return
        frame = json.loads(data)
        if frame["type"] == "snapshot":
            self._reach(frame["seq"])
            return
        if frame["type"] == "event":
            self.events += 1
            self.gaps += frame["seq"] != self.last_seq + 1
            self._reach(frame["seq"])
            self.heard.setdefault(frame["data"].get("comment_id", ""), time.perf_counter())

    def _reach(self, seq: int) -> None:
        self.last_seq = seq
        self._news.set()


@asynccontextmanager
async def sources(session: ClientSession, url: str, room: str, token: str, count: int) -> AsyncIterator[list[Source]]:
    """Connect `count` sources."""
    sockets = [
        await session.ws_connect(f"{url}/ws/ingest?room={room}", headers=bearer(token), compress=0)
        for _ in range(count)
    ]
    try:
        yield [Source(socket=socket) for socket in sockets]
    finally:
        await asyncio.gather(*(socket.close() for socket in sockets))


@asynccontextmanager
async def pages(session: ClientSession, url: str, room: str, token: str, count: int) -> AsyncIterator[list[Page]]:
    """Open `count` overlay pages; the first notes what it hears."""
    opened = [
        Page(
            socket=await session.ws_connect(f"{url}/ws/events?room={room}&token={token}", compress=0, max_msg_size=0),
            noting=i == 0,
        )
        for i in range(count)
    ]
    tasks = [asyncio.create_task(page.listen()) for page in opened]
    try:
        yield opened
    finally:
        await asyncio.gather(*(page.socket.close() for page in opened))
        await asyncio.gather(*tasks)


def bearer(token: str) -> dict[str, str]:
    """The header of a token."""
    return {"Authorization": f"Bearer {token}"}
