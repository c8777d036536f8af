"""An order cycle as its documents look at it: what holds, in which order goods stand, which number a viewer has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.domain.line_number import LineNumber, are_lettered
from live.reports.fulfilment.figures import Goods, Heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.domain.basket import Basket
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.store.port import CycleRecord, SessionRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionBook:
    """One session of a cycle with what its documents ask for by name.

    `held` are the reservations that hold quota, first come first; `numbers` are by the viewer's key.
    """

    session: LiveSession
    offers: Mapping[str, Offer]
    baskets: Mapping[str, Basket]
    reservations: tuple[Reservation, ...]
    held: tuple[Reservation, ...]
    numbers: Mapping[str, LineNumber]

    def goods_of(self, reservation: Reservation) -> Goods:
        """What is reserved; an offer that is gone is known by its id."""
        offer = self.offers.get(reservation.offer_id)
        if offer is None:
            return Goods(number=None, title=reservation.offer_id, unit="份", variant=reservation.variant_id)
        variant = offer.variant(reservation.variant_id)
        return goods_of(offer, reservation.variant_id if variant is None else variant.name)

    def held_of(self) -> dict[str, list[Reservation]]:
        """What is held of each offer, first come first."""
        found: defaultdict[str, list[Reservation]] = defaultdict(list)
        for reservation in self.held:
            found[reservation.offer_id].append(reservation)
        return found


def goods_of(offer: Offer, variant: str | None = None) -> Goods:
    """The goods that an offer sells."""
    return Goods(number=offer.number, title=offer.title, unit=offer.unit, variant=variant)


def books_of(cycle: CycleRecord) -> tuple[SessionBook, ...]:
    """The books of a cycle's sessions, oldest first. Numbers bear a letter where more than one session sold something."""
    lettered = are_lettered(record.reservations for record in cycle.sessions)
    return tuple(book_of(record, place, lettered=lettered) for place, record in enumerate(cycle.sessions))


def book_of(record: SessionRecord, place: int = 0, *, lettered: bool = False) -> SessionBook:
    """The book of one session, the `place`-th of its cycle from 0."""
    ordered = sorted(record.reservations, key=lambda r: r.position)
    return SessionBook(
        session=record.session,
        offers={offer.id: offer for offer in record.offers},
        baskets={basket.viewer_key: basket for basket in record.baskets},
        reservations=tuple(ordered),
        held=tuple(r for r in ordered if r.holds),
        numbers=_numbers(ordered, place, lettered=lettered),
    )


def _numbers(ordered: Sequence[Reservation], place: int, *, lettered: bool) -> dict[str, LineNumber]:
    """Also counts what was cancelled since: a number that was told to a viewer stays theirs."""
    first: dict[str, LineNumber] = {}
    for r in ordered:
        first.setdefault(r.viewer.key, LineNumber(room=place, position=r.position, lettered=lettered))
    return first


def shelf_of(books: Sequence[SessionBook]) -> dict[tuple[str, str, str], int]:
    """In which order goods stand in lists: by the number of their offer, those without one last, variants as listed."""
    offers = [offer for book in books for offer in book.offers.values()]
    ordered = sorted(offers, key=lambda o: (o.number is None, o.number or 0))
    keys = [goods_of(offer, name).key for offer in ordered for name in (None, *(v.name for v in offer.variants))]
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


def heading_of(books: Sequence[SessionBook]) -> Heading:
    """What stands at the top; the newest session names the cycle."""
    newest, cycles = books[-1].session, [book.session.cycle for book in books]
    closed = [cycle.closed_ms for cycle in cycles if cycle.closed_ms is not None]
    open_rooms = [book.session.room for book in books if not book.session.cycle.closed]
    return Heading(
        title=newest.title,
        rooms=_distinct([book.session.room for book in books]),
        cutoff_at_ms=newest.cycle.cutoff_at_ms,
        closed_ms=max(closed, default=None),
        pickup_at_ms=newest.cycle.pickup_at_ms,
        open_rooms=_distinct(open_rooms),
        notice=newest.cycle.notice,
    )


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
