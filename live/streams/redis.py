"""The line in Redis Streams: a comment is accepted once it is in the room's stream, before anybody works it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import structlog

from live.streams.memory import CLOSED, MemoryStream
from live.streams.port import Delivery, InLine, StreamUnavailable
from live.streams.redis_client import check, connect
from live.streams.redis_options import Options
from live.streams.redis_reader import RoomReader
from live.streams.redis_writer import RoomWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.streams.line import Part
    from live.streams.port import Arrival


class RedisStream:
    """One stream a room, one consumer group, this process as one `consumer` of it.

    `consumer` must be the same after a restart (then what it held comes back at once) and no other process's. A room
    has one owner at a time; a new owner waits until a dead one has been silent for `claim_idle_ms`.

    `bound` is how many comments a room may hold that are not worked. It is kept by counting entries of at most
    `entry_comments` each. `patience_s` is how long an append sits out an outage before it fails.
    """

    def __init__(
        self,
        url: str,
        *,
        consumer: str,
        bound: int = 20_000,
        entry_comments: int = 100,
        claim_idle_ms: int = 15_000,
        patience_s: float = 5.0,
        namespace: str = "linbo",
    ) -> None:
        self._options = Options(
            url=url,
            consumer=consumer,
            namespace=namespace,
            entry_comments=entry_comments,
            max_entries=max(1, bound // entry_comments),
            claim_idle_ms=claim_idle_ms,
            patience_s=patience_s,
        )
        self._client = connect(url)
        self._front = MemoryStream(bound=2 * entry_comments)
        self._writers: dict[str, asyncio.Task[None]] = {}
        self._readers: dict[str, RoomReader] = {}
        self._closed: StreamUnavailable | None = None

    async def start(self) -> None:
        """Connect, and make sure that Redis keeps what it accepts. Raises `StreamUnavailable` with the mend."""
        await check(self._client, self._options.url)

    async def close(self) -> None:
        """Stop; what is not `done` stays in the stream for the next owner."""
        self._closed = StreamUnavailable(CLOSED)
        for reader in self._readers.values():
            reader.close(self._closed)
        for writer in self._writers.values():
            writer.cancel()
        await asyncio.gather(*self._writers.values(), return_exceptions=True)
        self._front.shut(CLOSED)
        await self._client.aclose()

    async def append(self, room: str, arrivals: Sequence[Arrival]) -> asyncio.Future[None]:
        """Put comments on the room's line; waits while the line is full."""
        if self._closed is None and room not in self._writers:
            self._writers[room] = self._write(room)
        return await self._front.append(room, arrivals)

    async def take(self, room: str, limit: int) -> Delivery:
        """Wait for comments of a room and take what is there: at most `limit`."""
        if self._closed is not None:
            raise self._closed
        arrivals, parts = await self._reader(room).take(limit)
        return Delivery(room=room, arrivals=arrivals, token=parts)

    async def done(self, delivery: Delivery) -> None:
        """The batch is committed: acknowledge its entries."""
        await self._readers[delivery.room].done(cast("tuple[Part[bytes], ...]", delivery.token))

    def in_line(self, room: str) -> InLine:
        """What is on its way into the stream and what was read out of it; more may wait in between."""
        before = self._front.in_line(room)
        reader = self._readers.get(room)
        after = InLine() if reader is None else reader.in_line()
        oldest_ms = min(filter(None, (before.oldest_ms, after.oldest_ms)), default=None)
        return InLine(comments=before.comments + after.comments, oldest_ms=oldest_ms)

    def _reader(self, room: str) -> RoomReader:
        reader = self._readers.get(room)
        if reader is None:
            reader = RoomReader(client=self._client, options=self._options, room=room)
            self._readers[room] = reader
        return reader

    def _write(self, room: str) -> asyncio.Task[None]:
        writer = RoomWriter(client=self._client, options=self._options, room=room, front=self._front)
        task: asyncio.Task[None] = asyncio.create_task(writer.run(), name=f"redis-writer-{room}")
        task.add_done_callback(self._writer_ended)
        return task

    def _writer_ended(self, task: asyncio.Task[None]) -> None:
        """A writer ends by itself only by a fault of ours; then nothing may be taken in that nobody would write."""
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log().error("task_broken", task=task.get_name(), exc_info=fault)
            self._front.shut(f"内部错误（{task.get_name()}：{fault!r}），弹幕没有收下；请重新启动服务。")


def _log() -> Any:  # structlog leaves its type open
    return structlog.get_logger(__name__)
