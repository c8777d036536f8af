"""Running sums over a session's reservations, so that every event can carry the totals as they are after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.reservation import HOLDING
from live.service import wire

if TYPE_CHECKING:
    from live.domain.events import Event
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState
    from live.service.wire import Json


@dataclass(kw_only=True, slots=True)
class Ledger:
    """Sums of the room's session; amounts in fen. It runs ahead of the commit, beside the `RoomState` it belongs to."""

    reserved_quantity: int = 0
    waitlisted_quantity: int = 0
    amount_fen: int = 0
    buyers: dict[str, int] = field(default_factory=dict)
    entries: dict[str, Reservation] = field(default_factory=dict)

    def enter(self, event: Event) -> None:
        """Take an event in."""
        if event.kind is EventKind.SESSION_STARTED:
            self.reserved_quantity = self.waitlisted_quantity = self.amount_fen = 0
            self.buyers.clear()
            self.entries.clear()
        if event.reservation is not None:
            self.put(event.reservation)

    def put(self, reservation: Reservation) -> None:
        """Replace a reservation's older self."""
        before = self.entries.get(reservation.id)
        if before is not None:
            self._count(before, -1)
        self._count(reservation, 1)
        self.entries[reservation.id] = reservation

    def totals(self, comments: int) -> Json:
        """The totals of the contract, and what waits beside them."""
        return {
            "comments": comments,
            "buyers": len(self.buyers),
            "reserved_quantity": self.reserved_quantity,
            "waitlisted_quantity": self.waitlisted_quantity,
            "amount": wire.yuan(self.amount_fen),
        }

    def _count(self, reservation: Reservation, sign: int) -> None:
        self.waitlisted_quantity += sign * reservation.waits
        if reservation.state not in HOLDING:
            return
        self.reserved_quantity += sign * reservation.quantity
        self.amount_fen += sign * reservation.quantity * reservation.unit_price_fen
        times = self.buyers.get(reservation.viewer.key, 0) + sign
        if times:
            self.buyers[reservation.viewer.key] = times
        else:
            del self.buyers[reservation.viewer.key]


def ledger_of(state: RoomState) -> Ledger:
    """Sum up a room as it is."""
    ledger = Ledger()
    for reservation in state.reservations.values():
        ledger.put(reservation)
    return ledger
