"""What a source has brought lately, in a few numbers: when it last said anything, and how much it says."""

from __future__ import annotations

from collections import deque

_FRAMES = 20
_MINUTE_MS = 60_000
_HOUR_MS = 60 * _MINUTE_MS
_MINUTES = 10
_PATIENCE = 10
"""So many times the usual pause is no accident: comments that come by chance keep silent that long once in 20,000."""

MOST_PATIENT_MS = 5 * _MINUTE_MS
"""Longer is never waited for a source that speaks seldom: its orders are worth as much."""


class Pulse:
    """Notes every message of a source. Times are the caller's, in milliseconds, and do not run backwards."""

    def __init__(self) -> None:
        self.messages = 0
        self.last_message_ms: int | None = None
        self.last_comment_ms: int | None = None
        self._first_ms = 0
        self._at_ms: deque[int] = deque(maxlen=_FRAMES)
        self._minutes: deque[list[int]] = deque(maxlen=_MINUTES + 1)

    def heard(self, at_ms: int, comments: int) -> None:
        """Note a message and how many comments were in it."""
        if not self.messages:
            self._first_ms = at_ms
        self.messages += 1
        self.last_message_ms = at_ms
        self._at_ms.append(at_ms)
        if comments:
            self.last_comment_ms = at_ms
            self._count(at_ms // _MINUTE_MS, comments)

    def patience_ms(self, least_ms: int) -> int:
        """How long this source may keep silent: `least_ms`, and longer where it speaks seldom."""
        if len(self._at_ms) <= 1:
            return least_ms
        pause_ms = (self._at_ms[-1] - self._at_ms[0]) // (len(self._at_ms) - 1)
        return max(least_ms, min(_PATIENCE * pause_ms, MOST_PATIENT_MS))

    def per_hour(self) -> int:
        """Comments an hour in the ten minutes before it was last heard (or since the first time, if that is later)."""
        if self.last_message_ms is None:
            return 0
        begin_ms = max(self._first_ms, self.last_message_ms - _MINUTES * _MINUTE_MS)
        counted = sum(number for minute, number in self._minutes if (minute + 1) * _MINUTE_MS > begin_ms)
        return counted * _HOUR_MS // max(_MINUTE_MS, self.last_message_ms - begin_ms)

    def _count(self, minute: int, comments: int) -> None:
        if self._minutes and self._minutes[-1][0] == minute:
            self._minutes[-1][1] += comments
        else:
            self._minutes.append([minute, comments])
