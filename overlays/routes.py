"""The overlay page that OBS opens, and its files."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from live.web.auth import count_wrong, given_token, role_of
from live.web.files import file_response, serve_folder
from live.web.headers import page_headers
from live.web.keys import TOKENS
from live.web.pages import locked_overlay
from live.web.rooms import room_in_path
from live.web.tokens import Role

STATIC = Path(__file__).parent / "static"
PAGE = STATIC / "overlay" / "index.html"


def mount(app: web.Application) -> None:
    """Add the overlay's routes to the application."""
    app.add_routes(
        [
            web.get("/overlay/{room}", overlay),
            web.get("/overlay-static/{path:.*}", serve_folder(STATIC)),
        ]
    )


async def overlay(request: web.Request) -> web.StreamResponse:
    """The overlay of a room: `?token=` is the overlay's, for OBS keeps no cookies; `layers`, `bg` are the page's own.

    The host's cookie does not open it: a page that asks with the overlay's token never gets more than masked events.
    """
    room_in_path(request)
    token = given_token(request)
    role = None if token is None else role_of(token, request.app[TOKENS])
    if role is None:
        count_wrong(request)
    if role is not Role.OVERLAY:
        return locked_overlay()
    return file_response(PAGE, page_headers(framed_by_us=True))
