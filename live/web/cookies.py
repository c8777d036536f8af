"""Cookies: hidden from scripts, for our own pages alone, under our own path, and Secure where the browser speaks https."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from live.web.beside import BESIDE
from live.web.forwarded import outside

if TYPE_CHECKING:
    from aiohttp import web

_DAY_S = 24 * 3600


def set_cookie(
    request: web.Request,
    answer: web.StreamResponse,
    name: str,
    value: str,
    *,
    days: int,
    samesite: Literal["Strict", "Lax"] = "Strict",
) -> None:
    """Set a cookie in an answer. Take `Lax` for what must be there when somebody follows a link from a chat."""
    out = outside(request)
    answer.set_cookie(
        name,
        value,
        max_age=days * _DAY_S,
        path=out.prefix + str(request.get(BESIDE, "")) or "/",
        httponly=True,
        samesite=samesite,
        secure=out.scheme == "https",
    )
