"""What every answer tells the browser to refuse."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

_CSP = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src {style}; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
"""Older browsers do not count ws: to 'self'."""


def page_headers(*, framed_by_us: bool, style: str = "'self'") -> dict[str, str]:
    """The headers of a page; only those that the console shows inside itself may be framed, and by our pages alone.

    `style` is the source of its styles: our files, or the hash of an inline sheet (`style_hash`).
    """
    ancestors = "'self'" if framed_by_us else "'none'"
    return {"Content-Security-Policy": _CSP.format(ancestors=ancestors, style=style), "Cache-Control": "no-cache"}


def document_headers() -> dict[str, str]:
    """The headers of a self-contained document (a report): its own styles, and nothing else from anywhere."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store"}


def style_hash(sheet: str) -> str:
    """How a policy names one inline sheet and no other (CSP 3, section 8.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add to every answer: types are not guessed, and addresses (they may hold a token) are not passed on."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
