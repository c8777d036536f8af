"""Handlers of the commands about reservations and the confirm queue. Quota, limit and cut-off hold for the host too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import desk, offers, stock
from live.domain.events import EventKind
from live.domain.orders import GIVES_BACK, Order, at_terms, concerned, foresee, give_back, held_by, place, to_total
from live.domain.refusal import RefusalCode, Refused
from live.domain.reservation import CHANGEABLE, STATE_WORDS, ReservationState
from live.domain.session import Repeat
from nlp.types import Intent, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain import commands as c
    from live.domain.comment import PendingComment
    from live.domain.draft import Draft
    from live.domain.reservation import Reservation
    from live.domain.viewer import Viewer
    from nlp.types import Action


def reserve(draft: Draft, command: c.Reserve) -> Refused | None:
    """Reserve by hand, on top of what the viewer has."""
    order = Order(op=Op.ADD, offer_id=command.offer_id, variant_id=command.variant_id, quantity=command.quantity)
    refused = _refuse(draft, command.viewer, [order])
    if refused is None:
        place(draft, command.viewer, order)
    return refused


def set_quantity(draft: Draft, command: c.SetQuantity) -> Refused | None:
    """Set a reservation, with what its viewer waits for beside it, to a quantity; what is not available waits."""
    found = _changeable(draft, command.reservation_id, command.if_changed_ms)
    if isinstance(found, Refused):
        return found
    if command.quantity <= 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="quantity：至少 1；要取消请用“取消”")
    rows = [found, *_waiting_beside(draft, found)]
    more = command.quantity - sum(r.quantity for r in rows)
    refused = _refuse_limit(draft, found.viewer, found.offer_id, more, found.flash_id)
    if refused is not None:
        return refused
    if more > 0:
        stock.claim(draft, _more_of(found, more))
    elif more < 0:
        give_back(draft, rows, -more, reason=None)
    _vouch(draft, found.id)
    return None


def _more_of(reservation: Reservation, quantity: int) -> stock.Claim:
    return stock.Claim(
        viewer=reservation.viewer,
        offer_id=reservation.offer_id,
        variant_id=reservation.variant_id,
        quantity=quantity,
        into=reservation,
    )


def _waiting_beside(draft: Draft, reservation: Reservation) -> list[Reservation]:
    """What the same viewer waits for besides: a part of what they asked for, so that the same tap twice is one."""
    held = held_by(draft, reservation.viewer, reservation.offer_id, reservation.variant_id)
    return [
        r
        for r in at_terms(held, reservation.flash_id)
        if r.id != reservation.id and r.state is ReservationState.WAITLISTED
    ]


def _vouch(draft: Draft, reservation_id: str) -> None:
    """The host vouches for it, if nothing has said so yet: it no longer expires, and comments no longer overwrite it."""
    left = draft.state.reservations[reservation_id]
    vouched = replace(left, handled=True, expires_ms=None)
    if left.state in CHANGEABLE and vouched != left:
        told = replace(vouched, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=told, offer=draft.offer(left.offer_id))


def cancel_reservation(draft: Draft, command: c.CancelReservation) -> Refused | None:
    """Cancel a reservation; those who wait are promoted."""
    found = _changeable(draft, command.reservation_id, command.if_changed_ms)
    if isinstance(found, Refused):
        return found
    stock.release(draft, found, found.quantity, reason=command.reason)
    return None


def accept_comment(draft: Draft, command: c.AcceptComment) -> Refused | None:
    """Do what a comment asks, as understood or as the host corrects it."""
    found = _pending(draft, command.comment_id)
    if isinstance(found, Refused):
        return found
    actions = found.actions if command.actions is None else command.actions
    orders = [_order(draft, found, action) for action in actions]
    complete = [order for order in orders if isinstance(order, Order)]
    refused = next((order for order in orders if isinstance(order, Refused)), None)
    refused = refused or _refuse_empty(orders) or _refuse(draft, found.viewer, complete)
    if refused is not None:
        return refused
    draft.comment_id = found.id
    before = desk.holdings(draft, found.viewer, (order.offer_id for order in complete))
    for order in complete:
        place(draft, found.viewer, order)
    draft.tell(EventKind.COMMENT_ACCEPTED, comment=replace(found, actions=tuple(actions)))
    after = desk.holdings(draft, found.viewer, (order.offer_id for order in complete))
    desk.remember(draft, found, before, after)
    return None


def dismiss_comment(draft: Draft, command: c.DismissComment) -> Refused | None:
    """Drop a comment from the confirm queue."""
    found = _pending(draft, command.comment_id)
    if isinstance(found, Refused):
        return found
    draft.comment_id = found.id
    draft.tell(EventKind.COMMENT_DISMISSED, comment=found)
    desk.remember(draft, found, desk.Holdings(), desk.Holdings())
    return None


def _changeable(draft: Draft, reservation_id: str, if_changed_ms: int | None) -> Reservation | Refused:
    found = draft.state.reservations.get(reservation_id)
    if found is None:
        return Refused(code=RefusalCode.UNKNOWN_RESERVATION, detail=f"reservation_id：没有“{reservation_id}”这条预订")
    if found.state not in CHANGEABLE:
        return Refused(code=RefusalCode.NOT_CHANGEABLE, detail=f"这条预订已经{STATE_WORDS[found.state]}，不能再改")
    return found if if_changed_ms in (None, found.changed_ms) else _changed_meanwhile(draft, found)


def _changed_meanwhile(draft: Draft, found: Reservation) -> Refused:
    """Somebody else was faster: say what it is now, so that nobody's change is overwritten unseen."""
    offer = draft.offer(found.offer_id)
    variant = offer.variant(found.variant_id)
    goods = offer.title if variant is None else f"{offer.title} {variant.name}"
    waits = "（在排队）" if found.state is ReservationState.WAITLISTED else ""
    detail = f"{found.viewer.name}的{goods}刚被改成 {found.quantity} {offer.unit}{waits}，请看过再改"
    return Refused(code=RefusalCode.CHANGED_MEANWHILE, detail=detail)


def _pending(draft: Draft, comment_id: str) -> PendingComment | Refused:
    found = draft.state.find_pending(comment_id)
    if len(found) == 1:
        return found[0]
    if found:
        return Refused(
            code=RefusalCode.AMBIGUOUS_COMMENT, detail="comment_id：两个平台有同号的评论，请写成 平台/评论号"
        )
    return Refused(code=RefusalCode.UNKNOWN_COMMENT, detail=f"comment_id：“{comment_id}”不在待确认里，可能已经处理过")


def _order(draft: Draft, pending: PendingComment, action: Action) -> Order | Refused:
    if action.offer is None or (action.quantity is None and action.op is not Op.CANCEL):
        return Refused(code=RefusalCode.INCOMPLETE_ACTION, detail="actions：还不知道是哪个商品或要几份，请补全后再确认")
    if action.op is not Op.CANCEL and (action.quantity or 0) <= 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="quantity：数量要大于 0")
    if pending.intent == Intent.CHANGE and action.op is Op.SET and _at_two_prices(draft, pending.viewer, action):
        return to_total(draft, pending.viewer, action.offer, action.variant, action.quantity or 0)
    buys = pending.intent == Intent.BUY and action.op is Op.SET
    op = Op.ADD if buys and draft.session.policy.repeat is Repeat.ADD else action.op
    return Order(op=op, offer_id=action.offer, variant_id=action.variant, quantity=action.quantity or 0)


def _at_two_prices(draft: Draft, viewer: Viewer, action: Action) -> bool:
    """Whether somebody who says 改成 has what it is about at another price than that of the moment."""
    if action.offer not in draft.state.offers:
        return False
    held = held_by(draft, viewer, action.offer, action.variant)
    return at_terms(held, draft.terms(action.offer).flash_id) != held


def _refuse_empty(orders: Sequence[object]) -> Refused | None:
    if orders:
        return None
    return Refused(code=RefusalCode.INCOMPLETE_ACTION, detail="actions：没有要办的事，请写明商品和数量，或忽略这条评论")


def _refuse(draft: Draft, viewer: Viewer, orders: Sequence[Order]) -> Refused | None:
    refusals = (_refuse_order(draft, viewer, order) for order in orders)
    first = next((refused for refused in refusals if refused is not None), None)
    return first or _refuse_together(draft, viewer, orders)


def _refuse_order(draft: Draft, viewer: Viewer, order: Order) -> Refused | None:
    offer = offers.find(draft, order.offer_id, order.variant_id)
    if isinstance(offer, Refused):
        return offer
    if order.op not in GIVES_BACK and order.quantity <= 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="quantity：数量要大于 0")
    if concerned(draft, viewer, order):
        return None
    if order.op not in (Op.CANCEL, Op.REDUCE):
        return offers.unsaid_variant(offer) if order.variant_id is None and len(offer.variants) > 1 else None
    if not draft.state.of_viewer(viewer.key, offer.id):
        return Refused(code=RefusalCode.NOTHING_RESERVED, detail=f"{viewer.name}没有订{offer.title}，没有可取消的")
    return Refused(code=RefusalCode.NOTHING_RESERVED, detail=f"variant：{viewer.name}订的不是这个规格，请写明哪一种")


def _refuse_together(draft: Draft, viewer: Viewer, orders: Sequence[Order]) -> Refused | None:
    """All orders for one offer count against its limit together: 大果三箱小果三箱 are six."""
    for offer_id in dict.fromkeys(order.offer_id for order in orders):
        flash_id = draft.terms(offer_id).flash_id
        held = at_terms(draft.state.of_viewer(viewer.key, offer_id), flash_id)
        has = foresee(held, (order for order in orders if order.offer_id == offer_id)).total()
        refused = _refuse_limit(draft, viewer, offer_id, has - sum(r.quantity for r in held), flash_id)
        if refused is not None:
            return refused
    return None


def _refuse_limit(draft: Draft, viewer: Viewer, offer_id: str, more: int, flash_id: str | None) -> Refused | None:
    """A flash deal has a limit of its own, which counts what was made at its price alone."""
    offer = draft.offer(offer_id)
    limit = offer.per_viewer_limit if flash_id is None else draft.state.flash_sales[flash_id].per_viewer_limit
    total = sum(r.quantity for r in at_terms(draft.state.of_viewer(viewer.key, offer_id), flash_id)) + more
    if limit is None or more <= 0 or total <= limit:
        return None
    return Refused(
        code=RefusalCode.OVER_LIMIT,
        detail=f"{offer.title}每人限购 {limit} {offer.unit}，这样会有 {total}；请减少数量",
    )
