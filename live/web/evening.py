"""Setting an evening up: the last one copied, a list of goods read, the whole looked over (host). It starts nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from live.goods.found import Found, Unreadable
from live.goods.read import read_goods
from live.goods.template import template_csv, template_xlsx
from live.web.api import json_response
from live.web.auth import require
from live.web.bodies import read_body
from live.web.check_start import look_over
from live.web.command_faults import faults_of
from live.web.command_models import OfferModel
from live.web.export import CSV, XLSX
from live.web.keys import NOW_MS, SERVICE, SETTINGS
from live.web.last_session import start_body
from live.web.problems import refuse
from live.web.rooms import no_session, room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from live.goods.found import Json, Remark
    from live.service.service import Service
    from live.service.wire import Json as Plain

MOST_BYTES = 8 * 1024 * 1024
"""A workbook with the photographs of its goods in it; without them it has a hundredth of that."""

MOST_START_BYTES = 1024 * 1024
_OFFER: TypeAdapter[OfferModel] = TypeAdapter(OfferModel)


def evening_routes() -> list[web.RouteDef]:
    """Every route of setting up."""
    return [
        web.get("/api/v1/rooms/{room}/last-session", last_session),
        web.post("/api/v1/rooms/{room}/offers/read", read_offers),
        web.post("/api/v1/rooms/{room}/check", check),
        web.get("/api/v1/offers-template.csv", csv_template),
        web.get("/api/v1/offers-template.xlsx", xlsx_template),
    ]


async def last_session(request: web.Request) -> web.Response:
    """The body of a `start_session` as the last evening was, its times moved ahead."""
    require(request, Role.HOST)
    room, service = room_in_path(request), request.app[SERVICE]
    body = start_body(service.snapshot(room), now_ms=request.app[NOW_MS]()) if await service.exists(room) else None
    if body is None:
        raise no_session()
    return json_response(body)


async def check(request: web.Request) -> web.Response:
    """Every fault and warning of a `start_session` body."""
    require(request, Role.HOST)
    room, data = room_in_path(request), await read_body(request, MOST_START_BYTES)
    return json_response(
        look_over(
            room,
            data,
            pictures=request.app[SETTINGS].data_dir / "pictures",
            now_ms=request.app[NOW_MS](),
            running=await _on_air(request.app[SERVICE], room),
        )
    )


async def _on_air(service: Service, room: str) -> str | None:
    """The title of the evening that is on air; a room that was never used stays one."""
    if not await service.exists(room) or not service.running(room):
        return None
    session = service.snapshot(room)["session"]
    return str(session["title"]) if isinstance(session, dict) else None


async def read_offers(request: web.Request) -> web.Response:
    """The offers of a file or a text (the body), with every fault; `given` is what a whole evening says beside them."""
    require(request, Role.HOST)
    room_in_path(request)
    data = await _content(request)
    try:
        # a large workbook takes a second: the room must not wait for it
        found = await asyncio.to_thread(read_goods, data)
    except Unreadable as unreadable:
        raise refuse(422, "unreadable_list", f"{unreadable}。") from None
    return json_response(_told(found))


async def _content(request: web.Request) -> bytes:
    content = bytearray()
    async for piece in request.content.iter_chunked(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            most = MOST_BYTES // 1024 // 1024
            raise refuse(413, "too_large", f"文件最多 {most} MB。请只留商品那几列，把图片删掉，另存一份再选。")
    return bytes(content)


def _told(found: Found) -> Plain:
    faults = [_remark(fault) for fault in found.faults]
    if found.given or not faults:
        faults += [fault for row, offer in found.offers for fault in _faults_of(row, offer)]
    return {
        "offers": [offer for _, offer in found.offers],
        "faults": faults,
        "warnings": [_remark(warning) for warning in found.warnings],
        "given": found.given,
    }


def _remark(remark: Remark) -> Json:
    return {"row": remark.row, "column": remark.column, "message": remark.message}


def _faults_of(row: int, offer: Json) -> list[Json]:
    """What an offer of a JSON list lacks to be one."""
    try:
        _OFFER.validate_python(offer)
    except ValidationError as error:
        return [
            {"row": row, "column": fault.field, "message": fault.message} for fault in faults_of(error, tagged=False)
        ]
    return []


async def csv_template(request: web.Request) -> web.Response:
    """The empty list to fill in, as CSV."""
    require(request, Role.HOST)
    return _file(template_csv(), CSV, "商品清单模板.csv")


async def xlsx_template(request: web.Request) -> web.Response:
    """The empty list to fill in, as a workbook."""
    require(request, Role.HOST)
    return _file(template_xlsx(), XLSX, "商品清单模板.xlsx")


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    disposition = f"attachment; filename=\"offers.{name.rpartition('.')[2]}\"; filename*=UTF-8''{quote(name)}"
    return web.Response(body=body, content_type=media_type, headers={"Content-Disposition": disposition})
