"""A bounded line of batches: what waits, what is out for work, and who waits for room."""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

from live.streams.port import InLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.streams.port import Arrival

T = TypeVar("T")


class Batch(Generic[T]):
    """Comments that were appended together. `tag` is what their owner wants back when all of them are worked.

    `start` is the first that is still in line, `left` how many are not settled.
    """

    __slots__ = ("arrivals", "left", "start", "tag")

    def __init__(self, arrivals: Sequence[Arrival], tag: T) -> None:
        self.arrivals = arrivals
        self.tag = tag
        self.start = 0
        self.left = len(arrivals)


Part = tuple[Batch[T], int]
"""So many comments of a batch, out for work. A plain tuple: one is made for every lone comment."""


class Line(Generic[T]):
    """The batches of one room in order. No more than `bound` comments are in line and out for work together.

    A batch larger than the bound is let in when it is alone, so that nothing waits for ever.
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._count = 0
        self._waiting: deque[Batch[T]] = deque()
        self._out: deque[Batch[T]] = deque()
        self._outside: deque[tuple[Batch[T], asyncio.Future[None]]] = deque()
        self._filled = asyncio.Event()
        self._closed: Exception | None = None

    @property
    def count(self) -> int:
        """How many comments are in line or out for work."""
        return self._count

    def in_line(self) -> InLine:
        """What is not settled, and who waits to be let in."""
        outside = [batch for batch, turn in self._outside if not turn.done()]
        first = next((batch for batch in chain(self._out, self._waiting, outside) if batch.left), None)
        count = self._count + sum(batch.left for batch in outside)
        return InLine(comments=count, oldest_ms=None if first is None else first.arrivals[-first.left].received_ms)

    def __bool__(self) -> bool:
        """Whether something is in line."""
        return bool(self._waiting)

    async def enter(self, batch: Batch[T]) -> None:
        """Put a batch at the end; waits while the line is full, first come first served.

        Raises the reason once the line is closed. Who stops waiting is not in line.
        """
        if self.enter_at_once(batch):
            return
        turn = asyncio.get_running_loop().create_future()
        self._outside.append((batch, turn))
        try:
            await turn
        finally:
            self._let_in()

    def enter_at_once(self, batch: Batch[T]) -> bool:
        """Put a batch at the end if there is room for it and nobody waits. Raises the reason once the line is closed."""
        if self._closed is not None:
            raise self._closed
        if self._outside or not self._fits(batch.left):
            return False
        self.put(batch)
        return True

    def put(self, batch: Batch[T]) -> None:
        """Put a batch at the end, full or not."""
        self._count += batch.left
        self._waiting.append(batch)
        self._filled.set()

    async def filled(self) -> None:
        """Wait until something is in line. Raises the reason once the line is closed."""
        while not self._waiting:
            if self._closed is not None:
                raise self._closed
            self._filled.clear()
            await self._filled.wait()

    def gather(self, limit: int) -> tuple[tuple[Arrival, ...], tuple[Part[T], ...]]:
        """Take all that is in line, at most `limit` comments; a batch may be split."""
        arrivals: list[Arrival] = []
        parts: list[Part[T]] = []
        while self._waiting and len(arrivals) < limit:
            parts.append(self._take_first(arrivals, limit - len(arrivals)))
        return tuple(arrivals), tuple(parts)

    def settle(self, parts: Iterable[Part[T]]) -> list[T]:
        """Take note that these are out of work; returns the tags of the batches that are now settled whole."""
        settled = []
        for batch, count in parts:
            self._count -= count
            batch.left -= count
            if not batch.left:
                settled.append(batch.tag)
        while self._out and not self._out[0].left:
            self._out.popleft()
        self._let_in()
        return settled

    def close(self, reason: Exception) -> list[T]:
        """Let nobody in and give nothing out any more; returns the tags of all that is not settled."""
        self._closed = reason
        unsettled = [batch.tag for batch in self._out if batch.left]
        unsettled += [batch.tag for batch in self._waiting if not batch.start]
        self._waiting.clear()
        self._filled.set()
        for _, turn in self._outside:
            if not turn.done():
                turn.set_exception(reason)
        self._outside.clear()
        return unsettled

    def _fits(self, count: int) -> bool:
        return self._count == 0 or self._count + count <= self._bound

    def _let_in(self) -> None:
        while self._outside and (self._outside[0][1].done() or self._fits(self._outside[0][0].left)):
            batch, turn = self._outside.popleft()
            if not turn.done():
                self.put(batch)
                turn.set_result(None)

    def _take_first(self, arrivals: list[Arrival], room: int) -> Part[T]:
        """Move at most `room` comments of the first batch to `arrivals`."""
        batch = self._waiting[0]
        if not batch.start:
            self._out.append(batch)
        end = min(batch.start + room, len(batch.arrivals))
        count = end - batch.start
        arrivals += batch.arrivals if count == len(batch.arrivals) else batch.arrivals[batch.start : end]
        batch.start = end
        if end == len(batch.arrivals):
            self._waiting.popleft()
        return batch, count
