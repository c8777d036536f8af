"""Handlers of what viewers say on their own pages: how they will fetch their goods, and orders by form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import offers, stock
from live.domain.basket import Basket
from live.domain.cycle import unknown_point
from live.domain.events import EventKind
from live.domain.flash import awaited
from live.domain.offer import OfferPhase
from live.domain.orders import at_terms, foresee, held_by, place, to_total
from live.domain.refusal import RefusalCode, Refused
from live.domain.reservation import OWED, ReservationState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.offer import Offer
    from live.domain.orders import Order
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
        position=len(draft.state.baskets) + 1,
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
    if point_id is None:
        return None
    chosen = cycle.point(point_id)
    if chosen is None:
        return unknown_point(cycle, point_id)
    if basket is not None and chosen == cycle.point(basket.pickup_point_id):
        return None
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
    """Order by the form of the shop's page: each line to its quantity, all of them or none; of one twice the last."""
    lines = list({(line.offer_id, line.variant_id): line for line in command.lines}.values())
    refused = _refuse_old_list(draft, command.session_id) or _refuse_lines(draft, command.viewer, lines)
    refused = refused or _refuse_point(draft, command.pickup_point_id, None, ())
    if refused is not None:
        return refused
    for line in lines:
        place(draft, command.viewer, _order(draft, command.viewer, line))
    _tell_basket(draft, draft.state.baskets.get(command.viewer.key) or _empty(draft, command.viewer), command)
    return None


def _refuse_old_list(draft: Draft, session_id: str | None) -> Refused | None:
    if session_id in (None, draft.session.id):
        return None
    return Refused(code=RefusalCode.UNKNOWN_SESSION, detail="清单已经换成新的一场，请刷新页面，看一眼再订")


def page_change(draft: Draft, command: c.PageChange) -> Refused | None:
    """Change one line of a basket on its owner's page; 0 gives it back."""
    found = draft.state.of_code(command.pickup_code)
    if not found:
        return Refused(
            code=RefusalCode.UNKNOWN_PICKUP_CODE, detail=f"pickup_code：没有“{command.pickup_code}”这个提货码"
        )
    viewer = found[0].viewer
    refused = _refuse_lines(draft, viewer, [command.line]) or _refuse_unseen(draft, viewer, command)
    if refused is None:
        place(draft, viewer, _order(draft, viewer, command.line))
    return refused


def _refuse_unseen(draft: Draft, viewer: Viewer, command: c.PageChange) -> Refused | None:
    """Refuse what was tapped on a line that has changed since: by a comment, by the host, on another phone."""
    line, offer = command.line, draft.offer(command.line.offer_id)
    total = sum(each.quantity for each in _held(draft, viewer, line))
    if command.seen in (None, total) or line.quantity == total:
        return None
    now = f"刚变成 {total} {offer.unit}" if total else "刚被取消"
    return Refused(code=RefusalCode.CHANGED_MEANWHILE, detail=f"{offer.title}{now}，请看过再改")


def _order(draft: Draft, viewer: Viewer, line: c.PageLine) -> Order:
    """What brings a line to its quantity: a page shows one line whatever the prices."""
    return to_total(draft, viewer, line.offer_id, line.variant_id, line.quantity)


def _refuse_lines(draft: Draft, viewer: Viewer, lines: Sequence[c.PageLine]) -> Refused | None:
    refusals = (_refuse_line(draft, viewer, line) for line in lines)
    first = next((refused for refused in refusals if refused is not None), None)
    return first or _refuse_nothing(draft, viewer, lines) or _refuse_together(draft, viewer, lines)


def _refuse_nothing(draft: Draft, viewer: Viewer, lines: Sequence[c.PageLine]) -> Refused | None:
    if any(line.quantity or _held(draft, viewer, line) for line in lines):
        return None
    return Refused(code=RefusalCode.NOTHING_RESERVED, detail="没有订这些，没有可取消的；要订请先选好数量")


def _held(draft: Draft, viewer: Viewer, line: c.PageLine) -> list[Reservation]:
    """What a line is about; a line of nothing that names no variant means all of the offer."""
    if line.quantity == 0 and line.variant_id is None:
        return draft.state.of_viewer(viewer.key, line.offer_id)
    return held_by(draft, viewer, line.offer_id, line.variant_id)


def _refuse_line(draft: Draft, viewer: Viewer, line: c.PageLine) -> Refused | None:
    offer = offers.find(draft, line.offer_id, line.variant_id)
    if isinstance(offer, Refused):
        return offer
    if line.quantity < 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail=f"{offer.title}的数量不能小于 0")
    held = _held(draft, viewer, line)
    total = sum(each.quantity for each in held)
    if line.quantity == total:
        return None
    if any(each.handled for each in held):
        return Refused(code=RefusalCode.ASK_THE_HOST, detail=f"{offer.title}店主已经替您处理过，要改请联系店主")
    if line.quantity and line.variant_id is None and len(offer.variants) > 1:
        return offers.unsaid_variant(offer)
    return _refuse_more(draft, viewer, offer, line) if line.quantity > total else None


def _refuse_more(draft: Draft, viewer: Viewer, offer: Offer, line: c.PageLine) -> Refused | None:
    if offer.phase is not OfferPhase.OPEN:
        return Refused(code=RefusalCode.OFFER_NOT_OPEN, detail=f"{offer.title}现在不在售")
    if awaited(draft.state.flash_of(offer.id, draft.at_ms), draft.at_ms):
        return Refused(code=RefusalCode.FLASH_NOT_OPEN, detail=f"{offer.title}的秒杀还没开始，开始了再点")
    if draft.state.turned_away(viewer.key, offer.id):
        return Refused(code=RefusalCode.ASK_THE_HOST, detail=f"{offer.title}店主替您取消过，要再订请联系店主")
    most = draft.session.policy.max_no_shows
    if most is not None and draft.state.standing(viewer.key).no_shows >= most:
        return Refused(code=RefusalCode.ASK_THE_HOST, detail="您有几次订了没来提，请直接联系店主预订")
    return _refuse_crowd(draft, offer, line.variant_id, _order(draft, viewer, line).quantity)


def _refuse_together(draft: Draft, viewer: Viewer, lines: Sequence[c.PageLine]) -> Refused | None:
    """The lines of one offer count together, against its limit and against what may be booked unasked."""
    for offer_id in dict.fromkeys(line.offer_id for line in lines):
        terms = draft.terms(offer_id)
        held = at_terms(draft.state.of_viewer(viewer.key, offer_id), terms.flash_id)
        has = foresee(held, (_order(draft, viewer, line) for line in lines if line.offer_id == offer_id)).total()
        offer, more = draft.offer(offer_id), has - sum(each.quantity for each in held)
        refused = _refuse_so_many(draft, offer, terms.per_viewer_limit, has) if more > 0 else None
        refused = refused or _refuse_crowd(draft, offer, None, more)
        if refused is not None:
            return refused
    return None


def _refuse_crowd(draft: Draft, offer: Offer, variant_id: str | None, more: int) -> Refused | None:
    """Refuse what a flash deal has neither units nor room in its line for."""
    room = stock.room(draft, offer.id, variant_id)
    if room is None or more <= room:
        return None
    left = f"最多还能订 {room} {offer.unit}" if room else "已经抢完，排队也满了"
    return Refused(code=RefusalCode.NOT_ENOUGH_STOCK, detail=f"{offer.title}的秒杀{left}")


def _refuse_so_many(draft: Draft, offer: Offer, limit: int | None, has: int) -> Refused | None:
    most = draft.session.policy.max_auto_quantity
    if limit is not None and has > limit:
        detail = f"{offer.title}每人限购 {limit} {offer.unit}，这样会有 {has}"
        return Refused(code=RefusalCode.OVER_LIMIT, detail=detail)
    if has > most:
        detail = f"{offer.title}最多订 {most} {offer.unit}，要更多请联系店主"
        return Refused(code=RefusalCode.ASK_THE_HOST, detail=detail)
    return None
