"""What `serve` prints: the addresses of the pages with their tokens, and a QR code of the console for the phone."""

from __future__ import annotations

import io
import ipaddress
import socket
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode, urlsplit

import segno

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """The pages of one room as links that open by themselves, tokens included."""

    console: str
    overlay: str
    viewer: str
    ingest: str


def phone_base(*, host: str, port: int, public_url: str | None, lan: str | None) -> Base:
    """Choose the address for phones: *public_url*, else where *host* listens; *lan* is this machine's own address."""
    if public_url:
        return Base(url=public_url, reach=Reach.PUBLIC)
    reachable = lan if host in WILDCARDS else host
    if reachable is None or is_loopback(reachable):
        return Base(url=http_url("127.0.0.1" if host in WILDCARDS else host, port), reach=Reach.THIS_MACHINE)
    return Base(url=http_url(reachable, port), reach=Reach.WIFI)


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


def links_of(*, base: Base, local_url: str, room: str, host_token: str, ingest_token: str, overlay_token: str) -> Links:
    """Write the links of *room*: phones go by *base*; OBS and comment tools run on this machine, by *local_url*."""
    local_ws = urlsplit(local_url)._replace(scheme="ws").geturl()
    return Links(
        console=f"{base.url}/console/{room}?{urlencode({'token': host_token})}",
        overlay=f"{local_url}/overlay/{room}?{urlencode({'token': overlay_token})}",
        viewer=f"{base.url}/shop/{room}",
        ingest=f"{local_ws}/ws/ingest?{urlencode({'room': room, 'token': ingest_token})}",
    )


def banner(links: Links, reach: Reach) -> str:
    """Write what the shop owner needs after the start, the QR code last so that it stays in view."""
    return "\n".join(
        (
            "邻播已启动。按 Ctrl+C 停止。",
            "",
            f"  中控台（手机、平板）      {links.console}",
            f"  叠加层（OBS 浏览器来源）  {links.overlay}",
            f"  观众页面                  {links.viewer}",
            f"  弹幕工具的接收地址        {links.ingest}",
            "",
            "手机扫码打开中控台：",
            qr_code(links.console),
            reach.value,
        )
    )


def qr_code(text: str) -> str:
    """Draw *text* as a QR code for the terminal, two rows a line."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
