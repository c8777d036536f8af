"""A stand for the picture: the overlay's own page and files, fed with any state one likes in the shapes of the wire.

Evenings that no real one reaches (ten thousand winners, a price of ten million) are looked at and measured here; that the
service sends these shapes is tested with the real one.
"""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import WSCloseCode, web

from config.settings import Settings
from live.web.files import file_response, serve_folder
from live.web.headers import page_headers
from live.web.pages import STATIC as CONSOLE
from live.web.qr import qr_rows
from overlays import look
from overlays.routes import HERE, PAGE, STATIC

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.pages.shop import Json

PUBLIC = "https://shop.example"


@dataclass(kw_only=True, slots=True)
class Stand:
    """A picture that shows `state`; events can be told to it."""

    settings: Settings
    base: str = ""
    state: Json = field(default_factory=dict)
    seq: int = 0
    pages: set[web.WebSocketResponse] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def address(self, **query: str) -> str:
        """The overlay's address."""
        return f"{self.base}/overlay/live?{urlencode({'token': 'overlay'} | query)}"

    def show(self, state: Json) -> None:
        """Pages that come from now on see this state."""
        self.state = state

    async def tell(self, kind: str, **data: object) -> None:
        """Tell all pages of an event."""
        self.seq += 1
        frame = {"type": "event", "seq": self.seq, "at": at(0), "kind": kind, "data": data}
        for page in list(self.pages):
            await page.send_str(json.dumps(frame))

    async def cut(self) -> None:
        """Break off all connections."""
        for page in list(self.pages):
            await page.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.pages.add(socket)
        await socket.send_str(json.dumps({"type": "snapshot", "seq": self.seq, "state": self.state}))
        async for _ in socket:
            pass
        self.pages.discard(socket)
        return socket

    async def _page(self, _request: web.Request) -> web.Response:
        page = look.dressed(PAGE.read_text(encoding="utf-8"), self.settings)
        return web.Response(text=page, content_type="text/html", headers=page_headers(framed_by_us=True))

    async def _links(self, _request: web.Request) -> web.Response:
        return web.json_response({"shop": _code("/shop/live")})

    async def _draw(self, request: web.Request) -> web.Response:
        return web.json_response(_code(f"/draw/{request.match_info['giveaway']}"))

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _here(self, _request: web.Request) -> web.StreamResponse:
        return file_response(HERE, {"Cross-Origin-Resource-Policy": "cross-origin"})

    def app(self) -> web.Application:
        """The routes that the page needs."""
        app = web.Application(middlewares=[self._note])
        app.add_routes(
            [
                web.get("/ws/events", self._events),
                web.get("/healthz", self._health),
                web.get("/api/v1/rooms/live/links", self._links),
                web.get("/overlay/here.svg", self._here),
                web.get("/overlay/live", self._page),
                web.get("/overlay/live/draws/{giveaway}", self._draw),
                web.get("/overlay-static/own/{path:.*}", serve_folder(look.own_folder(self.settings))),
                web.get("/overlay-static/{path:.*}", serve_folder(STATIC)),
                web.get("/static/{path:.*}", serve_folder(CONSOLE)),
            ]
        )
        return app

    @web.middleware
    async def _note(self, request: web.Request, handler: object) -> web.StreamResponse:
        self.asked.append(request.path)
        return await handler(request)  # type: ignore[operator,no-any-return]  # a method as middleware: aiohttp's types know only functions


@asynccontextmanager
async def open_stand(data: Path, port: int = 0, **overlay: object) -> AsyncIterator[Stand]:
    """Serve a picture until the block is left; `overlay` are settings of `[overlay]`."""
    stand = Stand(settings=Settings.model_validate({"data_dir": data, "overlay": overlay}))
    runner = web.AppRunner(stand.app(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        stand.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield stand
    finally:
        await stand.cut()
        await runner.cleanup()


def _code(path: str) -> Json:
    return {"url": PUBLIC + path, "reach": "public", "note": "", "qr": qr_rows(PUBLIC + path)}


def at(seconds: float) -> str:
    """The moment so many seconds from now, as the wire writes it."""
    return datetime.fromtimestamp(datetime.now(tz=UTC).timestamp() + seconds, tz=UTC).isoformat()
