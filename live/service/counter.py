"""What lies at the counter: one basket a person over the rooms and platforms of a cycle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.domain.giveaway import Giveaway
from live.domain.line_number import LineNumber, are_lettered, letter_of
from live.service import wire, wire_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from live.domain.basket import Basket
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.viewer import Viewer
    from live.service.wire import Json
    from live.store.port import CounterRecord, SessionRecord

SINCE_MS = 24 * 60 * 60_000
"""How long what was handed over stays on the lists, when nothing else of its session is left to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A session among those of its cycle, counted from 0; `lettered`: its numbers bear a letter on paper."""

    room: int = 0
    lettered: bool = False

    @property
    def letter(self) -> str:
        """What tells its numbers from those of the others."""
        return letter_of(self.room)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """All that one viewer has reserved in one session, under one pickup code. `basket`: what they have said about it.

    `place` is where it stands among the sessions of its cycle.
    """

    session: LiveSession
    place: Place
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
    def line(self) -> LineNumber:
        """Their number as papers print it and as it is called out."""
        return LineNumber(room=self.place.room, position=self.number, lettered=self.place.lettered)

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
    places = _places(record.sessions)
    for session in record.sessions:
        for held in _held(session, places[session.session.id]):
            mine[record.people.get(held.viewer.key, held.viewer.key)].append(held)
    return [Customer(id=id_, keys=tuple(keys.get(id_, (id_,))), held=tuple(held)) for id_, held in mine.items()]


def _places(sessions: Iterable[SessionRecord]) -> dict[str, Place]:
    """Where each session stands in its cycle, as papers have it; without a cycle it stands alone."""
    cycles: defaultdict[str, list[SessionRecord]] = defaultdict(list)
    for each in sessions:
        cycles[each.session.cycle.id or f"/{each.session.id}"].append(each)
    return {id_: place for cycle in cycles.values() for id_, place in _in_cycle(cycle)}


def _in_cycle(cycle: Sequence[SessionRecord]) -> Iterator[tuple[str, Place]]:
    lettered = are_lettered(each.reservations for each in cycle)
    return ((each.session.id, Place(room=room, lettered=lettered)) for room, each in enumerate(cycle))


def _held(record: SessionRecord, place: Place) -> Iterator[Held]:
    baskets = {basket.viewer_key: basket for basket in record.baskets}
    mine: defaultdict[str, list[Reservation]] = defaultdict(list)
    for reservation in record.reservations:
        mine[reservation.viewer.key].append(reservation)
    for key, reservations in mine.items():
        yield Held(session=record.session, place=place, basket=baskets.get(key), reservations=tuple(reservations))


def counter_json(record: CounterRecord, found: Iterable[Customer], *, now_ms: int) -> Json:
    """The counter as the contract's JSON, with these persons on it."""
    places = _places(record.sessions)
    return {
        "at": wire.rfc3339(now_ms),
        "rooms": [{"room": room, "seq": seq} for room, seq in record.seqs.items()],
        "sessions": [_session(each, places[each.session.id]) for each in record.sessions],
        "people": [_customer(each, record) for each in found],
    }


def _session(record: SessionRecord, place: Place) -> Json:
    session = record.session
    return {
        "id": session.id,
        "room": session.room,
        "title": session.title,
        "state": session.state.value,
        "started_at": wire.rfc3339(session.started_ms),
        "letter": place.letter,
        "cycle": wire.cycle(session.cycle),
        "bag_points": session.policy.bag_points,
        "offers": [wire.offer(offer) for offer in record.offers],
        "giveaways": [wire_stage.giveaway(act) for act in record.acts if isinstance(act, Giveaway)],
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
        "line_number": str(held.line),
        "pickup_point_id": None if point is None else point.id,
        "phone_tail": held.phone_tail,
        "own_bag": said is not None and said.own_bag,
        "bag_points": 0 if said is None else said.bag_points,
        "redeemed_points": 0 if said is None else said.redeemed_points,
        "reservations": [wire.reservation(each) for each in held.reservations],
    }
