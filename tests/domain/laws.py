"""What must hold in a room whatever is said and done in it; each law names the promise that it guards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from live.domain.cases import case_fill
from live.domain.events import EventKind
from live.domain.offer import OfferPhase
from live.domain.reservation import CHANGEABLE, ReservationState
from live.domain.standing import NOTHING
from live.domain.ticket import About, TicketState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.events import Event
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState

_ENDED = frozenset({ReservationState.CANCELLED, ReservationState.EXPIRED})

Totals = Counter[tuple[str, str]]
"""(viewer key, offer id) → what they hold and wait for."""

Priced = Counter[tuple[str, str, str | None]]
"""(viewer key, offer id, flash deal or None) → what they hold and wait for at that price."""


def totals(state: RoomState) -> Totals:
    """What everybody holds and waits for."""
    found: Totals = Counter()
    for r in state.reservations.values():
        found[r.viewer.key, r.offer_id] += r.holds + r.waits
    return found


def priced(state: RoomState) -> Priced:
    """What everybody holds and waits for, by price."""
    found: Priced = Counter()
    for r in state.reservations.values():
        found[r.viewer.key, r.offer_id, r.flash_id] += r.holds + r.waits
    return found


def check_promises(state: RoomState) -> None:
    """`reserved + available == quota`, for every offer and every variant with a quota; nothing is counted twice."""
    for offer in state.offers.values():
        rows = [r for r in state.reservations.values() if r.offer_id == offer.id]
        assert offer.reserved == sum(r.holds for r in rows)
        assert offer.waitlisted == sum(r.waits for r in rows)
        assert offer.reserved + offer.available == offer.quota
        assert 0 <= offer.reserved <= offer.quota
        assert offer.waitlisted >= 0
        assert all(r.quantity > 0 for r in rows)
        assert {r.variant_id for r in rows if r.holds or r.waits} <= {None, *(v.id for v in offer.variants)}
        _check_variants(offer, rows)
    _check_deals(state)


def _check_deals(state: RoomState) -> None:
    """`sold + available == quota` for every flash deal; what it shows as left is there, and only its own are its price."""
    for deal in state.flash_sales.values():
        rows = [r for r in state.reservations.values() if r.flash_id == deal.id]
        assert deal.sold == sum(r.holds for r in rows)
        assert deal.waitlisted == sum(r.waits for r in rows)
        assert 0 <= deal.sold <= deal.quota
        assert deal.sold + deal.available == deal.quota
        assert deal.ended or deal.available <= state.offers[deal.offer_id].available
        assert {(r.offer_id, r.unit_price_fen) for r in rows} <= {(deal.offer_id, deal.price_fen)}
    deals = state.flash_sales.values()
    cheap = {deal.price_fen for deal in deals}
    assert not any(r.unit_price_fen in cheap for r in state.reservations.values() if r.flash_id is None)
    assert sum(not deal.ended for deal in deals) <= 1


def left_for(state: RoomState, waiting: Reservation) -> int:
    """What of an offer there is at the price that somebody waits for; a deal keeps its units for itself until it ends."""
    offer = state.offers[waiting.offer_id]
    deals = [deal for deal in state.flash_sales.values() if deal.offer_id == offer.id]
    others = sum(deal.quota - deal.sold for deal in deals if not deal.ended and deal.id != waiting.flash_id)
    own = [deal.quota - deal.sold for deal in deals if deal.id == waiting.flash_id]
    return min([offer.available_of(waiting.variant_id), offer.available - others, *own])


def _check_variants(offer: Offer, rows: list[Reservation]) -> None:
    for variant in offer.variants:
        assert variant.reserved == sum(r.holds for r in rows if r.variant_id == variant.id)
        assert variant.quota is None or 0 <= variant.reserved <= variant.quota


def check_rest(state: RoomState) -> None:
    """What holds between two steps: nobody waits for what is there at their price, and the line stands in order."""
    for offer in state.offers.values():
        waiting = list(state.waiting(offer.id))
        assert all(left_for(state, r) == 0 for r in waiting)
        positions = [r.position for r in waiting]
        assert positions == sorted(set(positions))
    places = [r.position for r in state.reservations.values()]
    assert places == list(range(1, len(places) + 1))


def check_cycle(state: RoomState) -> None:
    """Before the cut-off nothing is locked; after it nothing may change, nobody waits, and only whole orders stand."""
    assert state.session is not None
    closed = state.session.cycle.closed
    for r in state.reservations.values():
        assert r.state in _ENDED or (r.state in CHANGEABLE) is not closed
    for offer in state.offers.values() if closed else ():
        assert offer.phase is not OfferPhase.OPEN
        assert case_fill(offer).unfilled == 0
        assert offer.reserved == 0 or offer.reserved >= offer.min_quantity
        assert offer.phase is not OfferPhase.FAILED or offer.reserved == 0
    for point in state.session.cycle.pickup_points:
        assert point.ready_ms is None or closed


def check_counter(state: RoomState) -> None:
    """Only what is fetched has been fetched and weighed; nobody has fewer points than none."""
    assert state.session is not None
    for r in state.reservations.values():
        assert (r.collected_ms is not None) is (r.state is ReservationState.COLLECTED)
        assert r.weighed_milli is None or (r.collected_ms is not None and state.offers[r.offer_id].weighed)
    for key, basket in state.baskets.items():
        assert state.standing(key).points >= 0
        assert 0 <= basket.bag_points <= state.session.policy.bag_points
        assert basket.redeemed_points >= 0
        assert state.of_code(basket.pickup_code)[0].viewer.key == key
    assert [b.position for b in state.baskets.values()] == list(range(1, len(state.baskets) + 1))
    assert NOTHING not in state.standings.values()


def check_tickets(state: RoomState, complaints: int) -> None:
    """Every complaint is heard on one ticket; of those not settled a viewer has one, and the stream has one."""
    tickets = list(state.tickets.values())
    assert sum(ticket.times for ticket in tickets) == complaints
    unsettled = [ticket for ticket in tickets if ticket.state is not TicketState.CLOSED]
    live = [ticket for ticket in unsettled if ticket.about is About.LIVE]
    others = [ticket.viewer.key for ticket in unsettled if ticket.about is About.GOODS]
    assert len(live) <= 1
    assert len(set(others)) == len(others)
    assert [ticket.position for ticket in tickets] == list(range(1, len(tickets) + 1))


def check_limits(state: RoomState, before: Priced) -> None:
    """Whoever got more at a price is within its limit per viewer, over all variants: the offer's, or the flash deal's."""
    for (key, offer_id, flash_id), total in priced(state).items():
        seller = state.offers[offer_id] if flash_id is None else state.flash_sales[flash_id]
        limit = seller.per_viewer_limit
        assert limit is None or total <= max(limit, before[key, offer_id, flash_id])


def check_same(state: RoomState, twin: RoomState) -> None:
    """Two states are equal, their indexes too."""
    assert state == twin
    for key, offer_id in totals(state):
        assert state.of_viewer(key, offer_id) == twin.of_viewer(key, offer_id)
    for offer_id in state.offers:
        assert list(state.waiting(offer_id)) == list(twin.waiting(offer_id))


def fold(twin: RoomState, events: Iterable[Event]) -> None:
    """Take events in one by one, as a page does: the promises hold after each, and the line is served from its head."""
    for event in events:
        if event.kind is EventKind.RESERVATION_PROMOTED:
            _check_head_of_line(twin, event)
        twin.apply(event)
        check_promises(twin)


def _check_head_of_line(twin: RoomState, event: Event) -> None:
    served = event.reservation
    assert served is not None
    head = next(r for r in twin.waiting(served.offer_id) if left_for(twin, r) > 0)
    assert (head.viewer, head.made_ms, head.comment_id) == (served.viewer, served.made_ms, served.comment_id)
    assert (served.unit_price_fen, served.flash_id) == (head.unit_price_fen, head.flash_id)
