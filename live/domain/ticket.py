"""A ticket: a complaint that the shop owes an answer to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.viewer import Viewer

ANSWER_WITHIN_MS = 2 * 60 * 60_000
"""How long a complaint may wait: two hours."""


class TicketState(StrEnum):
    """The life of a ticket."""

    OPEN = "open"
    ANSWERED = "answered"
    PROMISED = "promised"
    CLOSED = "closed"


TICKET_TRANSITIONS: Mapping[TicketState, frozenset[TicketState]] = {
    TicketState.OPEN: frozenset({TicketState.ANSWERED, TicketState.PROMISED, TicketState.CLOSED}),
    TicketState.ANSWERED: frozenset({TicketState.OPEN, TicketState.PROMISED, TicketState.CLOSED}),
    TicketState.PROMISED: frozenset({TicketState.CLOSED}),
    TicketState.CLOSED: frozenset(),
}
"""The one table of a ticket's life, held by `RoomState.apply`. A viewer who complains again opens an answered one."""


class About(StrEnum):
    """What a complaint is about: goods and service somebody had, or the picture and sound that all are looking at."""

    GOODS = "goods"
    LIVE = "live"


class Promise(StrEnum):
    """What the shop has promised."""

    REFUND = "refund"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """A complaint: its words, how many comments it was heard in, when an answer is due, and what the shop has said.

    About goods each viewer has a ticket of their own. About the stream (没声音) the whole room has one, under the name
    of who said it first: it is one fault, and one answer. `text` keeps the first words and adds what is new, a line
    each. `answered_ms` is when the shop first reacted since it was opened, to be held against `due_ms`. `position` is
    its place among the session's tickets, from 1.
    """

    id: str
    session_id: str
    viewer: Viewer
    text: str
    about: About = About.GOODS
    times: int = 1
    state: TicketState = TicketState.OPEN
    opened_ms: int
    due_ms: int
    answer: str | None = None
    promise: Promise | None = None
    changed_ms: int
    comment_id: str | None = None
    position: int = 0
    answered_ms: int | None = None

    @property
    def in_time(self) -> bool:
        """Whether the shop reacted before the clock ran out."""
        return self.answered_ms is not None and self.answered_ms <= self.due_ms

    def late(self, now_ms: int) -> bool:
        """Whether the shop has kept them waiting."""
        return self.state is TicketState.OPEN and now_ms >= self.due_ms
