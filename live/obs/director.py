"""Does in OBS what the evening asks for, one thing after the other, for as long as OBS is connected."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from live.obs import words
from live.obs.client import ObsGone, RequestFailed
from live.obs.marker import Marker
from live.obs.microphones import CHANGES, MUTED, Ears
from live.obs.moments import FLASH_ENDED, FLASH_STARTED, Moment, Rush
from live.obs.protocol import ObsEvent
from live.obs.replays import Replays
from live.obs.scenes import FlashScene, flash_sales_of
from live.obs.source import NOT_FOUND, Outcome, Overlay, install, refresh, scene_names

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from config.settings import ObsSettings
    from live.obs.client import Client
    from live.obs.source import Installed
    from live.obs.stage import Stage
    from live.obs.watch import Watch

FRESH_MS = 15_000
"""A replay of what is longer ago would not show it any more."""

_ALREADY_RUNS, _RUNS_NOT = 500, frozenset({501, 504})
_TURNS_THE_AIR = frozenset({"session_started", "session_ended"})
_CHANGES_SCENE = frozenset({FLASH_STARTED, FLASH_ENDED, "session_started", "session_ended"})

Inbox = asyncio.Queue[Moment | ObsEvent | None]
"""What is to be done, in order; None ends it."""


class Director:
    """Follows one room in one OBS; what it knows outlives a connection."""

    def __init__(self, obs: ObsSettings, stage: Stage, watch: Watch) -> None:
        self.obs = obs
        self._stage = stage
        self._watch = watch
        self.ears = Ears(stage.audio)
        self._overlay = Overlay(name=obs.source_name, url=stage.overlay_url, scene=obs.scene, also=obs.flash_scene)
        self._marker = Marker(stage)
        self._replays = Replays(obs.save_replay, after_ms=obs.replay_after_s * 1000)
        self._flash = FlashScene(stage.folder, scene=obs.flash_scene or "", home=obs.scene or "")
        self._refreshed = False

    async def work(self, client: Client, inbox: Inbox) -> None:
        """Settle in, then do what comes until OBS ends. Raises ObsGone, StoreUnavailable."""
        await self._settle(client)
        while True:
            try:
                async with asyncio.timeout(self._until_replay_s()):
                    item = await inbox.get()
            except TimeoutError:
                await self._try(client, "replay", self._save_replay(client))
                continue
            if item is None:
                return
            await self._do(client, inbox, item)

    async def _settle(self, client: Client) -> None:
        """Bring OBS to where the evening is."""
        await self._try(client, "source", self._install(client))
        await self._try(client, "scene", self._follow_flash(client))
        await self._try(client, "replay", self._ready_replay(client))
        await self._try(client, "audio", self._look_at_microphones(client))
        await self._try(client, "marks", self._catch_up(client))

    async def _do(self, client: Client, inbox: Inbox, item: Moment | ObsEvent) -> None:
        if isinstance(item, Moment):
            await self._follow(client, item)
            return
        match item.kind:
            case "ExitStarted":
                raise ObsGone(item.kind)
            case "CurrentSceneCollectionChanging":
                await self._wait_for_scenes(client, inbox)
            case "RecordStateChanged":
                self._marker.recording = str(item.data.get("outputPath") or "") if _is_on(item) else ""
            case "RecordFileChanged":
                self._marker.recording = str(item.data.get("newOutputPath") or "")
            case kind if kind == MUTED:
                self.ears.mute(item, self._stage.now_ms())
            case kind if kind in CHANGES:
                await self._try(client, "audio", self._look_at_microphones(client))
            case "ReplayBufferStateChanged" if _is_on(item):
                self._watch.well("replay")
            case "ReplayBufferSaved":
                await self._try(
                    client, "marks", self._replay_saved(client, str(item.data.get("savedReplayPath") or ""))
                )
            case _:
                pass  # OBS tells of more than concerns us

    async def _wait_for_scenes(self, client: Client, inbox: Inbox) -> None:
        """While OBS changes its scene collection nothing may be asked of it; the new one needs the overlay as well."""
        aside: list[Moment | ObsEvent] = []
        while (item := await inbox.get()) is not None:
            if isinstance(item, ObsEvent) and item.kind == "CurrentSceneCollectionChanged":
                await self._settle(client)
                for each in aside:
                    await self._do(client, inbox, each)
                return
            aside.append(item)
        inbox.put_nowait(None)

    async def _look_at_microphones(self, client: Client) -> None:
        session = (await self._stage.snapshot()).get("session")
        on_air = session is not None and session.get("state") == "running"
        await self.ears.settle(client.ask, self._stage.now_ms(), on_air=on_air)

    async def _follow(self, client: Client, moment: Moment) -> None:
        if moment.kind in _TURNS_THE_AIR:
            self.ears.air(self._stage.now_ms(), on=moment.kind == "session_started")
        if moment.kind in _CHANGES_SCENE:
            await self._try(client, "scene", self._follow_flash(client))
        if self._stage.now_ms() - moment.at_ms < FRESH_MS:
            self._replays.want(moment)
        if self.obs.clip_marks:
            await self._try(client, "marks", self._mark(client, moment))

    async def _install(self, client: Client) -> None:
        if not self.obs.install:
            return
        done = await install(client.ask, self._overlay)
        match done.outcome:
            case Outcome.NO_BROWSER:
                self._watch.say("source", words.no_browser())
            case Outcome.NAME_TAKEN:
                self._watch.say("source", words.name_taken(self._overlay.name))
            case _:
                self._watch.well("source")
                self._watch.note("叠加层在 OBS 里", outcome=done.outcome.value, sources=list(done.names))
                await self._refresh(client, done)

    async def _refresh(self, client: Client, done: Installed) -> None:
        """Once after our start: while OBS or the network alone went away, the page has kept itself up to date."""
        if self._refreshed:
            return
        for name in done.names:
            if name not in done.loaded:
                await refresh(client.ask, name)
        self._refreshed = True

    async def _follow_flash(self, client: Client) -> None:
        if self.obs.flash_scene is None:
            return
        running = flash_sales_of(await self._stage.snapshot())
        switched = await self._flash.follow(client.ask, running)
        if switched is not None:
            self._watch.note("换了场景", scene=switched)
            self._watch.well("scene")

    async def _ready_replay(self, client: Client) -> None:
        """Start the replay buffer where we are told to; where not, say that it is off before it is missed."""
        if not self.obs.save_replay:
            return
        if not self.obs.start_replay_buffer:
            if not (await client.ask("GetReplayBufferStatus")).get("outputActive"):
                self._watch.say("replay", words.no_replay_buffer())
            return
        try:
            await client.ask("StartReplayBuffer")
        except RequestFailed as failure:
            if failure.code != _ALREADY_RUNS:
                raise

    def _until_replay_s(self) -> float | None:
        due_ms = self._replays.due_ms
        return None if due_ms is None else max(0, due_ms - self._stage.now_ms()) / 1000

    async def _save_replay(self, client: Client) -> None:
        late = self._stage.now_ms() - (self._replays.due_ms or 0) > FRESH_MS
        self._replays.begin()
        if late:
            self._replays.saved()
            return
        try:
            await client.ask("SaveReplayBuffer")
        except RequestFailed:
            self._replays.saved()
            raise

    async def _replay_saved(self, client: Client, path: str) -> None:
        self._watch.well("replay")
        moments = self._replays.saved()
        self._watch.note("存了一段回放", kinds=[moment.kind for moment in moments])
        if self.obs.clip_marks:
            await self._marker.mark(client.ask, moments, replay=path)

    async def _mark(self, client: Client, moment: Moment) -> None:
        await self._marker.mark(client.ask, [moment])

    async def _catch_up(self, client: Client) -> None:
        if not self.obs.clip_marks:
            return
        head = int((await self._stage.snapshot()).get("seq", 0))
        marked = await self._marker.catch_up(client.ask, rush_of(self.obs), head)
        self._watch.note("补记了片段标记", marks=marked)

    async def _try(self, client: Client, about: str, act: Awaitable[None]) -> None:
        """What OBS or the disk refuses is said once, and the rest is done all the same. Raises ObsGone, StoreUnavailable."""
        try:
            await act
        except RequestFailed as failure:
            self._watch.say(about, await self._why(client, about, failure))
        except OSError as error:
            self._watch.say(about, words.disk(error))

    async def _why(self, client: Client, about: str, failure: RequestFailed) -> str:
        if about == "replay" and failure.code in _RUNS_NOT:
            return words.no_replay_buffer()
        if failure.code == NOT_FOUND:
            there = await scene_names(client.ask)
            missing = [scene for scene in (self.obs.scene, self.obs.flash_scene) if scene and scene not in there]
            if missing:
                return words.no_scene(missing, there)
        return words.failed(failure)


def rush_of(obs: ObsSettings) -> Rush:
    """What the settings call a rush."""
    return Rush(most=obs.rush_reservations, within_ms=obs.rush_seconds * 1000)


def _is_on(event: ObsEvent) -> bool:
    return event.data.get("outputActive") is True
