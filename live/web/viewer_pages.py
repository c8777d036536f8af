"""The pages of viewers: `/shop/{room}` and `/r/{code}`. Both are shells that ask for what they show."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from live.web.files import file_response
from live.web.headers import page_headers
from live.web.pages import STATIC
from live.web.problems import ProblemRaised
from live.web.rooms import room_in_path
from live.web.viewer_access import owner_in_path
from live.web.viewer_identity import new_secret, remember, secret_of

if TYPE_CHECKING:
    from pathlib import Path

SHOP = STATIC / "shop" / "index.html"
BASKET = STATIC / "basket" / "index.html"


async def shop(request: web.Request) -> web.StreamResponse:
    """The list of a room, for everybody; a browser that comes for the first time gets its cookie."""
    room_in_path(request)
    page = file_response(SHOP, page_headers(framed_by_us=False))
    if secret_of(request) is None:
        remember(request, page, new_secret())
        page.headers["Cache-Control"] = "no-store"
    return page


async def basket(request: web.Request) -> web.Response:
    """The page of a code. It is the same to the byte for every code; only the status says whether it is anybody's."""
    try:
        await owner_in_path(request)
    except ProblemRaised as raised:
        if raised.problem.status != HTTPStatus.NOT_FOUND:
            raise
        return _private(BASKET, HTTPStatus.NOT_FOUND)
    return _private(BASKET, HTTPStatus.OK)


async def no_code(_request: web.Request) -> web.Response:
    """The same page without a code: it asks for one."""
    return _private(BASKET, HTTPStatus.OK)


async def to_no_code(_request: web.Request) -> web.Response:
    """`/r` is `/r/`: what the page needs lies one step up."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "./r/"})


def _private(path: Path, status: HTTPStatus) -> web.Response:
    """A page whose address is a secret: nobody keeps it, and no search engine lists it."""
    headers = page_headers(framed_by_us=False) | {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return web.Response(
        body=path.read_bytes(), status=status, headers=headers, content_type="text/html", charset="utf-8"
    )
