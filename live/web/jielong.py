"""`/api/v1/rooms/{room}/jielong`: the list for a group chat written, and one from there read (host). It books nothing."""

from __future__ import annotations

from aiohttp import web

from live.service.lists import NoSession, UnknownOffer
from live.service.sign_ups import MOST_LINES
from live.web.api import json_response
from live.web.auth import require
from live.web.bodies import read_body
from live.web.checked import checked, object_of
from live.web.jielong_models import FULL, MASKED, OFFERS, ORDERS, PASTED
from live.web.keys import SERVICE
from live.web.problems import FieldFault, refuse
from live.web.rooms import no_session, room_in_path
from live.web.tokens import Role

MAX_BODY_BYTES = 256 * 1024


def jielong_routes() -> list[web.RouteDef]:
    """Every route of the lists."""
    path = "/api/v1/rooms/{room}/jielong"
    return [web.get(path, write), web.post(path, read)]


async def write(request: web.Request) -> web.Response:
    """The text to post: what is on sale, or who has ordered what (names masked unless `names=full`)."""
    require(request, Role.HOST)
    room, lists = room_in_path(request), request.app[SERVICE].lists
    what, names = _choice(request, "what", OFFERS, ORDERS), _choice(request, "names", MASKED, FULL)
    try:
        text = await lists.offers(room) if what == OFFERS else await lists.orders(room, mask_names=names == MASKED)
    except NoSession:
        raise no_session() from None
    return web.Response(text=text, content_type="text/plain", charset="utf-8", headers={"Cache-Control": "no-store"})


async def read(request: web.Request) -> web.Response:
    """What a pasted list asks for, each order as a `reserve` command, and every line that could not be read."""
    require(request, Role.HOST)
    room, data = room_in_path(request), await read_body(request, MAX_BODY_BYTES)
    object_of(data, example='{"text":"1. 张姐 鸡蛋2箱"}')
    pasted = checked(PASTED, data, what="接龙", tagged=False)
    lines = len(pasted.text.splitlines())
    if lines > MOST_LINES:
        fault = FieldFault(field="text", message=f"最多 {MOST_LINES} 行，这里有 {lines} 行，请分几次")
        raise refuse(422, "invalid_command", "接龙里有 1 处要改：text", [fault])
    try:
        return json_response(await request.app[SERVICE].lists.read(room, pasted.text, pasted.offer_id))
    except NoSession:
        raise no_session() from None
    except UnknownOffer:
        fault = FieldFault(field="offer_id", message=f"这一场没有“{pasted.offer_id}”这个商品")
        raise refuse(422, "unknown_offer", fault.message, [fault]) from None


def _choice(request: web.Request, name: str, *choices: str) -> str:
    """One of some words; the first where none is given."""
    value = request.query.get(name, choices[0])
    if value not in choices:
        raise refuse(422, "invalid_query", f"{name} 只能是 {' 或 '.join(choices)}。")
    return value
