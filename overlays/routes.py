"""The overlay page that OBS opens, its files, and what stands around it: proof codes, the loader, the host's own look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from live.web.api import json_response
from live.web.auth import count_wrong, given_token, require, role_of
from live.web.files import file_response, find, serve_folder
from live.web.headers import page_headers
from live.web.keys import SETTINGS, TOKENS
from live.web.pages import locked_overlay
from live.web.qr import qr_rows
from live.web.reach import base_for_viewers
from live.web.rooms import room_in_path
from live.web.tokens import Role
from overlays import loader, look

if TYPE_CHECKING:
    from live.service.wire import Json

STATIC = Path(__file__).parent / "static"
PAGE = STATIC / "overlay" / "index.html"
HERE = STATIC.parent / "loader" / "here.svg"


def mount(app: web.Application) -> None:
    """Add the overlay's routes to the application."""
    app.add_routes(
        [
            web.get("/overlay/loader.html", download_loader),
            web.get("/overlay/here.svg", here),
            web.get("/overlay/{room}", overlay),
            web.get("/overlay/{room}/draws/{giveaway}", draw_code),
            web.get("/overlay-static/own/{path:.*}", own_file),
            web.get("/overlay-static/{path:.*}", serve_folder(STATIC)),
        ]
    )


async def overlay(request: web.Request) -> web.StreamResponse:
    """The overlay of a room: `?token=` is the overlay's, for OBS keeps no cookies; all else is read by the page itself.

    The host's cookie does not open it: a page that asks with the overlay's token never gets more than masked events.
    """
    room_in_path(request)
    if _role(request) is not Role.OVERLAY:
        return locked_overlay()
    page = look.dressed(PAGE.read_text(encoding="utf-8"), request.app[SETTINGS])
    headers = page_headers(framed_by_us=True)
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=headers)


async def draw_code(request: web.Request) -> web.Response:
    """The address of a draw's proof for viewers' phones, who can open it, and its symbol."""
    require(request, Role.HOST, Role.OVERLAY)
    room_in_path(request)
    base = base_for_viewers(request)
    url = f"{base.url}/draw/{request.match_info['giveaway']}"
    code: Json = {"url": url, "reach": base.reach.name.lower(), "note": base.reach.value, "qr": qr_rows(url)}
    return json_response(code)


async def own_file(request: web.Request) -> web.StreamResponse:
    """A file of the host's own look: `style.css`, and the pictures and fonts that it names."""
    path = find(look.own_folder(request.app[SETTINGS]).resolve(), request.match_info["path"])
    if path is None:
        raise web.HTTPNotFound
    return file_response(path)


async def download_loader(request: web.Request) -> web.StreamResponse:
    """The page that waits on the PC's own disk for the service: for OBS that is started first."""
    if _role(request) is not Role.OVERLAY:
        return locked_overlay()
    headers = {"Content-Disposition": 'attachment; filename="linbo-overlay.html"', "Cache-Control": "no-store"}
    return web.Response(text=loader.page_for(request), content_type="text/html", charset="utf-8", headers=headers)


async def here(_request: web.Request) -> web.StreamResponse:
    """A picture of nothing that a page from the disk may load: who gets it knows that the service is here."""
    return file_response(HERE, {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-store"})


def _role(request: web.Request) -> Role | None:
    token = given_token(request)
    role = None if token is None else role_of(token, request.app[TOKENS])
    if role is None:
        count_wrong(request)
    return role
