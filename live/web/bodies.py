"""The body of a POST: bounded, and never of a kind that a foreign page can send without asking first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.problems import refuse

if TYPE_CHECKING:
    from aiohttp import web

_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
"""What browsers send to foreign servers without a CORS preflight (Fetch standard, "CORS-safelisted request-header")."""


async def read_body(request: web.Request, limit: int) -> bytes:
    """Read a JSON body of at most `limit` bytes; raises 413 and 415."""
    if request.content_type in _FORM_TYPES:
        raise refuse(415, "not_json", "内容要用 JSON 发送：请求头写 Content-Type: application/json。")
    data = bytearray()
    async for chunk in request.content.iter_any():
        data += chunk
        if len(data) > limit:
            raise refuse(413, "too_large", f"内容太大：最多 {limit} 字节。")
    return bytes(data)
