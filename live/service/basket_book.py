"""Whose code it is and what they have: sessions as they are committed, kept up to date for those that are looked at.

The newest session of a room is taken from the service, an earlier one from the store, each when somebody first asks;
from then on the events keep it. A viewer's page therefore never waits for a database that is busy with orders.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.service import wire
from live.service.session_view import (
    PEOPLE,
    SessionView,
    line_topic,
    room_topic,
    session_topic,
    session_view,
    viewer_topic,
)
from live.store.port import Owner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from live.service.results import Published
    from live.service.service import Service
    from live.service.session_view import Topic
    from live.service.wire import Json

__all__ = ["BasketBook", "Held", "Owner"]
"""`Owner` is handed on: who asks the service need not know the store."""

MOST_EARLIER = 32
"""Earlier sessions at hand: those of the last days; an older one is read again when somebody asks."""

MOST_PERSONS = 10_000
"""Persons that are remembered until somebody is joined or split."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What one viewer has in one session."""

    view: SessionView
    viewer_key: str

    @property
    def code(self) -> str:
        """Their pickup code there, which every reservation carries."""
        return str(self.view.of_viewer(self.viewer_key)[0]["pickup_code"])


class BasketBook:
    """All that viewers look at. It listens to the service from `open` to `close`."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._newest: dict[str, SessionView] = {}
        self._earlier: OrderedDict[str, SessionView] = OrderedDict()
        self._loading: list[_Loading] = []
        self._cycles: dict[str, list[tuple[str, str]]] = {}
        self._persons: dict[str, frozenset[str]] = {}
        self._listeners: list[Callable[[set[Topic]], None]] = []
        self._unsubscribe: list[Callable[[], None]] = []

    def open(self) -> None:
        """Listen from now on."""
        self._unsubscribe = [self._service.subscribe(self._published), self._service.on_people(self._regrouped)]

    def close(self) -> None:
        """Stop listening."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []

    def subscribe(self, listener: Callable[[set[Topic]], None]) -> None:
        """Have a listener told what has changed, once a committed batch."""
        self._listeners.append(listener)

    async def room(self, room: str) -> SessionView | None:
        """The newest session of a room; None for a room that had none. No room comes into being by being asked for."""
        if room not in self._newest and await self._service.exists(room):
            # No await from here: nothing can be told between the snapshot and the first event that is heard.
            view = session_view(self._service.snapshot(room))
            if view is not None:
                self._newest[room] = view
        return self._newest.get(room)

    async def session(self, room: str, session_id: str) -> SessionView | None:
        """A session of a room, the newest or an earlier one; None for one that there is not."""
        newest = await self.room(room)
        if newest is not None and newest.id == session_id:
            return newest
        if session_id in self._earlier:
            self._earlier.move_to_end(session_id)
            return self._earlier[session_id]
        return await self._load(room, session_id)

    async def find(self, code: str) -> Owner | None:
        """Whose a pickup code is; None for nobody's."""
        for view in (*self._newest.values(), *self._earlier.values()):
            viewer_key = view.owner(code)
            if viewer_key is not None:
                return Owner(room=view.room, session_id=view.id, viewer_key=viewer_key)
        return await self._service.owner_of(code)

    async def held(self, owner: Owner) -> list[Held]:
        """All that a person has in the cycle of a code, over rooms and identities; the code's own comes first."""
        own = await self.session(owner.room, owner.session_id)
        if own is None:
            return []
        keys = sorted(await self._person(owner.viewer_key))
        views = [await self.session(room, id_) for room, id_ in await self._of_cycle(own)]
        others = [Held(view=view, viewer_key=key) for view in views if view is not None for key in keys]
        first = Held(view=own, viewer_key=owner.viewer_key)
        return [first, *(each for each in others if each != first and each.view.of_viewer(each.viewer_key))]

    async def _of_cycle(self, view: SessionView) -> Sequence[tuple[str, str]]:
        cycle_id = str(view.cycle["id"])
        if not cycle_id:
            return [(view.room, view.id)]
        if cycle_id not in self._cycles:
            self._cycles[cycle_id] = await self._service.sessions_of_cycle(cycle_id)
        return self._cycles[cycle_id]

    async def _person(self, viewer_key: str) -> frozenset[str]:
        """The keys of a person; the one key for who was never joined with others."""
        if viewer_key not in self._persons:
            if len(self._persons) >= MOST_PERSONS:
                self._persons.clear()
            self._persons[viewer_key] = await self._service.people.persons_keys(viewer_key)
        return self._persons[viewer_key]

    async def _load(self, room: str, session_id: str) -> SessionView | None:
        """Read an earlier session. What is told meanwhile may be in it or not: taken in again, it does no harm."""
        loading = _Loading(session_id=session_id, missed=[])
        self._loading.append(loading)
        try:
            snapshot = await self._service.session_snapshot(room, session_id)
        finally:
            self._loading.remove(loading)
        view = None if snapshot is None else session_view(snapshot)
        if view is not None:
            for data in loading.missed:
                view.apply(data)
            self._keep(view)
        return view

    def _keep(self, view: SessionView) -> None:
        self._earlier[view.id] = view
        while len(self._earlier) > MOST_EARLIER:
            self._earlier.popitem(last=False)

    def _regrouped(self) -> None:
        """Identities were joined or split: whose, a page can only tell by looking again."""
        self._persons.clear()
        for listener in self._listeners:
            listener({PEOPLE})

    def _published(self, published: Published) -> None:
        touched: set[Topic] = set()
        for event in published.events:
            if event.kind == "session_started":
                self._begin(published.room, event.data)
            touched |= self._take(published.room, event.data)
        for listener in self._listeners:
            listener(touched)

    def _begin(self, room: str, data: Json) -> None:
        """A new session is the room's newest from here on; the one before it stays at hand."""
        self._cycles.clear()
        before, session = self._newest.pop(room, None), data.get("session")
        if before is not None and isinstance(session, dict):
            self._keep(before)
            self._newest[room] = SessionView(room=room, session=session)

    def _take(self, room: str, data: Json) -> set[Topic]:
        earlier = data.get("earlier_session")
        if earlier is not None:
            objects = dict(wire.objects_of(data))
            return _viewers(objects) | self._take_earlier(str(earlier), objects)
        newest = self._newest.get(room)
        return {room_topic(room)} | _viewers(data) | (set() if newest is None else newest.apply(data))

    def _take_earlier(self, session_id: str, data: Json) -> set[Topic]:
        for loading in self._loading:
            if loading.session_id == session_id:
                loading.missed.append(data)
        view = self._earlier.get(session_id)
        return _touched(data, session_id) if view is None else view.apply(data)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Loading:
    """A session on its way from the store, and what is told of it meanwhile."""

    session_id: str
    missed: list[Json]


def _viewers(data: Json) -> set[Topic]:
    """Whose things an event is about."""
    reservation, basket = data.get("reservation"), data.get("basket")
    viewer = reservation.get("viewer") if isinstance(reservation, dict) else None
    touched = {viewer_topic(str(viewer["key"]))} if isinstance(viewer, dict) else set()
    return touched | ({viewer_topic(str(basket["viewer_key"]))} if isinstance(basket, dict) else set())


def _touched(data: Json, session_id: str) -> set[Topic]:
    """What may have changed in an earlier session that is not at hand: rather too much than too little."""
    offer = data.get("offer")
    touched = {line_topic(session_id, str(offer["id"]))} if isinstance(offer, dict) else set()
    return touched | ({session_topic(session_id)} if isinstance(data.get("session"), dict) else set())
