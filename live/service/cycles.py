"""What is left to do in a room's order cycles: its newest session's, and those of earlier ones with goods to hand over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from live.domain.cases import case_fill
from live.domain.offer import OfferPhase
from live.domain.reservation import ReservationState
from live.domain.ticket import TicketState
from live.service import wire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState
    from live.service.wire import Json

SHOWN = (
    ReservationState.WAITLISTED,
    ReservationState.RESERVED,
    ReservationState.LOCKED,
    ReservationState.READY,
    ReservationState.COLLECTED,
    ReservationState.NO_SHOW,
)


def cycle_summary(state: RoomState) -> Json | None:
    """One session's cycle with its counts (quantities are not added up: units differ); None before the first session."""
    session = state.session
    if session is None:
        return None
    return {
        "session": {"id": session.id, "title": session.title, "state": session.state.value},
        "cycle": wire.cycle(session.cycle),
        "reservations": _counts(state.reservations.values()),
        "points": [
            {"id": point.id, "name": point.name, "reservations": _counts(_at(state, point.id))}
            for point in session.cycle.pickup_points
        ],
        "offers": [_offer(offer) for offer in state.offers.values() if offer.reserved or offer.min_quantity],
        "tickets": [wire.ticket(each) for each in state.tickets.values() if each.state is not TicketState.CLOSED],
    }


def _counts(reservations: Iterable[Reservation]) -> Json:
    counted = Counter(each.state for each in reservations)
    return {state.value: counted[state] for state in SHOWN}


def _at(state: RoomState, point_id: str) -> Iterable[Reservation]:
    """Who has not chosen fetches at the first point."""
    if state.session is None:
        return
    for each in state.reservations.values():
        basket = state.baskets.get(each.viewer.key)
        point = state.session.cycle.point(None if basket is None else basket.pickup_point_id)
        if point is not None and point.id == point_id:
            yield each


def _offer(offer: Offer) -> Json:
    fill = case_fill(offer)
    return {
        "id": offer.id,
        "title": offer.title,
        "unit": offer.unit,
        "reserved": offer.reserved,
        "failed": offer.phase is OfferPhase.FAILED,
        "missing_to_minimum": max(0, offer.min_quantity - offer.reserved),
        "missing_to_case": fill.missing,
        "unfilled": fill.unfilled,
        "cases": fill.to_order,
        "case_size": offer.case_size,
    }
