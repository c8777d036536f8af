"""`/reports/{session}/purchase` and its like: what the shop prints of an order cycle, for the host.

Who renders it is told from above.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from live.web.headers import document_headers
from live.web.keys import SERVICE
from live.web.pages import before_host_page, notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp.typedefs import Handler

    from live.store.port import CycleRecord

    Render = Callable[[str, str, CycleRecord, Mapping[str, str]], bytes]

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper: its name in the address, what people call it, and what the address may choose (the first is usual)."""

    name: str
    title: str
    content_type: str = "text/html"
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NAMES = ("masked", "full")
PAPERS = (
    Paper(name="purchase", title="采购单"),
    Paper(name="picklist", title="拣货单"),
    Paper(name="labels", title="标签", choices={"format": ("a4", "58mm"), "names": NAMES}),
    Paper(name="fulfilment.xlsx", title="备货表", content_type=SPREADSHEET, choices={"names": NAMES}),
)


def fulfilment_pages(render: Render) -> Callable[[web.Application], None]:
    """Make the mount of the routes; `render` makes a paper by its name, the session's id, the cycle and the choices."""

    def mount(app: web.Application) -> None:
        for paper in PAPERS:
            app.router.add_get(f"/reports/{{session}}/{paper.name}", _handler(paper, render))

    return mount


def _handler(paper: Paper, render: Render) -> Handler:
    async def serve(request: web.Request) -> web.StreamResponse:
        before = before_host_page(request, paper.title) or _refuse_choice(paper, request.query)
        if before is not None:
            return before
        session_id = request.match_info["session"]
        cycle = await request.app[SERVICE].cycle_record(session_id)
        if cycle is None:
            return notice(HTTPStatus.NOT_FOUND, "没有这一场", ["请从复盘里打开，或者检查网址里的场次编号。"])
        chosen = {name: request.query[name] for name in paper.choices if name in request.query}
        # Labels of a long evening take seconds to draw: the room must not wait for them.
        body = await asyncio.to_thread(render, paper.name, session_id, cycle, chosen)
        return _answer(paper, session_id, body)

    return serve


def _refuse_choice(paper: Paper, query: Mapping[str, str]) -> web.Response | None:
    wrong = [name for name, known in paper.choices.items() if name in query and query[name] not in known]
    if not wrong:
        return None
    ways = [f"网址里的 <code>{name}</code> 可以是：{'、'.join(paper.choices[name])}。" for name in wrong]
    return notice(HTTPStatus.BAD_REQUEST, f"没有这样的{paper.title}", ways)


def _answer(paper: Paper, session_id: str, body: bytes) -> web.Response:
    headers = document_headers()
    if paper.content_type == SPREADSHEET:
        name = quote(f"{session_id}-{paper.name}", safe="")
        headers["Content-Disposition"] = f"attachment; filename=\"{paper.name}\"; filename*=UTF-8''{name}"
        return web.Response(body=body, content_type=SPREADSHEET, headers=headers)
    return web.Response(body=body, content_type=paper.content_type, charset="utf-8", headers=headers)
