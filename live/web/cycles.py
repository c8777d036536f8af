"""`GET /api/v1/rooms/{room}/cycles`: what is left to do until the last bag is handed over (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.api import json_response
from live.web.auth import require
from live.web.keys import SERVICE
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from aiohttp import web


async def cycles(request: web.Request) -> web.Response:
    """The newest session's cycle first, then those of earlier ones with business left."""
    require(request, Role.HOST)
    return json_response({"cycles": await request.app[SERVICE].cycles(room_in_path(request))})
