"""What every answer tells the browser to refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

_CSP = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
"""Older browsers do not count ws: to 'self'. Custom elements size their bars through `style`, hence 'unsafe-inline'."""


def page_headers(*, framed_by_us: bool) -> dict[str, str]:
    """The headers of a page; only those that the console shows inside itself may be framed, and by our pages alone."""
    ancestors = "'self'" if framed_by_us else "'none'"
    return {"Content-Security-Policy": _CSP.format(ancestors=ancestors), "Cache-Control": "no-cache"}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add to every answer: types are not guessed, and addresses (they may hold a token) are not passed on."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
