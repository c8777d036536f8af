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
    ReservationState.COLLECTED: frozenset(),
    ReservationState.CANCELLED: frozenset(),
    ReservationState.EXPIRED: frozenset(),
    ReservationState.NO_SHOW: frozenset(),
}
"""The one table of a reservation's life: `RoomState.apply` holds every event to it, and the docs draw from it."""

HOLDING = frozenset(
    {ReservationState.RESERVED, ReservationState.LOCKED, ReservationState.READY, ReservationState.COLLECTED}
)
"""States in which a reservation counts against the quota."""

CHANGEABLE = frozenset({ReservationState.WAITLISTED, ReservationState.RESERVED})
"""States in which a viewer or the host may still change or cancel it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation:
    """`quantity` of an offer for a viewer at the price of the moment, in fen.

    `position` is its place in the session's order of arrival and so its place in the waitlist. `handled` says that the
    host has touched it by hand: a later comment about it is put to the host and never overwrites.
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

    @property
    def holds(self) -> int:
        """How much of the quota it takes."""
        return self.quantity if self.state in HOLDING else 0

    @property
    def waits(self) -> int:
        """How much of the waitlist it takes."""
        return self.quantity if self.state is ReservationState.WAITLISTED else 0
