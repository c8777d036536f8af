"""Who orders by the form: a browser, known by a cookie that holds 128 random bits.

The cookie is a secret: who has it has the orders made with it. What the rest of the house sees of it (the console, the
reports, other systems) is its hash, from which nobody gets back to the cookie.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from live.domain.viewer import Viewer
from live.web.cookies import set_cookie

if TYPE_CHECKING:
    from aiohttp import web

COOKIE = "linbo_viewer"
COOKIE_DAYS = 400
"""The longest that browsers keep one (RFC 6265bis)."""

PLATFORM = "page"
_BYTES = 16
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")


def secret_of(request: web.Request) -> str | None:
    """What the browser's cookie holds; None where there is none, or one that is not ours."""
    value = request.cookies.get(COOKIE, "")
    return value if _SECRET.fullmatch(value) else None


def new_secret() -> str:
    """A new browser's secret."""
    return secrets.token_urlsafe(_BYTES)


def secret_from(key: str) -> str:
    """The secret of a browser that keeps no cookies, from its order's `Idempotency-Key`.

    The same order sent again comes from the same viewer, so that it takes effect once all the same.
    """
    digest = hashlib.sha256(b"linbo page order 1\x1f" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).rstrip(b"=").decode()


def viewer_key(secret: str) -> str:
    """What the reservations of a browser are counted by."""
    return f"{PLATFORM}/id/{_id(secret)}"


def viewer(secret: str, name: str) -> Viewer:
    """The viewer behind a browser, under the name that they type; never a weak one, whatever the name looks like."""
    return Viewer(key=viewer_key(secret), platform=PLATFORM, id=_id(secret), name=name)


def remember(request: web.Request, answer: web.StreamResponse, secret: str) -> None:
    """Give the browser its cookie; it must also come along when somebody follows a link from a chat."""
    set_cookie(request, answer, COOKIE, secret, days=COOKIE_DAYS, samesite="Lax")


def _id(secret: str) -> str:
    return hashlib.sha256(b"linbo viewer 1\x1f" + secret.encode()).hexdigest()[:32]
