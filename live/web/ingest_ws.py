"""`GET /ws/ingest?room=`: comments come in (section 2 of the contract).

Frames are read on while earlier ones wait for their commit, so that a source which sends one comment a frame still
fills whole batches. One task acknowledges; when too much is unacknowledged, reading stops, and TCP tells the source.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType

from live.sources.contract import error_frame
from live.web.auth import require
from live.web.ingest import connected, take
from live.web.ingest_acks import Acks, Waiting
from live.web.keys import METRICS, SERVICE, SETTINGS, SOCKETS
from live.web.rooms import room_in_query
from live.web.sockets import SOURCES
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from live.sources.roll import Line
    from live.web.ingest import Taken
    from live.web.sockets import Socket

_DATA = frozenset({WSMsgType.TEXT, WSMsgType.BINARY})


async def ingest_socket(request: web.Request) -> web.StreamResponse:
    """Upgrade, then take frames until the source leaves."""
    require(request, Role.INGEST)
    room = room_in_query(request)
    await request.app[SERVICE].open(room)
    max_bytes = request.app[SETTINGS].ingest.max_frame_bytes
    async with request.app[SOCKETS].opened(request, max_frame_bytes=max_bytes, place=SOURCES) as socket:
        with request.app[METRICS].sources.track_inprogress(), suppress(ConnectionError):
            async with acknowledging(socket, request.app) as acks:
                with connected(request.app, room, "ws", "评论接口") as line:
                    await _read(request.app, room, socket, acks, line)
    return socket


@asynccontextmanager
async def acknowledging(socket: Socket, app: web.Application) -> AsyncIterator[Acks]:
    """Run the task that acknowledges beside the block; its fault ends the block, the block's end ends it."""
    acks = Acks(socket, app[METRICS])
    try:
        async with asyncio.TaskGroup() as tasks:
            runner = tasks.create_task(acks.run(), name="acknowledge comments")
            yield acks
            runner.cancel()
    except* ConnectionError:
        pass  # the source left before it heard all its acks; it resends
    finally:
        acks.abandon()


async def _read(app: web.Application, room: str, socket: Socket, acks: Acks, line: Line) -> None:
    async for message in socket:
        if message.type in _DATA:
            await acks.room()
            await _answer(socket, acks, await take(app, room, message.data, line))


async def _answer(socket: Socket, acks: Acks, taken: Taken) -> None:
    if taken.durable is not None:
        acks.add(Waiting(ids=taken.ids, durable=taken.durable))
    for fault in taken.faults:
        await socket.send_str(error_frame(fault))
