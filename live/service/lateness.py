"""Watches whether comments wait long for their commit, and has the hosts told while they do."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from live.service.results import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from live.service.service import Service

_LOG = logging.getLogger(__name__)

LATE_MS = 10_000
"""A viewer who has waited so long for "订上了" writes it again."""

CAUGHT_UP_MS = 2_000
"""Lateness around the bound must not come and go on the host's screen."""

LOOK_EVERY_S = 1.0

TROUBLE = Trouble(code="behind", detail="评论来得比记得快，或者电脑太忙：要等十几秒才记上。", stops=False)
"""No figures: they would change every second under the host's eyes. The health of the room has them."""


@asynccontextmanager
async def watching_lateness(service: Service, now_ms: Callable[[], int]) -> AsyncIterator[None]:
    """Watch for as long as the block runs."""
    watcher = asyncio.create_task(_watch(service, now_ms), name="watch for lateness")
    try:
        yield
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


def look(service: Service, late: set[str], now_ms: int) -> None:
    """Tell of rooms that have fallen behind, and of those that have caught up; `late` are those told of."""
    for room in service.open_rooms():
        waited_ms = service.waited_ms(room, now_ms)
        if waited_ms >= LATE_MS:
            late.add(room)
            service.report(_about(room), TROUBLE)
        elif waited_ms < CAUGHT_UP_MS and room in late:
            late.discard(room)
            service.report(_about(room), None)


async def _watch(service: Service, now_ms: Callable[[], int]) -> None:
    late: set[str] = set()
    while True:
        try:
            look(service, late, now_ms())
        except Exception:  # noqa: BLE001  # logged and tried again: nothing else may stop for this
            _LOG.exception("lateness could not be looked at")
        await asyncio.sleep(LOOK_EVERY_S)


def _about(room: str) -> str:
    """A name that no room bears: the trouble of its store is another one."""
    return f"[late]{room}"
