"""Watches how well the sources of running sessions are heard, and has each room's owner note what has changed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from live.domain.commands import ReportSource

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from live.service.service import Service
    from live.sources.roll import Roll

_LOG = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
"""A look costs a few comparisons a source; silence is counted in minutes."""


@asynccontextmanager
async def watching(service: Service, roll: Roll, now_ms: Callable[[], int]) -> AsyncIterator[None]:
    """Watch for as long as the block runs. What a session has heard of before a restart is expected back."""
    expect(service, roll, now_ms())
    watcher = asyncio.create_task(_watch(service, roll, now_ms), name="watch the sources")
    try:
        yield
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


def expect(service: Service, roll: Roll, now_ms: int) -> None:
    """Put the sources that running sessions know on the roll: one that does not come back after a restart is missed."""
    for room in service.running_rooms():
        for source in _sources(service, room):
            roll.line(room, source["id"], source["name"], at_ms=now_ms, expected=True)


async def look(service: Service, roll: Roll, now_ms: int) -> None:
    """Compare what is heard with what is known, and report the differences."""
    for room in service.running_rooms():
        known = {source["id"]: source["state"] for source in _sources(service, room)}
        for source in roll.heard(room, began_ms=_began_ms(service, room), now_ms=now_ms):
            if known.get(source.id) != source.state.value:
                await service.command(room, ReportSource(source=source), key=None, request_hash="")


async def _watch(service: Service, roll: Roll, now_ms: Callable[[], int]) -> None:
    while True:
        try:
            await look(service, roll, now_ms())
        except Exception:  # noqa: BLE001  # logged and tried again: nothing else may stop for this
            _LOG.exception("the sources could not be looked at")
        await asyncio.sleep(LOOK_EVERY_S)


def _sources(service: Service, room: str) -> list[dict[str, Any]]:
    return list(service.view(room).sources.values())


def _began_ms(service: Service, room: str) -> int:
    session: Any = service.view(room).session
    return int(datetime.fromisoformat(session["started_at"]).timestamp() * 1000)
