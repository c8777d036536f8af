"""Handlers of what viewers say on their own pages: how they will fetch their goods, and orders by form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import offers
from live.domain.basket import Basket
from live.domain.cycle import unknown_point
from live.domain.events import EventKind
from live.domain.offer import OfferPhase
from live.domain.orders import Order, concerned, foresee, place
from live.domain.refusal import RefusalCode, Refused
from live.domain.reservation import OWED, ReservationState
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.reservation import Reservation
    from live.domain.viewer import Viewer


def basket_of(draft: Draft, reservation: Reservation) -> Basket:
    """The basket that a reservation lies in; an empty one where its viewer has said nothing yet."""
    held = draft.state.baskets.get(reservation.viewer.key)
    return held or _empty(draft, reservation.viewer)


def _empty(draft: Draft, viewer: Viewer) -> Basket:
    session_id = draft.session.id
    return Basket(
        session_id=session_id,
        viewer_key=viewer.key,
        pickup_code=draft.pickup_code(session_id, viewer.key),
        changed_ms=draft.at_ms,
    )


def set_basket(draft: Draft, command: c.SetBasket) -> Refused | None:
    """Say where and how the goods of a code will be fetched."""
    found = draft.state.of_code(command.pickup_code)
    if not found:
        return Refused(
            code=RefusalCode.UNKNOWN_PICKUP_CODE, detail=f"pickup_code：没有“{command.pickup_code}”这个提货码"
        )
    basket = basket_of(draft, found[0])
    refused = _refuse_point(draft, command.pickup_point_id, basket, found)
    if refused is None:
        _tell_basket(draft, basket, command)
    return refused


def _refuse_point(
    draft: Draft, point_id: str | None, basket: Basket | None, held: Sequence[Reservation]
) -> Refused | None:
    cycle = draft.session.cycle
    if point_id is None or (basket is not None and point_id == basket.pickup_point_id):
        return None
    if cycle.point(point_id) is None:
        return unknown_point(cycle, point_id)
    if any(each.state in OWED and each.state is not ReservationState.LOCKED for each in held):
        return Refused(code=RefusalCode.TOO_LATE, detail="货已经到自提点了，不能再换地方；有困难请联系店主")
    return None


def _tell_basket(draft: Draft, basket: Basket, said: c.SetBasket | c.PageOrder) -> None:
    own_bag = getattr(said, "own_bag", None)
    changed = replace(
        basket,
        pickup_point_id=said.pickup_point_id or basket.pickup_point_id,
        phone_tail=said.phone_tail or basket.phone_tail,
        own_bag=basket.own_bag if own_bag is None else own_bag,
    )
    if changed != basket:
        draft.tell(EventKind.BASKET_CHANGED, basket=replace(changed, changed_ms=draft.at_ms))


def page_order(draft: Draft, command: c.PageOrder) -> Refused | None:
    """Order by the form of the shop's page: each line to its quantity, all of them or none."""
    refused = _refuse_lines(draft, command.viewer, command.lines)
    refused = refused or _refuse_point(draft, command.pickup_point_id, None, ())
    if refused is not None:
        return refused
    for line in command.lines:
        place(draft, command.viewer, _order(line))
    _tell_basket(draft, draft.state.baskets.get(command.viewer.key) or _empty(draft, command.viewer), command)
    return None


def page_change(draft: Draft, command: c.PageChange) -> Refused | None:
    """Change one line of a basket on its owner's page; 0 gives it back."""
    found = draft.state.of_code(command.pickup_code)
    if not found:
        return Refused(
            code=RefusalCode.UNKNOWN_PICKUP_CODE, detail=f"pickup_code：没有“{command.pickup_code}”这个提货码"
        )
    viewer = found[0].viewer
    refused = _refuse_lines(draft, viewer, [command.line])
    if refused is None:
        place(draft, viewer, _order(command.line))
    return refused


def _order(line: c.PageLine) -> Order:
    op = Op.SET if line.quantity else Op.CANCEL
    return Order(op=op, offer_id=line.offer_id, variant_id=line.variant_id, quantity=line.quantity)


def _refuse_lines(draft: Draft, viewer: Viewer, lines: Sequence[c.PageLine]) -> Refused | None:
    if not draft.session.takes_orders(draft.at_ms):
        return Refused(code=RefusalCode.CUTOFF_PASSED, detail="已经截单，不能再订、改或取消；有困难请联系店主")
    most = draft.session.policy.max_no_shows
    if most is not None and draft.state.standing(viewer.key).no_shows >= most:
        return Refused(code=RefusalCode.ASK_THE_HOST, detail="您有几次订了没来提，请直接联系店主预订")
    refusals = (_refuse_line(draft, viewer, line) for line in lines)
    first = next((refused for refused in refusals if refused is not None), None)
    return first or _refuse_together(draft, viewer, lines)


def _refuse_line(draft: Draft, viewer: Viewer, line: c.PageLine) -> Refused | None:
    offer = draft.state.offers.get(line.offer_id)
    if offer is None:
        return offers.unknown(line.offer_id)
    if line.variant_id is not None and offer.variant(line.variant_id) is None:
        return offers.unknown_variant(offer, line.variant_id)
    held = concerned(draft, viewer, _order(line))
    if any(each.handled for each in held):
        return Refused(code=RefusalCode.ASK_THE_HOST, detail=f"{offer.title}店主已经替您处理过，要改请联系店主")
    if line.quantity and line.variant_id is None and len(offer.variants) > 1:
        names = "、".join(v.name for v in offer.variants)
        return Refused(code=RefusalCode.UNKNOWN_VARIANT, detail=f"{offer.title}请选一种：{names}")
    if line.quantity > sum(each.quantity for each in held):
        return _refuse_more(draft, offer.id, line.quantity)
    return None


def _refuse_more(draft: Draft, offer_id: str, quantity: int) -> Refused | None:
    offer, most = draft.offer(offer_id), draft.session.policy.max_auto_quantity
    if offer.phase is not OfferPhase.OPEN:
        return Refused(code=RefusalCode.OFFER_NOT_OPEN, detail=f"{offer.title}现在不在售")
    if quantity > most:
        return Refused(
            code=RefusalCode.ASK_THE_HOST, detail=f"{offer.title}一次最多订 {most} {offer.unit}，要更多请联系店主"
        )
    return None


def _refuse_together(draft: Draft, viewer: Viewer, lines: Sequence[c.PageLine]) -> Refused | None:
    """The lines of one offer count against its limit together."""
    for offer_id in dict.fromkeys(line.offer_id for line in lines):
        offer, held = draft.offer(offer_id), draft.state.of_viewer(viewer.key, offer_id)
        had = sum(each.quantity for each in held)
        has = foresee(held, (_order(line) for line in lines if line.offer_id == offer_id)).total()
        if offer.per_viewer_limit is not None and has > max(had, offer.per_viewer_limit):
            return Refused(
                code=RefusalCode.OVER_LIMIT,
                detail=f"{offer.title}每人限购 {offer.per_viewer_limit} {offer.unit}，这样会有 {has}",
            )
    return None
