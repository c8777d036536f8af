"""`/prompter/{room}`: the teleprompter's page, and the script read, written and drafted for it (host)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from live.domain.script import read_script, write_markdown
from live.domain.script_draft import draft_script
from live.service.moments import moment
from live.service.script_writer import Worded, heard_before, reworded, with_heard
from live.web.api import json_response
from live.web.auth import require
from live.web.bodies import read_body
from live.web.checked import checked, object_of
from live.web.command_models import OfferModel, VariantModel
from live.web.command_orders import offer_of
from live.web.files import file_response
from live.web.headers import page_headers
from live.web.keys import SERVICE
from live.web.llm import LLM
from live.web.pages import STATIC, before_host_page
from live.web.rooms import room_in_path
from live.web.script_models import DRAFT, READ, WRITE
from live.web.script_wire import script_json, script_of
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.domain.offer import Offer
    from live.domain.script_parts import Script, ScriptFault
    from live.web.command_models import CycleModel

PAGE = STATIC / "prompter" / "index.html"
MAX_BODY_BYTES = 1024 * 1024
"""A text of the longest length beside a list of five hundred offers."""


def script_routes() -> list[web.RouteDef]:
    """Every route of the teleprompter."""
    path = "/api/v1/rooms/{room}/script"
    return [
        web.get("/prompter/{room}", page),
        web.post(f"{path}/read", read),
        web.post(f"{path}/write", write),
        web.post(f"{path}/draft", draft),
    ]


async def page(request: web.Request) -> web.StreamResponse:
    """The teleprompter of a room, for the host."""
    room_in_path(request)
    return before_host_page(request, "提词器") or file_response(PAGE, page_headers(framed_by_us=False))


async def read(request: web.Request) -> web.Response:
    """A text as a script, with every fault of it, and as it is written out fair."""
    data = await _body(request, example='{"markdown":"## 开场 3分钟"}')
    asked = checked(READ, data, what="稿子", tagged=False)
    offers = await _offers(request, asked.offers)
    script, faults = read_script(asked.markdown, offers)
    return _answer(script, offers, faults)


async def write(request: web.Request) -> web.Response:
    """A script as text; its faults are those that the text then has."""
    data = await _body(request, example='{"script":{"sections":[]}}')
    asked = checked(WRITE, data, what="稿子", tagged=False)
    offers = await _offers(request, asked.offers)
    markdown = write_markdown(script_of(asked.script), offers)
    script, faults = read_script(markdown, offers)
    return _answer(script, offers, faults)


async def draft(request: web.Request) -> web.Response:
    """A script made of the list of offers and what was asked about them last time, worded by the model where that is wanted."""
    data = await _body(request, example="{}")
    asked = checked(DRAFT, data, what="商品清单", tagged=False)
    offers = await _offers(request, asked.offers)
    cutoff, pickup = await _times(request, asked.cycle)
    heard = heard_before(await _snapshot(request), offers)
    script = draft_script(offers, cutoff=cutoff, pickup=pickup)
    switch = request.app.get(LLM) if asked.by == "model" else None
    worded = Worded(script=script) if switch is None else await reworded(script, switch.desk, heard, switch.dialect)
    told = {"by": worded.by, "dropped": worded.dropped, "trouble": worded.trouble}
    return _answer(with_heard(worded.script, heard), offers, (), told)


async def _body(request: web.Request, *, example: str) -> bytes:
    require(request, Role.HOST)
    room_in_path(request)
    data = await read_body(request, MAX_BODY_BYTES)
    object_of(data, example=example)
    return data


async def _snapshot(request: web.Request) -> Mapping[str, Any]:
    service, room = request.app[SERVICE], room_in_path(request)
    await service.open(room)
    return service.snapshot(room)


async def _offers(request: web.Request, given: Sequence[OfferModel] | None) -> list[Offer]:
    """The list that was sent along, or that of the room's newest session."""
    if given is None:
        given = [_model(offer) for offer in (await _snapshot(request))["offers"]]
    return [offer_of(each) for each in given]


def _model(offer: Mapping[str, Any]) -> OfferModel:
    """An offer of the snapshot as it would be sent: without what has been sold of it."""
    variants = [_kept(VariantModel, each) for each in offer["variants"]]
    return OfferModel.model_validate(_kept(OfferModel, offer) | {"variants": variants})


def _kept(model: type[OfferModel | VariantModel], value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[name] for name in model.model_fields if name in value}


async def _times(request: web.Request, given: CycleModel | None) -> tuple[str, str]:
    """When the orders are cut off, and when and where goods are fetched; nothing where nobody knows."""
    if given is not None:
        points = [point.name for point in given.pickup_points]
        return _words(given.cutoff_at, given.pickup_at, points)
    session = (await _snapshot(request))["session"]
    if session is None:
        return "", ""
    cycle = session["cycle"]
    points = [point["name"] for point in cycle["pickup_points"]]
    return _words(datetime.fromisoformat(cycle["cutoff_at"]), datetime.fromisoformat(cycle["pickup_at"]), points)


def _words(cutoff: datetime, pickup: datetime, points: Sequence[str]) -> tuple[str, str]:
    return f"{moment(cutoff)} ", " ".join([f"{moment(pickup)} 起", "、".join(points)]).strip()


def _answer(
    script: Script, offers: Sequence[Offer], faults: Sequence[ScriptFault], more: Mapping[str, object] | None = None
) -> web.Response:
    found = [{"line": fault.line, "what": fault.what, "mend": fault.mend} for fault in faults]
    told = {"script": script_json(script), "markdown": write_markdown(script, offers), "faults": found}
    return json_response(told | dict(more or {}))
