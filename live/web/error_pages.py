"""What a person gets who opens an address that does not work: a page in words. Programs get the problem as JSON."""

from __future__ import annotations

import html
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web
from pydantic_core import from_json

from live.web.pages import notice
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from live.web.problems import Handler

_FOR_PROGRAMS = ("/api/", "/ws/", "/ingest")
_PAGE = "text/html"
_JSON = ("application/json", MEDIA_TYPE)
_KEPT = ("Retry-After", "Allow", "WWW-Authenticate")
_TITLES = {404: "没有这个页面"}
_HINTS = {
    404: "请检查网址有没有抄漏，或者重新扫一次店里的二维码。",
    429: "等一会儿，再刷新这一页。",
    503: "等一会儿，再刷新这一页；还不行就告诉店主。",
}


@web.middleware
async def page_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a problem into a page for whoever looks at it in a browser."""
    answer = await handler(request)
    if not isinstance(answer, web.Response) or answer.content_type != MEDIA_TYPE or not wants_page(request):
        return answer
    page = _page(from_json(answer.body if isinstance(answer.body, bytes) else b"{}"), way_to_root(request.path))
    page.headers.update({name: answer.headers[name] for name in _KEPT if name in answer.headers})
    return page


def wants_page(request: web.BaseRequest) -> bool:
    """Whether a browser is about to show what it gets: it names HTML, and likes it no less than JSON."""
    if request.path.startswith(_FOR_PROGRAMS):
        return False
    liked = dict(_liking(part) for part in request.headers.get("Accept", "").split(","))
    return liked.get(_PAGE, 0.0) > 0 and liked[_PAGE] >= max(liked.get(kind, 0.0) for kind in _JSON)


def way_to_root(path: str) -> str:
    """From a page to our root, relative: "/r/CODE" → "../"."""
    return "../" * (path.count("/") - 1) or "./"


def _liking(part: str) -> tuple[str, float]:
    """One entry of `Accept` with its weight (RFC 9110, section 12.5.1); a weight that is none counts as nothing."""
    kind, *parameters = (each.strip().lower() for each in part.split(";"))
    weight = next((each.removeprefix("q=") for each in parameters if each.startswith("q=")), "1")
    try:
        return kind, float(weight)
    except ValueError:
        return kind, 0.0


def _page(problem: Any, root: str) -> web.Response:
    status = HTTPStatus(problem["status"])
    hint = _HINTS.get(status)
    words = [problem["detail"], *([hint] if hint else [])]
    title = _TITLES.get(status, str(problem["title"]))
    way_on = f'<a href="{root}r/">用提货码看我的预订</a>'
    return notice(status, title, [*map(html.escape, words), way_on], root=root)
