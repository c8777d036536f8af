"""The line inside one process: a comment is accepted once its batch is committed, for that is what makes it durable."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from live.streams.line import Batch, Line, Part
from live.streams.port import Delivery, InLine, StreamUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.streams.port import Arrival

Accepted = asyncio.Future[None]

CLOSED = "服务正在停止，这些弹幕没有收下；服务重新启动后请再发一次。"


class MemoryStream:
    """One line a room in this process, held to the same tests as `RedisStream`.

    `bound` is how many comments a room may hold, waiting or in work: memory stays bounded however fast they come.
    """

    def __init__(self, *, bound: int = 20_000) -> None:
        self._bound = bound
        self._lines: dict[str, Line[Accepted]] = {}
        self._closed: StreamUnavailable | None = None

    async def start(self) -> None:
        """Nothing to connect to."""

    async def close(self) -> None:
        """Fail what is not `done`: it was never acknowledged, so its source sends it again."""
        self.shut(CLOSED)

    def shut(self, reason: str) -> None:
        """Fail what is not `done` and refuse all that comes, for this reason."""
        self._closed = StreamUnavailable(reason)
        for line in self._lines.values():
            _fail(line.close(self._closed), self._closed)

    async def append(self, room: str, arrivals: Sequence[Arrival]) -> Accepted:
        """Put comments on the room's line; waits while the line is full. Raises `StreamUnavailable` once closed."""
        accepted = asyncio.get_running_loop().create_future()
        if not arrivals:
            accepted.set_result(None)
            return accepted
        line, batch = self._line(room), Batch(arrivals, accepted)
        if not line.enter_at_once(batch):
            await line.enter(batch)
        return accepted

    async def take(self, room: str, limit: int) -> Delivery:
        """Wait for comments of a room and take all that are there, at most `limit`."""
        line = self._line(room)
        await line.filled()
        arrivals, parts = line.gather(limit)
        return Delivery(room=room, arrivals=arrivals, token=parts)

    async def done(self, delivery: Delivery) -> None:
        """The batch is committed: whoever waits for its comments may send the ack."""
        for accepted in self._settle(delivery):
            if not accepted.done():
                accepted.set_result(None)

    async def fail(self, delivery: Delivery, reason: StreamUnavailable) -> None:
        """The batch could not be kept and will not be: whoever waits for its comments is told why."""
        _fail(self._settle(delivery), reason)

    def in_line(self, room: str) -> InLine:
        """What is not committed, and what waits for room."""
        line = self._lines.get(room)
        return InLine() if line is None else line.in_line()

    def _line(self, room: str) -> Line[Accepted]:
        if self._closed is not None:
            raise self._closed
        line = self._lines.get(room)
        if line is None:
            line = self._lines[room] = Line(self._bound)
        return line

    def _settle(self, delivery: Delivery) -> list[Accepted]:
        parts = cast("tuple[Part[Accepted], ...]", delivery.token)
        return self._lines[delivery.room].settle(parts)


def _fail(pending: list[Accepted], reason: StreamUnavailable) -> None:
    for accepted in pending:
        if not accepted.done():
            accepted.set_exception(reason)
            accepted.exception()  # seen, so that asyncio does not complain where the source has already gone
