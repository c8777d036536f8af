"""`/pickup/{room}`: the counter's page, and what it asks: whose goods lie here, and who is one person (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from live.domain.refusal import Refused
from live.service.problems import refused
from live.web.api import json_response
from live.web.auth import require
from live.web.bodies import read_body
from live.web.checked import checked, object_of
from live.web.commands import answer
from live.web.files import file_response
from live.web.headers import page_headers
from live.web.keys import SERVICE
from live.web.pages import STATIC, before_host_page
from live.web.pickup_models import JOIN, SPLIT, Join
from live.web.problems import FieldFault, refuse
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from live.service.people import People

PAGE = STATIC / "pickup" / "index.html"
MAX_BODY_BYTES = 4096
MAX_QUERY_CHARACTERS = 500
"""Enough for the longest address that a QR of ours may hold."""


def pickup_routes() -> list[web.RouteDef]:
    """Every route of the counter."""
    return [
        web.get("/pickup/{room}", page),
        web.get("/api/v1/rooms/{room}/pickup", counter),
        web.post("/api/v1/people/join", join),
        web.post("/api/v1/people/split", split),
    ]


async def page(request: web.Request) -> web.StreamResponse:
    """The counter of a room, for the host and whoever hands out."""
    room_in_path(request)
    return before_host_page(request, "提货台") or file_response(PAGE, page_headers(framed_by_us=False))


async def counter(request: web.Request) -> web.Response:
    """Whose goods lie at the counter, by person: all of them, or those that `q` means."""
    require(request, Role.HOST)
    room, text = room_in_path(request), request.query.get("q", "")
    if len(text) > MAX_QUERY_CHARACTERS:
        raise refuse(422, "invalid_query", f"q 最多 {MAX_QUERY_CHARACTERS} 个字：提货码、手机尾号、名字或号数。")
    return json_response(await request.app[SERVICE].counter(room, text))


async def join(request: web.Request) -> web.Response:
    """Make two identities one person."""
    require(request, Role.HOST)
    data = await read_body(request, MAX_BODY_BYTES)
    object_of(data, example='{"pickup_codes":["7K2M…","9QXA…"]}')
    said = await _join(request.app[SERVICE].people, checked(JOIN, data, what="合并", tagged=False))
    return answer(refused(said)) if isinstance(said, Refused) else json_response({"viewer_keys": sorted(said)})


async def split(request: web.Request) -> web.Response:
    """Let an identity be a person alone again; one that is already stays so."""
    require(request, Role.HOST)
    data = await read_body(request, MAX_BODY_BYTES)
    object_of(data, example='{"viewer_key":"kuaishou/id/u-1"}')
    wanted = checked(SPLIT, data, what="分开", tagged=False)
    await request.app[SERVICE].people.split(wanted.viewer_key)
    return json_response({"viewer_keys": [wanted.viewer_key]})


async def _join(people: People, wanted: Join) -> Refused | frozenset[str]:
    match wanted:
        case Join(pickup_codes=[one, other], viewer_keys=None):
            return await people.join_codes(one, other)
        case Join(pickup_codes=None, viewer_keys=[one, other]):
            return await people.join_keys(one, other)
        case _:
            fault = FieldFault(field="pickup_codes", message="和 viewer_keys 写一个，不能都写，也不能都不写")
            raise refuse(422, "invalid_command", "合并里有 1 处要改：pickup_codes", [fault])
