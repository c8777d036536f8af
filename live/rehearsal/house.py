"""The house of a rehearsal: a service, a store, a line and pages of its own. It shares with the shop only what reads comments.

Nothing in it knows the shop's store, its line, its secret, its outbound targets, its sources or its OBS: what is not given
cannot be touched.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from config.settings import DatabaseSettings, LlmSettings, ObsSettings, OutboundSettings, RedisSettings
from live.service.codes import pickup_codes
from live.service.journal import Journal
from live.service.service import Service
from live.service.worker import Parts
from live.store.sqlite import SqliteStore
from live.streams.memory import MemoryStream
from live.web.app import build_app
from live.web.beside import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence
    from pathlib import Path

    from config.settings import Settings
    from live.domain.comment import AnsweredComment
    from live.service.reader import MakeClassifier
    from live.store.port import Store
    from live.web.tokens import Tokens

    Mount = Callable[[web.Application], None]

FOLDER = "rehearsal"
"""In the data folder; whatever is found there at a start was left by a kill, and is removed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What a house is built with. `mounts` makes the pages of packages above the web for a store of its own."""

    settings: Settings
    tokens: Tokens
    make_classifier: MakeClassifier
    mounts: Callable[[Store], Sequence[Mount]]
    now_ms: Callable[[], int]
    new_id: Callable[[], str]


class _NoJournal(Journal):
    """What was made up is no line in the log of the shop's comments."""

    def note(self, room: str, comments: Sequence[AnsweredComment], *, now_ms: int) -> None:
        """Keep nothing."""


@asynccontextmanager
async def open_house(means: Means, pictures: Iterable[str]) -> AsyncIterator[tuple[House, Service]]:
    """Build a house and serve in it until the block ends; then nothing of it is left."""
    folder = means.settings.data_dir / FOLDER / means.new_id()
    await asyncio.to_thread(_furnish, folder, means.settings.data_dir / "pictures", list(pictures))
    try:
        async with _serving(means, folder) as served:
            yield served
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


@asynccontextmanager
async def _serving(means: Means, folder: Path) -> AsyncIterator[tuple[House, Service]]:
    parts = _parts(means, folder)
    async with Service(parts, new_id=means.new_id) as service:
        settings = _settings(means.settings, folder)
        mounts = means.mounts(parts.store)
        app = build_app(service, settings, means.tokens, now_ms=means.now_ms, new_id=means.new_id, mounts=mounts)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        if runner.server is None:
            raise AssertionError("a runner that is set up has a server")
        house = House(server=runner.server)
        try:
            yield house, service
        finally:
            await runner.cleanup()
            house.over.set()


def _parts(means: Means, folder: Path) -> Parts:
    """Parts that no other service has: the codes open nothing in the shop, and the journal is not kept."""
    return Parts(
        store=SqliteStore(str(folder / "rehearsal.db")),
        stream=MemoryStream(bound=means.settings.ingest.max_waiting),
        clock=means.now_ms,
        pickup_code=pickup_codes(secrets.token_bytes(32)),
        make_classifier=means.make_classifier,
        journal=_NoJournal(logging.getLogger(__name__)),
    )


def _settings(settings: Settings, folder: Path) -> Settings:
    """The shop's settings without what leaves the shop or comes into it."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "database": DatabaseSettings(),
            "redis": RedisSettings(),
            "llm": LlmSettings(),
            "outbound": OutboundSettings(),
            "sources": (),
            "obs": ObsSettings(),
        }
    )


def _furnish(folder: Path, pictures: Path, names: Sequence[str]) -> None:
    (folder / "pictures").mkdir(parents=True)
    for name in names:
        shutil.copyfile(pictures / name, folder / "pictures" / name)
