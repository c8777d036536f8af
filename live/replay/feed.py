"""What to send next, and when: as recorded, faster, or at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from live.replay.log import LineFault, Posting

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME_COMMENTS = 100
FRAME_BYTES = 200_000


class Feed:
    """Frames of a log in order. `speed` 1 keeps the recorded pace, 10 is ten times as fast, 0 does not wait.

    Comments that are due together share a frame. `faults` are the lines passed over so far.
    """

    def __init__(self, records: Iterator[Posting | LineFault], *, speed: float) -> None:
        self.faults: list[LineFault] = []
        self._postings = self._sendable(records)
        self._speed = speed
        self._next = next(self._postings, None)
        self._start_s: float | None = None
        self._start_ms = 0

    async def frame(self, limit: int) -> list[Posting]:
        """Wait until something is due and take all that is, at most `limit` comments; nothing at the end of the log."""
        if self._next is None:
            return []
        await asyncio.sleep(self._wait_s(self._next))
        frame = [self._take()]
        if frame[0].id is None:
            return frame
        size = len(frame[0].wire)
        while self._joins(len(frame), size, limit):
            size += len(self._next.wire)
            frame.append(self._take())
        return frame

    def _sendable(self, records: Iterator[Posting | LineFault]) -> Iterator[Posting]:
        for record in records:
            if isinstance(record, LineFault):
                self.faults.append(record)
            else:
                yield record

    def _take(self) -> Posting:
        taken, self._next = self._next, next(self._postings, None)
        if taken is None:
            raise AssertionError("nothing is taken at the end of the log")
        return taken

    def _joins(self, comments: int, size: int, limit: int) -> bool:
        following = self._next
        return (
            following is not None
            and following.id is not None
            and comments < min(limit, FRAME_COMMENTS)
            and size + len(following.wire) <= FRAME_BYTES
            and self._wait_s(following) == 0
        )

    def _wait_s(self, posting: Posting) -> float:
        """How long until this one is due. The first moment of the log is now; what has no moment is due at once."""
        if not self._speed or posting.at_ms is None:
            return 0
        now_s = asyncio.get_running_loop().time()
        if self._start_s is None:
            self._start_s, self._start_ms = now_s, posting.at_ms
        return max(0.0, self._start_s + (posting.at_ms - self._start_ms) / 1_000 / self._speed - now_s)


def frame_wire(frame: list[Posting]) -> str:
    """Write a frame: a lone posting as it is, several comments as a batch."""
    if len(frame) == 1:
        return frame[0].wire
    return '{"type":"batch","items":[' + ",".join(posting.wire for posting in frame) + "]}"
