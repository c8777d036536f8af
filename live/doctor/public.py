"""What `doctor` looks at from outside: whether the public address leads to a service of ours."""

from __future__ import annotations

import ipaddress
import json
import ssl
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from live.doctor.check import Finding, advice, good

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

NAME = "公开网址"
SECONDS = 5.0
MOST_BYTES = 4096
BEHIND_IS_AWAY = frozenset({502, 503, 504, 521, 522, 523, 524, 530})
"""What proxies and tunnels answer when they cannot reach what they stand before."""


class _StayHere(HTTPRedirectHandler):
    """Follows no redirect: where it leads is what the settings should say."""

    def redirect_request(  # noqa: PLR0917  # the library's own shape
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Leave the redirect to be told of."""


def public_address(url: str | None) -> Finding:
    """Ask `/healthz` at the public address, as a viewer's phone would."""
    if url is None:
        return good(NAME, "没有设置（server.public_url），观众页面只有连着店里 Wi-Fi 的手机能打开")
    request = Request(f"{url}/healthz", headers={"Accept": "application/json"})  # noqa: S310  # the settings allow http(s) alone
    try:
        with build_opener(_StayHere()).open(request, timeout=SECONDS) as answer:
            return _judged(url, answer.read(MOST_BYTES))
    except HTTPError as error:
        with error:
            return _refused(url, error)
    except URLError as error:
        return _unreachable(url, error.reason)
    except (OSError, ValueError, HTTPException) as error:
        return _unreachable(url, error)


def _judged(url: str, body: bytes) -> Finding:
    try:
        ours = json.loads(body) == {"status": "alive"}
    except (ValueError, RecursionError):
        ours = False
    if ours and url.startswith("http://") and not _at_home(url):
        return advice(NAME, f"{url} 通，但不是 https，口令在路上谁都看得见", "请在代理上装证书，用 https 的网址")
    if ours:
        return good(NAME, f"{url} 通，观众的手机能打开")
    return advice(NAME, f"{url} 打开的不是邻播，是别的程序", "请检查代理或穿透把这个网址（连同路径）转给了哪个端口")


def _at_home(url: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "").is_private
    except ValueError:
        return False


def _refused(url: str, error: HTTPError) -> Finding:
    code = error.code
    if code in BEHIND_IS_AWAY:
        return advice(
            NAME, f"{url} 的代理在，但连不到邻播（HTTP {code}）", "请先启动邻播再查一次，并检查代理里写的地址和端口"
        )
    if error.headers.get("Location"):
        return advice(
            NAME,
            f"{url} 会跳到 {error.headers['Location']}",
            "请把 server.public_url 写成最后打开的那个网址（多半是 https）",
        )
    if b"unknown_host" in error.read(MOST_BYTES):
        return advice(
            NAME, f"{url} 通到了邻播，但邻播不认识这个主机名", "请核对 server.public_url，改好以后重新启动邻播"
        )
    return advice(
        NAME,
        f"{url} 没有找到邻播（HTTP {code}）",
        "请检查穿透程序连上没有；代理里的路径去掉前缀、保留前缀都可以，但要和 public_url 一致",
    )


def _unreachable(url: str, reason: object) -> Finding:
    if isinstance(reason, ssl.SSLError):
        return advice(
            NAME,
            f"{url} 的证书有问题（{reason.reason or reason}）",
            "请检查代理的 https 证书是不是这个域名的、有没有过期",
        )
    if isinstance(reason, TimeoutError):
        return advice(
            NAME, f"{url} {SECONDS:.0f} 秒没有回答", "请检查穿透程序是否在运行，服务器防火墙有没有放行这个端口"
        )
    told = getattr(reason, "strerror", None) or reason
    return advice(NAME, f"{url} 连不上（{told}）", "请检查域名有没有写错、穿透程序是否在运行、服务器防火墙有没有放行")
