"""The loader: a page on the PC's own disk that waits for the service and then goes over to the overlay.

OBS shows an error where a page cannot be reached when it starts, and never tries again by itself. A file is always there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from live.web.forwarded import outside
from live.web.problems import refuse
from live.web.rooms import room_in_query

if TYPE_CHECKING:
    from aiohttp import web

TEMPLATE = Path(__file__).parent / "loader" / "loader.html"
PLACE = "/*addresses*/ null"


def page_for(request: web.Request) -> str:
    """The loader of `?room=`, with all else of the query for the overlay, at the address by which it was asked for.

    Raises:
        ProblemRaised: 422, for no room or what is no name of one; 400 where the request names no host.
    """
    room, seen = room_in_query(request), outside(request)
    if not seen.host:
        raise refuse(400, "no_host", "请求里没有主机名，不知道该等哪个地址。请用浏览器打开这个网址下载。")
    base = f"{seen.scheme}://{seen.host}{seen.prefix}/overlay"
    query = request.rel_url.without_query_params("room").raw_query_string
    addresses = {"overlay": f"{base}/{room}?{query}", "here": f"{base}/here.svg"}
    return TEMPLATE.read_text(encoding="utf-8").replace(PLACE, _script_json(addresses), 1)


def _script_json(value: object) -> str:
    """JSON that ends no script element, whatever it holds."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
