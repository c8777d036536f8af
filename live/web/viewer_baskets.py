"""`/api/v1/baskets/{code}` and `/ws/baskets/{code}`: one person's basket, for whoever has its code."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from live.domain import commands as c
from live.domain.refusal import RefusalCode, Refused
from live.service import wire
from live.service.problems import refused
from live.service.session_view import PEOPLE, line_topic, session_topic, viewer_topic
from live.web import basket_view
from live.web.api import json_response
from live.web.checked import checked, idempotency_key, object_of, request_hash
from live.web.commands import answer
from live.web.keys import BASKETS, NOW_MS, SERVICE
from live.web.rate import Limit, spend
from live.web.viewer_access import own_body, owner_in_path, readable, typed_code, unknown_code
from live.web.viewer_models import CHANGES, JOINS, ChangeLine, ChangeModel
from live.web.viewer_sockets import watch
from live.web.watching import Looked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.service.basket_book import Held, Owner
    from live.service.session_view import Topic

_JOIN_EXAMPLE = '{"code":"K7M49XQ2PLWT","phone_tail":"0000"}'
_EXAMPLE = '{"type":"set_basket","own_bag":true}'


async def basket(request: web.Request) -> web.Response:
    """What a code opens: `{"now", "basket"}`."""
    return await _shown(request, await owner_in_path(request))


async def change(request: web.Request) -> web.Response:
    """Change a line, or how the goods are fetched; answers with the basket as it is then."""
    data = await own_body(request)
    spend(request, Limit.ORDER, key=typed_code(request.match_info["code"]))
    key, owner = idempotency_key(request), await owner_in_path(request)
    object_of(data, example=_EXAMPLE)
    wanted = checked(CHANGES, data, what="内容", tagged=True)
    concerned = await _part(request, owner, wanted.part)
    said = await request.app[SERVICE].command(
        concerned.view.room,
        _command(wanted, concerned.code),
        key=None if key is None else scoped_key(concerned.code, key),
        request_hash=request_hash(data),
    )
    return await _shown(request, owner) if said.status < web.HTTPBadRequest.status_code else answer(readable(said))


async def join(request: web.Request) -> web.Response:
    """Put what lies under another of one's own codes on this page too; answers with the basket as it is then."""
    data, code = await own_body(request), typed_code(request.match_info["code"])
    spend(request, Limit.ORDER, key=code)
    owner = await owner_in_path(request)
    object_of(data, example=_JOIN_EXAMPLE)
    wanted = checked(JOINS, data, what="内容", tagged=False)
    joined = await request.app[SERVICE].people.join_as_viewer(code, wanted.code, wanted.phone_tail)
    if not isinstance(joined, Refused):
        return await _shown(request, owner)
    if joined.code is RefusalCode.UNKNOWN_PICKUP_CODE:
        spend(request, Limit.UNKNOWN_CODE)
    return answer(readable(refused(joined)))


async def _part(request: web.Request, owner: Owner, code: str | None) -> Held:
    """Which part of the page is meant: the code's own, or another one that the page shows."""
    held = await _held(request, owner)
    found = next((each for each in held if code in (None, each.code)), None)
    if found is None:
        raise unknown_code()
    return found


async def basket_socket(request: web.Request) -> web.StreamResponse:
    """The basket as it is, and again whenever it changes."""
    owner = await owner_in_path(request)
    return await watch(request, partial(_look, request, owner))


def scoped_key(whose: str, key: str) -> str:
    """An `Idempotency-Key` in a room that many share: nobody meets the answer to somebody else's. Codes hold no slash."""
    return f"page/{hashlib.sha256(f'{whose}/{key}'.encode()).hexdigest()}"


async def _shown(request: web.Request, owner: Owner) -> web.Response:
    looked = await _look(request, owner)
    return json_response({"now": wire.rfc3339(request.app[NOW_MS]()), "basket": looked.value})


async def _look(request: web.Request, owner: Owner) -> Looked:
    held = await _held(request, owner)
    points = await request.app[SERVICE].points_of(owner.viewer_key)
    value = basket_view.basket(held, points, await _entries(request, held))
    return Looked(name="basket", value=value, topics=topics_of(held) | {PEOPLE})


async def _entries(request: web.Request, held: Sequence[Held]) -> dict[tuple[str, str], str]:
    """Where the person is in a draw of their sessions."""
    draws = request.app[SERVICE].draws
    asked = [(id_, each.viewer_key) for each in held for id_ in each.view.giveaways]
    found = {place: await draws.entry_of(*place) for place in asked}
    return {place: entry for place, entry in found.items() if entry is not None}


async def _held(request: web.Request, owner: Owner) -> list[Held]:
    held = await request.app[BASKETS].held(owner)
    if not held:
        raise unknown_code()
    return held


def topics_of(held: Sequence[Held]) -> frozenset[Topic]:
    """What would change the page of a person who has this."""
    found: set[Topic] = set()
    for each in held:
        found |= {viewer_topic(each.viewer_key), session_topic(each.view.id)}
        found |= {line_topic(each.view.id, str(r["offer_id"])) for r in each.view.of_viewer(each.viewer_key)}
    return frozenset(found)


def _command(model: ChangeModel, code: str) -> c.PageChange | c.SetBasket:
    if isinstance(model, ChangeLine):
        line = c.PageLine(offer_id=model.offer_id, variant_id=model.variant_id, quantity=model.quantity)
        return c.PageChange(pickup_code=code, line=line, seen=model.seen)
    return c.SetBasket(
        pickup_code=code,
        pickup_point_id=model.pickup_point_id,
        phone_tail=model.phone_tail,
        own_bag=model.own_bag,
    )
