"""What lies at the counter: one basket a person over the rooms and platforms of a cycle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.service import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from live.domain.basket import Basket
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.viewer import Viewer
    from live.service.wire import Json
    from live.store.port import CounterRecord, SessionRecord

SINCE_MS = 24 * 60 * 60_000
"""How long what was handed over stays on the lists, when nothing else of its session is left to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """All that one viewer has reserved in one session, under one pickup code. `basket`: what they have said about it."""

    session: LiveSession
    basket: Basket | None
    reservations: tuple[Reservation, ...]

    @property
    def viewer(self) -> Viewer:
        """Whose it is, under the name they bore last."""
        return self.reservations[-1].viewer

    @property
    def pickup_code(self) -> str:
        """What they show."""
        return self.reservations[0].pickup_code

    @property
    def number(self) -> int:
        """Their number in the line of the session: that of the first thing they reserved."""
        return min(each.position for each in self.reservations)

    @property
    def phone_tail(self) -> str | None:
        """The last four digits of their phone."""
        return None if self.basket is None else self.basket.phone_tail


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """One person with all keys that are theirs, and what they hold, older sessions first.

    `id` is the viewer key of who was never joined with anybody.
    """

    id: str
    keys: tuple[str, ...]
    held: tuple[Held, ...]


def customers(record: CounterRecord) -> list[Customer]:
    """Group what is reserved by person; who came first, comes first."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key, person in record.people.items():
        keys[person].append(key)
    mine: defaultdict[str, list[Held]] = defaultdict(list)
    for session in record.sessions:
        for held in _held(session):
            mine[record.people.get(held.viewer.key, held.viewer.key)].append(held)
    return [Customer(id=id_, keys=tuple(keys.get(id_, (id_,))), held=tuple(held)) for id_, held in mine.items()]


def _held(record: SessionRecord) -> Iterator[Held]:
    baskets = {basket.viewer_key: basket for basket in record.baskets}
    mine: defaultdict[str, list[Reservation]] = defaultdict(list)
    for reservation in record.reservations:
        mine[reservation.viewer.key].append(reservation)
    for key, reservations in mine.items():
        yield Held(session=record.session, basket=baskets.get(key), reservations=tuple(reservations))


def counter_json(record: CounterRecord, found: Iterable[Customer], *, now_ms: int) -> Json:
    """The counter as the contract's JSON, with these persons on it."""
    return {
        "at": wire.rfc3339(now_ms),
        "rooms": [{"room": room, "seq": seq} for room, seq in record.seqs.items()],
        "sessions": [_session(each) for each in record.sessions],
        "people": [_customer(each, record) for each in found],
    }


def _session(record: SessionRecord) -> Json:
    session = record.session
    return {
        "id": session.id,
        "room": session.room,
        "title": session.title,
        "state": session.state.value,
        "started_at": wire.rfc3339(session.started_ms),
        "cycle": wire.cycle(session.cycle),
        "bag_points": session.policy.bag_points,
        "offers": [wire.offer(offer) for offer in record.offers],
    }


def _customer(customer: Customer, record: CounterRecord) -> Json:
    standings = [record.standings[key] for key in customer.keys if key in record.standings]
    return {
        "id": customer.id,
        "keys": list(customer.keys),
        "points": sum(each.points for each in standings),
        "no_shows": sum(each.no_shows for each in standings),
        "baskets": [_basket(each) for each in customer.held],
    }


def _basket(held: Held) -> Json:
    said = held.basket
    point = held.session.cycle.point(None if said is None else said.pickup_point_id)
    return {
        "session_id": held.session.id,
        "room": held.session.room,
        "viewer": wire.viewer(held.viewer),
        "pickup_code": held.pickup_code,
        "number": held.number,
        "pickup_point_id": None if point is None else point.id,
        "phone_tail": held.phone_tail,
        "own_bag": said is not None and said.own_bag,
        "bag_points": 0 if said is None else said.bag_points,
        "redeemed_points": 0 if said is None else said.redeemed_points,
        "reservations": [wire.reservation(each) for each in held.reservations],
    }
