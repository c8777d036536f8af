"""One broadcast in a room, with its cycle, its policy and what the host just asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.types import PromptMeaning


class SessionState(StrEnum):
    """A room has at most one running session."""

    RUNNING = "running"
    ENDED = "ended"


SESSION_TRANSITIONS: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.RUNNING: frozenset({SessionState.ENDED}),
    SessionState.ENDED: frozenset(),
}
"""The one table of a session's life, held by `RoomState.apply`; a new evening is a new session."""


class Repeat(StrEnum):
    """What a second buy comment of one viewer for one offer does; 再/又/加 always add."""

    REPLACE = "replace"
    ADD = "add"
    IGNORE = "ignore"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The shop's rules for comments. `hold_minutes`: a reservation nobody confirmed expires after it; None: never."""

    repeat: Repeat = Repeat.REPLACE
    cancel_by_comment: bool = True
    hold_minutes: int | None = None
    max_auto_quantity: int = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class PickupPoint:
    """Where viewers collect."""

    id: str
    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCycle:
    """The period in which reservations are pooled: until the cut-off; the pickup is another time."""

    cutoff_at_ms: int
    pickup_at_ms: int
    pickup_points: tuple[PickupPoint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPrompt:
    """What a keyword means until `closes_ms`: "要的扣1"."""

    id: str
    keyword: str
    meaning: PromptMeaning
    ref_id: str | None
    opened_ms: int
    closes_ms: int
    open: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveSession:
    """One broadcast. `hosts` are names or ids, without spaces around them, whose comments never reserve."""

    id: str
    room: str
    title: str
    state: SessionState
    cycle: OrderCycle
    policy: Policy
    hosts: tuple[str, ...]
    started_ms: int
    ended_ms: int | None = None
    pinned_offer_id: str | None = None
    script: Mapping[str, object] | None = field(default=None, hash=False)

    @property
    def running(self) -> bool:
        """Whether comments are taken."""
        return self.state is SessionState.RUNNING

    def is_host(self, *, user_id: str | None, name: str) -> bool:
        """Tell whether a comment's writer is on the list of hosts, by id or by name."""
        return name.strip() in self.hosts or (user_id is not None and user_id in self.hosts)
