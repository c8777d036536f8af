"""From the comments that gather in this process to the room's stream in Redis: one entry a micro-batch."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from live.streams.codec import encode
from live.streams.port import StreamUnavailable
from live.streams.redis_client import explain, persist
from live.streams.redis_options import FIELD

if TYPE_CHECKING:
    from typing import Never

    from redis.asyncio import Redis

    from live.streams.memory import MemoryStream
    from live.streams.port import Delivery
    from live.streams.redis_options import Options

FULL_PAUSE_S = 0.005


class RoomWriter:
    """Writes one room's comments in order, entry after entry; the next one gathers while the last is written.

    When the stream holds `max_entries` that are not worked, it waits; then `front` fills, and then those wait who
    append. An outage is sat out for `patience_s` seconds; after that comments are refused at once until a write
    succeeds again. A write whose answer got lost is repeated: the stream may hold a comment twice, never not at all.
    """

    def __init__(self, *, client: Redis, options: Options, room: str, front: MemoryStream) -> None:
        self._client = client
        self._options = options
        self._key = options.key(room)
        self._room = room
        self._front = front
        self._away = False
        self._length = options.max_entries

    async def run(self) -> Never:
        """Write until cancelled."""
        while True:
            await self._pass_on(await self._front.take(self._room, self._options.entry_comments))

    async def _pass_on(self, delivery: Delivery) -> None:
        payload = encode(delivery.arrivals)
        try:
            await persist(lambda: self._write(payload), patience_s=0 if self._away else self._options.patience_s)
        except RedisError as error:
            self._away = True
            await self._front.fail(delivery, StreamUnavailable(explain(error, self._options.url)))
        else:
            self._away = False
            await self._front.done(delivery)

    async def _write(self, payload: bytes) -> None:
        await self._until_there_is_room()
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.xadd(self._key, {FIELD: payload})
            pipe.xlen(self._key)
            _, self._length = await pipe.execute()

    async def _until_there_is_room(self) -> None:
        while self._length >= self._options.max_entries:
            self._length = await self._client.xlen(self._key)
            if self._length >= self._options.max_entries:
                await asyncio.sleep(FULL_PAUSE_S)
