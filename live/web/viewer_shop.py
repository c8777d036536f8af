"""`/api/v1/shops/{room}`, `…/orders` and `/ws/shops/{room}`: the shop's list, and the order form of its page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from live.domain import commands as c
from live.service import wire
from live.service.basket_book import Held
from live.service.session_view import viewer_topic
from live.web import basket_view, shop_view
from live.web.api import json_response
from live.web.checked import checked, idempotency_key, object_of, request_hash
from live.web.commands import answer
from live.web.keys import BASKETS, NOW_MS, SERVICE
from live.web.problems import refuse
from live.web.rate import Limit, spend
from live.web.rooms import room_in_path
from live.web.viewer_access import own_body, readable
from live.web.viewer_baskets import scoped_key, topics_of
from live.web.viewer_identity import new_secret, remember, secret_from, secret_of, viewer, viewer_key
from live.web.viewer_models import ORDERS, SHORTEST_KEY
from live.web.viewer_sockets import watch
from live.web.watching import Looked

if TYPE_CHECKING:
    from live.service.wire import Json
    from live.web.viewer_models import OrderModel

_EXAMPLE = '{"session_id":"…","name":"东门王姐","lines":[{"offer_id":"egg","quantity":2}]}'


async def shop(request: web.Request) -> web.Response:
    """The list, and what this browser has ordered of it: `{"now", "shop", "mine"}`; nulls for what is not there."""
    room, secret = room_in_path(request), secret_of(request)
    spend(request, Limit.PUBLIC_JSON, key=secret)
    view = await request.app[BASKETS].room(room)
    listed = None if view is None else shop_view.shop(view)
    return json_response({"now": _now(request), "shop": listed, "mine": await _mine(request, room, secret)})


async def order(request: web.Request) -> web.Response:
    """Take an order by the form; answers with all that this browser has ordered: `{"now", "mine"}`."""
    data, room = await own_body(request), room_in_path(request)
    key = _needed_key(request)
    secret = secret_of(request) or secret_from(key)
    spend(request, Limit.ORDER, key=secret)
    if await request.app[BASKETS].room(room) is None:
        raise refuse(404, "unknown_room", "这个直播间还没有开过团，没有东西可订。")
    object_of(data, example=_EXAMPLE)
    wanted = checked(ORDERS, data, what="订单", tagged=False)
    said = await request.app[SERVICE].command(
        room, _command(wanted, secret), key=scoped_key(secret, key), request_hash=request_hash(data)
    )
    if said.status >= web.HTTPBadRequest.status_code:
        return answer(readable(said))
    done = json_response({"now": _now(request), "mine": await _mine(request, room, secret)})
    remember(request, done, secret)
    return done


async def shop_socket(request: web.Request) -> web.StreamResponse:
    """The list and this browser's own orders as they are, and again whenever they change."""
    room, secret = room_in_path(request), secret_of(request)
    spend(request, Limit.PUBLIC_JSON, key=secret)
    return await watch(request, partial(_look, request, room, secret or new_secret()), room=room)


async def _mine(request: web.Request, room: str, secret: str | None) -> Json | None:
    return None if secret is None else (await _look(request, room, secret)).value


async def _look(request: web.Request, room: str, secret: str) -> Looked:
    """What a browser has ordered of the room's newest list."""
    view, key = await request.app[BASKETS].room(room), viewer_key(secret)
    if view is None or not view.of_viewer(key):
        return Looked(name="mine", value=None, topics=frozenset({viewer_topic(key)}))
    held = Held(view=view, viewer_key=key)
    return Looked(name="mine", value=basket_view.part(held, {}), topics=topics_of([held]))


def _command(wanted: OrderModel, secret: str) -> c.PageOrder:
    lines = [
        c.PageLine(offer_id=each.offer_id, variant_id=each.variant_id, quantity=each.quantity) for each in wanted.lines
    ]
    return c.PageOrder(
        viewer=viewer(secret, wanted.name),
        lines=tuple(lines),
        session_id=wanted.session_id,
        pickup_point_id=wanted.pickup_point_id,
        phone_tail=wanted.phone_tail,
    )


def _needed_key(request: web.Request) -> str:
    """The key is what makes an order that is sent twice one order, also where the browser keeps no cookie."""
    key = idempotency_key(request)
    if key is None or len(key) < SHORTEST_KEY:
        raise refuse(422, "invalid_key", f"请求头要有 Idempotency-Key，至少 {SHORTEST_KEY} 个字符，每一单换一个新的。")
    return key


def _now(request: web.Request) -> str:
    return wire.rfc3339(request.app[NOW_MS]())
