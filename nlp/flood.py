"""Floods: one phrase that many viewers post within seconds, the pass-phrase of a draw.

The window is a value object of the caller's: feed it every comment in order, with the caller's times.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import NamedTuple

WINDOW_MS = 20_000
FEWEST_VIEWERS = 5
FEWEST_LETTERS = 4
MOST_KEPT = 2_000
"""Comments a window holds: who rebuilds it from a record reads the last so many."""

_PICTURE = re.compile(r"\[[^\[\]]{1,8}\]")


class _Said(NamedTuple):
    at_ms: int
    phrase: str
    viewer: str


class FloodWindow:
    """The last seconds of a room, at most 2,000 comments of it; a viewer counts once for each phrase.

    It depends on those comments alone: fed the same ones again, a new window answers as the old one would. Laughter and other short cries (under four letters) and numbers are no pass-phrases, however many post them.
    """

    def __init__(self, *, window_ms: int = WINDOW_MS, fewest_viewers: int = FEWEST_VIEWERS) -> None:
        self._window_ms = window_ms
        self._fewest_viewers = fewest_viewers
        self._said: deque[_Said] = deque()
        self._times: Counter[tuple[str, str]] = Counter()
        self._viewers: Counter[str] = Counter()

    def see(self, viewer: str, text: str, at_ms: int) -> bool:
        """Take one comment and say whether it is part of a flood."""
        self._forget(at_ms)
        phrase = _phrase(text)
        self._said.append(_Said(at_ms, phrase, viewer))
        if not phrase:
            return False
        self._times[phrase, viewer] += 1
        self._viewers[phrase] += self._times[phrase, viewer] == 1
        return self._viewers[phrase] >= self._fewest_viewers

    def _forget(self, at_ms: int) -> None:
        while self._said and (self._said[0].at_ms < at_ms - self._window_ms or len(self._said) >= MOST_KEPT):
            self._drop(self._said.popleft())

    def _drop(self, said: _Said) -> None:
        key = (said.phrase, said.viewer)
        if not said.phrase:
            return
        self._times[key] -= 1
        if self._times[key]:
            return
        del self._times[key]
        self._viewers[said.phrase] -= 1
        if not self._viewers[said.phrase]:
            del self._viewers[said.phrase]


def _phrase(text: str) -> str:
    """The letters of a comment; pictures, and the numbers that viewers add to get past filters, do not count."""
    if "[" in text:
        text = _PICTURE.sub("", text)
    letters = "".join(filter(str.isalnum, text)).rstrip("0123456789")
    if len(letters) < FEWEST_LETTERS or len(set(letters)) < FEWEST_LETTERS - 1:
        return ""
    return letters
