"""`GET /api/v1/rooms/{room}/links`: where viewers order when comments do not arrive, as a link and a QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.api import json_response
from live.web.auth import require
from live.web.qr import qr_rows
from live.web.reach import base_for_viewers
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from aiohttp import web

    from live.service.wire import Json


async def links(request: web.Request) -> web.Response:
    """The address of the room's order page for viewers' phones, and who can open it."""
    require(request, Role.HOST, Role.OVERLAY)
    room, base = room_in_path(request), base_for_viewers(request)
    url = f"{base.url}/shop/{room}"
    shop: Json = {"url": url, "reach": base.reach.name.lower(), "note": base.reach.value, "qr": qr_rows(url)}
    return json_response({"shop": shop})
