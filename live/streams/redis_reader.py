"""From a room's stream in Redis to the work: read, hold until the commit, acknowledge, trim."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from redis.exceptions import RedisError, ResponseError

from live.streams.codec import CodecError, decode
from live.streams.line import Batch, Line
from live.streams.redis_client import FIRST_PAUSE_S, LONGEST_PAUSE_S, passes
from live.streams.redis_options import FIELD, GROUP, broken_key, entry_order, next_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redis.asyncio import Redis

    from live.streams.line import Part
    from live.streams.port import Arrival, InLine
    from live.streams.redis_options import Options

Entry = tuple[bytes, dict[bytes, bytes]]

READ_ENTRIES = 64
"""How many entries are read at once; it bounds what is held beside the work."""

BLOCK_MS = 2_000
LONGEST_LOOK_S = 0.5


class RoomReader:
    """Reads one room's entries in order as a named consumer.

    `_held` are the entries in line or out for work. `_late` are worked, but Redis was away when they were to be
    acknowledged. `_astray` says that Redis may hold entries for us that never reached us: at the start, after an outage
    and after a cancelled read; then those come first. `_away` keeps an outage to two lines in the log.
    """

    def __init__(self, *, client: Redis, options: Options, room: str) -> None:
        self._client = client
        self._key = options.key(room)
        self._consumer = options.consumer
        self._claim_idle_ms = options.claim_idle_ms
        self._line: Line[bytes] = Line(bound=0)
        self._held: set[bytes] = set()
        self._late: set[bytes] = set()
        self._astray = True
        self._away = False
        self._pause_s = FIRST_PAUSE_S
        self._one_at_a_time = asyncio.Lock()
        self._closed: Exception | None = None

    def close(self, reason: Exception) -> None:
        """Give nothing out any more; whoever waits is told the reason."""
        self._closed = reason
        self._line.close(reason)

    def in_line(self) -> InLine:
        """What this process has read and not settled; more may wait in Redis."""
        return self._line.in_line()

    async def take(self, limit: int) -> tuple[tuple[Arrival, ...], tuple[Part[bytes], ...]]:
        """Wait for comments; sits out any outage."""
        async with self._one_at_a_time:
            while not self._line:
                await self._fill()
            return self._line.gather(limit)

    async def done(self, parts: Iterable[Part[bytes]]) -> None:
        """Acknowledge the entries that are now worked whole; in an outage, when it is over."""
        self._late.update(self._line.settle(parts))
        try:
            await self._acknowledge()
        except RedisError as error:
            self._note(error)

    async def _fill(self) -> None:
        if self._closed is not None:
            raise self._closed
        try:
            await (self._recover() if self._astray else self._read_new())
            self._pause_s = FIRST_PAUSE_S
        except RedisError as error:
            self._note(error)
            await asyncio.sleep(self._pause_s)
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        except asyncio.CancelledError:
            self._astray = True
            raise

    def _note(self, error: RedisError) -> None:
        """Take note of an outage; raises what no waiting would mend."""
        self._astray = True
        if self._closed is not None:
            raise self._closed
        if not passes(error):
            raise error
        if not self._away:
            _log().warning("redis_away", key=self._key, error=str(error))
        self._away = True

    async def _read_new(self) -> None:
        reply = await self._client.xreadgroup(
            GROUP, self._consumer, {self._key: ">"}, count=READ_ENTRIES, block=BLOCK_MS
        )
        await self._hold(_entries(reply) or await self._claim())

    async def _recover(self) -> None:
        """Bring in what is older than anything new: what was ours, and what a dead worker has left."""
        await self._make_group()
        await self._acknowledge()
        entries = await self._own() + await self._inherit()
        await self._hold(sorted(entries, key=lambda entry: entry_order(entry[0])))
        self._astray = False
        if self._away:
            self._away = False
            _log().warning("redis_back", key=self._key)

    async def _make_group(self) -> None:
        try:
            await self._client.xgroup_create(self._key, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise

    async def _own(self) -> list[Entry]:
        """Read again what this consumer has taken and not acknowledged."""
        entries: list[Entry] = []
        last: bytes = b"0"
        while True:
            reply = await self._client.xreadgroup(GROUP, self._consumer, {self._key: last}, count=READ_ENTRIES)
            page = _entries(reply)
            if not page:
                return entries
            entries += page
            last = page[-1][0]

    async def _inherit(self) -> list[Entry]:
        """Take over what others had taken before now, or wait until they have worked it: order goes before haste."""
        entries: list[Entry] = []
        newest = (await self._client.xpending(self._key, GROUP))["max"]
        while newest is not None and await self._others_hold(newest):
            claimed = await self._claim()
            entries += claimed
            if not claimed:
                await asyncio.sleep(min(self._claim_idle_ms / 4_000, LONGEST_LOOK_S))
        return entries

    async def _others_hold(self, newest: bytes) -> bool:
        summary = await self._client.xpending(self._key, GROUP)
        others = [each["name"] for each in summary["consumers"] if each["name"] != self._consumer.encode()]
        for other in others:
            if await self._client.xpending_range(self._key, GROUP, min="-", max=newest, count=1, consumername=other):
                return True
        return False

    async def _claim(self) -> list[Entry]:
        """Take over what a worker has held for so long that it must be dead."""
        entries: list[Entry] = []
        start: Any = "0-0"
        while True:
            start, page, _ = await self._client.xautoclaim(
                self._key, GROUP, self._consumer, min_idle_time=self._claim_idle_ms, start_id=start
            )
            entries += page
            if start == b"0-0":
                return entries

    async def _hold(self, entries: Sequence[Entry]) -> None:
        for entry_id, fields in entries:
            if entry_id in self._held:
                continue
            try:
                arrivals = decode(fields.get(FIELD, b""))
            except CodecError as error:
                await self._set_aside(entry_id, fields, error)
                continue
            self._held.add(entry_id)
            self._line.put(Batch(arrivals, entry_id))

    async def _set_aside(self, entry_id: bytes, fields: dict[bytes, bytes], error: CodecError) -> None:
        """Keep an unreadable entry where somebody can look at it, and let the room go on."""
        _log().error("entry_set_aside", key=broken_key(self._key), entry=entry_id.decode(), error=str(error))
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.xadd(broken_key(self._key), {b"entry": entry_id, b"fields": repr(fields), b"error": str(error)})
            pipe.xack(self._key, GROUP, entry_id)
            await pipe.execute()

    async def _acknowledge(self) -> None:
        """Acknowledge what is worked, then trim below the lowest entry that anybody still holds."""
        worked = tuple(self._late)
        if not worked:
            return
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.xack(self._key, GROUP, *worked)
            pipe.xpending(self._key, GROUP)
            _, pending = await pipe.execute()
        self._late.difference_update(worked)
        self._held.difference_update(worked)
        lowest = pending["min"] or next_id(max(worked, key=entry_order))
        await self._client.xtrim(self._key, minid=lowest, approximate=False)


def _entries(reply: Any) -> list[Entry]:  # redis-py leaves the shape of replies open
    """The entries of one stream in a reply to XREADGROUP."""
    return reply[0][1] if reply else []


def _log() -> Any:  # structlog's own type
    return structlog.get_logger(__name__)
