"""One broadcast in a room, with its cycle, its policy and what the host just asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.shown import Shown
    from live.domain.source import Source
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
    """The shop's rules. `hold_minutes`: a reservation nobody confirmed expires after it; None: never.

    Who has left `max_no_shows` reservations uncollected is asked about before anything is booked for them; None: nobody
    is. Who brings a bag of their own earns `bag_points` at a pickup.
    """

    repeat: Repeat = Repeat.REPLACE
    cancel_by_comment: bool = True
    hold_minutes: int | None = None
    max_auto_quantity: int = 20
    max_no_shows: int | None = None
    bag_points: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class PickupPoint:
    """Where viewers collect. `ready_ms`: the goods of the cycle have arrived here."""

    id: str
    name: str
    address: str = ""
    ready_ms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCycle:
    """The period in which reservations are pooled: until the cut-off; the pickup is another time.

    Sessions of several rooms with the same `id` share a cycle. `notice` says why the pickup was moved.
    """

    id: str = ""
    cutoff_at_ms: int
    pickup_at_ms: int
    pickup_points: tuple[PickupPoint, ...] = ()
    closed_ms: int | None = None
    notice: str | None = None

    @property
    def closed(self) -> bool:
        """Whether the cut-off has been carried out: nothing of it can be ordered or given back any more."""
        return self.closed_ms is not None

    def point(self, point_id: str | None) -> PickupPoint | None:
        """Find a pickup point; the first one for who has not chosen."""
        if point_id is None:
            return next(iter(self.pickup_points), None)
        return next((point for point in self.pickup_points if point.id == point_id), None)


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

    def takes(self, at_ms: int) -> bool:
        """Whether an answer that arrived at a moment counts."""
        return self.opened_ms <= at_ms < self.closes_ms


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveSession:
    """One broadcast. `hosts` are names or ids, without spaces around them, whose comments never reserve.

    `sources` are those that were heard of, in the order in which they were. `shown` is the comment on the picture,
    `order_code` whether the host has put the order page's code there; comments of `blocked` (viewer keys) do nothing,
    and those of `set_aside` (platform/id) are out of sight on the consoles.
    """

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
    sources: tuple[Source, ...] = ()
    shown: Shown | None = None
    order_code: bool = False
    blocked: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()

    @property
    def running(self) -> bool:
        """Whether comments are taken."""
        return self.state is SessionState.RUNNING

    def takes_orders(self, now_ms: int) -> bool:
        """Whether its cycle may still be changed; it may after the broadcast has ended."""
        return not self.cycle.closed and now_ms < self.cycle.cutoff_at_ms

    def source(self, source_id: str) -> Source | None:
        """Find a source that has been heard of in this session."""
        return next((source for source in self.sources if source.id == source_id), None)

    def hearing(self, source: Source) -> LiveSession:
        """The session with a source as it is now."""
        heard = {each.id: each for each in self.sources} | {source.id: source}
        return replace(self, sources=tuple(heard.values()))

    def is_host(self, *, user_id: str | None, name: str) -> bool:
        """Tell whether a comment's writer is on the list of hosts, by id or by name."""
        return name.strip() in self.hosts or (user_id is not None and user_id in self.hosts)
