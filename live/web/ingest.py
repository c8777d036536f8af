"""What both ways in share: from a frame's bytes to comments on the line."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.service.results import RoomClosed
from live.sources.contract import read_frame
from live.sources.frame import Fault, FaultCode, Limits
from live.streams.port import StreamUnavailable
from live.web.keys import METRICS, NOW_MS, ROLL, SERVICE, SETTINGS

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Iterator

    from aiohttp import web

    from config.settings import Settings
    from live.domain.comment import Comment
    from live.sources.frame import Frame
    from live.sources.roll import Line

_CLOSED = "房间现在没有开播，评论没有收下；开播以后的评论才会收。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What became of a frame: ids on their way with what is done when they are durable, and what was not taken."""

    ids: tuple[str, ...] = ()
    durable: Future[None] | None = None
    faults: tuple[Fault, ...] = ()


def limits_of(settings: Settings) -> Limits:
    """The limits of a frame."""
    return Limits(frame_bytes=settings.ingest.max_frame_bytes, batch_items=settings.ingest.max_batch)


@contextmanager
def connected(app: web.Application, room: str, id: str, name: str) -> Iterator[Line]:  # noqa: A002  # the field is called id
    """Have a source on the roll of its room for as long as its connection lasts."""
    line = app[ROLL].line(room, id, name, at_ms=app[NOW_MS]())
    line.joined(app[NOW_MS]())
    try:
        yield line
    finally:
        line.left(app[NOW_MS]())


def posting(app: web.Application, room: str, id: str, name: str) -> Line:  # noqa: A002  # the field is called id
    """The line of a source that has no connection."""
    return app[ROLL].line(room, id, name, at_ms=app[NOW_MS](), posts=True)


async def take(app: web.Application, room: str, data: str | bytes, line: Line) -> Taken:
    """Read a frame and put its comments on the room's line; waits while the line is full."""
    received_ms = app[NOW_MS]()
    frame = read_frame(data, limits=limits_of(app[SETTINGS]), received_ms=received_ms)
    line.heard(received_ms, frame)
    return await hand_over(app, room, frame, received_ms)


async def hand_over(app: web.Application, room: str, frame: Frame, received_ms: int) -> Taken:
    """Put the comments of a frame that is read on the room's line; waits while the line is full."""
    taken = await _append(app, room, frame, received_ms)
    for fault in taken.faults:
        app[METRICS].fault(fault.code)
    return taken


async def _append(app: web.Application, room: str, frame: Frame, received_ms: int) -> Taken:
    if not frame.comments:
        return Taken(faults=frame.faults)
    try:
        durable = await app[SERVICE].ingest(room, frame.comments, received_ms)
    except RoomClosed:
        return Taken(faults=(*frame.faults, *_all(frame.comments, FaultCode.ROOM_CLOSED, _CLOSED)))
    except StreamUnavailable as error:
        return Taken(faults=(*frame.faults, *_all(frame.comments, FaultCode.OVERLOADED, str(error))))
    return Taken(ids=tuple(comment.id for comment in frame.comments), durable=durable, faults=frame.faults)


def _all(comments: tuple[Comment, ...], code: FaultCode, detail: str) -> list[Fault]:
    return [Fault(code=code, detail=detail, id=comment.id) for comment in comments]
