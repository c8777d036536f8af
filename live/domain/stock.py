"""Claim, release, promote: the only places where what is promised changes.

Two laws hold after each: `reserved + available == quota` for every offer, every variant with a quota of its own and every
flash deal, and nobody waits for what is available at the price they wait for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.reservation import Reservation, ReservationState

if TYPE_CHECKING:
    from live.domain.draft import Draft
    from live.domain.flash import FlashSale
    from live.domain.offer import Offer
    from live.domain.viewer import Viewer

MINUTE_MS = 60_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """What came of a claim: so many promised, so many waiting, and so many for whom there was no room in the line."""

    reserved: int = 0
    waitlisted: int = 0
    turned_away: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A wish of one viewer for so many of one offer; `into` names the reservation that it should be added to."""

    viewer: Viewer
    offer_id: str
    variant_id: str | None
    quantity: int
    into: Reservation | None = None


def claim(draft: Draft, wish: Claim) -> Claimed:
    """Promise what is available, let the rest wait in order of arrival (partial fill).

    The line for a flash deal has an end, except for whom the host puts there.
    """
    price = _price(draft, wish)
    reserved = max(0, min(wish.quantity, _left(draft, wish.offer_id, wish.variant_id, price.flash)))
    if reserved:
        _hold(draft, wish, price, reserved)
    price = _price(draft, wish)
    waiting = wish.quantity - reserved
    waitlisted = waiting if price.flash is None or draft.by_hand else min(waiting, price.flash.room_in_line)
    if waitlisted:
        _wait(draft, wish, price, waitlisted)
    return Claimed(reserved=reserved, waitlisted=waitlisted, turned_away=waiting - waitlisted)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Price:
    """What a claim is made at: an offer's own price, or a flash deal's."""

    fen: int
    flash: FlashSale | None

    @property
    def flash_id(self) -> str | None:
        return None if self.flash is None else self.flash.id


def _price(draft: Draft, wish: Claim) -> _Price:
    """What is added to a reservation costs what that one does, also when its flash deal is over."""
    if wish.into is not None:
        return _Price(fen=wish.into.unit_price_fen, flash=_flash(draft, wish.into))
    terms = draft.terms(wish.offer_id)
    return _Price(fen=terms.price_fen, flash=terms.flash)


def _flash(draft: Draft, reservation: Reservation) -> FlashSale | None:
    """The flash deal that a reservation belongs to."""
    return None if reservation.flash_id is None else draft.state.flash_sales[reservation.flash_id]


def _left(draft: Draft, offer_id: str, variant_id: str | None, flash: FlashSale | None) -> int:
    """What may be promised at a price: a deal that is under way keeps its units for itself."""
    offer, deal = draft.offer(offer_id), draft.flash(offer_id)
    kept = 0 if deal is None or (flash is not None and deal.id == flash.id) else deal.kept
    left = min(offer.available_of(variant_id), offer.available - kept)
    return left if flash is None else min(left, flash.available)


def room(draft: Draft, offer_id: str, variant_id: str | None) -> int | None:
    """How many units a viewer may still be given or let wait for now; None where the line has no end."""
    flash = draft.terms(offer_id).flash
    return None if flash is None else max(0, _left(draft, offer_id, variant_id, flash)) + flash.room_in_line


def release(draft: Draft, reservation: Reservation, quantity: int, *, reason: str | None) -> None:
    """Take back `quantity` of a reservation that may still change; all of it cancels it. Those who wait are promoted."""
    offer, flash = _without(draft, reservation, quantity)
    if quantity >= reservation.quantity:
        gone = replace(
            reservation,
            state=ReservationState.CANCELLED,
            changed_ms=draft.at_ms,
            reason=reason,
            expires_ms=None,
            handled=draft.on_hosts_own,
        )
        draft.tell(EventKind.RESERVATION_CANCELLED, reservation=gone, offer=offer, flash_sale=flash)
    else:
        less = replace(reservation, quantity=reservation.quantity - quantity, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=_vouched(draft, less), offer=offer, flash_sale=flash)
    promote(draft, reservation.offer_id)


def drop(draft: Draft, reservation: Reservation, quantity: int, *, reason: str) -> None:
    """End `quantity` of a reservation at the cut-off: there is nobody left to give it to."""
    offer, flash = _without(draft, reservation, quantity)
    if quantity < reservation.quantity:
        less = replace(reservation, quantity=reservation.quantity - quantity, changed_ms=draft.at_ms, reason=reason)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=less, offer=offer, flash_sale=flash)
        return
    gone = replace(
        reservation, state=ReservationState.CANCELLED, changed_ms=draft.at_ms, reason=reason, expires_ms=None
    )
    draft.tell(EventKind.RESERVATION_CANCELLED, reservation=gone, offer=offer, flash_sale=flash)


def expire(draft: Draft, reservation: Reservation) -> None:
    """End a hold that nobody confirmed in time."""
    offer, flash = _without(draft, reservation, reservation.quantity)
    gone = replace(
        reservation,
        state=ReservationState.EXPIRED,
        changed_ms=draft.at_ms,
        expires_ms=None,
        reason="超时未确认",
    )
    draft.tell(EventKind.RESERVATION_CHANGED, reservation=gone, offer=offer, flash_sale=flash)
    promote(draft, reservation.offer_id)


def promote(draft: Draft, offer_id: str) -> None:
    """Give what is available to those who wait, first come first, each up to what they wait for."""
    for waiting in draft.state.waiting(offer_id):
        offer = draft.offer(offer_id)
        if offer.available <= 0:
            return
        quantity = min(waiting.quantity, _left(draft, offer_id, waiting.variant_id, _flash(draft, waiting)))
        if quantity > 0:
            _promote_one(draft, waiting, quantity)


def _promote_one(draft: Draft, waiting: Reservation, quantity: int) -> None:
    offer, flash = _without(draft, waiting, quantity)
    served = replace(
        waiting,
        state=ReservationState.RESERVED,
        changed_ms=draft.at_ms,
        quantity=quantity,
        expires_ms=_expiry(draft, handled=waiting.handled),
    )
    if quantity < waiting.quantity:
        rest = replace(waiting, quantity=waiting.quantity - quantity, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=rest, offer=offer, flash_sale=flash)
        served = replace(served, id=draft.new_id(waiting.id), position=draft.state.next_position())
    offer = offer.with_reserved(quantity, waiting.variant_id)
    flash = None if flash is None else flash.with_sold(quantity)
    draft.tell(EventKind.RESERVATION_PROMOTED, reservation=served, offer=offer, flash_sale=flash)


def _hold(draft: Draft, wish: Claim, price: _Price, quantity: int) -> None:
    offer = draft.offer(wish.offer_id).with_reserved(quantity, wish.variant_id)
    flash = None if price.flash is None else price.flash.with_sold(quantity)
    held = _held(draft, wish, price)
    if held is None:
        made = replace(_new(draft, wish, price, quantity), expires_ms=_expiry(draft, handled=draft.by_hand))
        draft.tell(EventKind.RESERVATION_MADE, reservation=made, offer=offer, flash_sale=flash)
    else:
        more = replace(
            held,
            quantity=held.quantity + quantity,
            changed_ms=draft.at_ms,
            expires_ms=_expiry(draft, handled=held.handled),
            comment_id=draft.comment_id or held.comment_id,
        )
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=_vouched(draft, more), offer=offer, flash_sale=flash)
    if offer.sold_out:
        draft.tell(EventKind.OFFER_SOLD_OUT, offer=offer)


def _vouched(draft: Draft, reservation: Reservation) -> Reservation:
    """What the host has touched no longer expires, and comments no longer overwrite it."""
    return replace(reservation, handled=True, expires_ms=None) if draft.by_hand else reservation


def _wait(draft: Draft, wish: Claim, price: _Price, quantity: int) -> None:
    offer = draft.offer(wish.offer_id).with_waitlisted(quantity)
    flash = None if price.flash is None else price.flash.with_waitlisted(quantity)
    waiting = replace(_new(draft, wish, price, quantity), state=ReservationState.WAITLISTED)
    draft.tell(EventKind.RESERVATION_WAITLISTED, reservation=waiting, offer=offer, flash_sale=flash)


def _held(draft: Draft, wish: Claim, price: _Price) -> Reservation | None:
    """The reservation that a further claim at the same price is added to."""
    if wish.into is not None:
        return wish.into if wish.into.state is ReservationState.RESERVED else None
    return next((r for r in draft.state.of_viewer(wish.viewer.key, wish.offer_id) if _fits(r, wish, price)), None)


def _fits(reservation: Reservation, wish: Claim, price: _Price) -> bool:
    same = (wish.variant_id, price.fen, price.flash_id)
    is_same = (reservation.variant_id, reservation.unit_price_fen, reservation.flash_id) == same
    return is_same and reservation.state is ReservationState.RESERVED


def _new(draft: Draft, wish: Claim, price: _Price, quantity: int) -> Reservation:
    session = draft.session
    return Reservation(
        id=draft.new_id(wish.offer_id, wish.variant_id),
        session_id=session.id,
        viewer=wish.viewer,
        offer_id=wish.offer_id,
        variant_id=wish.variant_id,
        quantity=quantity,
        unit_price_fen=price.fen,
        state=ReservationState.RESERVED,
        pickup_code=draft.pickup_code(session.id, wish.viewer.key),
        position=draft.state.next_position(),
        made_ms=draft.at_ms,
        changed_ms=draft.at_ms,
        comment_id=draft.comment_id,
        handled=draft.by_hand,
        flash_id=price.flash_id,
    )


def _expiry(draft: Draft, *, handled: bool) -> int | None:
    """When a hold ends; never where the host vouches for it."""
    minutes = draft.session.policy.hold_minutes
    return None if minutes is None or handled else draft.at_ms + minutes * MINUTE_MS


def _without(draft: Draft, reservation: Reservation, quantity: int) -> tuple[Offer, FlashSale | None]:
    """The offer, and the flash deal if it is of one, after a part of a reservation has left them."""
    offer, flash = draft.offer(reservation.offer_id), _flash(draft, reservation)
    quantity = min(quantity, reservation.quantity)
    if reservation.state is ReservationState.WAITLISTED:
        return offer.with_waitlisted(-quantity), None if flash is None else flash.with_waitlisted(-quantity)
    offer = offer.with_reserved(-quantity, reservation.variant_id)
    return offer, None if flash is None else flash.with_sold(-quantity)
