"""One order of one viewer for one offer: what it does to what they already have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from live.domain import stock
from live.domain.reservation import ReservationState
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.draft import Draft
    from live.domain.reservation import Reservation
    from live.domain.viewer import Viewer


class Outcome(StrEnum):
    """What came of a comment; stored with it and told again whenever it is resent."""

    NONE = "none"
    RESERVED = "reserved"
    PARTLY_WAITLISTED = "partly_waitlisted"
    WAITLISTED = "waitlisted"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    UNCHANGED = "unchanged"
    NEEDS_CONFIRMATION = "needs_confirmation"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    NOTHING_RESERVED = "nothing_reserved"
    REPEAT_IGNORED = "repeat_ignored"
    OVER_LIMIT = "over_limit"
    SOLD_OUT = "sold_out"
    FLASH_NOT_OPEN = "flash_not_open"
    ENTERED = "entered"
    NOT_ELIGIBLE = "not_eligible"
    VOTED = "voted"
    BLOCKED = "blocked"
    CUTOFF_PASSED = "cutoff_passed"
    SESSION_ENDED = "session_ended"
    HOST = "host"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A checked action: `set` to, `add`, `reduce` by or `cancel` a quantity of an offer's unit."""

    op: Op
    offer_id: str
    variant_id: str | None
    quantity: int


def place(draft: Draft, viewer: Viewer, order: Order) -> Outcome:
    """Carry an order out against the stock; what is not available waits."""
    holdings = concerned(draft, viewer, order)
    total = sum(r.quantity for r in holdings)
    target = _target(order, total)
    if target > total:
        wish = stock.Claim(viewer=viewer, offer_id=order.offer_id, variant_id=order.variant_id, quantity=target - total)
        return _outcome(stock.claim(draft, wish))
    if target == total:
        return Outcome.UNCHANGED
    give_back(draft, holdings, total - target, reason=None if draft.on_hosts_own else "顾客取消")
    return Outcome.CANCELLED if target == 0 else Outcome.CHANGED


GIVES_BACK = frozenset({Op.CANCEL, Op.REDUCE})
"""What never takes more than is held."""


def foresee(held: Iterable[Reservation], orders: Iterable[Order]) -> Counter[str | None]:
    """What somebody will have of one offer, by variant, once orders for it have been placed one after the other."""
    has: Counter[str | None] = Counter()
    for reservation in held:
        has[reservation.variant_id] += reservation.quantity
    for order in orders:
        if order.op is Op.CANCEL and order.variant_id is None:
            has.clear()
        else:
            has[order.variant_id] = _target(order, has[order.variant_id])
    return has


def at_terms(held: Iterable[Reservation], flash_id: str | None) -> list[Reservation]:
    """What of somebody's was made at one flash deal's price (None: at the offer's own)."""
    return [reservation for reservation in held if reservation.flash_id == flash_id]


def held_by(draft: Draft, viewer: Viewer, offer_id: str, variant_id: str | None) -> list[Reservation]:
    """What a viewer has of one offer and variant that may still change."""
    return [r for r in draft.state.of_viewer(viewer.key, offer_id) if r.variant_id == variant_id]


def concerned(draft: Draft, viewer: Viewer, order: Order) -> list[Reservation]:
    """What an order is about: one variant; a cancel that names none means all of the offer.

    What is given back may be of any price; what is set or added is of the price of the moment.
    """
    if order.op is Op.CANCEL and order.variant_id is None:
        return draft.state.of_viewer(viewer.key, order.offer_id)
    held = held_by(draft, viewer, order.offer_id, order.variant_id)
    return held if order.op in GIVES_BACK else at_terms(held, draft.terms(order.offer_id).flash_id)


def to_total(draft: Draft, viewer: Viewer, offer_id: str, variant_id: str | None, quantity: int) -> Order:
    """What brings all that somebody has of one variant, whatever its prices, to a quantity: the difference moves."""
    has = sum(each.quantity for each in held_by(draft, viewer, offer_id, variant_id))
    op = Op.CANCEL if quantity == 0 else Op.ADD if quantity > has else Op.REDUCE
    return Order(op=op, offer_id=offer_id, variant_id=variant_id, quantity=abs(quantity - has))


def give_back(draft: Draft, holdings: list[Reservation], quantity: int, *, reason: str | None) -> None:
    """Take a quantity from what somebody has: first what waits, then the newest."""
    for reservation in sorted(holdings, key=_last_first):
        if quantity <= 0:
            return
        taken = min(quantity, reservation.quantity)
        stock.release(draft, reservation, taken, reason=reason)
        quantity -= taken


def _last_first(reservation: Reservation) -> tuple[bool, int]:
    return reservation.state is not ReservationState.WAITLISTED, -reservation.position


def _target(order: Order, total: int) -> int:
    match order.op:
        case Op.SET:
            return order.quantity
        case Op.ADD:
            return total + order.quantity
        case Op.REDUCE:
            return max(0, total - order.quantity)
        case Op.CANCEL:
            return 0


def _outcome(claimed: stock.Claimed) -> Outcome:
    if not claimed.reserved and not claimed.waitlisted:
        return Outcome.SOLD_OUT
    if claimed.reserved and not claimed.waitlisted and not claimed.turned_away:
        return Outcome.RESERVED
    return Outcome.PARTLY_WAITLISTED if claimed.reserved else Outcome.WAITLISTED
