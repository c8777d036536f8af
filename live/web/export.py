"""`/api/v1/rooms/{room}/export.{csv,xlsx}`: everything of a session as tables (host). Who writes them is told from above."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from aiohttp import web

from live.web.auth import require
from live.web.keys import SERVICE
from live.web.problems import refuse
from live.web.rooms import no_session, room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.store.port import SessionRecord

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = ("reservations", "offers", "comments")
"""What can be asked for by `table`; `live.reports.exports` writes these."""


class Exports(Protocol):
    """Writes the tables of a session."""

    def csv(self, record: SessionRecord, table: str) -> bytes:
        """One table."""

    def xlsx(self, record: SessionRecord) -> bytes:
        """All of them."""


EXPORTS: web.AppKey[Exports] = web.AppKey("exports")


def export_routes() -> list[web.RouteDef]:
    """Every route of the exports."""
    path = "/api/v1/rooms/{room}/export"
    return [web.get(f"{path}.csv", export_csv), web.get(f"{path}.xlsx", export_xlsx)]


def exports_mount(exports: Exports) -> Callable[[web.Application], None]:
    """Make the mount that lets the handlers write tables."""

    def mount(app: web.Application) -> None:
        app[EXPORTS] = exports

    return mount


async def export_csv(request: web.Request) -> web.Response:
    """One table of the room's newest session, or of the one that `session` names."""
    require(request, Role.HOST)
    table = request.query.get("table", TABLES[0])
    if table not in TABLES:
        raise refuse(422, "invalid_query", f"table 只能是 {'、'.join(TABLES)}。")
    record = await _record(request)
    # A long evening takes a second to write: the room must not wait for it.
    body = await asyncio.to_thread(request.app[EXPORTS].csv, record, table)
    return _file(body, CSV, f"{record.session.title}-{table}.csv")


async def export_xlsx(request: web.Request) -> web.Response:
    """All tables of a session as one workbook."""
    require(request, Role.HOST)
    record = await _record(request)
    body = await asyncio.to_thread(request.app[EXPORTS].xlsx, record)
    return _file(body, XLSX, f"{record.session.title}.xlsx")


async def _record(request: web.Request) -> SessionRecord:
    room, service = room_in_path(request), request.app[SERVICE]
    session_id = request.query.get("session") or await _newest(request, room)
    record = None if session_id is None else await service.session_record(session_id)
    if record is None or record.session.room != room:
        raise (
            no_session()
            if "session" not in request.query
            else refuse(404, "unknown_session", "这个直播间没有这一场，请核对场次编号。")
        )
    return record


async def _newest(request: web.Request, room: str) -> str | None:
    service = request.app[SERVICE]
    await service.open(room)
    session = service.snapshot(room)["session"]
    return str(session["id"]) if isinstance(session, dict) else None


def _file(body: bytes, media_type: str, name: str) -> web.Response:
    """A file to keep; old browsers get a name without Chinese."""
    suffix = name.rpartition(".")[2]
    disposition = f"attachment; filename=\"linbo.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return web.Response(body=body, content_type=media_type, headers=headers)
