"""Who asks: a bearer header, `?token=` for tools that can only be given an address, or the console's cookie.

The first of the three that is there decides: a wrong token is not mended by a good cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.web.keys import TOKENS
from live.web.problems import refuse
from live.web.tokens import Role

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.tokens import Tokens

COOKIE = "linbo_host"
COOKIE_DAYS = 30
_COOKIE_PURPOSE = b"linbo console cookie 1"

_NAMES = {Role.HOST: "主播（host）", Role.INGEST: "评论接入（ingest）", Role.OVERLAY: "叠加层（overlay）"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who asks, as what, and whether only a cookie says so (which a foreign page can make a browser send)."""

    role: Role
    by_cookie: bool


def cookie_value(tokens: Tokens) -> str:
    """The cookie of the host: derived from the token, so that a stolen cookie gives no link and a new token ends it."""
    digest = hmac.digest(tokens.host.encode(), _COOKIE_PURPOSE, hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def given_token(request: web.Request) -> str | None:
    """The token that the request shows, in its header or else in its address."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.query.get("token")


def caller_of(request: web.Request) -> Caller | None:
    """Tell who asks; None for nobody we know."""
    tokens = request.app[TOKENS]
    token = given_token(request)
    if token is not None:
        role = role_of(token, tokens)
        return None if role is None else Caller(role=role, by_cookie=False)
    cookie = request.cookies.get(COOKIE)
    if cookie is not None and same(cookie, cookie_value(tokens)):
        return Caller(role=Role.HOST, by_cookie=True)
    return None


def role_of(token: str, tokens: Tokens) -> Role | None:
    """Find what a token is for. Every role is compared, in constant time, so that the time tells nothing."""
    found = [role for role in Role if same(token, tokens.of(role))]
    return found[0] if found else None


def same(given: str, wanted: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def require(request: web.Request, *roles: Role) -> Caller:
    """Let only these roles in.

    Raises:
        ProblemRaised: 401, for no token, a wrong one, or one of another role.
    """
    caller = caller_of(request)
    if caller is None or caller.role not in roles:
        wanted = "或".join(_NAMES[role] for role in roles)
        raise refuse(
            401, "unauthorized", f"需要{wanted}口令：放在请求头 Authorization: Bearer 里，或网址的 ?token= 后面。"
        )
    return caller
