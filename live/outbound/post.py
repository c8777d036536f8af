"""One POST to somebody else's server: bounded in time and in what is read, never redirected, never through a proxy.

What goes wrong is told in sentences of our own. The library's own words hold the address, and the address of a robot is
its secret; so they go nowhere, not even to the log.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from live.outbound.pace import MOST_MS

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_BYTES = 65_536
"""More of an answer is not read."""

_SECONDS_DIGITS = 6


class NoReply(Exception):  # noqa: N818  # reads better where it is caught
    """Nothing came back. The message says in Chinese what was the matter, without the address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What came back: its status, how long it asks us to wait, and the beginning of its body."""

    status: int
    body: bytes
    retry_after_ms: int | None = None


def open_client() -> aiohttp.ClientSession:
    """Open what posts go through: no cookies, no proxy of the environment."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, auto_decompress=False)


async def post(
    client: aiohttp.ClientSession,
    url: str,
    data: bytes | aiohttp.FormData,
    *,
    headers: Mapping[str, str],
    timeout_s: float,
) -> Reply:
    """Post `data` and read the answer. Raises `NoReply`."""
    try:
        async with client.post(
            url,
            data=data,
            headers={"User-Agent": "Linbo", "Accept-Encoding": "identity", **headers},
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=timeout_s),
        ) as answer:
            body = await _beginning(answer.content)
            return Reply(status=answer.status, body=body, retry_after_ms=_wait_ms(answer.headers.get("Retry-After")))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise NoReply(_sentence(error, timeout_s)) from None


async def _beginning(content: aiohttp.StreamReader) -> bytes:
    held = bytearray()
    while len(held) < ANSWER_BYTES and (chunk := await content.read(ANSWER_BYTES - len(held))):
        held += chunk
    return bytes(held)


def _wait_ms(asked: str | None) -> int | None:
    """Read `Retry-After` in seconds; a date is not read, the usual wait stands for it."""
    if asked is None or not (asked.isascii() and asked.isdigit() and len(asked) <= _SECONDS_DIGITS):
        return None
    return min(MOST_MS, int(asked) * 1000)


def _sentence(error: Exception, timeout_s: float) -> str:
    match error:
        case TimeoutError():
            return f"{timeout_s:g} 秒没有回应"
        case aiohttp.ClientConnectorDNSError():
            return f"找不到主机 {error.host}，请核对网址和网络"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "对方的 https 证书不对，请核对网址和对方的证书"
        case aiohttp.ClientConnectorError():
            return f"连不上 {error.host}:{error.port}，请核对网址，看对方是否开着"
        case aiohttp.ServerDisconnectedError() | ConnectionError() | aiohttp.ClientPayloadError():
            return "说到一半断开了"
        case _:
            return f"发送时出错（{type(error).__name__}）"
