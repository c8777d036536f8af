"""The address that phones use, and who can open it."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from live.web.beside import BESIDE
from live.web.keys import SETTINGS

if TYPE_CHECKING:
    from aiohttp import web

#: An address for documentation (RFC 5737). Connecting a datagram socket sends nothing; it only picks our own address.
SOMEWHERE_ELSE = ("192.0.2.1", 9)
WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  # names of "every address", not a place to bind


class Reach(Enum):
    """Who can open an address; the value is the sentence that says so."""

    PUBLIC = "任何能上网的手机都能打开。"
    WIFI = "只有连着店里 Wi-Fi 的手机能打开；要让所有观众都能打开，请设置 server.public_url。"
    THIS_MACHINE = "只有这台电脑能打开；要让手机打开，请加 --host 0.0.0.0 重新启动。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Base:
    """The address that phones use (`http://192.168.1.5:8000`) and who can open it."""

    url: str
    reach: Reach


def phone_base(*, host: str, port: int, public_url: str | None, lan: str | None) -> Base:
    """Choose the address for phones: *public_url*, else where *host* listens; *lan* is this machine's own address."""
    if public_url:
        return Base(url=public_url, reach=Reach.PUBLIC)
    reachable = lan if host in WILDCARDS else host
    if reachable is None or is_loopback(reachable):
        return Base(url=http_url("127.0.0.1" if host in WILDCARDS else host, port), reach=Reach.THIS_MACHINE)
    return Base(url=http_url(reachable, port), reach=Reach.WIFI)


def base_for_viewers(request: web.Request) -> Base:
    """The address for viewers' phones, whatever address this request came by: what is shown to one is passed to many."""
    server = request.app[SETTINGS].server
    base = phone_base(host=server.host, port=_port(request), public_url=server.public_url, lan=lan_address())
    return replace(base, url=base.url + str(request.get(BESIDE, "")))


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def http_url(host: str, port: int) -> str:
    """Write an address; IPv6 goes into brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def lan_address() -> str | None:
    """Find this machine's address in the shop's network; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE_ELSE)
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if is_loopback(address) else address


def _port(request: web.Request) -> int:
    """The port that we listen on: the system may have chosen it."""
    here = None if request.transport is None else request.transport.get_extra_info("sockname")
    return int(here[1]) if isinstance(here, tuple) else request.app[SETTINGS].server.port
