"""Where to send a log: any way of writing the address, made the one that ingest has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "/ws/ingest"

ROOM = "live"
"""The room whose addresses `serve` prints."""

_SCHEMES: Mapping[str, str] = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
_ROOM = re.compile(r"[a-z0-9_-]{1,40}")


def ingest_address(url: str, *, room: str = ROOM) -> str:
    """Complete an address ("http://127.0.0.1:8000" → "ws://127.0.0.1:8000/ws/ingest?room=live").

    `room` is used where the address names none. Raises ValueError that says what is wrong and how to write it.
    """
    parts = urlsplit(url if "://" in url else f"ws://{url}")
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ValueError(f"地址 {url} 写得不对；应写成 http://127.0.0.1:8000/?room=房间名 这样。")
    query = {"room": room} | dict(parse_qsl(parts.query, keep_blank_values=True))
    if not _ROOM.fullmatch(query["room"]):
        raise ValueError(f"地址 {url} 里的房间名写得不对；应写成 ?room=房间名（小写字母、数字、_ 或 -，最多 40 个）。")
    base = parts.path.rstrip("/").removesuffix(PATH)
    return urlunsplit((scheme, parts.netloc, base + PATH, urlencode(query), ""))
