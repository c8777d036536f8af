"""`POST /ingest?room=`: the same frames over HTTP, answered when they are durable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from pydantic_core import to_json

from live.sources.frame import Fault, FaultCode
from live.streams.port import StreamUnavailable
from live.web.auth import require
from live.web.bodies import read_body
from live.web.ingest import Taken, posting, take
from live.web.keys import METRICS, SERVICE, SETTINGS
from live.web.rooms import room_in_query
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


async def ingest_post(request: web.Request) -> web.Response:
    """Take one frame: 200 with the ack, or 422 with every fault (and the ids that were taken all the same)."""
    require(request, Role.INGEST)
    room = room_in_query(request)
    data = await read_body(request, request.app[SETTINGS].ingest.max_frame_bytes)
    await request.app[SERVICE].open(room)
    line = posting(request.app, room, "post", "评论接口（HTTP）")
    return answer(await settled(request.app, await take(request.app, room, data, line)))


def answer(taken: Taken) -> web.Response:
    """200 with the ack, or 422 with the faults."""
    if taken.faults:
        return web.Response(body=error_body(taken), status=422, content_type="application/json")
    return web.Response(body=to_json({"type": "ack", "ids": taken.ids}), content_type="application/json")


async def settled(app: web.Application, taken: Taken) -> Taken:
    """Wait until the comments are durable, or will not be."""
    if taken.durable is None:
        return taken
    try:
        await taken.durable
    except StreamUnavailable as error:
        app[METRICS].fault(FaultCode.OVERLOADED, len(taken.ids))
        lost = [Fault(code=FaultCode.OVERLOADED, detail=str(error), id=id_) for id_ in taken.ids]
        return Taken(faults=(*taken.faults, *lost))
    return taken


def error_body(taken: Taken) -> bytes:
    """The error frame of section 2 for the first fault, with all of them in `errors`, and what was acknowledged."""
    first = taken.faults[0]
    return to_json({"type": "error", **_fault(first), "errors": _faults(taken.faults), "acknowledged": taken.ids})


def _faults(faults: Sequence[Fault]) -> list[dict[str, str]]:
    return [_fault(fault) for fault in faults]


def _fault(fault: Fault) -> dict[str, str]:
    said = {"code": fault.code.value, "detail": fault.detail}
    return said if fault.id is None else said | {"id": fault.id}
