"""The reading half of `/api/v1`: the state of a room, its comments, and the description of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from pydantic_core import to_json

from live.web import views
from live.web.auth import require
from live.web.keys import SERVICE
from live.web.openapi import document
from live.web.problems import refuse
from live.web.rooms import room_in_path
from live.web.tokens import Role
from live.web.whole import whole

if TYPE_CHECKING:
    from live.service.wire import Json

MAX_COMMENTS = 1000
_DEFAULT_COMMENTS = 100
_MOST = 2**53


async def snapshot(request: web.Request) -> web.Response:
    """The state of a room; masked for an overlay token."""
    caller = require(request, Role.HOST, Role.OVERLAY)
    room = room_in_path(request)
    service = request.app[SERVICE]
    await service.open(room)
    state = service.snapshot(room)
    return json_response(state if caller.role is Role.HOST else views.public_snapshot(state))


async def comments(request: web.Request) -> web.Response:
    """Stored comments in order of arrival: `{"comments": […], "next": N}`; `next` is the `after` of the next page."""
    require(request, Role.HOST)
    room = room_in_path(request)
    after = _whole(request, "after", default=0, most=_MOST)
    limit = _whole(request, "limit", default=_DEFAULT_COMMENTS, most=MAX_COMMENTS)
    found = await request.app[SERVICE].comments_after(room, after, limit)
    return json_response({"comments": found, "next": found[-1]["n"] if found else after})


async def comment_kinds(request: web.Request) -> web.Response:
    """What each comment of the room's session is, as lists of places: `{"first", "last", "orders": [n…], …}`."""
    require(request, Role.HOST)
    room = room_in_path(request)
    service = request.app[SERVICE]
    await service.open(room)
    return json_response(await service.comment_kinds(room))


async def openapi(_request: web.Request) -> web.Response:
    """The description of this interface. It holds no secret."""
    return json_response(document())


def json_response(value: Json) -> web.Response:
    """Answer with JSON that nobody keeps."""
    return web.Response(body=to_json(value), content_type="application/json", headers={"Cache-Control": "no-store"})


def _whole(request: web.Request, name: str, *, default: int, most: int) -> int:
    text = request.query.get(name)
    number = default if text is None else whole(text, most)
    if number is None:
        raise refuse(422, "invalid_query", f"{name} 是 0 到 {most} 的整数。")
    return number
