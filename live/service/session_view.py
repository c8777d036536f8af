"""One session as it is committed, found by viewer: what the viewers' own pages are made from.

Like `RoomView` it works on the JSON objects of the events alone. Beside them it knows who is whose, and who stands where
in line, so that a page of one viewer costs nothing that grows with the evening.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.service.wire import Json

Topic = tuple[str, ...]
"""What a page may listen to: `("viewer", key)`, `("session", id)`, `("line", session id, offer id)`, `("room", name)`."""

PEOPLE: Topic = ("people",)
"""Which identities are one person."""

_WAITS = "waitlisted"
_STOCK = frozenset({"reserved", "waitlisted", "available", "cases", "variants"})
"""What of an offer moves with every order: of no interest to somebody who looks at their own basket."""


def viewer_topic(viewer_key: str) -> Topic:
    """What a viewer has, in any session."""
    return ("viewer", viewer_key)


def session_topic(session_id: str) -> Topic:
    """The session and its cycle."""
    return ("session", session_id)


def line_topic(session_id: str, offer_id: str) -> Topic:
    """An offer's terms, and the line of those who wait for it."""
    return ("line", session_id, offer_id)


def room_topic(room: str) -> Topic:
    """The list of the room's newest session."""
    return ("room", room)


@dataclass(kw_only=True, slots=True, eq=False)
class SessionView:
    """A session with its offers, reservations, draws and baskets; baskets are by the viewer's key."""

    room: str
    session: Json
    offers: dict[str, Json] = field(default_factory=dict)
    reservations: dict[str, Json] = field(default_factory=dict)
    baskets: dict[str, Json] = field(default_factory=dict)
    giveaways: dict[str, Json] = field(default_factory=dict)
    _of_viewer: dict[str, dict[str, None]] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)
    _waiting: dict[str, dict[str, int]] = field(default_factory=dict)
    _places: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The session's id."""
        return str(self.session["id"])

    @property
    def cycle(self) -> Json:
        """The session's order cycle."""
        cycle = self.session["cycle"]
        if isinstance(cycle, dict):
            return cycle
        raise AssertionError("a session has a cycle")

    def owner(self, pickup_code: str) -> str | None:
        """The key of the viewer whose code it is; None for nobody's here."""
        return self._owners.get(pickup_code)

    def of_viewer(self, viewer_key: str) -> list[Json]:
        """All that a viewer ever reserved here, in the order in which it was made."""
        return [self.reservations[rid] for rid in self._of_viewer.get(viewer_key, ())]

    def place(self, reservation: Mapping[str, object]) -> int:
        """Where a waiting reservation stands among all who wait for its offer, from 1."""
        offer_id = str(reservation["offer_id"])
        if offer_id not in self._places:
            self._places[offer_id] = self._line(offer_id)
        return self._places[offer_id][str(reservation["id"])]

    def apply(self, data: Json) -> set[Topic]:
        """Take an event in; tells what has changed beside the viewer's own things."""
        touched: set[Topic] = set()
        for name, put in self._puts():
            value = data.get(name)
            if isinstance(value, dict):
                touched |= put(value)
        reservation = data.get("reservation")
        if isinstance(reservation, dict):
            touched |= self._put_reservation(reservation)
        return touched

    def _puts(self) -> tuple[tuple[str, Callable[[Json], set[Topic]]], ...]:
        return (
            ("session", self._put_session),
            ("offer", self._put_offer),
            ("basket", self._put_basket),
            ("giveaway", self._put_giveaway),
        )

    def _put_giveaway(self, giveaway: Json) -> set[Topic]:
        """Who is in, a page tells once the list is closed; until then an entry is nobody else's affair."""
        self.giveaways[str(giveaway["id"])] = giveaway
        return set() if giveaway["state"] == "open" else {session_topic(self.id)}

    def _put_session(self, session: Json) -> set[Topic]:
        self.session = session
        return {session_topic(self.id)}

    def _put_offer(self, offer: Json) -> set[Topic]:
        offer_id = str(offer["id"])
        before, self.offers[offer_id] = self.offers.get(offer_id), offer
        return set() if before is not None and _terms(before) == _terms(offer) else {line_topic(self.id, offer_id)}

    def _put_basket(self, basket: Json) -> set[Topic]:
        self.baskets[str(basket["viewer_key"])] = basket
        return set()

    def _put_reservation(self, reservation: Json) -> set[Topic]:
        """Who joins the end of a line moves nobody in it; who leaves it does."""
        before = self.reservations.get(str(reservation["id"]))
        self._enter(reservation)
        left = before is not None and before["state"] == _WAITS and reservation["state"] != _WAITS
        return {line_topic(self.id, str(reservation["offer_id"]))} if left else set()

    def _enter(self, reservation: Json) -> None:
        rid, viewer = str(reservation["id"]), reservation["viewer"]
        key = str(viewer["key"]) if isinstance(viewer, dict) else ""
        self.reservations[rid] = reservation
        self._of_viewer.setdefault(key, {}).setdefault(rid)
        self._owners[str(reservation["pickup_code"])] = key
        self._stand_in_line(rid, reservation)

    def _stand_in_line(self, rid: str, reservation: Json) -> None:
        offer_id = str(reservation["offer_id"])
        line = self._waiting.setdefault(offer_id, {})
        if reservation["state"] == _WAITS:
            line[rid] = _position(reservation)
        elif line.pop(rid, None) is None:
            return
        self._places.pop(offer_id, None)

    def _line(self, offer_id: str) -> dict[str, int]:
        line = self._waiting.get(offer_id, {})
        return {rid: place for place, rid in enumerate(sorted(line, key=line.__getitem__), start=1)}


def session_view(snapshot: Json) -> SessionView | None:
    """Make the view of a room's newest session from its snapshot; None before the first one."""
    session = snapshot["session"]
    if not isinstance(session, dict):
        return None
    view = SessionView(room=str(snapshot["room"]), session=session)
    view.offers = {str(each["id"]): each for each in _objects(snapshot["offers"])}
    view.baskets = {str(each["viewer_key"]): each for each in _objects(snapshot["baskets"])}
    view.giveaways = {str(each["id"]): each for each in _objects(snapshot["giveaways"])}
    for reservation in _objects(snapshot["reservations"]):
        view._enter(reservation)  # noqa: SLF001  # its own maker
    return view


def _terms(offer: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in offer.items() if name not in _STOCK}


def _position(reservation: Mapping[str, object]) -> int:
    position = reservation["position"]
    return position if isinstance(position, int) else 0


def _objects(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
