"""The pick list (拣货单): who fetches what at which point, by number in line; the same again by item, for packing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from live.domain.reservation import ReservationState
from live.reports.fulfilment.book import shelf_of
from live.reports.fulfilment.figures import (
    GoodsList,
    GoodsTotal,
    PickEntry,
    PickLine,
    PickList,
    PointList,
    Taker,
)
from live.reports.sales import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from live.domain.reservation import Reservation
    from live.domain.session import PickupPoint
    from live.reports.fulfilment.book import SessionBook
    from live.reports.fulfilment.figures import Goods, Heading

    Shelf = Mapping[tuple[str, str, str], int]
    Held = tuple[SessionBook, Reservation]

NOWHERE = "自提"
"""The heading where the shop has named no pickup point."""

PointKey = tuple[str, str]
"""Id and name of a point: rooms of one shop name the same points."""


def picks_of(books: Sequence[SessionBook], heading: Heading, people: Mapping[str, str]) -> PickList:
    """Sort what is held by point and person; `people` names the person behind viewer keys that were joined."""
    shelf = shelf_of(books)
    found: defaultdict[PointKey, defaultdict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for book in books:
        for r in book.held:
            found[_key(_point(book, r))][people.get(r.viewer.key, r.viewer.key)].append((book, r))
    known = _points(books)
    ordered = sorted(found, key=lambda key: list(known).index(key))
    points = tuple(_list(known[key], found[key].values(), shelf) for key in ordered)
    return PickList(heading=heading, points=points, goods=tuple(_by_goods(points, shelf)))


def _point(book: SessionBook, reservation: Reservation) -> PickupPoint | None:
    """Where they said, else the first point; by the same rule as the arrival of the goods."""
    basket = book.baskets.get(reservation.viewer.key)
    return book.session.cycle.point(None if basket is None else basket.pickup_point_id)


def _key(point: PickupPoint | None) -> PointKey:
    return ("", "") if point is None else (point.id, point.name)


def _points(books: Sequence[SessionBook]) -> dict[PointKey, PickupPoint | None]:
    """All points in the shop's order; at last the one without a name."""
    named = {_key(point): point for book in books for point in book.session.cycle.pickup_points}
    return {**named, ("", ""): None}


def _list(point: PickupPoint | None, people: Iterable[Sequence[Held]], shelf: Shelf) -> PointList:
    entries = tuple(sorted((_entry(held, shelf) for held in people), key=lambda entry: entry.number))
    waiting = (line for entry in entries for line in entry.lines if not line.done)
    return PointList(
        name=NOWHERE if point is None else point.name,
        address="" if point is None else point.address,
        entries=entries,
        totals=tuple(_totals(waiting, shelf)),
    )


def _entry(held: Sequence[Held], shelf: Shelf) -> PickEntry:
    ordered = sorted(held, key=lambda pair: pair[0].numbers[pair[1].viewer.key])
    baskets = [book.baskets.get(r.viewer.key) for book, r in ordered]
    said = [basket for basket in baskets if basket is not None]
    first_book, first = ordered[0]
    return PickEntry(
        number=first_book.numbers[first.viewer.key],
        names=tuple(dict.fromkeys(shown_name(r.viewer.name, mask_names=False) for _, r in ordered)),
        codes=tuple(dict.fromkeys(r.pickup_code for _, r in ordered)),
        lines=tuple(_lines(ordered, shelf)),
        phone_tail=next((basket.phone_tail for basket in said if basket.phone_tail), None),
        own_bag=any(basket.own_bag for basket in said),
        weak=first.viewer.weak,
    )


def _lines(held: Iterable[Held], shelf: Shelf) -> Iterable[PickLine]:
    """One line for each thing, what is still to be handed over apart from what is done; in the order of the shelf."""
    found: dict[tuple[object, bool], PickLine] = {}
    for book, r in held:
        goods, done = book.goods_of(r), r.state is ReservationState.COLLECTED
        key = (goods.key, done)
        before = found.get(key)
        offer = book.offers.get(r.offer_id)
        found[key] = PickLine(
            goods=goods if before is None else before.goods,
            quantity=r.quantity + (0 if before is None else before.quantity),
            amount_fen=r.amount_fen + (0 if before is None else before.amount_fen),
            done=done,
            weighed=offer is not None and offer.weighed,
        )
    return sorted(found.values(), key=lambda line: (_place(line.goods, shelf), line.done))


def _totals(lines: Iterable[PickLine], shelf: Shelf) -> Iterable[GoodsTotal]:
    summed: dict[tuple[str, str, str], GoodsTotal] = {}
    for line in lines:
        before = summed.get(line.goods.key)
        quantity = line.quantity + (0 if before is None else before.quantity)
        summed[line.goods.key] = GoodsTotal(goods=line.goods, quantity=quantity)
    return sorted(summed.values(), key=lambda total: _place(total.goods, shelf))


def _by_goods(points: Iterable[PointList], shelf: Shelf) -> Iterable[GoodsList]:
    goods: dict[tuple[str, str, str], Goods] = {}
    takers: defaultdict[tuple[str, str, str], list[Taker]] = defaultdict(list)
    for point in points:
        for entry in point.entries:
            for line in entry.lines:
                goods.setdefault(line.goods.key, line.goods)
                takers[line.goods.key].append(_taker(point, entry, line))
    ordered = sorted(goods.values(), key=lambda each: _place(each, shelf))
    return (GoodsList(goods=each, takers=tuple(takers[each.key])) for each in ordered)


def _taker(point: PointList, entry: PickEntry, line: PickLine) -> Taker:
    return Taker(point=point.name, number=entry.number, name=entry.name, quantity=line.quantity, done=line.done)


def _place(goods: Goods, shelf: Shelf) -> tuple[int, str]:
    return (shelf.get(goods.key, len(shelf)), goods.title)
