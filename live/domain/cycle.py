"""Handlers of the order cycle: the cut-off, the arrival of the goods, another pickup time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import flash_sales, stock
from live.domain.cases import case_fill
from live.domain.events import EventKind
from live.domain.offer import OfferPhase
from live.domain.refusal import RefusalCode, Refused, unknown_offer
from live.domain.reservation import ReservationState
from nlp.types import PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Collection

    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import OrderCycle


def close_cycle(draft: Draft, command: c.CloseCycle) -> Refused | None:  # noqa: ARG001  # one shape for all handlers
    """Cut off: who still waits is told so, what did not come together fails, and the rest is locked."""
    if draft.session.cycle.closed:
        return Refused(code=RefusalCode.CYCLE_CLOSED, detail="这一期已经截单了")
    _end_claim(draft)
    flash_sales.end_all(draft)
    for offer_id in list(draft.state.offers):
        _settle(draft, offer_id)
    _tell_cycle(draft, EventKind.CYCLE_CLOSED, replace(draft.session.cycle, closed_ms=draft.at_ms))
    return None


def _end_claim(draft: Draft) -> None:
    """A prompt that claims goods has nothing left to claim; a draw or a poll goes on."""
    prompt = draft.state.prompt
    if prompt is not None and prompt.meaning is PromptMeaning.CLAIM:
        draft.tell(EventKind.PROMPT_CLOSED, prompt=replace(prompt, open=False))


def _settle(draft: Draft, offer_id: str) -> None:
    for waiting in list(draft.state.waiting(offer_id)):
        stock.drop(draft, waiting, waiting.quantity, reason="截单时没有排到")
    offer = draft.offer(offer_id)
    if _falls_short(offer):
        _fail(draft, offer)
        return
    _cut_loose(draft, offer)
    for reservation in _reserved(draft, offer_id):
        locked = replace(reservation, state=ReservationState.LOCKED, changed_ms=draft.at_ms, expires_ms=None)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=locked, offer=draft.offer(offer_id))
    if draft.offer(offer_id).phase is OfferPhase.OPEN:
        draft.tell(EventKind.OFFER_CLOSED, offer=replace(draft.offer(offer_id), phase=OfferPhase.CLOSED))


def _falls_short(offer: Offer) -> bool:
    """Whether fewer than the minimum would be ordered. What never was on sale, and nobody has, has not failed."""
    offered = offer.phase is not OfferPhase.LISTED or offer.reserved > 0
    return offered and offer.reserved - case_fill(offer).unfilled < offer.min_quantity


def _fail(draft: Draft, offer: Offer) -> None:
    for reservation in _reserved(draft, offer.id):
        stock.drop(draft, reservation, reservation.quantity, reason=f"没成团：不到 {offer.min_quantity} {offer.unit}")
    draft.tell(EventKind.OFFER_CLOSED, offer=replace(draft.offer(offer.id), phase=OfferPhase.FAILED))


def _cut_loose(draft: Draft, offer: Offer) -> None:
    """An open case that the shop does not order cannot be handed out: the latest reservations lose it."""
    unfilled = case_fill(offer).unfilled
    for reservation in reversed(_reserved(draft, offer.id)):
        taken = min(unfilled, reservation.quantity)
        if taken:
            stock.drop(draft, reservation, taken, reason="没凑满整箱")
        unfilled -= taken


def _reserved(draft: Draft, offer_id: str) -> list[Reservation]:
    """The reservations of an offer, first come first."""
    return [
        each
        for each in draft.state.reservations.values()
        if each.offer_id == offer_id and each.state is ReservationState.RESERVED
    ]


def move_pickup(draft: Draft, command: c.MovePickup) -> Refused | None:
    """Set another pickup time and say why."""
    cycle = draft.session.cycle
    earliest_ms = draft.at_ms if cycle.closed else max(draft.at_ms, cycle.cutoff_at_ms)
    if command.pickup_at_ms <= earliest_ms:
        return Refused(code=RefusalCode.INVALID_CYCLE, detail="pickup_at：新的提货时间要在现在和截单时间之后")
    moved = replace(cycle, pickup_at_ms=command.pickup_at_ms, notice=command.notice)
    if moved != cycle:
        _tell_cycle(draft, EventKind.CYCLE_MOVED, moved)
    return None


def mark_ready(draft: Draft, command: c.MarkReady) -> Refused | None:
    """The goods have arrived, all of them or some: what is locked there may be fetched."""
    cycle = draft.session.cycle
    refused = _refuse_arrival(draft, command)
    if refused is not None:
        return refused
    locked = [each for each in draft.state.reservations.values() if each.state is ReservationState.LOCKED]
    arrived = [each for each in locked if _arrives(draft, each, command)]
    late = {point_of(draft, each.viewer.key) for each in locked if not _arrives(draft, each, command)}
    marked = _marked(cycle, command.pickup_point_id, late, draft.at_ms)
    if not arrived and marked == cycle:
        return Refused(code=RefusalCode.ALREADY_READY, detail="这里已经点过到货，没有还在等货的预订")
    for reservation in arrived:
        ready = replace(reservation, state=ReservationState.READY, changed_ms=draft.at_ms)
        draft.tell(EventKind.RESERVATION_CHANGED, reservation=ready, offer=draft.offer(reservation.offer_id))
    _tell_cycle(draft, EventKind.GOODS_READY, marked)
    return None


def _refuse_arrival(draft: Draft, command: c.MarkReady) -> Refused | None:
    cycle, point_id = draft.session.cycle, command.pickup_point_id
    if not cycle.closed:
        return Refused(code=RefusalCode.CYCLE_OPEN, detail="还没截单，货不会到；请先截单")
    if point_id is not None and cycle.point(point_id) is None:
        return unknown_point(cycle, point_id)
    strange = next((each for each in command.offer_ids or () if each not in draft.state.offers), None)
    return None if strange is None else unknown_offer(strange)


def _arrives(draft: Draft, locked: Reservation, command: c.MarkReady) -> bool:
    here = command.pickup_point_id is None or point_of(draft, locked.viewer.key) == command.pickup_point_id
    return here and (command.offer_ids is None or locked.offer_id in command.offer_ids)


def point_of(draft: Draft, viewer_key: str) -> str | None:
    """Where a viewer will fetch their goods: where they said, else at the first point; None where there is none."""
    basket = draft.state.baskets.get(viewer_key)
    point = draft.session.cycle.point(None if basket is None else basket.pickup_point_id)
    return None if point is None else point.id


def _marked(cycle: OrderCycle, point_id: str | None, late: Collection[str | None], now_ms: int) -> OrderCycle:
    """A point is marked once nothing is awaited there any more."""
    points = tuple(
        replace(point, ready_ms=now_ms)
        if point.ready_ms is None and point.id not in late and point_id in (None, point.id)
        else point
        for point in cycle.pickup_points
    )
    return replace(cycle, pickup_points=points)


def _tell_cycle(draft: Draft, kind: EventKind, cycle: OrderCycle) -> None:
    draft.tell(kind, session=replace(draft.session, cycle=cycle))


def unknown_point(cycle: OrderCycle, point_id: str) -> Refused:
    """Say which pickup points there are instead."""
    known = "、".join(f"{point.id}（{point.name}）" for point in cycle.pickup_points) or "没有设自提点"
    return Refused(code=RefusalCode.UNKNOWN_PICKUP_POINT, detail=f"pickup_point_id：没有“{point_id}”，现有：{known}")
