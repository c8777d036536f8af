"""The service: rooms with their owners, and what the web, the commands and the reports ask of them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from live.service import wire
from live.service.batch import Idempotency
from live.service.comment_kinds import kinds_told
from live.service.counter import SINCE_MS, counter_json, customers
from live.service.counter_search import find, read_query
from live.service.cycles import cycle_summary
from live.service.draw_records import DrawRecords
from live.service.items import Asked
from live.service.lists import Lists
from live.service.people import People
from live.service.results import BrokenTask, RoomClosed
from live.service.view import view_of
from live.service.worker import Ears, RoomWorker
from live.streams.port import Arrival

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from live.domain.commands import Command
    from live.domain.comment import Comment
    from live.domain.giveaway import Giveaway
    from live.service.results import Answer, Published, Trouble
    from live.service.view import RoomView
    from live.service.wire import Json
    from live.service.worker import Parts
    from live.store.port import CycleRecord, Owner, SessionRecord, StoredEvent
    from live.streams.port import InLine


class Service:
    """One process's rooms. Use it as an async context: leaving it ends the owners after their batch."""

    def __init__(self, parts: Parts, *, new_id: Callable[[], str]) -> None:
        """Take the parts; nothing is opened before the service is entered."""
        self._parts = parts
        self._new_id = new_id
        self._workers: dict[str, RoomWorker] = {}
        self._listeners: list[Callable[[Published], None]] = []
        self._trouble_listeners: list[Callable[[Trouble | None], None]] = []
        self._people_listeners: list[Callable[[], None]] = []
        self._troubles: dict[str, Trouble] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._stack = AsyncExitStack()
        self._running: list[asyncio.Task[None]] = []
        self.draws = DrawRecords(parts.store)
        self.lists = Lists(parts.store, parts.make_classifier)
        self.people = People(parts.store.people, clock=parts.clock, new_id=new_id, changed=self._people_have_changed)

    async def __aenter__(self) -> Self:
        """Start the store, the line and the owners of rooms with a running session."""
        await self._parts.store.start()
        self._stack.push_async_callback(self._parts.store.close)
        await self._parts.stream.start()
        self._stack.push_async_callback(self._parts.stream.close)
        self._tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        for room in await self._parts.store.rooms():
            await self.open(room)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the owners, then the line, then the store. A broken owner's error takes the place of the cancellation."""
        for task in self._running:
            task.cancel()
        cancelled = isinstance(error, asyncio.CancelledError)
        try:
            await self._stack.__aexit__(*((kind, error, trace) if cancelled else (None, None, None)))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def open(self, room: str) -> None:
        """Load a room, if it is not; a room exists once it is used."""
        worker = self._workers.get(room)
        if worker is None:
            worker = self._start_worker(room)
        await worker.loaded.wait()

    def _start_worker(self, room: str) -> RoomWorker:
        if self._tasks is None:
            raise AssertionError("the service has not been entered")
        ears = Ears(tell=self._tell, report=self.report)
        worker = self._workers[room] = RoomWorker(room, self._parts, ears)
        self._running.append(self._tasks.create_task(_own(worker), name=f"room {room}"))
        return worker

    def running(self, room: str) -> bool:
        """Whether a room takes comments now; the room must be open."""
        session = self._workers[room].view.session
        return session is not None and session["state"] == "running"

    def running_rooms(self) -> list[str]:
        """The rooms that take comments now, by name."""
        return sorted(room for room, worker in self._workers.items() if worker.loaded.is_set() and self.running(room))

    def open_rooms(self) -> list[str]:
        """Every room that is open, by name."""
        return sorted(room for room, worker in self._workers.items() if worker.loaded.is_set())

    def in_line(self, room: str) -> InLine:
        """What a room has taken in and not committed."""
        return self._parts.stream.in_line(room)

    def busy_ms(self, room: str) -> int:
        """How long the room's owner has been at one piece of work; 0 while it waits for some. The room must be open."""
        since_ms = self._workers[room].busy_since_ms
        return 0 if since_ms is None else max(0, self._parts.clock() - since_ms)

    def waited_ms(self, room: str, now_ms: int) -> int:
        """How long the oldest comment that is not committed has waited, or a command may have; the room must be open."""
        oldest_ms = self.in_line(room).oldest_ms
        return max(self.busy_ms(room), 0 if oldest_ms is None else now_ms - oldest_ms)

    def snapshot(self, room: str) -> Json:
        """The room as it is committed, as a host sees it; the room must be open."""
        return self._workers[room].view.snapshot()

    def view(self, room: str) -> RoomView:
        """The room as it is committed, object by object, to be read alone; the room must be open."""
        return self._workers[room].view

    def seq(self, room: str) -> int:
        """The number of the last event that was told; the room must be open."""
        return self._workers[room].view.seq

    async def ingest(self, room: str, comments: Sequence[Comment], received_ms: int) -> asyncio.Future[None]:
        """Put comments on the room's line; waits while it is full.

        The future is done when an ack may go out. Raises `RoomClosed`, `StreamUnavailable`.
        """
        await self.open(room)
        if not self.running(room):
            raise RoomClosed(room)
        arrivals = [Arrival(comment=comment, received_ms=received_ms) for comment in comments]
        return await self._parts.stream.append(room, arrivals)

    async def command(
        self, room: str, command: Command, *, key: str | None, request_hash: str, by: str | None = None
    ) -> Answer:
        """Have a command carried out; the answer comes after the commit. `by`: the name of who gives it."""
        await self.open(room)
        idempotency = None if key is None else Idempotency(key=key, request=request_hash)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        asked = Asked(
            command=command,
            asked_ms=self._parts.clock(),
            cause=f"command/{self._new_id()}",
            idempotency=idempotency,
            answer=answer,
            by=by,
        )
        self._workers[room].ask(asked)
        return await answer

    async def events_since(self, room: str, seq: int, limit: int) -> list[StoredEvent]:
        """The room's kept events after `seq`."""
        return await self._parts.store.events_since(room, seq, limit)

    async def comments_after(self, room: str, n: int, limit: int) -> list[Json]:
        """Stored comments in order of arrival, as section 4 shows them."""
        return [wire.comment(comment) for comment in await self._parts.store.comments_after(room, n, limit)]

    async def comment_kinds(self, room: str) -> Json:
        """What each comment of the room's session is (`live.service.comment_kinds`); the room must be open."""
        session = self._workers[room].view.session
        kinds = [] if session is None else await self._parts.store.comment_kinds(str(session["id"]))
        return kinds_told(session, kinds)

    async def waiting_draws(self) -> list[tuple[str, Giveaway]]:
        """Draws whose list is closed and which have no winners yet, with their rooms."""
        return await self._parts.store.waiting_draws()

    async def session_record(self, session_id: str) -> SessionRecord | None:
        """All that is kept of a session, for its report."""
        return await self._parts.store.session(session_id)

    async def cycle_record(self, session_id: str) -> CycleRecord | None:
        """All that is kept of a session's order cycle over all rooms, for purchase orders, pick lists and labels."""
        return await self._parts.store.cycle(session_id)

    async def exists(self, room: str) -> bool:
        """Whether a room was ever used; one that was is open from here on, and none comes into being."""
        if room not in self._workers and not await self._parts.store.has_room(room):
            return False
        await self.open(room)
        return True

    async def session_snapshot(self, room: str, session_id: str) -> Json | None:
        """An earlier session as it is committed, as `snapshot` shows the newest; None for one that there is not."""
        state = await self._parts.store.load_session(room, session_id)
        return None if state is None else view_of(state).snapshot()

    async def owner_of(self, pickup_code: str) -> Owner | None:
        """Whose a pickup code is, in whichever room; None for nobody's."""
        return await self._parts.store.owner_of(pickup_code)

    async def sessions_of_cycle(self, cycle_id: str) -> list[tuple[str, str]]:
        """Room and id of every session of a cycle."""
        return await self._parts.store.sessions_of_cycle(cycle_id)

    async def points_of(self, viewer_key: str) -> int:
        """A viewer's green points over all sessions, less what they have redeemed."""
        return await self._parts.store.points_of(viewer_key)

    async def cycles(self, room: str) -> list[Json]:
        """What is left to do in the room's order cycles, newest session first, as it is committed."""
        store = self._parts.store
        states = [await store.load_room(room)]
        for session_id in reversed(await store.unfinished(room)):
            found = await store.load_session(room, session_id)
            states += [] if found is None else [found]
        return [summary for state in states if (summary := cycle_summary(state)) is not None]

    async def counter(self, room: str, text: str = "") -> Json:
        """Whose goods lie at the counter of a room, by person; `text` is what somebody was looked for by."""
        now_ms, query = self._parts.clock(), read_query(text)
        record = await self._parts.store.counter(room, now_ms - SINCE_MS, query.code)
        return counter_json(record, find(customers(record), query), now_ms=now_ms)

    def subscribe(self, listener: Callable[[Published], None]) -> Callable[[], None]:
        """Have a listener told of every batch, right after its commit; returns how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_trouble(self, listener: Callable[[Trouble | None], None]) -> Callable[[], None]:
        """Have a listener told of trouble, and of its end; returns how to stop it."""
        self._trouble_listeners.append(listener)
        return lambda: self._trouble_listeners.remove(listener)

    def on_people(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have a listener told when identities were joined or split; returns how to stop it."""
        self._people_listeners.append(listener)
        return lambda: self._people_listeners.remove(listener)

    def trouble(self) -> Trouble | None:
        """What the host must know now; what stops the comments before all else."""
        return min(self._troubles.values(), key=lambda trouble: not trouble.stops, default=None)

    def report(self, about: str, trouble: Trouble | None) -> None:
        """Have hosts told of trouble about something (a room, or a name that no room bears), or of its end."""
        before = self.trouble()
        if trouble is None:
            self._troubles.pop(about, None)
        else:
            self._troubles[about] = trouble
        if self.trouble() != before:
            for listener in list(self._trouble_listeners):
                listener(self.trouble())

    def _tell(self, published: Published) -> None:
        for listener in list(self._listeners):
            listener(published)

    def _people_have_changed(self) -> None:
        for worker in self._workers.values():
            worker.reread()
        for listener in list(self._people_listeners):
            listener()


async def _own(worker: RoomWorker) -> None:
    """A broken owner stops the service, and says which room broke."""
    try:
        await worker.run()
    except Exception as error:
        raise BrokenTask(f"直播间 {worker.room} 的处理任务出错：{type(error).__name__}: {error}") from error
