"""What stands between a browser and us: who really asks, and by which address we are seen from outside.

Two families of headers tell it: `X-Forwarded-For/-Proto/-Host/-Prefix`, and `Forwarded` (RFC 7239). Anybody can write
them, so they count only where the connection comes from a proxy on the list; and as most proxies write one family and
pass the other on as it came, what the two say differently is not believed at all.

Of a list of addresses each proxy appends the one that it saw: from the right, the first that is no proxy of ours is the
client, and whatever stands further left is the client's own story.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from live.web.keys import FRONT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config.settings import ServerSettings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

KEPT_PREFIX = web.RequestKey("kept_prefix", str)
"""Here a request holds the prefix that was cut off its path (`live.web.prefix`)."""

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))
"""Whom we believe where the shop has a public address and names no proxy: tunnels and proxies run on the same machine."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){1,8}")
_MOST_HOPS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Public:
    """The address that the shop has set (`server.public_url`): its origin, and the path under which we stand."""

    origin: str
    prefix: str

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return self.origin.partition("://")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """What the settings say of the way in: the public address, and the proxies that are believed."""

    public: Public | None = None
    proxies: tuple[Network, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Our address as a browser sees it. `host` is the `Host` header, `prefix` is "" or "/linbo"."""

    scheme: str
    host: str
    prefix: str


def front_of(server: ServerSettings) -> Front:
    """Work out the way in from the settings; a public address without a list of proxies believes this machine's."""
    public = public_of(server.public_url)
    if server.trusted_proxies is None:
        return Front(public=public, proxies=() if public is None else LOOPBACK)
    proxies = tuple(ipaddress.ip_network(proxy, strict=False) for proxy in server.trusted_proxies)
    return Front(public=public, proxies=proxies)


def public_of(url: str | None) -> Public | None:
    """Read the public address; None for none."""
    origin = None if url is None else origin_of(url)
    return None if url is None or origin is None else Public(origin=origin, prefix=urlsplit(url).path.rstrip("/"))


def origin_of(url: str) -> str | None:
    """The origin of an address as a browser writes it: lower case, without the default port; None for none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or parts.scheme not in _DEFAULT_PORTS:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + ("" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}")


def outside(request: web.Request) -> Outside:
    """How the browser that asks sees us."""
    return seen(request, request.app[FRONT])


def client_address(request: web.Request) -> str:
    """The address of the client; that of a proxy where the proxy does not tell; "" where the connection has none."""
    return client_of(request, request.app[FRONT])


def seen(request: web.BaseRequest, front: Front) -> Outside:
    """How a browser sees us through this front.

    A host of ours that is the public one settles scheme and prefix: proxies in a row tell the scheme between themselves.
    """
    believed = _is_from_proxy(request, front)
    host = (_told_host(request) if believed else None) or request.headers.get("Host") or ""
    public = front.public
    if public is not None and origin_of(f"{public.scheme}://{host}") == public.origin:
        return Outside(scheme=public.scheme, host=host, prefix=public.prefix)
    scheme = (_told_scheme(request) if believed else None) or request.scheme
    prefix = (_told_prefix(request) if believed else None) or request.get(KEPT_PREFIX, "")
    return Outside(scheme=scheme, host=host, prefix=prefix)


def client_of(request: web.BaseRequest, front: Front) -> str:
    """The address of the client, seen through this front."""
    peer = request.remote or ""
    if not _is_from_proxy(request, front):
        return peer
    ours = _behind(peer, _listed(request.headers.getall("X-Forwarded-For", ())), front)
    theirs = _behind(peer, [each.get("for", "") for each in request.forwarded], front)
    told = {each for each in (ours, theirs) if each is not None}
    return told.pop() if len(told) == 1 else peer


def _is_from_proxy(request: web.BaseRequest, front: Front) -> bool:
    return bool(front.proxies) and _is_proxy(_address(request.remote), front)


def _is_proxy(address: Address | None, front: Front) -> bool:
    return address is not None and any(address in network for network in front.proxies)


def _behind(peer: str, hops: Sequence[str], front: Front) -> str | None:
    """Walk from the proxy that called us to the first address that is no proxy of ours; None where nothing is told."""
    if not hops:
        return None
    here = _address(peer)
    for hop in reversed(hops[-_MOST_HOPS:]):
        before = _address(hop)
        if before is None:
            break
        here = before
        if not _is_proxy(here, front):
            break
    return str(here)


def _told_scheme(request: web.BaseRequest) -> str | None:
    told = _agreed(_last(request, "X-Forwarded-Proto"), _last_forwarded(request, "proto"))
    return told if told in _DEFAULT_PORTS else None


def _told_host(request: web.BaseRequest) -> str | None:
    return _agreed(_last(request, "X-Forwarded-Host"), _last_forwarded(request, "host"))


def _told_prefix(request: web.BaseRequest) -> str | None:
    prefix = (_last(request, "X-Forwarded-Prefix") or "").rstrip("/")
    return prefix if _PREFIX.fullmatch(prefix) else None


def _last(request: web.BaseRequest, name: str) -> str | None:
    """What the nearest proxy wrote."""
    listed = _listed(request.headers.getall(name, ()))
    return listed[-1] if listed else None


def _last_forwarded(request: web.BaseRequest, name: str) -> str | None:
    elements = request.forwarded
    return elements[-1].get(name) if elements else None


def _agreed(one: str | None, other: str | None) -> str | None:
    """What both say, or the one that says something."""
    if one is None or other is None:
        return one or other
    return one if one.lower() == other.lower() else None


def _listed(values: Iterable[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _address(node: str | None) -> Address | None:
    """Read `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1` or `[2001:db8::1]:4711`; None for anything else.

    An IPv4 address in IPv6 clothes (`::ffff:…`, a listener for both) is the IPv4 address.
    """
    bare = (node or "").strip().strip('"').partition("%")[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
