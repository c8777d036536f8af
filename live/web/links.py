"""Links, made in one place. On our pages they are relative, so that they hold under any address and any prefix:

- a page at `/{kind}/{name}` writes `../static/…`, `../ws/events`; scripts ask `root.js`, who knows by their own address;
- a redirect and a link to the page itself is `here`;
- what leaves the page (a QR code, a message, a link to pass on) is `for_viewers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.reach import base_for_viewers

if TYPE_CHECKING:
    from aiohttp import web


def here(request: web.Request, *, without: str) -> str:
    """The page itself, without one field of its query, relative to itself: `./live?tab=orders`."""
    url = request.rel_url.without_query_params(without)
    query = f"?{url.raw_query_string}" if url.raw_query_string else ""
    return f"./{url.raw_name}{query}"


def for_viewers(request: web.Request, path: str) -> str:
    """The whole address of one of our pages as a viewer's phone opens it; `path` begins with a slash."""
    return base_for_viewers(request).url + path
