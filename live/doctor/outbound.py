"""What `doctor` looks at of the places that messages and events go to. It knocks at the door and sends nothing."""

from __future__ import annotations

import ipaddress
import socket
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from live.doctor.check import Finding, advice, good
from live.domain.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import OutboundSettings, WebhookSettings

SECONDS = 5.0
NAME = "消息去处"
_PORTS = {"http": 80, "https": 443}


def targets(outbound: OutboundSettings) -> Iterator[Finding]:
    """Look at each robot and each webhook; without any there is nothing to look at."""
    if not (outbound.wecom or outbound.webhook):
        yield good(NAME, "没有配置，不需要（配置后能往企业微信群发拣货单，把事件发给别的系统）")
    for robot in outbound.wecom:
        yield _reachable(f"{NAME} {robot.name}", robot.base_url)
    for hook in outbound.webhook:
        yield _webhook(hook)


def _webhook(hook: WebhookSettings) -> Finding:
    name = f"{NAME} {hook.name}"
    unknown = [kind for kind in hook.kinds if not _is_kind(kind)]
    if unknown:
        return advice(name, f"没有{'、'.join(map(_suggested, unknown))}这种事件", "请照 docs/events.md 改 kinds")
    if _is_open_to_all(hook.url):
        return advice(name, "网址不是 https，路上的人能看到顾客的名字和提货码", "请换成 https 的网址")
    return _reachable(name, hook.url)


def _is_kind(kind: str) -> bool:
    """Whether there are events of this kind or family."""
    return any(each == kind or each.startswith(f"{kind}_") for each in EventKind)


def _suggested(kind: str) -> str:
    close = get_close_matches(kind, [each.value for each in EventKind], n=1)
    return f" {kind}（是不是 {close[0]}？）" if close else f" {kind} "


def _is_open_to_all(url: str) -> bool:
    """Whether the way there leaves the shop's own network unencrypted."""
    parts = urlsplit(url)
    return parts.scheme == "http" and not _is_near(parts.hostname or "")


def _is_near(host: str) -> bool:
    if host == "localhost" or host.endswith(".local") or "." not in host:
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def _reachable(name: str, url: str) -> Finding:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        socket.create_connection((host, port), SECONDS).close()
    except OSError as error:
        return advice(
            name,
            f"{host}:{port} 连不上（{error.strerror or error}）；接单不受影响，连上以后会自动补发",
            "请检查网址和网络，看对方是否开着",
        )
    return good(name, f"{host}:{port} 能连上（只是敲了敲门，没有发消息）")
