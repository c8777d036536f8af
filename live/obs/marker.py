"""Marks moments with the clocks of OBS: as they come, and after a gap those that nobody could mark."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic_core import from_json

from live.obs.clock import place, read_clock
from live.obs.marks import Mark, last_seq, read_marks, write_marks
from live.obs.moments import RESERVED, SUBJECTS, Fact, moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.obs.clock import Ask, Reading
    from live.obs.moments import Moment, Rush
    from live.obs.stage import Stage
    from live.store.port import StoredEvent

READ_AT_ONCE = 500
MOST_BEHIND = 20_000
"""How many events back a gap is looked through: more than a long evening has."""

RUN_UP = 1000
"""So many events before a gap are read as well: a rush that began there is none that begins in it."""


class Marker:
    """Writes the marks of a room. `recording` is the file that OBS is writing, where it has told."""

    def __init__(self, stage: Stage) -> None:
        self.recording = ""
        self._stage = stage
        self._last: int | None = None

    async def mark(self, ask: Ask, moments: Sequence[Moment], *, replay: str = "") -> int:
        """Mark moments now; how many were on air. With `replay` they were marked before, and now there is a file of them.

        Raises RequestFailed, ObsGone, OSError.
        """
        fresh = [moment for moment in moments if replay or moment.seq > (self._last or 0)]
        if not fresh:
            return 0
        reading = await read_clock(ask, self._stage.now_ms)
        return await self._write(reading, fresh, replay)

    async def catch_up(self, ask: Ask, rush: Rush, head: int) -> int:
        """Mark what was committed up to `head` while nobody could, as far as the stream or the recording has it; how many.

        Raises RequestFailed, ObsGone, OSError, StoreUnavailable.
        """
        if self._last is None:
            marks = await asyncio.to_thread(read_marks, self._stage.folder)
            self._last = last_seq(marks, self._stage.room)
        self._last = max(self._last if self._last <= head else 0, head - MOST_BEHIND, 0)
        reading = await read_clock(ask, self._stage.now_ms)
        if reading.began_ms is None:
            self._last = head
            return 0
        missed = await self._missed(self._last, head, rush)
        return await self._write(reading, [each for each in missed if each.at_ms >= reading.began_ms], "")

    async def _missed(self, after: int, head: int, rush: Rush) -> list[Moment]:
        found: list[Moment] = []
        seq = max(0, after - RUN_UP)
        while seq < head and (events := await self._stage.events_since(seq, READ_AT_ONCE)):
            found += moments(self._stage.room, _facts(events), rush)
            seq = events[-1].seq
        return [moment for moment in found if moment.seq > after]

    async def _write(self, reading: Reading, moments: Sequence[Moment], replay: str) -> int:
        marks = [mark for moment in moments if (mark := self._mark(reading, moment, replay)) is not None]
        await asyncio.to_thread(write_marks, self._stage.folder, marks)
        self._last = max(self._last or 0, *(moment.seq for moment in moments), 0)
        return len(marks)

    def _mark(self, reading: Reading, moment: Moment, replay: str) -> Mark | None:
        where = place(reading, moment.at_ms)
        if where.stream_ms is None and where.record_ms is None and not replay:
            return None
        return Mark(
            room=moment.room,
            seq=moment.seq,
            kind=moment.kind,
            at_ms=moment.at_ms,
            subject=moment.subject,
            stream_ms=where.stream_ms,
            record_ms=where.record_ms,
            recording=self.recording if where.record_ms is not None else "",
            replay=replay,
            late_ms=max(0, reading.at_ms - moment.at_ms),
        )


def _facts(events: Iterable[StoredEvent]) -> list[Fact]:
    """Only what is a moment is decoded: of the thousands of reservations the time alone counts."""
    return [
        Fact(
            seq=event.seq,
            kind=event.kind,
            at_ms=event.at_ms,
            data=from_json(event.data) if event.kind in SUBJECTS else {},
        )
        for event in events
        if event.kind in SUBJECTS or event.kind in RESERVED
    ]
