"""`/reports/{session}`: the report of an evening, for the host. Who renders it is told from above."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from live.web.headers import document_headers
from live.web.keys import SERVICE
from live.web.pages import before_host_page, notice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from live.store.port import SessionRecord


def report_page(
    render: Callable[[SessionRecord], str], worded: Callable[[SessionRecord], Awaitable[str | None]] | None = None
) -> Callable[[web.Application], None]:
    """Make the mount of the route; `render` makes one self-contained HTML document of what is kept of a session.

    `worded` makes the same with a summary by the language model, for `?by=model`; None where there is none to ask.
    """

    async def report(request: web.Request) -> web.StreamResponse:
        before = before_host_page(request, "复盘")
        if before is not None:
            return before
        record = await request.app[SERVICE].session_record(request.match_info["session"])
        if record is None:
            return notice(HTTPStatus.NOT_FOUND, "没有这一场", ["请从中控台里打开复盘，或者检查网址最后的场次编号。"])
        # A long evening takes a second to render: the room must not wait for it.
        text = await worded(record) if worded is not None and request.query.get("by") == "model" else None
        if text is None:
            text = await asyncio.to_thread(render, record)
        return web.Response(text=text, content_type="text/html", charset="utf-8", headers=document_headers())

    def mount(app: web.Application) -> None:
        app.router.add_get("/reports/{session}", report)

    return mount
