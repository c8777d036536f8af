"""What must hold in a room whatever is said and done in it; each law names the promise that it guards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from live.domain.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.events import Event
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState

Totals = Counter[tuple[str, str]]
"""(viewer key, offer id) → what they hold and wait for."""


def totals(state: RoomState) -> Totals:
    """What everybody holds and waits for."""
    found: Totals = Counter()
    for r in state.reservations.values():
        found[r.viewer.key, r.offer_id] += r.holds + r.waits
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


def _check_variants(offer: Offer, rows: list[Reservation]) -> None:
    for variant in offer.variants:
        assert variant.reserved == sum(r.holds for r in rows if r.variant_id == variant.id)
        assert variant.quota is None or 0 <= variant.reserved <= variant.quota


def check_rest(state: RoomState) -> None:
    """What holds between two steps: nobody waits for what is available, and the line stands in order of arrival."""
    for offer in state.offers.values():
        waiting = list(state.waiting(offer.id))
        assert all(offer.available_of(r.variant_id) == 0 for r in waiting)
        positions = [r.position for r in waiting]
        assert positions == sorted(set(positions))
    places = [r.position for r in state.reservations.values()]
    assert places == list(range(1, len(places) + 1))


def check_limits(state: RoomState, before: Totals) -> None:
    """Whoever got more of an offer is within its limit per viewer, over all variants."""
    for (key, offer_id), total in totals(state).items():
        limit = state.offers[offer_id].per_viewer_limit
        assert limit is None or total <= max(limit, before[key, offer_id])


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
    head = next(r for r in twin.waiting(served.offer_id) if r.variant_id == served.variant_id)
    assert (head.viewer, head.made_ms, head.comment_id) == (served.viewer, served.made_ms, served.comment_id)
    assert served.unit_price_fen == head.unit_price_fen
