"""The purchase order (采购单): what to buy from whom, in whole cases, once the cut-off has come; a preview before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from live.domain.cases import case_fill
from live.domain.offer import OfferPhase
from live.domain.reservation import ReservationState
from live.reports.fulfilment.book import goods_of, shelf_of
from live.reports.fulfilment.figures import FailedOffer, PurchaseLine, PurchaseOrder, SupplierOrder, VariantNeed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.reports.fulfilment.book import SessionBook
    from live.reports.fulfilment.figures import Heading

Found = tuple[str, PurchaseLine]
"""A supplier with what one session needs of one of their items."""


def purchase_of(books: Sequence[SessionBook], heading: Heading) -> PurchaseOrder:
    """Add up the needs of all sessions by supplier and item, and round them up to whole cases once."""
    shelf = shelf_of(books)
    merged: defaultdict[tuple[str, str, str, int], list[PurchaseLine]] = defaultdict(list)
    for supplier, line in chain.from_iterable(map(_needs, books)):
        merged[supplier, line.goods.title, line.goods.unit, line.case_size].append(line)
    found = [(key[0], _together(lines)) for key, lines in merged.items()]
    found.sort(key=lambda pair: (not pair[0], pair[0], shelf.get(pair[1].goods.key, len(shelf))))
    return PurchaseOrder(
        heading=heading,
        suppliers=tuple(_suppliers(found)),
        failed=tuple(chain.from_iterable(map(failures_of, books))),
    )


def _suppliers(found: Iterable[Found]) -> Iterable[SupplierOrder]:
    lines: defaultdict[str, list[PurchaseLine]] = defaultdict(list)
    for supplier, line in found:
        lines[supplier].append(line)
    return (SupplierOrder(supplier=supplier, lines=tuple(each)) for supplier, each in lines.items())


def _needs(book: SessionBook) -> Iterable[Found]:
    held = book.held_of()
    for offer in book.offers.values():
        mine = held.get(offer.id, [])
        if mine and not _falls_through(book, offer, mine):
            yield offer.supplier.strip(), _line(offer, mine, closed=book.session.cycle.closed)


def _line(offer: Offer, held: Sequence[Reservation], *, closed: bool) -> PurchaseLine:
    """One session's need. After the cut-off all that still holds is promised: every open case is ordered."""
    reserved = sum(r.quantity for r in held)
    fill = case_fill(replace(offer, reserved=reserved, case_tolerance=None if closed else offer.case_tolerance))
    return PurchaseLine(
        goods=goods_of(offer),
        reserved=reserved,
        case_size=offer.case_size,
        cases=fill.to_order,
        surplus=fill.surplus,
        unfilled=fill.unfilled,
        amount_fen=_first_fen(held, reserved - fill.unfilled),
        weighed=offer.weighed,
        variants=tuple(_variants(offer, held)),
    )


def _first_fen(held: Iterable[Reservation], quantity: int) -> int:
    """What the first `quantity` units come to: at the cut-off the latest reservations lose theirs."""
    amount = 0
    for r in held:
        amount += min(r.quantity, quantity) * r.unit_price_fen
        quantity -= min(r.quantity, quantity)
    return amount


def _variants(offer: Offer, held: Sequence[Reservation]) -> Iterable[VariantNeed]:
    """Each variant of which something is reserved, in the shop's order; at last what names none."""
    if not offer.variants:
        return
    names = {v.id: v.name for v in offer.variants}
    summed: dict[str | None, int] = dict.fromkeys(names, 0)
    for r in held:
        summed[r.variant_id] = summed.get(r.variant_id, 0) + r.quantity
    for id_, reserved in summed.items():
        if reserved:
            yield VariantNeed(name=None if id_ is None else names.get(id_, id_), reserved=reserved)


def _together(lines: Sequence[PurchaseLine]) -> PurchaseLine:
    """The needs of several sessions for one item, in as few cases as hold them."""
    first, served = lines[0], sum(line.served for line in lines)
    cases = -(-served // first.case_size)
    return replace(
        first,
        reserved=sum(line.reserved for line in lines),
        cases=cases,
        surplus=cases * first.case_size - served,
        unfilled=sum(line.unfilled for line in lines),
        amount_fen=sum(line.amount_fen for line in lines),
        weighed=any(line.weighed for line in lines),
        variants=_added(chain.from_iterable(line.variants for line in lines)),
    )


def _added(needs: Iterable[VariantNeed]) -> tuple[VariantNeed, ...]:
    summed: dict[str | None, int] = {}
    for need in needs:
        summed[need.name] = summed.get(need.name, 0) + need.reserved
    return tuple(VariantNeed(name=name, reserved=reserved) for name, reserved in summed.items())


def _falls_through(book: SessionBook, offer: Offer, held: Sequence[Reservation]) -> bool:
    """Whether the cut-off would find too few; what was never opened is not held to its minimum."""
    if book.session.cycle.closed or offer.phase is OfferPhase.LISTED:
        return False
    return sum(r.quantity for r in held) < offer.min_quantity


def failures_of(book: SessionBook) -> Iterable[FailedOffer]:
    """The offers of a session that too few wanted: decided by the cut-off, or so far."""
    held = book.held_of()
    for offer in book.offers.values():
        if offer.phase is OfferPhase.FAILED:
            yield _failed(book, offer, _dropped(book, offer), failed=True)
        elif offer.id in held and _falls_through(book, offer, held[offer.id]):
            yield _failed(book, offer, held[offer.id], failed=False)


def _dropped(book: SessionBook, offer: Offer) -> list[Reservation]:
    """What the cut-off took away."""
    closed_ms = book.session.cycle.closed_ms
    return [
        r
        for r in book.reservations
        if r.offer_id == offer.id and r.state is ReservationState.CANCELLED and r.changed_ms == closed_ms
    ]


def _failed(book: SessionBook, offer: Offer, wanted: Sequence[Reservation], *, failed: bool) -> FailedOffer:
    return FailedOffer(
        goods=goods_of(offer),
        room=book.session.room,
        supplier=offer.supplier.strip(),
        min_quantity=offer.min_quantity,
        wanted=sum(r.quantity for r in wanted),
        viewers=len({r.viewer.key for r in wanted}),
        failed=failed,
    )
