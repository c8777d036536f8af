"""The owner of one room: takes what has come in, decides, commits, and only then tells and acknowledges.

Batches clock themselves: the next one gathers while the last one commits.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Protocol

from live.domain.desk_commands import KeepFaq
from live.domain.handle import next_due_ms
from live.domain.stage_commands import OpenGiveaway
from live.domain.state import RoomState
from live.service import problems
from live.service.batch import Batch
from live.service.beacons import KnownBeacon
from live.service.items import TICK, Asked, CommandFailed, begins, came_ms, in_order, pieces
from live.service.ledger import Ledger, ledger_of
from live.service.outbox import restored
from live.service.reader import Reader
from live.service.results import Answer, Published, Trouble
from live.service.sessions import ABOUT_A_COMMENT, OF_CYCLE, fits, holds, kept, trace_of
from live.service.view import RoomView, view_of
from live.store.port import Stale, StoreUnavailable
from live.streams.port import Arrival
from nlp.flood import MOST_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from live.domain.commands import Command
    from live.domain.comment import AnsweredComment
    from live.domain.draft import PickupCodes
    from live.domain.state import CommentKey
    from live.service.items import Item
    from live.service.journal import Journal
    from live.service.reader import MakeClassifier
    from live.service.results import PublishedEvent
    from live.store.port import Store
    from live.streams.port import Delivery, Stream

_LOG = logging.getLogger(__name__)

BATCH_LIMIT = 256
"""Comments a batch, about: enough to make a commit cheap, few enough that a page waits no longer than it notices."""

MAX_ATTEMPTS = 100
"""Another owner may win now and then, not for ever: beyond this something is broken and must be seen."""

RETRY_SECONDS = 1.0
"""How long to wait before writing again to a store that could not be written."""

BEHIND_SECONDS = 0.25
"""How long the clock's work waits for the next batch where a full one held only what came in before it was due.

Of a flood that arrived before a draw closed all are in, however long it takes to read them.
"""


class Clock(Protocol):
    """Tells the time: milliseconds since the epoch."""

    def __call__(self) -> int:
        """Now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """What every room's owner works with."""

    store: Store
    stream: Stream
    clock: Clock
    pickup_code: PickupCodes
    make_classifier: MakeClassifier
    journal: Journal
    retry_seconds: float = RETRY_SECONDS
    known_beacon: KnownBeacon = field(default_factory=KnownBeacon)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ears:
    """Whom a room's owner tells: of what is committed, and of trouble and its end."""

    tell: Callable[[Published], None]
    report: Callable[[str, Trouble | None], None]


class RoomWorker:
    """Works a room's commands and comments in order, one batch at a time."""

    def __init__(self, room: str, parts: Parts, ears: Ears) -> None:
        """Take the parts; nothing runs before `run`."""
        self.room = room
        self.view = RoomView(room=room)
        self.loaded = asyncio.Event()
        self.busy_since_ms: int | None = None
        self._parts = parts
        self._ears = ears
        self._asked: deque[Asked] = deque()
        self._wake = asyncio.Event()
        self._taking: asyncio.Task[Delivery] | None = None
        self._state = RoomState(room=room)
        self._earlier: dict[str, RoomState] = {}
        self._outdated = False
        self._behind = False
        self._ledger = Ledger()
        self._reader = Reader(parts.make_classifier)

    def ask(self, asked: Asked) -> None:
        """Put a command before the room's owner."""
        self._asked.append(asked)
        self._wake.set()

    def reread(self) -> None:
        """Have the room read again before the next piece of work: who is one person has changed."""
        self._outdated = True

    async def run(self) -> None:
        """Own the room until cancelled. Raises what the store raises beyond `Stale` and `StoreUnavailable`."""
        await self._load()
        self.view = view_of(self._state)
        self.loaded.set()
        try:
            while True:
                await self._wait()
                self.busy_since_ms = self._parts.clock()
                await self._turn()
                self.busy_since_ms = None
        finally:
            if self._taking is not None:
                self._taking.cancel()

    async def _wait(self) -> None:
        if self._taking is None:
            self._taking = asyncio.create_task(self._parts.stream.take(self.room, BATCH_LIMIT))
            self._taking.add_done_callback(lambda _: self._wake.set())
        timer = self._set_timer()
        await self._wake.wait()
        self._wake.clear()
        if timer is not None:
            timer.cancel()

    def _set_timer(self) -> asyncio.TimerHandle | None:
        due_ms = min(filter(None, map(next_due_ms, self._sessions())), default=None)
        if due_ms is None:
            return None
        delay = max(BEHIND_SECONDS if self._behind else 0, (due_ms - self._parts.clock()) / 1000)
        return asyncio.get_running_loop().call_later(delay, self._wake.set)

    async def _turn(self) -> None:
        """Work off what is there: the commands, then the comments that had come in by now."""
        delivery = None
        if self._taking is not None and self._taking.done():
            delivery, self._taking = self._taking.result(), None
        asked = [self._asked.popleft() for _ in range(len(self._asked))]
        items = in_order(asked, delivery.arrivals if delivery else ())
        due, early = self._due(), self._before_due(items)
        await self._work(items[:early])
        full = delivery is not None and len(delivery.arrivals) >= BATCH_LIMIT
        self._behind = bool(due) and full and early == len(items)
        if due and not self._behind:
            await self._see_through(TICK)
        await self._work(items[early:])
        if delivery is not None:
            await self._parts.stream.done(delivery)

    async def _work(self, items: Sequence[Item]) -> None:
        for piece in pieces(items):
            await self._see_through(piece)

    def _before_due(self, items: Sequence[Item]) -> int:
        """How many of these came in before the clock must look at the room: what they ask for was still open then."""
        due_ms = min(filter(None, map(next_due_ms, self._due())), default=None)
        if due_ms is None:
            return len(items)
        return next((place for place, item in enumerate(items) if came_ms(item) >= due_ms), len(items))

    async def _see_through(self, items: Sequence[Item]) -> None:
        """Commit a piece of work, however often it must be decided anew."""
        for attempt in count(1):
            if self._outdated or (attempt == 1 and begins(items)):
                await self._load()
            try:
                answers = await self._attempt(items)
            except Stale:
                if attempt >= MAX_ATTEMPTS:
                    raise
                await self._load()
            except StoreUnavailable as error:
                items = await self._outage(items, error)
            except CommandFailed as failed:
                items = await self._without(items, failed)
            else:
                self._ears.report(self.room, None)
                for one, answer in answers:
                    _give(one, answer)
                return

    async def _attempt(self, items: Sequence[Item]) -> list[tuple[Asked, Answer]]:
        known = await self._known([item for item in items if isinstance(item, Arrival)])
        given = {item: await self._given(item) for item in items if isinstance(item, Asked)}
        for asked in given:
            await self._fetch(asked.command)
        looked_up = {asked: await self._look_up(asked.command) for asked in given}
        batch = self._batch()
        for session in self._due() if not items else ():
            batch.tick(session)
        answers: list[tuple[Asked, Answer]] = []
        for item in items:
            if isinstance(item, Asked):
                answers.append((item, given[item] or _answer(batch, item, looked_up[item])))
            elif item.comment.key not in known:
                known.add(item.comment.key)
                batch.comment(item)
        if not batch.empty:
            await self._parts.store.commit(batch.change())
            self._publish(batch)
        self._earlier = kept(self._earlier)
        return answers

    def _batch(self) -> Batch:
        return Batch(
            state=self._state,
            ledger=self._ledger,
            reader=self._reader,
            pickup_code=self._parts.pickup_code,
            now_ms=self._parts.clock(),
            earlier=self._earlier,
        )

    def _sessions(self) -> list[RoomState]:
        """The room's newest session, and the earlier ones with business left."""
        return [self._state, *self._earlier.values()]

    def _due(self) -> list[RoomState]:
        now_ms = self._parts.clock()
        return [each for each in self._sessions() if (due_ms := next_due_ms(each)) is not None and due_ms <= now_ms]

    async def _fetch(self, command: Command) -> None:
        """Have the earlier session at hand that a command may be about: somebody comes a week late for their eggs."""
        trace = trace_of(command)
        if trace is not None and not any(holds(each, trace) for each in self._sessions()):
            await self._fetch_session(await self._parts.store.session_of(self.room, trace))
        elif isinstance(command, OF_CYCLE):
            ids = await self._parts.store.unfinished(self.room) if command.session_id is None else [command.session_id]
            await self._fetch_cycle(command, ids)

    async def _look_up(self, command: Command) -> Command:
        """Add what the rules of a room cannot know by themselves: the stored comment, the beacon that a draw may use."""
        if isinstance(command, OpenGiveaway):
            return replace(command, beacon=self._parts.known_beacon.beacon)
        if isinstance(command, KeepFaq):
            return replace(command, asking=self._reader.asked_in(self._state, command.question, command.offer_id))
        if not isinstance(command, ABOUT_A_COMMENT):
            return command
        _, _, id_ = command.comment_id.rpartition("/")
        return replace(command, comment=await self._parts.store.comment(self.room, id_))

    async def _fetch_cycle(self, command: Command, ids: Sequence[str]) -> None:
        """The session that is named; else the newest one that the command makes sense for."""
        for id_ in reversed(ids):
            await self._fetch_session(id_)
            if id_ in self._earlier and fits(command, self._earlier[id_]):
                return

    async def _fetch_session(self, session_id: str | None) -> None:
        newest = self._state.session
        at_hand = session_id in self._earlier or (newest is not None and newest.id == session_id)
        found = None if session_id is None or at_hand else await self._parts.store.load_session(self.room, session_id)
        if session_id is not None and found is not None:
            self._earlier[session_id] = found

    async def _known(self, arrivals: Sequence[Arrival]) -> set[CommentKey]:
        """Which of these the room has taken before: the first answer stands."""
        keys = list({arrival.comment.key: None for arrival in arrivals})
        return set(await self._parts.store.known(self.room, keys)) if keys else set()

    async def _given(self, one: Asked) -> Answer | None:
        """The first answer to a command that is sent again."""
        if one.idempotency is None:
            return None
        first = await self._parts.store.response(self.room, one.idempotency.key)
        if first is None:
            return None
        same = first.request == one.idempotency.request
        return Answer(status=first.status, body=first.body) if same else problems.key_reused()

    def _publish(self, batch: Batch) -> None:
        self._show(batch.published, batch.comments)
        self._parts.journal.note(self.room, batch.comments, now_ms=self._parts.clock())

    async def _without(self, items: Sequence[Item], failed: CommandFailed) -> list[Item]:
        """Leave out a command that no rule foresaw: it alone fails, the room goes on from what is committed."""
        _LOG.error(
            "a command failed", exc_info=failed.__cause__, extra={"command": type(failed.asked.command).__name__}
        )
        _give(failed.asked, problems.broken())
        await self._load()
        return [item for item in items if item is not failed.asked]

    async def _outage(self, items: Sequence[Item], error: StoreUnavailable) -> list[Item]:
        """Refuse the commands, keep the comments: they are tried again until they are written."""
        for item in items:
            if isinstance(item, Asked):
                _give(item, problems.unavailable(str(error)))
        await self._pause(error)
        await self._load()
        return [item for item in items if isinstance(item, Arrival)]

    async def _pause(self, error: StoreUnavailable) -> None:
        """Tell the host and let time pass; what was asked by then is refused, for nobody should wait for a disk."""
        self._ears.report(self.room, Trouble(code="store_unavailable", detail=str(error)))
        await asyncio.sleep(self._parts.retry_seconds)
        while self._asked:
            _give(self._asked.popleft(), problems.unavailable(str(error)))

    async def _load(self) -> None:
        """Read the room as it is committed; the store being away is waited out."""
        while True:
            self._outdated = False
            try:
                self._state = await self._parts.store.load_room(self.room)
                self._earlier = {}
                for session_id in await self._parts.store.not_cut_off(self.room):
                    await self._fetch_session(session_id)
                self._reader.recall(await self._last_comments())
                await self._catch_up()
            except StoreUnavailable as error:
                await self._pause(error)
            else:
                self._ledger = ledger_of(self._state)
                return

    async def _last_comments(self) -> list[AnsweredComment]:
        return await self._parts.store.comments_after(self.room, max(0, self._state.n - MOST_KEPT), MOST_KEPT)

    async def _catch_up(self) -> None:
        """Tell what is committed but was never told here: another owner's work, or a commit whose answer was lost."""
        if not self.loaded.is_set() or self._state.seq == self.view.seq:
            return
        missed = await self._parts.store.events_since(self.room, self.view.seq, self._state.seq - self.view.seq)
        events = tuple(restored(event) for event in missed)
        self._show(events, comments=())

    def _show(self, events: Sequence[PublishedEvent], comments: Sequence[AnsweredComment]) -> None:
        for event in events:
            self.view.apply(event.kind, event.data)
        self.view.count_comments(self._state.comments)
        self._ears.tell(Published(room=self.room, events=tuple(events), comments=tuple(comments)))


def _answer(batch: Batch, one: Asked, command: Command) -> Answer:
    if one.idempotency is not None:
        twin = next((r for r in batch.responses if r.key == one.idempotency.key), None)
        if twin is not None:
            same = twin.request == one.idempotency.request
            return Answer(status=twin.status, body=twin.body) if same else problems.key_reused()
    try:
        return batch.command(command, cause=one.cause, idempotency=one.idempotency, asked_ms=one.asked_ms, by=one.by)
    except Exception as error:
        raise CommandFailed(one) from error


def _give(one: Asked, answer: Answer) -> None:
    if not one.answer.done():
        one.answer.set_result(answer)
