"""Who asks, when somebody stands between: the address of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web


def client_address(request: web.BaseRequest) -> str:
    """The address of the client; "" where the connection has none."""
    return request.remote or ""
