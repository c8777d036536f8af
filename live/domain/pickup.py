"""Handlers at the counter: goods handed over, a slip of the finger taken back, nobody came, green points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.baskets import basket_of
from live.domain.events import EventKind
from live.domain.refusal import RefusalCode, Refused
from live.domain.reservation import STATE_WORDS, ReservationState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.reservation import Reservation

UNDO_MS = 60_000
"""How long a pickup may be taken back."""

_FETCHABLE = frozenset({ReservationState.READY, ReservationState.NO_SHOW})


def collect(draft: Draft, command: c.Collect) -> Refused | None:
    """Hand over what is ready under a pickup code, all of it or the named reservations."""
    found = _of_code(draft, command.pickup_code, command.reservation_ids)
    if isinstance(found, Refused):
        return found
    chosen = [each for each in found if each.state in _FETCHABLE]
    complete = chosen and (command.reservation_ids is None or len(chosen) == len(found))
    refused = _refuse_weights(draft, chosen, command) if complete else _refuse_collect(draft, found)
    if refused is not None:
        return refused
    for each in chosen:
        weight = command.weights_milli.get(each.id)
        taken = replace(
            each,
            state=ReservationState.COLLECTED,
            changed_ms=draft.at_ms,
            collected_ms=draft.at_ms,
            weighed_milli=weight,
        )
        draft.tell(EventKind.RESERVATION_COLLECTED, reservation=taken, offer=draft.offer(each.offer_id))
    if command.own_bag:
        _reward(draft, chosen[0])
    return None


def _of_code(draft: Draft, code: str, ids: Sequence[str] | None) -> list[Reservation] | Refused:
    found = draft.state.of_code(code)
    if not found:
        return unknown_code(code)
    if ids is None:
        return found
    if not ids:
        return Refused(code=RefusalCode.UNKNOWN_RESERVATION, detail="reservation_ids：一条也没有选")
    strangers = [rid for rid in ids if all(each.id != rid for each in found)]
    if strangers:
        return Refused(
            code=RefusalCode.UNKNOWN_RESERVATION,
            detail=f"reservation_ids：提货码 {code} 下没有 {'、'.join(strangers)}",
        )
    return [each for each in found if each.id in ids]


def _refuse_collect(draft: Draft, found: Sequence[Reservation]) -> Refused:
    """Why what was asked for cannot be handed over, by the reservation that tells most."""
    held = min((each for each in found if each.state not in _FETCHABLE), key=lambda each: _TELLING.index(each.state))
    title = draft.offer(held.offer_id).title
    if held.state is ReservationState.COLLECTED:
        return Refused(code=RefusalCode.ALREADY_COLLECTED, detail=f"{title}已经提走了，没有再记一次")
    if held.state in _TO_COME:
        return Refused(code=RefusalCode.NOT_READY, detail=f"{title}还没到货；货到了请先点“到货”")
    return Refused(code=RefusalCode.NOT_READY, detail=f"{title}{_NOT_THERE[held.state]}，没有可提的")


_TO_COME = (ReservationState.LOCKED, ReservationState.RESERVED)
_NOT_THERE = {
    ReservationState.WAITLISTED: "还在候补",
    ReservationState.CANCELLED: "已经取消",
    ReservationState.EXPIRED: "已经过期",
}
_TELLING = (ReservationState.COLLECTED, *_TO_COME, *_NOT_THERE)
"""Of several reservations that cannot be fetched, the first of these is told: a second tap hears that it was one."""


def _refuse_weights(draft: Draft, chosen: Sequence[Reservation], command: c.Collect) -> Refused | None:
    weighed = {each.id for each in chosen if draft.offer(each.offer_id).weighed}
    if not command.weights_milli.keys() <= weighed:
        return Refused(code=RefusalCode.NOT_WEIGHED, detail="weights：只有按重量结算、这次要提的商品才能填实重")
    if any(weight <= 0 for weight in command.weights_milli.values()):
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="weights：实重要大于 0")
    return None


def _reward(draft: Draft, fetched: Reservation) -> None:
    """A bag of one's own earns its points once a basket, however often its owner comes."""
    basket = basket_of(draft, fetched)
    rewarded = replace(basket, own_bag=True, bag_points=draft.session.policy.bag_points, changed_ms=draft.at_ms)
    if rewarded != replace(basket, changed_ms=draft.at_ms):
        draft.tell(EventKind.BASKET_CHANGED, basket=rewarded)


def undo_collect(draft: Draft, command: c.UndoCollect) -> Refused | None:
    """Take back what was handed over within the last minute."""
    found = _of_code(draft, command.pickup_code, command.reservation_ids)
    if isinstance(found, Refused):
        return found
    fresh = [each for each in found if _is_fresh(each, draft.at_ms)]
    if not fresh or (command.reservation_ids is not None and len(fresh) != len(found)):
        return Refused(code=RefusalCode.TOO_LATE, detail="只能撤回一分钟内点的提货")
    for each in fresh:
        back = replace(
            each, state=ReservationState.READY, changed_ms=draft.at_ms, collected_ms=None, weighed_milli=None
        )
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=back, offer=draft.offer(each.offer_id))
    _take_back_points(draft, fresh[0])
    return None


def _is_fresh(reservation: Reservation, now_ms: int) -> bool:
    collected = reservation.collected_ms
    return reservation.state is ReservationState.COLLECTED and collected is not None and now_ms - collected <= UNDO_MS


def _take_back_points(draft: Draft, reservation: Reservation) -> None:
    """Nothing of the basket is fetched any more, so its bag was not seen; what has been redeemed by now stays."""
    basket = draft.state.baskets.get(reservation.viewer.key)
    rest = draft.state.of_code(reservation.pickup_code)
    if basket is None or any(r.state is ReservationState.COLLECTED for r in rest):
        return
    points = min(basket.bag_points, draft.state.standing(reservation.viewer.key).points)
    if points > 0:
        less = replace(basket, bag_points=basket.bag_points - points, changed_ms=draft.at_ms)
        draft.tell(EventKind.BASKET_CHANGED, basket=less)


def mark_no_show(draft: Draft, command: c.MarkNoShow) -> Refused | None:
    """Nobody came for it; should they come after all, it can still be collected."""
    found = draft.state.reservations.get(command.reservation_id)
    if found is None:
        return Refused(
            code=RefusalCode.UNKNOWN_RESERVATION, detail=f"reservation_id：没有“{command.reservation_id}”这条预订"
        )
    if found.state is not ReservationState.READY:
        arrived = found.state in STATE_WORDS and found.state is not ReservationState.LOCKED
        words = f"已经{STATE_WORDS[found.state]}" if arrived else "还没到货"
        return Refused(code=RefusalCode.NOT_READY, detail=f"只有到货后没来提的才能记爽约，这条{words}")
    missed = replace(found, state=ReservationState.NO_SHOW, changed_ms=draft.at_ms)
    draft.tell(EventKind.RESERVATION_CHANGED, reservation=missed, offer=draft.offer(found.offer_id))
    return None


def redeem_points(draft: Draft, command: c.RedeemPoints) -> Refused | None:
    """Take green points; never more than there are."""
    found = draft.state.of_code(command.pickup_code)
    if not found:
        return unknown_code(command.pickup_code)
    if command.points <= 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="points：至少兑换 1 个积分")
    points = draft.state.standing(found[0].viewer.key).points
    if command.points > points:
        return Refused(
            code=RefusalCode.NOT_ENOUGH_POINTS, detail=f"points：只有 {points} 个积分，不够 {command.points}"
        )
    basket = basket_of(draft, found[0])
    redeemed = basket.redeemed_points + command.points
    draft.tell(EventKind.BASKET_CHANGED, basket=replace(basket, redeemed_points=redeemed, changed_ms=draft.at_ms))
    return None


def unknown_code(code: str) -> Refused:
    """Say that nobody of this shop has that code."""
    return Refused(
        code=RefusalCode.UNKNOWN_PICKUP_CODE,
        detail=f"pickup_code：没有“{code}”这个提货码，请核对，或按名字、手机尾号找",
    )
