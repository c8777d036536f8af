"""Runs the demo: the real service, the real replay client, the real commands."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession

from config.demo import load_evening
from config.settings import OutboundSettings
from live.app import banner_of, run, running, settle_memory, stop_signal
from live.demo.host import CommandRefused, Host
from live.demo.narrate import closing_of, line_of, opening_of
from live.demo.scenes import at_speed, lines_of, scenes_of
from live.logs import set_up_logs
from live.parts import now_ms
from live.replay import replay
from live.reports.write import write_papers, write_reports

if TYPE_CHECKING:
    from config.demo import DemoEvening, JsonObject
    from config.settings import Settings
    from live.app import Running
    from live.demo.scenes import Scene
    from live.service.results import Published

ROOM = "demo"
HOUSE = Path("data")
"""The folder of the shop's own evenings; the demo keeps to a folder of its own inside it."""


class CutOff(Exception):  # noqa: N818  # reads better where it is told
    """The evening was to be shown to its end, and was stopped before its report."""


def run_demo(settings: Settings, *, speed: float, once: bool) -> int:
    """Show the evening; with `once` end when its report is written, else serve on until stopped.

    Raises:
        CutOff: with `once`, when it is stopped before that.
    """
    stage = on_stage(settings)
    set_up_logs(stage.data_dir)
    run(_demo(stage, speed=speed, once=once))
    return 0


def on_stage(settings: Settings) -> Settings:
    """The settings that the evening is shown with: in a folder of its own, and no real group hears of made-up orders."""
    folder = HOUSE / "demo" if settings.data_dir == HOUSE else settings.data_dir
    return settings.model_copy(update={"data_dir": folder, "outbound": OutboundSettings()})


async def _demo(settings: Settings, *, speed: float, once: bool) -> None:
    stop = stop_signal()
    async with running(settings) as up, ClientSession() as session:
        settle_memory()
        _say(banner_of(up, ROOM))
        evening = load_evening()
        _say(opening_of(duration_ms=evening.duration_ms, speed=speed))
        host = Host(session=session, base_url=up.base_url, room=ROOM, token=up.tokens.host)
        show = Show(up=up, host=host, evening=evening, speed=speed)
        playing = asyncio.create_task(show.play(), name="play the evening")
        stopping = asyncio.create_task(stop.wait(), name="wait for the end")
        await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if playing.done():
            playing.result()
        if not once:
            await _serve_on(stop)
        playing.cancel()
        stopping.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(playing, stopping)
    if once and playing.cancelled():
        raise CutOff("这一晚还没放完就停了，复盘没有写。要看复盘，请再运行一次 demo")


async def _serve_on(stop: asyncio.Event) -> None:
    if not stop.is_set():
        _say("页面还开着，按 Ctrl+C 停止。")
        await stop.wait()


@dataclass(frozen=True, kw_only=True, slots=True)
class Show:
    """One showing of the evening on a running service."""

    up: Running
    host: Host
    evening: DemoEvening
    speed: float

    async def play(self) -> None:
        """Play the evening from the first good evening to the report."""
        await self._end_the_last()
        stop_telling = self.up.service.subscribe(self._narrate)
        begin, starts_ms = time.monotonic(), now_ms()
        try:
            await self.host.do(self.evening.session_command(starts_ms))
            session_id = self._session_id()
            for scene in scenes_of(self.evening.steps, duration_ms=self.evening.duration_ms):
                await self._play_scene(scene, begin=begin, starts_ms=starts_ms, run=session_id)
            await self.host.do({"type": "end_session"})
        finally:
            stop_telling()
        await self._report(session_id)

    async def _end_the_last(self) -> None:
        """A showing that was cut off has left its session running."""
        await self.up.service.open(ROOM)
        if self.up.service.running(ROOM):
            await self.host.do({"type": "end_session"})

    async def _play_scene(self, scene: Scene, *, begin: float, starts_ms: int, run: str) -> None:
        if scene.frames:
            await self._until(begin, scene.frames[0][0])
            lines = lines_of(scene, starts_ms=starts_ms, run=run, speed=self.speed)
            await replay(lines, url=self.up.base_url, token=self.up.tokens.ingest, room=ROOM, speed=1)
        await self._until(begin, scene.ends_ms)
        if scene.command is not None:
            await self._tap(scene.command)

    async def _until(self, begin: float, offset_ms: int) -> None:
        await asyncio.sleep(max(0.0, begin + offset_ms / 1000 / self.speed - time.monotonic()))

    async def _tap(self, command: JsonObject) -> None:
        try:
            await self.host.do(at_speed(command, self.speed))
        except CommandRefused as refused:
            if refused.code != "no_prompt":  # at this speed the prompt has closed by itself
                raise

    def _session_id(self) -> str:
        state: dict[str, Any] = self.up.service.snapshot(ROOM)
        return str(state["session"]["id"])

    async def _report(self, session_id: str) -> None:
        record = await self.up.service.session_record(session_id)
        cycle = await self.up.service.cycle_record(session_id)
        if record is None or cycle is None:
            raise AssertionError("a session that has just ended is kept")
        out = self.up.settings.data_dir / "reports" / session_id
        paths = await asyncio.to_thread(write_reports, record, out)
        await asyncio.to_thread(write_papers, cycle, out)
        waiting: Any = self.up.service.snapshot(ROOM)["confirmations"]
        page = f"{self.up.base_url}/reports/{session_id}"
        _say(closing_of(record, waiting=len(waiting), report=paths.html.resolve(), page=page))

    def _narrate(self, published: Published) -> None:
        lines = (line_of(event) for event in published.events if published.room == ROOM)
        text = "\n".join(line for line in lines if line is not None)
        if text:
            _say(text)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # what the demo is for
