"""Which pages may talk to us (`Origin`), under which names we are reached (`Host`), and who may post with a cookie.

Browsers let any page open a WebSocket to any address and send along the cookies: the server must look at `Origin`.
And a name that its owner points at 127.0.0.1 makes a foreign page "ours" (DNS rebinding): the server must know its names.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from live.web.auth import caller_of
from live.web.forwarded import Front, front_of, origin_of, seen
from live.web.keys import GATE
from live.web.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.settings import ServerSettings
    from live.web.problems import Handler

_EXTENSIONS = frozenset({"chrome-extension", "moz-extension"})
_FOR_EXTENSIONS = frozenset({"/ingest/ssn"})
"""Social Stream Ninja is an extension; where it is loaded by hand its origin is another on every PC."""

_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """The allow-lists, worked out once, and the way in."""

    own: frozenset[str]
    origins: frozenset[str]
    hosts: frozenset[str]
    front: Front


def gate_of(server: ServerSettings, machine_names: Iterable[str]) -> Gate:
    """Work out the allow-lists from the settings and the names of this machine."""
    public = (server.public_url,) if server.public_url else ()
    names = {"localhost", *map(str.lower, machine_names), *map(str.lower, server.allowed_hosts)}
    public_hosts = {host for url in public if (host := urlsplit(url).hostname)}
    return Gate(
        own=_origins(public),
        origins=_origins(server.allowed_origins),
        hosts=frozenset(names | public_hosts),
        front=front_of(server),
    )


def names_of_this_machine() -> set[str]:
    """The names under which others on the shop's network find this machine."""
    name = socket.gethostname().lower()
    return {name, f"{name.partition('.')[0]}.local"} if name else set()


def name_in(host: str) -> str | None:
    """The name in a `Host` header, without its port, in lower case; None if it is no name."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def is_known_host(host: str | None, gate: Gate) -> bool:
    """Whether a name is ours. An address in numbers always is: nobody can point it elsewhere."""
    return host is not None and (host in gate.hosts or _is_ip(host))


def is_addressed_to_us(request: web.BaseRequest, gate: Gate) -> bool:
    """Whether the names that a request is sent to are ours: the one that reached us, and the one that a proxy tells.

    A foreign page may write `X-Forwarded-Host` itself, on its way through a name that points at this machine.
    """
    names = {request.headers.get("Host", ""), seen(request, gate.front).host}
    return all(is_known_host(name_in(name), gate) for name in names)


def own_origin(request: web.BaseRequest, gate: Gate) -> str | None:
    """The origin of our own pages as this browser sees it."""
    out = seen(request, gate.front)
    return origin_of(f"{out.scheme}://{out.host}")


def is_own_page(request: web.BaseRequest, gate: Gate) -> bool:
    """Whether the browser says that one of our own pages asks."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin in gate.own or origin == own_origin(request, gate)


def is_known_origin(request: web.BaseRequest, gate: Gate) -> bool:
    """Whether the page that asks is ours or on the list, exactly; a program sends no `Origin`."""
    origin = request.headers.get("Origin")
    return origin is None or origin in gate.origins or is_own_page(request, gate)


def is_extension(request: web.BaseRequest) -> bool:
    """Whether a browser extension posts where one is meant to. No page can call itself one, and it needs its token."""
    scheme = request.headers.get("Origin", "").partition("://")[0]
    return scheme in _EXTENSIONS and request.path in _FOR_EXTENSIONS


def may_use_cookie(request: web.BaseRequest, gate: Gate) -> bool:
    """Whether the cookie may stand for the host: our own pages, or a browser that merely opens an address."""
    reading = request.method in _READING and "Origin" not in request.headers
    return reading or is_own_page(request, gate)


@web.middleware
async def gate_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign names and foreign pages before anything else looks at the request."""
    gate = request.app[GATE]
    if not is_addressed_to_us(request, gate):
        raise refuse(403, "unknown_host", "不认识这个网址里的主机名。要用它，请加进设置 server.allowed_hosts。")
    if not is_known_origin(request, gate) and not is_extension(request):
        raise refuse(403, "foreign_origin", "不接受这个网页来源。要用它，请加进设置 server.allowed_origins。")
    if not may_use_cookie(request, gate) and (caller := caller_of(request)) and caller.by_cookie:
        raise refuse(403, "cross_site", "这个请求不是从中控台页面发出的。请在中控台里操作，或改用口令。")
    return await handler(request)


def _origins(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(origin for url in urls if (origin := origin_of(url)))


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
