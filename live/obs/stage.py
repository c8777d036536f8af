"""What OBS control is given: the evening that it follows, and the means it works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from live.obs.client import Patience

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from live.service.results import Published
    from live.store.port import StoredEvent

    Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A room and what surrounds it.

    Attributes:
        folder: the data folder.
        overlay_url: where the overlay of the room is, its token included.
        snapshot: the room as it is committed; empty for one that was never used.
        events_since: the room's committed events after a number, so many at most.
        subscribe: have a listener told of every batch; gives how to stop it.
        report: tell the console what the host must know; None for nothing.
        audio: the same of what viewers cannot hear.
        now_ms, chance: a clock, and numbers from 0 to 1.
    """

    room: str
    folder: Path
    overlay_url: str
    snapshot: Callable[[], Awaitable[Json]]
    events_since: Callable[[int, int], Awaitable[list[StoredEvent]]]
    subscribe: Callable[[Callable[[Published], None]], Callable[[], None]]
    report: Callable[[str | None], None]
    audio: Callable[[str | None], None]
    now_ms: Callable[[], int]
    chance: Callable[[], float]
    patience: Patience = field(default_factory=Patience)
