"""How long a room's comments took from their arrival to their commit, over the last minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.service.results import Published

KEPT_SECONDS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Lag:
    """Milliseconds from arrival to commit: of the newest batch, and of the slowest of the last minute."""

    last_ms: int
    worst_ms: int


class Lags:
    """Notes every committed batch, by room: one number a second, whatever the rush."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._rooms: dict[str, deque[tuple[int, Lag]]] = {}

    def note(self, published: Published) -> None:
        """Take a batch in; one without comments says nothing of them."""
        if not published.comments:
            return
        now_ms = self._now_ms()
        lag_ms = max(0, now_ms - min(comment.received_ms for comment in published.comments))
        seconds = self._rooms.setdefault(published.room, deque(maxlen=KEPT_SECONDS))
        worst_ms = lag_ms
        if seconds and seconds[-1][0] == now_ms // 1000:
            worst_ms = max(lag_ms, seconds.pop()[1].worst_ms)
        seconds.append((now_ms // 1000, Lag(last_ms=lag_ms, worst_ms=worst_ms)))

    def of(self, room: str) -> Lag | None:
        """How quick a room has been in the last minute; None when no comment came."""
        begin = self._now_ms() // 1000 - KEPT_SECONDS
        lately = [lag for second, lag in self._rooms.get(room, ()) if second > begin]
        return Lag(last_ms=lately[-1].last_ms, worst_ms=max(lag.worst_ms for lag in lately)) if lately else None
