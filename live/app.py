"""Puts the parts together and runs them: the one place that knows them all."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import random
import signal
import sys
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from os import getpid
from typing import TYPE_CHECKING

from aiohttp import web

from live.cli.banner import banner, links_of
from live.logs import set_up_logs
from live.obs.address import overlay_base, overlay_url
from live.obs.run import controlling
from live.obs.stage import Stage
from live.outbound.metrics import OutboundCollector
from live.outbound.randomness import bringing_randomness
from live.outbound.run import Tools, sending
from live.parts import build_maker, build_parts, new_id, now_ms
from live.rehearsal.desk import rehearsing
from live.rehearsal.house import Means as RehearsalMeans
from live.reports.exports import Exports
from live.reports.facts import facts_of
from live.reports.fulfilment.links import links_from_report
from live.reports.fulfilment.papers import render_paper
from live.reports.html import report_html
from live.reports.narrative import model_of
from live.reports.plain_table import write_table
from live.service.advising import advising
from live.service.beacons import KnownBeacon
from live.service.draw_records import DrawRecords
from live.service.hearing import watching
from live.service.lateness import watching_lateness
from live.service.llm_switch import model_switch
from live.service.results import Trouble
from live.service.service import Service
from live.sources.fetch import Means, fetching
from live.sources.roll import Roll
from live.store.folder import hold_folder
from live.web.app import build_app, runner
from live.web.delivery import deliver_to
from live.web.draw_pages import draw_mount
from live.web.export import exports_mount
from live.web.fulfilment_pages import fulfilment_pages
from live.web.llm import llm_mount
from live.web.outbound import outbound_mount
from live.web.reach import WILDCARDS, http_url, lan_address, phone_base
from live.web.rehearsal import rehearsal_mount
from live.web.report_page import report_page
from live.web.source_metrics import source_metrics
from live.web.tokens import load_tokens
from nlp.llm_setup import desk_of
from overlays.routes import mount as mount_overlays

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from config.settings import Settings
    from live.reports.narrative import Narrative
    from live.service.wire import Json
    from live.store.port import SessionRecord, Store, StoredEvent
    from live.web.tokens import Tokens
    from nlp.llm_desk import Desk
    from nlp.maker import ClassifierMaker

    Mount = Callable[[web.Application], None]

_LOG = logging.getLogger(__name__)

ROOM = "live"
"""The room in the addresses that are printed; any other name works as well."""


OBS, AUDIO = "[obs]", "[obs audio]"
"""What trouble with OBS, and with its microphones, is about: no room can be called so."""


class WrongRole(Exception):  # noqa: N818  # reads better where it is caught
    """A role that this version does not have: it runs as one process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A service that serves: `base_url` is where this machine reaches it."""

    settings: Settings
    service: Service
    tokens: Tokens
    base_url: str
    port: int


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Serve until the block is left.

    Raises:
        OSError: the port is taken, or the data folder cannot be written.
        SecretFileError, TokenFileError, StoreError, StreamUnavailable: with what is wrong and the mend.
    """
    tokens = load_tokens(settings.data_dir)
    maker = build_maker(settings)
    with hold_folder(settings.data_dir):
        async with _running(settings, tokens, maker) as up:
            yield up


@asynccontextmanager
async def _running(settings: Settings, tokens: Tokens, maker: ClassifierMaker) -> AsyncIterator[Running]:
    beacon = KnownBeacon()
    parts = build_parts(settings, maker, beacon)
    desk = desk_of(settings.llm, auto_confidence=settings.nlp.auto_confidence)
    switch = model_switch(desk, settings.llm, settings.data_dir)
    roll = Roll(silent_after_ms=settings.ingest.silent_after_s * 1000)
    async with (
        _warming(maker),
        Service(parts, new_id=new_id) as service,
        sending(settings.outbound, service, parts.store, _tools()) as outbound,
        fetching(settings.sources, _means(service, roll)) as sources,
        advising(service, desk),
        _watching(service, roll, settings),
        watching_lateness(service, now_ms),
        bringing_randomness(_beacon_url(settings), service, beacon, now_ms=now_ms),
        rehearsing(service, _rehearsal_means(settings, tokens, maker)) as rehearsals,
    ):
        mounts = [
            *_pages(parts.store, desk),
            source_metrics(sources.states, now_ms),
            outbound_mount(outbound, OutboundCollector(outbound.watches, now_ms)),
            rehearsal_mount(rehearsals),
            llm_mount(switch),
        ]
        app = build_app(service, settings, tokens, now_ms=now_ms, new_id=new_id, roll=roll, mounts=mounts)
        app_runner = runner(app)
        await app_runner.setup()
        try:
            port = await _listen(app_runner, settings)
            async with controlling(settings.obs, _stage(service, settings, tokens, port)):
                yield Running(
                    settings=settings, service=service, tokens=tokens, base_url=_local_url(settings, port), port=port
                )
        finally:
            await app_runner.cleanup()


def _pages(store: Store, desk: Desk | None = None) -> list[Mount]:
    """The pages of packages above the web, on a store: the shop's, or that of a rehearsal, which asks no model."""
    papers, draws = fulfilment_pages(render_paper), draw_mount(DrawRecords(store))
    return [mount_overlays, _report_page(desk), papers, exports_mount(Exports()), draws]


def _rehearsal_means(settings: Settings, tokens: Tokens, maker: ClassifierMaker) -> RehearsalMeans:
    return RehearsalMeans(
        settings=settings, tokens=tokens, make_classifier=maker, mounts=_pages, now_ms=now_ms, new_id=new_id
    )


@asynccontextmanager
async def _warming(maker: ClassifierMaker) -> AsyncIterator[None]:
    """Load the dictionary beside the start, which does not wait for it."""
    loading = asyncio.create_task(asyncio.to_thread(maker.warm), name="load the dictionary")
    try:
        yield
    finally:
        await loading


def _means(service: Service, roll: Roll) -> Means:
    return Means(deliver=deliver_to(service), now_ms=now_ms, chance=random.random, roll=roll)


def _stage(service: Service, settings: Settings, tokens: Tokens, port: int) -> Stage:
    """What OBS control follows; it opens the overlay from where OBS runs."""
    obs = settings.obs
    lan = lan_address()
    base = overlay_base(obs, local=_local_url(settings, port), lan=http_url(lan, port) if lan else None)

    async def snapshot() -> Json:
        return service.snapshot(obs.room) if await service.exists(obs.room) else {}

    async def events_since(seq: int, limit: int) -> list[StoredEvent]:
        return await service.events_since(obs.room, seq, limit)

    return Stage(
        room=obs.room,
        folder=settings.data_dir,
        overlay_url=overlay_url(base, obs.room, tokens.overlay),
        snapshot=snapshot,
        events_since=events_since,
        subscribe=service.subscribe,
        report=lambda detail: service.report(OBS, Trouble(code="obs", detail=detail, stops=False) if detail else None),
        audio=lambda detail: service.report(
            AUDIO, Trouble(code="audio", detail=detail, stops=False) if detail else None
        ),
        now_ms=now_ms,
        chance=random.random,
    )


def _beacon_url(settings: Settings) -> str | None:
    url = settings.draws.beacon_url
    return None if url is None else str(url)


def _watching(service: Service, roll: Roll, settings: Settings) -> AbstractAsyncContextManager[None]:
    return watching(service, roll, now_ms) if settings.ingest.silent_after_s else nullcontext()


def _tools() -> Tools:
    return Tools(now_ms=now_ms, chance=random.random, write_table=write_table)


def _report_page(desk: Desk | None) -> Mount:
    """The report; where a model is on it may be asked for the summary."""

    def render(record: SessionRecord, narrative: Narrative | None = None, *, failed: bool = False) -> str:
        links = links_from_report(record.session.id)
        may_ask = desk is not None and desk.llm.is_on
        return report_html(facts_of(record), links, narrative, may_ask=may_ask, failed=failed)

    async def worded(record: SessionRecord) -> str | None:
        if desk is None or not desk.llm.is_on:
            return None
        narrative = await model_of(desk, await asyncio.to_thread(facts_of, record))
        return await asyncio.to_thread(render, record, narrative, failed=narrative is None)

    return report_page(render, worded)


async def _listen(app_runner: web.AppRunner, settings: Settings) -> int:
    await web.TCPSite(app_runner, settings.server.host, settings.server.port).start()
    address = app_runner.addresses[0]
    return int(address[1])


def _local_url(settings: Settings, port: int) -> str:
    host = settings.server.host
    return http_url("127.0.0.1" if host in WILDCARDS else host, port)


def serve(settings: Settings, *, ready_file: Path | None, role: str = "all") -> int:
    """Run the service until it is told to stop; returns the exit code."""
    if role != "all":
        raise WrongRole("这个版本只有一个进程：请用 --role all（默认）。网关与工作进程分开运行在后面的版本里")
    set_up_logs(settings.data_dir)
    try:
        run(_serve(settings, ready_file))
    finally:
        if ready_file is not None:
            ready_file.unlink(missing_ok=True)
    return 0


async def _serve(settings: Settings, ready_file: Path | None) -> None:
    stop = stop_signal()
    async with running(settings) as up:
        settle_memory()
        print(banner_of(up, ROOM), flush=True)  # noqa: T201  # the addresses are what the host waits for
        if ready_file is not None:
            _write_ready(ready_file, up)
        await stop.wait()


def banner_of(up: Running, room: str) -> str:
    """The addresses of a room, for the terminal."""
    server = up.settings.server
    base = phone_base(host=server.host, port=up.port, public_url=server.public_url, lan=lan_address())
    links = links_of(
        base=base,
        local_url=up.base_url,
        room=room,
        host_token=up.tokens.host,
        ingest_token=up.tokens.ingest,
        overlay_token=up.tokens.overlay,
    )
    return banner(links, base.reach)


def _write_ready(path: Path, up: Running) -> None:
    """Tell whoever started us, whole or not at all: a reader never sees half a file."""
    ready = {"base_url": up.base_url, "pid": getpid(), "tokens": asdict(up.tokens)}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{getpid()}.tmp")
    draft.write_text(json.dumps(ready), encoding="utf-8")
    with suppress(OSError):  # file systems without owners
        draft.chmod(0o600)
    draft.replace(path)


def run(main: Coroutine[object, object, None]) -> None:
    """Run the program on the fastest event loop that the machine has; what ends it leaves its trace in the log file."""
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as asyncio_runner:
            asyncio_runner.run(main)
    except Exception:
        _LOG.info(
            "the service stopped", exc_info=True
        )  # for the file alone: the terminal gets one line from the caller
        raise


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    if sys.platform == "win32":
        import winloop  # noqa: PLC0415  # for Windows alone

        return winloop.new_event_loop
    import uvloop  # noqa: PLC0415  # there is none on Windows

    return uvloop.new_event_loop


def settle_memory() -> None:
    """Tell the collector that what stands now stays, and not to look for cycles at every few hundred comments.

    It took a seventh of the time of a comment: what comes in is freed by its count, and cycles are few.
    """
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def stop_signal() -> asyncio.Event:
    """An event that Ctrl+C and a polite end from outside set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows loops know no signals
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
