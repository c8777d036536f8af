"""From one tool's connection to the room's line: in order, in batches that gather while the last one is delivered.

The tools keep nothing and resend nothing. So what was read is held until it is durable, and when too much is held, the
connection is not read on: the tool's own buffer and TCP hold the rest.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.comment import Comment

MOST_HELD = 2_000
"""Comments that may wait before the connection is not read on."""

MOST_AT_ONCE = 500
"""Comments that are delivered together, about."""

PAUSE_S = 1.0
"""How long to wait before delivering again to a line that took nothing."""


class Delivery(StrEnum):
    """What became of comments: durable; not taken, for the room has no session; not taken now, to be tried again."""

    KEPT = "kept"
    CLOSED = "closed"
    AWAY = "away"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """The comments of one message of a tool, and when it arrived."""

    comments: tuple[Comment, ...]
    received_ms: int


Deliver = Callable[[str, Sequence[Parcel]], Awaitable[Delivery]]
"""Brings parcels to a room and tells what became of them, once that is certain."""


class Carrier:
    """Holds what one connection brought until it is delivered. `run` delivers; `put` waits while too much is held."""

    def __init__(
        self, room: str, deliver: Deliver, *, tell: Callable[[Delivery, int], None], pause_s: float = PAUSE_S
    ) -> None:
        """`tell` hears of every delivery and how many comments it was."""
        self._room = room
        self._deliver = deliver
        self._tell = tell
        self._pause_s = pause_s
        self._held: deque[Parcel] = deque()
        self._comments = 0
        self._arrived = asyncio.Event()
        self._left = asyncio.Event()

    async def put(self, parcel: Parcel) -> None:
        """Take comments in; waits while too many are held."""
        await self._fewer_than(MOST_HELD)
        if parcel.comments:
            self._held.append(parcel)
            self._comments += len(parcel.comments)
            self._arrived.set()

    async def emptied(self) -> None:
        """Wait until everything that was put in is delivered."""
        await self._fewer_than(1)

    async def run(self) -> None:
        """Deliver for ever. What a failure leaves undelivered is still held, and delivered when it is run again."""
        while True:
            while not self._held:
                self._arrived.clear()
                await self._arrived.wait()
            await self._carry(self._next())

    def _next(self) -> list[Parcel]:
        sizes = accumulate(len(parcel.comments) for parcel in self._held)
        full = sum(1 for _ in takewhile(lambda size: size <= MOST_AT_ONCE, sizes))
        return [self._held[place] for place in range(max(1, full))]

    async def _carry(self, batch: list[Parcel]) -> None:
        number = sum(len(parcel.comments) for parcel in batch)
        delivery = await self._deliver(self._room, batch)
        self._tell(delivery, number)
        if delivery is Delivery.AWAY:
            await asyncio.sleep(self._pause_s)
            return
        for _ in batch:
            self._held.popleft()
        self._comments -= number
        self._left.set()

    async def _fewer_than(self, comments: int) -> None:
        while self._comments >= comments:
            self._left.clear()
            await self._left.wait()
