"""`GET /api/v1/rooms/{room}/health`: whether a room's orders are safe, in figures (host)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from live.domain.source import Hearing, estimated_gap
from live.service import wire
from live.sources.state import TROUBLED
from live.web.api import json_response
from live.web.auth import require
from live.web.keys import HUB, LAGS, NOW_MS, ROLL, SERVICE, SETTINGS, SOURCES, WATCHING
from live.web.problems import refuse
from live.web.rooms import room_in_path
from live.web.tokens import Role
from live.web.told import View

if TYPE_CHECKING:
    from aiohttp import web

    from live.domain.source import Source
    from live.service.wire import Json

OPEN_WITHIN_S = 3.0
"""How long the first look at a room may take: where its store is away, this must say so and not wait."""

STUCK_MS = 5_000
"""An owner that has been at one piece of work for so long answers no tap."""

BEFORE_MS = 10 * 60_000
"""Between two evenings: who was there so lately still counts."""


async def health(request: web.Request) -> web.Response:
    """Every source, how quickly comments are booked, whether commands are answered, and who has pages open."""
    require(request, Role.HOST)
    room = room_in_path(request)
    await _open(request, room)
    return json_response(health_of(request.app, room))


async def _open(request: web.Request, room: str) -> None:
    service = request.app[SERVICE]
    try:
        async with asyncio.timeout(OPEN_WITHIN_S):
            await service.open(room)
    except TimeoutError:
        trouble = service.trouble()
        detail = "直播间的数据还没有读出来，请稍等。" if trouble is None else trouble.detail
        raise refuse(503, "store_unavailable", detail) from None


def health_of(app: web.Application, room: str) -> Json:
    """The health of an open room as it is now."""
    service, now_ms = app[SERVICE], app[NOW_MS]()
    trouble, silent_after_s = service.trouble(), app[SETTINGS].ingest.silent_after_s
    return {
        "room": room,
        "at": wire.rfc3339(now_ms),
        "session_id": _running_session(app, room).get("id"),
        "watched": silent_after_s > 0,
        "silent_after_ms": silent_after_s * 1000,
        "sources": sources_of(app, room, now_ms),
        "comments": _comments(app, room, now_ms),
        "commands": {"answering": service.busy_ms(room) < STUCK_MS, "busy_ms": service.busy_ms(room)},
        "writable": trouble is None or not trouble.stops,
        "pages": _pages(app, room),
        "trouble": None if trouble is None else {"code": trouble.code, "detail": trouble.detail},
    }


def _running_session(app: web.Application, room: str) -> dict[str, Any]:
    service = app[SERVICE]
    session: Any = service.view(room).session
    return dict(session) if service.running(room) else {}


def _comments(app: web.Application, room: str, now_ms: int) -> Json:
    line, lag = app[SERVICE].in_line(room), app[LAGS].of(room)
    return {
        "lag_ms": None if lag is None else lag.last_ms,
        "worst_lag_ms": None if lag is None else lag.worst_ms,
        "waiting": line.comments,
        "oldest_waiting_ms": None if line.oldest_ms is None else max(0, now_ms - line.oldest_ms),
    }


def _pages(app: web.Application, room: str) -> Json:
    hub = app[HUB]
    return {
        "hosts": hub.pages(room, View.HOST),
        "pictures": hub.pages(room, View.PUBLIC),
        "viewers": app[WATCHING].pages,
    }


def sources_of(app: web.Application, room: str, now_ms: int) -> list[Json]:
    """Every source of an open room as it is heard then, with what the service says of those that it calls."""
    details = _details(app, room)
    return [_source(source, now_ms) | {"detail": details.get(source.id)} for source in _heard(app, room, now_ms)]


def _heard(app: web.Application, room: str, now_ms: int) -> list[Source]:
    """The sources of the running session; between two evenings those that are there, or were lately."""
    session = _running_session(app, room)
    began_ms = _ms(session["started_at"]) if session else now_ms - BEFORE_MS
    found = app[ROLL].heard(room, began_ms=began_ms, now_ms=now_ms)
    return found if app[SETTINGS].ingest.silent_after_s else [_unwatched(source) for source in found]


def _unwatched(source: Source) -> Source:
    """Where the watch is off, a pause says nothing."""
    return replace(source, state=Hearing.LISTENING) if source.state is Hearing.SILENT else source


def _source(source: Source, now_ms: int) -> Json:
    """A source as events show it; of one that is not heard, `missed` is what the gap may have cost by now."""
    shown = wire.source(source)
    if source.state is Hearing.LISTENING:
        return shown
    return {**shown, "missed": estimated_gap(source.per_hour, now_ms - source.since_ms)}


def _details(app: web.Application, room: str) -> dict[str, str]:
    """What the tools that we call are in trouble with, and the mend, by source."""
    states = [state for state in app[SOURCES]() if state.room == room and state.status in TROUBLED]
    return {f"{state.kind}-{state.number}": state.detail for state in states}


def _ms(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)
