"""The name of a room in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from live.web.problems import refuse

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.problems import ProblemRaised

_ROOM = re.compile(r"[a-z0-9_-]{1,40}")
_RULE = "直播间名只能用小写字母、数字、_ 和 -，1 到 40 个字。"


def room_in_path(request: web.Request) -> str:
    """The room of `/…/{room}`; raises 404 for what is no name."""
    room = request.match_info["room"]
    if _ROOM.fullmatch(room) is None:
        raise refuse(404, "unknown_room", f"没有这个直播间。{_RULE}")
    return room


def room_in_query(request: web.Request) -> str:
    """The room of `?room=`; raises 422 for none or what is no name."""
    room = request.query.get("room", "")
    if _ROOM.fullmatch(room) is None:
        raise refuse(422, "invalid_room", f"网址里要有 ?room=直播间名。{_RULE}")
    return room


def no_session() -> ProblemRaised:
    """Say that a room has had no session yet: no goods, no orders."""
    return refuse(404, "no_session", "这个直播间还没有开过场，没有商品和订单。")
