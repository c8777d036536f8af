"""Claim, release, promote: the only places where what is promised changes.

Two laws hold after each: `reserved + available == quota` for every offer and every variant with a quota of its own, and
nobody waits for what is available.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.reservation import Reservation, ReservationState

if TYPE_CHECKING:
    from live.domain.draft import Draft
    from live.domain.offer import Offer
    from live.domain.viewer import Viewer

MINUTE_MS = 60_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """What came of a claim: so many promised, so many waiting."""

    reserved: int = 0
    waitlisted: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A wish of one viewer for so many of one offer; `into` names the reservation that it should be added to."""

    viewer: Viewer
    offer_id: str
    variant_id: str | None
    quantity: int
    into: Reservation | None = None


def claim(draft: Draft, wish: Claim) -> Claimed:
    """Promise what is available, let the rest wait in order of arrival (partial fill)."""
    reserved = max(0, min(wish.quantity, draft.offer(wish.offer_id).available_of(wish.variant_id)))
    if reserved:
        _hold(draft, wish, reserved)
    if wish.quantity > reserved:
        _wait(draft, wish, wish.quantity - reserved)
    return Claimed(reserved=reserved, waitlisted=wish.quantity - reserved)


def release(draft: Draft, reservation: Reservation, quantity: int, *, reason: str | None) -> None:
    """Take back `quantity` of a reservation that may still change; all of it cancels it. Those who wait are promoted."""
    offer = _without(draft.offer(reservation.offer_id), reservation, quantity)
    if quantity >= reservation.quantity:
        gone = replace(
            reservation,
            state=ReservationState.CANCELLED,
            changed_ms=draft.at_ms,
            reason=reason,
            expires_ms=None,
            handled=draft.on_hosts_own,
        )
        draft.tell(EventKind.RESERVATION_CANCELLED, reservation=gone, offer=offer)
    else:
        less = replace(reservation, quantity=reservation.quantity - quantity, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=_vouched(draft, less), offer=offer)
    promote(draft, reservation.offer_id)


def drop(draft: Draft, reservation: Reservation, quantity: int, *, reason: str) -> None:
    """End `quantity` of a reservation at the cut-off: there is nobody left to give it to."""
    offer = _without(draft.offer(reservation.offer_id), reservation, quantity)
    if quantity < reservation.quantity:
        less = replace(reservation, quantity=reservation.quantity - quantity, changed_ms=draft.at_ms, reason=reason)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=less, offer=offer)
        return
    gone = replace(
        reservation, state=ReservationState.CANCELLED, changed_ms=draft.at_ms, reason=reason, expires_ms=None
    )
    draft.tell(EventKind.RESERVATION_CANCELLED, reservation=gone, offer=offer)


def expire(draft: Draft, reservation: Reservation) -> None:
    """End a hold that nobody confirmed in time."""
    offer = _without(draft.offer(reservation.offer_id), reservation, reservation.quantity)
    gone = replace(
        reservation,
        state=ReservationState.EXPIRED,
        changed_ms=draft.at_ms,
        expires_ms=None,
        reason="超时未确认",
    )
    draft.tell(EventKind.RESERVATION_CHANGED, reservation=gone, offer=offer)
    promote(draft, reservation.offer_id)


def promote(draft: Draft, offer_id: str) -> None:
    """Give what is available to those who wait, first come first, each up to what they wait for."""
    for waiting in draft.state.waiting(offer_id):
        offer = draft.offer(offer_id)
        if offer.available <= 0:
            return
        quantity = min(waiting.quantity, offer.available_of(waiting.variant_id))
        if quantity > 0:
            _promote_one(draft, offer, waiting, quantity)


def _promote_one(draft: Draft, offer: Offer, waiting: Reservation, quantity: int) -> None:
    served = replace(
        waiting,
        state=ReservationState.RESERVED,
        changed_ms=draft.at_ms,
        quantity=quantity,
        expires_ms=_expiry(draft, handled=waiting.handled),
    )
    if quantity < waiting.quantity:
        offer = offer.with_waitlisted(-quantity)
        rest = replace(waiting, quantity=waiting.quantity - quantity, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=rest, offer=offer)
        served = replace(served, id=draft.new_id(waiting.id), position=draft.state.next_position())
        offer = offer.with_reserved(quantity, waiting.variant_id)
    else:
        offer = offer.with_waitlisted(-quantity).with_reserved(quantity, waiting.variant_id)
    draft.tell(EventKind.RESERVATION_PROMOTED, reservation=served, offer=offer)


def _hold(draft: Draft, wish: Claim, quantity: int) -> None:
    offer = draft.offer(wish.offer_id).with_reserved(quantity, wish.variant_id)
    held = _held(draft, wish, offer)
    if held is None:
        made = replace(_new(draft, wish, offer, quantity), expires_ms=_expiry(draft, handled=draft.by_hand))
        draft.tell(EventKind.RESERVATION_MADE, reservation=made, offer=offer)
    else:
        more = replace(
            held,
            quantity=held.quantity + quantity,
            changed_ms=draft.at_ms,
            expires_ms=_expiry(draft, handled=held.handled),
            comment_id=draft.comment_id or held.comment_id,
        )
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=_vouched(draft, more), offer=offer)
    if offer.sold_out:
        draft.tell(EventKind.OFFER_SOLD_OUT, offer=offer)


def _vouched(draft: Draft, reservation: Reservation) -> Reservation:
    """What the host has touched no longer expires, and comments no longer overwrite it."""
    return replace(reservation, handled=True, expires_ms=None) if draft.by_hand else reservation


def _wait(draft: Draft, wish: Claim, quantity: int) -> None:
    offer = draft.offer(wish.offer_id).with_waitlisted(quantity)
    waiting = replace(_new(draft, wish, offer, quantity), state=ReservationState.WAITLISTED)
    draft.tell(EventKind.RESERVATION_WAITLISTED, reservation=waiting, offer=offer)


def _held(draft: Draft, wish: Claim, offer: Offer) -> Reservation | None:
    """The reservation that a further claim at the same price is added to."""
    if wish.into is not None:
        return wish.into if wish.into.state is ReservationState.RESERVED else None
    return next((r for r in draft.state.of_viewer(wish.viewer.key, offer.id) if _fits(r, wish, offer)), None)


def _fits(reservation: Reservation, wish: Claim, offer: Offer) -> bool:
    same = reservation.variant_id == wish.variant_id and reservation.unit_price_fen == offer.price_fen
    return same and reservation.state is ReservationState.RESERVED


def _new(draft: Draft, wish: Claim, offer: Offer, quantity: int) -> Reservation:
    session = draft.session
    return Reservation(
        id=draft.new_id(offer.id, wish.variant_id),
        session_id=session.id,
        viewer=wish.viewer,
        offer_id=offer.id,
        variant_id=wish.variant_id,
        quantity=quantity,
        unit_price_fen=offer.price_fen,
        state=ReservationState.RESERVED,
        pickup_code=draft.pickup_code(session.id, wish.viewer.key),
        position=draft.state.next_position(),
        made_ms=draft.at_ms,
        changed_ms=draft.at_ms,
        comment_id=draft.comment_id,
        handled=draft.by_hand,
    )


def _expiry(draft: Draft, *, handled: bool) -> int | None:
    """When a hold ends; never where the host vouches for it."""
    minutes = draft.session.policy.hold_minutes
    return None if minutes is None or handled else draft.at_ms + minutes * MINUTE_MS


def _without(offer: Offer, reservation: Reservation, quantity: int) -> Offer:
    quantity = min(quantity, reservation.quantity)
    if reservation.state is ReservationState.WAITLISTED:
        return offer.with_waitlisted(-quantity)
    return offer.with_reserved(-quantity, reservation.variant_id)
