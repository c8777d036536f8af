"""Replays a recording into a room, so many times as fast as it was."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.service.results import RoomClosed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from live.domain.comment import Comment
    from live.rehearsal.recording import Recording
    from live.service.service import Service

AT_ONCE = 50


@dataclass(kw_only=True, slots=True)
class Player:
    """A replay; `sent` comments have come in so far."""

    service: Service
    room: str
    recording: Recording
    speed: int
    now_ms: Callable[[], int]
    sent: int = 0

    async def play(self) -> None:
        """Replay to the end of the recording, or until the host ends the evening."""
        clock = asyncio.get_running_loop()
        begin = clock.time()
        for offset_ms, comments in _together(self.recording.comments, self.speed):
            await asyncio.sleep(max(0.0, begin + offset_ms / 1000 / self.speed - clock.time()))
            try:
                await (await self.service.ingest(self.room, self._dated(comments), self.now_ms()))
            except RoomClosed:
                return
            self.sent += len(comments)

    def _dated(self, comments: Sequence[Comment]) -> list[Comment]:
        """As if they were written now; ids of their own, for a log may hold one twice."""
        return [
            replace(each, id=f"{self.sent + n}-{each.id}"[:200], at_ms=self.now_ms())
            for n, each in enumerate(comments, 1)
        ]


def _together(comments: Sequence[tuple[int, Comment]], speed: int) -> Iterator[tuple[int, list[Comment]]]:
    """Comments that come within a tenth of a second go together."""
    batch: list[Comment] = []
    start_ms = 0
    for offset_ms, comment in comments:
        if batch and (offset_ms - start_ms > 100 * speed or len(batch) >= AT_ONCE):
            yield start_ms, batch
            batch = []
        if not batch:
            start_ms = offset_ms
        batch.append(comment)
    if batch:
        yield start_ms, batch
