"""How often, and how soon again: pure but for the moments that a bucket remembers. Time and chance are the caller's."""

from __future__ import annotations

from collections import deque

FIRST_MS = 1_000
MOST_MS = 60 * 60_000
MAX_ATTEMPTS = 20
"""With waits that double up to an hour: nine hours, more than a night in which a shop's other system is off."""


class Bucket:
    """So many tokens, each of which comes back `back_ms` after it was taken: no span of that length sees more.

    A bucket that fills steadily would let nearly twice as many through within a minute that begins with it full.
    """

    def __init__(self, *, tokens: int, back_ms: int) -> None:
        self._tokens = tokens
        self._back_ms = back_ms
        self._taken: deque[int] = deque(maxlen=tokens)

    def wait_ms(self, now_ms: int) -> int:
        """How long until there is a token; 0 where there is one."""
        self._heal(now_ms)
        if len(self._taken) < self._tokens:
            return 0
        return max(0, self._taken[0] + self._back_ms - now_ms)

    def take(self, now_ms: int) -> None:
        """Take a token that `wait_ms` said is there."""
        self._taken.append(now_ms)

    def _heal(self, now_ms: int) -> None:
        """A clock that was set back must not keep a token away for hours."""
        if any(taken_ms > now_ms for taken_ms in self._taken):
            self._taken = deque((min(taken_ms, now_ms) for taken_ms in self._taken), maxlen=self._tokens)


def backoff_ms(attempts: int, chance: float) -> int:
    """How long to wait after so many failed attempts (from 1): doubled each time, half of it by `chance` (0 to 1).

    Chance keeps many shops from calling in step after a server was away (AWS Architecture Blog, "equal jitter").
    """
    longest = min(MOST_MS, FIRST_MS << min(attempts - 1, 30))
    return int(longest * (0.5 + chance / 2))
