"""Holds the rehearsals of a shop: one a room, each in a task of its own, ended by the host, by the real evening or by time."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from live.domain.commands import PinOffer
from live.rehearsal.house import FOLDER, Means, open_house
from live.rehearsal.play import Player
from live.rehearsal.recording import Recording, demo_recording, log_recording, session_recording
from live.web.beside import path_of
from live.web.command_orders import to_order
from live.web.problems import refuse
from live.web.rehearsal import NotNow
from live.web.rehearsal_models import DemoRecording, LogRecording, SessionRecording

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from live.service.results import Published
    from live.service.service import Service
    from live.service.wire import Json
    from live.web.beside import House
    from live.web.rehearsal_models import RehearsalModel

_LOG = logging.getLogger(__name__)

MOST_AT_ONCE = 2
LONGEST_S = 2 * 3600.0
"""A rehearsal that everybody has forgotten ends by itself."""

STEM = "rehearsal-"
_SUFFIX = 6


@dataclass(kw_only=True, slots=True)
class Held:
    """A rehearsal that is held. `room` is its own room, never the shop's."""

    room: str
    asked: RehearsalModel
    recording: Recording
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    player: Player | None = None
    task: asyncio.Task[None] | None = None

    def told(self, of: str) -> Json:
        """How it goes, and where its console is: an address under our root."""
        return {
            "room": self.room,
            "console": f"{path_of(of).removeprefix('/')}/console/{self.room}",
            "speed": self.asked.speed,
            "comments": len(self.recording.comments),
            "sent": 0 if self.player is None else self.player.sent,
            "unread": self.recording.unread,
        }


class RehearsalDesk:
    """All rehearsals beside a service."""

    def __init__(self, service: Service, means: Means) -> None:
        self._service = service
        self._means = means
        self._held: dict[str, Held] = {}
        self._houses: dict[str, House] = {}
        self._lock = asyncio.Lock()

    @property
    def houses(self) -> dict[str, House]:
        """Where they are held, by the room that they are rehearsals of."""
        return self._houses

    async def begin(self, room: str, asked: RehearsalModel) -> Json:
        """Begin one, in place of the room's last one.

        Raises:
            NotNow: the real evening is on air, enough others rehearse, or there is nothing to replay.
            ProblemRaised: the evening cannot be started as it is.
        """
        async with self._lock:
            await self._refuse_on_air(room)
            await self._end(room)
            if len(self._held) >= MOST_AT_ONCE:
                raise NotNow("too_many_rehearsals", f"同时最多彩排 {MOST_AT_ONCE} 个直播间，请先停掉一个")
            recording = await self._recording(asked)
            return await self._hold(room, Held(room=self._new_room(), asked=asked, recording=recording))

    async def _hold(self, room: str, held: Held) -> Json:
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        held.task = asyncio.create_task(self._rehearse(room, held, ready), name=f"rehearsal of {room}")
        self._held[room] = held
        await ready
        return held.told(room)

    async def _rehearse(self, room: str, held: Held, ready: asyncio.Future[None]) -> None:
        """Hold one from its first to its last moment; a fault of ours ends it, and nothing else."""
        try:
            async with open_house(self._means, _pictures(held.asked)) as (house, service):
                await _start(service, held, self._means)
                held.player = self._player(service, held)
                self._houses[room] = house
                ready.set_result(None)
                await _play(held.player, held.stop)
                self._houses.pop(room, None)
        except Exception as error:  # noqa: BLE001  # whatever breaks here must not reach the real evening: it is told, or logged
            if ready.done():
                _LOG.exception("a rehearsal broke")
            else:
                ready.set_exception(error)
        finally:
            self._houses.pop(room, None)
            self._held.pop(room, None)

    def _player(self, service: Service, held: Held) -> Player:
        return Player(
            service=service,
            room=held.room,
            recording=held.recording,
            speed=held.asked.speed,
            now_ms=self._means.now_ms,
        )

    def _new_room(self) -> str:
        """A name that no room of the shop has, and no rehearsal had: pages remember things by it."""
        return f"{STEM}{self._means.new_id()[:_SUFFIX]}"

    async def _refuse_on_air(self, room: str) -> None:
        if await self._service.exists(room) and self._service.running(room):
            raise NotNow("session_running", "正在直播，下播以后再彩排")

    async def _recording(self, asked: RehearsalModel) -> Recording:
        match asked.recording:
            case DemoRecording():
                found = await asyncio.to_thread(demo_recording)
            case LogRecording(text=text):
                found = await asyncio.to_thread(log_recording, text)
            case SessionRecording(session_id=session_id):
                record = await self._service.session_record(session_id)
                if record is None:
                    raise NotNow("unknown_session", "没有这一场的录音，请换一场")
                found = await asyncio.to_thread(session_recording, record)
        if not found.comments:
            raise NotNow("empty_recording", "这份录像里一条评论都没有，请换一份")
        return found

    async def end(self, room: str) -> bool:
        """End a room's; whether there was one."""
        async with self._lock:
            return await self._end(room)

    async def _end(self, room: str) -> bool:
        held = self._held.get(room)
        if held is None or held.task is None:
            return False
        held.stop.set()
        await asyncio.wait({held.task})
        return True

    async def told(self, room: str) -> Json:
        """What is held now, and what can be replayed: the bundled evening and the room's last sessions."""
        held = self._held.get(room)
        return {
            "running": held.told(room) if held is not None and room in self._houses else None,
            "recordings": [{"source": "demo"}, *await self._sessions(room)],
        }

    async def _sessions(self, room: str) -> list[Json]:
        if not await self._service.exists(room):
            return []
        found: dict[object, Json] = {}
        session = self._service.snapshot(room)["session"]
        sessions = [session, *(summary["session"] for summary in await self._service.cycles(room))]
        for each in sessions:
            if isinstance(each, dict):
                found.setdefault(each["id"], each)
        return [
            {"source": "session", "session_id": id_, "title": each["title"], "started_at": each.get("started_at")}
            for id_, each in found.items()
        ]

    def notice(self, published: Published) -> None:
        """The real evening begins: its rehearsal is over."""
        held = self._held.get(published.room)
        if held is not None and any(event.kind == "session_started" for event in published.events):
            held.stop.set()

    async def close(self) -> None:
        """End all of them."""
        for room in list(self._held):
            await self.end(room)


def _pictures(asked: RehearsalModel) -> list[str]:
    return [offer.picture for offer in asked.start.offers if offer.picture is not None]


async def _start(service: Service, held: Held, means: Means) -> None:
    """Start tonight's evening in the house; raises what the command would be refused with."""
    order = to_order(held.asked.start, means.new_id)
    answer = await service.command(held.room, order, key=None, request_hash="")
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise refuse(answer.status, "not_startable", str(json.loads(answer.body)["detail"]))
    first = next(iter(held.asked.start.offers), None)
    if first is not None:
        await service.command(held.room, PinOffer(offer_id=first.id), key=None, request_hash="")


async def _play(player: Player, stop: asyncio.Event) -> None:
    """Replay, and stay open until the host has seen enough."""
    playing = asyncio.create_task(player.play(), name="replay a recording")
    stopping = asyncio.create_task(stop.wait(), name="wait for the end of a rehearsal")
    try:
        async with asyncio.timeout(LONGEST_S):
            await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if playing.done():
                playing.result()
            await stopping
    except TimeoutError:
        pass  # forgotten: it ends like one that was stopped
    finally:
        playing.cancel()
        stopping.cancel()
        await asyncio.gather(playing, stopping, return_exceptions=True)


@asynccontextmanager
async def rehearsing(service: Service, means: Means) -> AsyncIterator[RehearsalDesk]:
    """Hold rehearsals while the block runs; what a kill has left of earlier ones is removed first."""
    await asyncio.to_thread(shutil.rmtree, means.settings.data_dir / FOLDER, ignore_errors=True)
    desk = RehearsalDesk(service, means)
    unsubscribe = service.subscribe(desk.notice)
    try:
        yield desk
    finally:
        unsubscribe()
        await desk.close()
