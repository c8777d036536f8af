"""What a source has been promised: comments on their way to the store, acknowledged in order once they are safe."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.sources.contract import ack_frame, error_frame
from live.sources.frame import Fault, FaultCode
from live.streams.port import StreamUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live.web.metrics import Metrics
    from live.web.sockets import Socket

MAX_UNACKNOWLEDGED = 2000
"""Comments of one connection that may wait for their ack before its next frame is read (back-pressure)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """The comments of one frame, and what is done when they are durable."""

    ids: tuple[str, ...]
    durable: asyncio.Future[None]


class Acks:
    """The unacknowledged comments of one connection, and the one task that acknowledges them (`run`)."""

    def __init__(self, socket: Socket, metrics: Metrics) -> None:
        self._socket = socket
        self._metrics = metrics
        self._waiting: deque[Waiting] = deque()
        self._unacknowledged = 0
        self._arrived = asyncio.Event()
        self._settled = asyncio.Event()

    async def room(self) -> None:
        """Wait until the next frame may be read."""
        while self._unacknowledged >= MAX_UNACKNOWLEDGED:
            self._settled.clear()
            await self._settled.wait()

    def add(self, waiting: Waiting) -> None:
        """Acknowledge these comments when they are durable, after those before them."""
        self._waiting.append(waiting)
        self._count(len(waiting.ids))
        self._arrived.set()

    async def run(self) -> None:
        """Acknowledge for ever, in order; what has become durable meanwhile goes out in one frame."""
        while True:
            while not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
            await asyncio.wait([self._waiting[0].durable])
            await self._answer(list(self._take_done()))

    def abandon(self) -> None:
        """The connection is gone: nobody is left to tell. What is on its way is kept all the same."""
        for waiting in self._waiting:
            waiting.durable.add_done_callback(_look_at)
        self._waiting.clear()
        self._count(-self._unacknowledged)

    def _take_done(self) -> Iterator[Waiting]:
        while self._waiting and self._waiting[0].durable.done():
            yield self._waiting.popleft()

    async def _answer(self, done: list[Waiting]) -> None:
        safe = [each for each in done if _failure(each.durable) is None]
        if safe:
            await self._socket.send_str(ack_frame([id_ for each in safe for id_ in each.ids]))
        for each in done:
            failure = _failure(each.durable)
            if failure is not None:
                await self._refuse(each, failure)
        self._count(-sum(len(each.ids) for each in done))
        self._settled.set()

    async def _refuse(self, waiting: Waiting, failure: StreamUnavailable) -> None:
        for id_ in waiting.ids:
            await self._socket.send_str(error_frame(Fault(code=FaultCode.OVERLOADED, detail=str(failure), id=id_)))
        self._metrics.fault(FaultCode.OVERLOADED, len(waiting.ids))

    def _count(self, change: int) -> None:
        self._unacknowledged += change
        self._metrics.unacked.inc(change)


def _failure(durable: asyncio.Future[None]) -> StreamUnavailable | None:
    """Why comments will not become durable; raises what is no such refusal, for that is a fault of ours."""
    if durable.cancelled():
        return StreamUnavailable("服务正在停止，请稍后重发。")
    error = durable.exception()
    if error is None or isinstance(error, StreamUnavailable):
        return error
    raise error


def _look_at(durable: asyncio.Future[None]) -> None:
    """Take note of a failure nobody waits for any more: the source was not acknowledged and resends."""
    if not durable.cancelled():
        durable.exception()
