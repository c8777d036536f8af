"""What `serve` prints: the addresses of the pages with their tokens, and a QR code of the console for the phone."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import segno

if TYPE_CHECKING:
    from live.web.reach import Base, Reach


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """The pages of one room as links that open by themselves, tokens included."""

    console: str
    overlay: str
    viewer: str
    ingest: str


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
