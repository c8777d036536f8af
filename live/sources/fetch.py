"""Fetches comments from tools that are WebSocket servers: one loop a source, for as long as the service runs.

A connection that says nothing is not believed: oba-live-tool leaves its old clients connected and answering pings when
it is stopped and started again, and never speaks to them any more. So after a silence a second connection is opened,
and only then the first is closed; nothing is lost in between, and what both heard is taken once by its id. Where the
second is refused, nobody listens.

Nothing is ever sent: some of these tools take what comes for commands.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from live.sources.carrier import Carrier, Deliver, Parcel
from live.sources.feed import Context, read_message
from live.sources.kinds import KINDS
from live.sources.roll import Roll
from live.sources.state import SourceState, Status, Watch
from live.sources.troubles import trouble_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from websockets.asyncio.client import ClientConnection

    from config.settings import SourceSettings

GOODBYE_S = 2.0
"""How long a stopping service waits for what was read already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How patient a loop is, in seconds; `silence_s` stands in for the kind's own."""

    first_s: float = 1.0
    most_s: float = 3.0
    open_s: float = 10.0
    close_s: float = 1.0
    silence_s: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What the loops work with. `chance` gives numbers from 0 to 1, so that many loops do not call in step.

    `roll` learns how well each source is heard.
    """

    deliver: Deliver
    now_ms: Callable[[], int]
    chance: Callable[[], float]
    max_frame_bytes: int = 1_048_576
    pace: Pace = field(default_factory=Pace)
    roll: Roll = field(default_factory=Roll)


class Fetcher:
    """The loop of one source."""

    def __init__(self, number: int, source: SourceSettings, means: Means) -> None:
        self._source = source
        self._kind = KINDS[source.kind]
        self._means = means
        self._watch = Watch(number, source, means.now_ms)
        self._line = means.roll.line(
            source.room, f"{source.kind}-{number}", self._kind.tool, at_ms=means.now_ms(), expected=True
        )
        self._carrier = Carrier(source.room, means.deliver, tell=self._watch.delivered)

    def state(self) -> SourceState:
        """How the source is doing."""
        return self._watch.state()

    async def run(self) -> None:
        """Fetch until cancelled. Whatever breaks is logged and tried again: one source never stops the service."""
        while True:
            try:
                await self._fetch()
            except Exception as error:  # noqa: BLE001  # the one place where a broken source is held off from the others
                await self._hold_off(error)

    async def _hold_off(self, error: Exception) -> None:
        first = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
        detail = f"出错了，会自动再试；请把 logs/linbo.log 交给维护的人（{type(first).__name__}: {first}）"
        self._became(Status.ERROR, detail, error=first)
        await asyncio.sleep(self._means.pace.most_s)

    async def _fetch(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(self._carrier.run(), name="deliver comments")
            try:
                await self._call_for_ever()
            finally:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._carrier.emptied(), GOODBYE_S)
                carrying.cancel()

    async def _call_for_ever(self) -> None:
        pace = self._means.pace
        wait_s = pace.first_s
        while True:
            before = self._watch.messages
            try:
                await self._listen()
            except (OSError, WebSocketException) as error:
                self._became(*trouble_of(error, self._kind, self._source.url))
            wait_s = pace.first_s if self._watch.messages > before else min(2 * wait_s, pace.most_s)
            await asyncio.sleep(wait_s * (0.5 + self._means.chance() / 2))

    async def _listen(self) -> None:
        """Hear one tool until it is gone: over one connection after the other, where the last has gone silent.

        Raises:
            OSError, WebSocketException: the tool is gone, or never was there.
        """
        socket = await self._open()
        try:
            while True:
                self._became(Status.LISTENING, f"已连上 {self._kind.tool}，评论来了就收")
                await self._hear_until_silent(socket)
                socket = await self._replace(socket)
        finally:
            await socket.close()

    async def _open(self) -> ClientConnection:
        # No proxy: one of these tools makes itself the proxy of the whole PC. No pings: silence is what is watched.
        return await connect(
            self._source.url,
            proxy=None,
            compression=None,
            ping_interval=None,
            open_timeout=self._means.pace.open_s,
            close_timeout=self._means.pace.close_s,
            max_size=self._means.max_frame_bytes,
        )

    async def _hear_until_silent(self, socket: ClientConnection) -> None:
        silence_s = self._means.pace.silence_s or self._kind.silence_s
        while True:
            try:
                async with asyncio.timeout(silence_s):
                    message = await socket.recv()
            except TimeoutError:
                return
            await self._take(message)

    async def _replace(self, silent: ClientConnection) -> ClientConnection:
        """Open a new connection, and only then close the silent one."""
        try:
            fresh = await self._open()
        except (OSError, WebSocketException):
            await self._retire(silent)
            raise
        try:
            await self._retire(silent)
        except asyncio.CancelledError:
            await fresh.close()
            raise
        return fresh

    async def _retire(self, silent: ClientConnection) -> None:
        """Close a connection and take what it brought in its last moment."""
        await silent.close()
        with suppress(ConnectionClosed):
            while True:
                await self._take(await silent.recv())

    def _became(self, status: Status, detail: str, *, error: BaseException | None = None) -> None:
        self._watch.became(status, detail, error=error)
        connected = status is Status.LISTENING
        if connected is not bool(self._line.connections):
            note = self._line.joined if connected else self._line.left
            note(self._means.now_ms())

    async def _take(self, message: str | bytes) -> None:
        received_ms = self._means.now_ms()
        context = Context(
            platform=self._source.platform or self._kind.platform,
            received_ms=received_ms,
            only=self._source.platform_room,
        )
        frame = read_message(self._kind.feed, message, context)
        self._watch.heard(received_ms, frame.faults)
        self._line.heard(received_ms, frame)
        await self._carrier.put(Parcel(comments=frame.comments, received_ms=received_ms))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetchers:
    """The loops of all sources."""

    all: tuple[Fetcher, ...]

    def states(self) -> tuple[SourceState, ...]:
        """How each source is doing, in the order of the settings."""
        return tuple(fetcher.state() for fetcher in self.all)


@asynccontextmanager
async def fetching(sources: Sequence[SourceSettings], means: Means) -> AsyncIterator[Fetchers]:
    """Fetch from every source while the block runs; leaving it delivers what was read, for two seconds at most.

    No task group: it would wrap what the block raises, and these tasks hold off their own failures.
    """
    fetchers = Fetchers(all=tuple(Fetcher(number, source, means) for number, source in enumerate(sources, 1)))
    running = [asyncio.create_task(each.run(), name=f"source {each.state().number}") for each in fetchers.all]
    try:
        yield fetchers
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
