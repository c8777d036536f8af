"""Tools that come to us with frames of their own: `POST /ingest/{tool}` and `GET /ws/ingest/{tool}`.

A tool that posts gets the answer of `POST /ingest`. A tool that opens a WebSocket hears nothing back, for none of them
listens: what it said is held until it is durable, and while too much is held it is not read on.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from live.sources.carrier import Carrier, Delivery, Parcel
from live.sources.contract import parse
from live.sources.feed import Context, read_message
from live.sources.frame import Fault, FaultCode, Frame
from live.sources.kinds import POST_CALLERS, SOCKET_CALLERS, Caller
from live.web.auth import require
from live.web.bodies import read_body
from live.web.delivery import deliver_to
from live.web.ingest import connected, hand_over, posting
from live.web.ingest_http import answer, settled
from live.web.keys import METRICS, NOW_MS, SERVICE, SETTINGS, SOCKETS
from live.web.problems import refuse
from live.web.rooms import room_in_query
from live.web.sockets import SOURCES
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from live.sources.roll import Line
    from live.web.sockets import Socket

    Named = TypeVar("Named")

_PLATFORMS_OF_PAGES: Mapping[str, str] = {
    "live.kuaishou.com": "kuaishou",
    "channels.weixin.qq.com": "wechat_channels",
    "eos.douyin.com": "douyin",
    "buyin.jinritemai.com": "douyin",
    "www.tiktok.com": "tiktok",
}
"""What a userscript reads is of the platform whose page it runs in."""

_PLATFORM_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_:-")
_MOST_PLATFORM_CHARACTERS = 40
_DATA = frozenset({WSMsgType.TEXT, WSMsgType.BINARY})


async def tool_post(request: web.Request) -> web.Response:
    """Take one body of a tool: 200 with the ack when it is durable; what was not understood in it is counted."""
    caller = _of_path(request, POST_CALLERS)
    require(request, Role.INGEST)
    room = await _room(request)
    if request.content_type != "application/json":
        raise refuse(415, "not_json", "内容要用 JSON 发送：请求头写 Content-Type: application/json。")
    context = _context(request, caller)
    body = _decoded(await read_body(request, request.app[SETTINGS].ingest.max_frame_bytes))
    frame = Frame(faults=(body,)) if isinstance(body, Fault) else caller.feed(body, context)
    posting(request.app, room, request.match_info["tool"], caller.tool).heard(context.received_ms, frame)
    if not isinstance(body, Fault):
        frame = _understood(request.app, frame)
    return answer(await settled(request.app, await hand_over(request.app, room, frame, context.received_ms)))


def _understood(app: web.Application, frame: Frame) -> Frame:
    """Count what was not understood: the tool could not mend it, so it is not told."""
    _count(app, frame.faults)
    return replace(frame, faults=())


async def tool_options(request: web.Request) -> web.Response:
    """Answer a preflight without allowing anything: what may post asks for no leave."""
    _of_path(request, POST_CALLERS)
    return web.Response(status=204, headers={"Allow": "POST, OPTIONS"})


async def tool_socket(request: web.Request) -> web.StreamResponse:
    """Upgrade, then take what the tool says until it leaves, and hold it until it is durable."""
    caller = _of_path(request, SOCKET_CALLERS)
    require(request, Role.INGEST)
    room = await _room(request)
    context = _context(request, caller)
    max_bytes = request.app[SETTINGS].ingest.max_frame_bytes
    async with request.app[SOCKETS].opened(request, max_frame_bytes=max_bytes, place=SOURCES) as socket:
        with request.app[METRICS].sources.track_inprogress():
            async with _carrying(request.app, room) as carrier:
                with connected(request.app, room, request.match_info["tool"], caller.tool) as line:
                    await _read(request.app, caller, context, socket, (line, carrier))
    return socket


async def _read(
    app: web.Application, caller: Caller, context: Context, socket: Socket, ends: tuple[Line, Carrier]
) -> None:
    line, carrier = ends
    async for message in socket:
        if message.type in _DATA:
            received_ms = app[NOW_MS]()
            frame = read_message(caller.feed, message.data, replace(context, received_ms=received_ms))
            _count(app, frame.faults)
            line.heard(received_ms, frame)
            await carrier.put(Parcel(comments=frame.comments, received_ms=received_ms))


@asynccontextmanager
async def _carrying(app: web.Application, room: str) -> AsyncIterator[Carrier]:
    """Deliver beside the block; when the tool has left, what it said is still delivered."""

    def tell(delivery: Delivery, comments: int) -> None:
        if delivery is Delivery.CLOSED:
            app[METRICS].fault(FaultCode.ROOM_CLOSED, comments)

    carrier = Carrier(room, deliver_to(app[SERVICE]), tell=tell)
    async with asyncio.TaskGroup() as tasks:
        carrying = tasks.create_task(carrier.run(), name="deliver comments")
        with suppress(ConnectionError):
            yield carrier
        await carrier.emptied()
        carrying.cancel()


def _of_path(request: web.Request, known: Mapping[str, Named]) -> Named:
    tool = known.get(request.match_info["tool"])
    if tool is None:
        raise refuse(404, "unknown_tool", f"没有这种工具。这里接：{'、'.join(known)}。")
    return tool


async def _room(request: web.Request) -> str:
    """The room of the address, or the only one in which a session runs."""
    if "room" in request.query:
        room = room_in_query(request)
        await request.app[SERVICE].open(room)
        return room
    running = request.app[SERVICE].running_rooms()
    if len(running) == 1:
        return running[0]
    state = f"现在有 {len(running)} 个直播间在开播（{'、'.join(running)}）" if running else "现在没有直播间在开播"
    raise refuse(422, "invalid_room", f"{state}，请在网址后面加上 &room=直播间名。")


def _context(request: web.Request, caller: Caller) -> Context:
    """What the frames do not say: the platform is in the address, or is that of the page, or is the tool's."""
    page = urlsplit(request.headers.get("Origin", "")).hostname or ""
    platform = request.query.get("platform") or _PLATFORMS_OF_PAGES.get(page) or caller.platform
    if len(platform) > _MOST_PLATFORM_CHARACTERS or not _PLATFORM_CHARACTERS.issuperset(platform):
        raise refuse(
            422, "invalid_platform", "网址里的 platform 只能用 a-z、0-9、_、: 和 -，最多 40 个，例：kuaishou。"
        )
    return Context(platform=platform, received_ms=request.app[NOW_MS]())


def _decoded(data: bytes) -> object:
    """The body as an object, or the fault that it is none."""
    try:
        body = parse(data)
    except (ValueError, RecursionError) as error:
        return Fault(code=FaultCode.INVALID_FRAME, detail=f"frame: must be JSON ({error})")
    return body if isinstance(body, dict) else Fault(code=FaultCode.INVALID_FRAME, detail="frame: must be an object")


def _count(app: web.Application, faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        app[METRICS].fault(fault.code)
