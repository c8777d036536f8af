"""What it means that a source cannot be reached, in words for the host."""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from socket import gaierror
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException

from live.sources.state import Status

if TYPE_CHECKING:
    from live.sources.kinds import Kind


def trouble_of(error: OSError | WebSocketException, kind: Kind, url: str) -> tuple[Status, str]:
    """Tell where a source stands after this failure, and what the host does about it.

    Nothing at the address is the normal state of a tool in which the host has not pressed the button yet.
    """
    match error:
        case ConnectionClosed():
            return Status.CONNECTING, "连接断了，正在重连"
        case gaierror():
            return Status.ERROR, f"找不到 {urlsplit(url).hostname} 这台电脑。请检查设置 sources 里的 url"
        case WebSocketException() | ssl.SSLError():
            return Status.ERROR, f"这个地址上的程序不是{kind.tool}（{error}）。请核对设置 sources 里的 url 和端口"
        case OSError():
            return Status.NOT_LISTENING, f"{kind.tool} 没有在监听。{kind.mend}；会自动重连{_firewall(url)}"


def _firewall(url: str) -> str:
    """Another PC may be silent because its firewall is in between."""
    host = urlsplit(url).hostname or ""
    return "" if _is_this_machine(host) else f"。工具在另一台电脑上时，请在那台电脑的防火墙里放行这个端口（{host}）"


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
