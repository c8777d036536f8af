"""A reservation: what is promised to a viewer against the quota. No money has moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.viewer import Viewer


class ReservationState(StrEnum):
    """The life of a reservation, by section 4 of the contract."""

    WAITLISTED = "waitlisted"
    RESERVED = "reserved"
    LOCKED = "locked"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


TRANSITIONS: Mapping[ReservationState, frozenset[ReservationState]] = {
    ReservationState.WAITLISTED: frozenset({ReservationState.RESERVED, ReservationState.CANCELLED}),
    ReservationState.RESERVED: frozenset(
        {ReservationState.LOCKED, ReservationState.CANCELLED, ReservationState.EXPIRED}
    ),
    ReservationState.LOCKED: frozenset({ReservationState.READY}),
    ReservationState.READY: frozenset({ReservationState.COLLECTED, ReservationState.NO_SHOW}),
    ReservationState.COLLECTED: frozenset({ReservationState.READY}),
    ReservationState.CANCELLED: frozenset(),
    ReservationState.EXPIRED: frozenset(),
    ReservationState.NO_SHOW: frozenset({ReservationState.COLLECTED}),
}
"""The one table of a reservation's life: `RoomState.apply` holds every event to it, and the docs draw from it.

`COLLECTED → READY` is a slip of the finger taken back; `NO_SHOW → COLLECTED` is somebody who came after all.
"""

HOLDING = frozenset(
    {
        ReservationState.RESERVED,
        ReservationState.LOCKED,
        ReservationState.READY,
        ReservationState.COLLECTED,
        ReservationState.NO_SHOW,
    }
)
"""States in which a reservation counts against the quota. Goods that nobody fetched were bought all the same."""

OWED = frozenset({ReservationState.LOCKED, ReservationState.READY, ReservationState.NO_SHOW})
"""States in which goods are still to be handed over."""

CHANGEABLE = frozenset({ReservationState.WAITLISTED, ReservationState.RESERVED})
"""States in which a viewer or the host may still change or cancel it."""

STATE_WORDS: Mapping[ReservationState, str] = {
    ReservationState.LOCKED: "截单",
    ReservationState.READY: "到货",
    ReservationState.COLLECTED: "提走",
    ReservationState.CANCELLED: "取消",
    ReservationState.EXPIRED: "过期",
    ReservationState.NO_SHOW: "记为爽约",
}
"""How a host is told why a reservation cannot be changed: 已经…"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation:
    """`quantity` of an offer for a viewer at the price of the moment, in fen.

    `position` is its place in the session's order of arrival and so its place in the waitlist. `handled` says that the
    host has touched it by hand: a later comment about it is put to the host and never overwrites. `weighed_milli` is
    what weighed goods came to, in thousandths of the offer's unit; the rest is paid or given back (多退少补). `flash_id`
    names the flash deal at whose price it was made.
    """

    id: str
    session_id: str
    viewer: Viewer
    offer_id: str
    variant_id: str | None
    quantity: int
    unit_price_fen: int
    state: ReservationState
    pickup_code: str
    position: int
    made_ms: int
    changed_ms: int
    comment_id: str | None = None
    expires_ms: int | None = None
    handled: bool = False
    reason: str | None = None
    collected_ms: int | None = None
    weighed_milli: int | None = None
    flash_id: str | None = None

    @property
    def amount_fen(self) -> int:
        """What it costs: by its weight once it has been weighed, half a fen rounded up."""
        if self.weighed_milli is None:
            return self.quantity * self.unit_price_fen
        return (self.weighed_milli * self.unit_price_fen + 500) // 1000

    @property
    def difference_fen(self) -> int:
        """What is to pay on top (or, negative, to give back) since it was weighed."""
        return self.amount_fen - self.quantity * self.unit_price_fen

    @property
    def holds(self) -> int:
        """How much of the quota it takes."""
        return self.quantity if self.state in HOLDING else 0

    @property
    def waits(self) -> int:
        """How much of the waitlist it takes."""
        return self.quantity if self.state is ReservationState.WAITLISTED else 0
