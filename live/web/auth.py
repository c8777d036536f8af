"""Who asks: a bearer header, `?token=` for tools that can only be given an address, or the console's cookie.

The first of the three that is there decides: a wrong token is not mended by a good cookie.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.web import rate
from live.web.keys import NOW_MS, TOKENS
from live.web.problems import refuse
from live.web.rate import Limit
from live.web.tokens import Role
from live.web.whole import whole

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.tokens import Tokens

COOKIE = "linbo_host"
COOKIE_DAYS = 30
_COOKIE_PURPOSE = b"linbo console cookie 2"
_COOKIE_MS = COOKIE_DAYS * 24 * 3600 * 1000
_AHEAD_MS = 5 * 60_000
"""How far in the future a cookie may have been made: the clock of a PC is set back now and then."""

_NAMES = {Role.HOST: "主播（host）", Role.INGEST: "评论接入（ingest）", Role.OVERLAY: "叠加层（overlay）"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who asks, as what, and whether only a cookie says so (which a foreign page can make a browser send)."""

    role: Role
    by_cookie: bool


def cookie_value(tokens: Tokens, at_ms: int) -> str:
    """The cookie of the host, made at that moment: the moment, and what only the token can say of it.

    A stolen cookie gives no link, a new token ends it, and so does its time: the browser's word for it is not needed.
    """
    digest = hmac.digest(tokens.host.encode(), _COOKIE_PURPOSE + str(at_ms).encode(), hashlib.sha256)
    return f"{at_ms}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def is_good_cookie(cookie: str, tokens: Tokens, now_ms: int) -> bool:
    """Whether a cookie is one that we made, and is not past its time."""
    made = whole(cookie.partition(".")[0], now_ms + _AHEAD_MS)
    return made is not None and now_ms - made < _COOKIE_MS and same(cookie, cookie_value(tokens, made))


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
    if cookie is not None and is_good_cookie(cookie, tokens, request.app[NOW_MS]()):
        return Caller(role=Role.HOST, by_cookie=True)
    return None


def role_of(token: str, tokens: Tokens) -> Role | None:
    """Find what a token is for. Every role is compared, in constant time, so that the time tells nothing."""
    found = [role for role in Role if same(token, tokens.of(role))]
    return found[0] if found else None


def count_wrong(request: web.Request) -> None:
    """Note that a token or a cookie was shown that opens nothing; to have none is no guess. Raises the 429 in the end."""
    if given_token(request) is not None or COOKIE in request.cookies:
        rate.spend(request, Limit.WRONG_TOKEN)


def same(given: str, wanted: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def require(request: web.Request, *roles: Role) -> Caller:
    """Let only these roles in.

    Raises:
        ProblemRaised: 401, for no token, a wrong one, or one of another role; 429 for whoever has shown too many wrong
            ones. A right one is never refused: nobody locks the host out by guessing.
    """
    caller = caller_of(request)
    if caller is None:
        count_wrong(request)
    if caller is None or caller.role not in roles:
        wanted = "或".join(_NAMES[role] for role in roles)
        raise refuse(
            401, "unauthorized", f"需要{wanted}口令：放在请求头 Authorization: Bearer 里，或网址的 ?token= 后面。"
        )
    return caller
