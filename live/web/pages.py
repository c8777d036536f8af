"""The console, and the small pages that say where to go.

A link with `?token=` opens the console once: the token becomes a cookie and leaves the address bar, where a stream, a
screenshot or a history would show it.
"""

from __future__ import annotations

import html
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from live.web.auth import COOKIE, COOKIE_DAYS, caller_of, cookie_value, count_wrong, given_token
from live.web.cookies import set_cookie
from live.web.files import file_response
from live.web.headers import page_headers, style_hash
from live.web.keys import NOW_MS, TOKENS
from live.web.links import here
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

STATIC = Path(__file__).parent / "static"
CONSOLE = STATIC / "console" / "index.html"

_STYLE = (
    "body{margin:0;padding:12vh 24px;background:#14171c;color:#eef1f5;font:17px/1.7 system-ui,sans-serif}"
    "main{max-width:34em;margin:auto;overflow-wrap:anywhere}a{color:#ffb454}"
    "code{background:#232830;padding:2px 6px;border-radius:4px}"
    "@media(prefers-color-scheme:light){body{background:#f4f1ec;color:#211d19}a{color:#1a56ac}code{background:#e4ded3}}"
)


async def console(request: web.Request) -> web.StreamResponse:
    """The console of a room, for the host."""
    room_in_path(request)
    return before_host_page(request, "中控台") or file_response(CONSOLE, page_headers(framed_by_us=False))


def before_host_page(request: web.Request, page: str) -> web.Response | None:
    """What a browser gets before a page of the host's: the way in, or the way to one; None for the page itself."""
    caller = caller_of(request)
    if caller is None:
        count_wrong(request)
    if caller is None or caller.role is not Role.HOST:
        return _again(request, page) if _arrives_from_elsewhere(request) else _locked(page, "中控台地址")
    return _let_in(request) if request.query.get("token") else None


async def index(_request: web.Request) -> web.Response:
    """Where to go."""
    return notice(
        HTTPStatus.OK,
        "邻播正在运行",
        [
            "中控台和叠加层的完整地址（带口令）在启动邻播的那个窗口里，也可以用手机扫那里的二维码。",
            "中控台：<code>/console/直播间名</code>　叠加层（OBS 浏览器源）：<code>/overlay/直播间名</code>",
            '写程序的看这里：<a href="./api/v1/openapi.json">接口说明（OpenAPI）</a>',
        ],
        root="./",
    )


def _let_in(request: web.Request) -> web.Response:
    """Set the cookie and go to the same address without the token."""
    answer = web.Response(status=HTTPStatus.SEE_OTHER)
    answer.headers["Location"] = here(request, without="token")
    answer.headers["Cache-Control"] = "no-store"
    set_cookie(request, answer, COOKIE, cookie_value(request.app[TOKENS], request.app[NOW_MS]()), days=COOKIE_DAYS)
    return answer


def _arrives_from_elsewhere(request: web.Request) -> bool:
    """Whether a link on a foreign page led here: the browser then holds back the cookie, even if it has one."""
    return given_token(request) is None and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}


def _again(request: web.Request, page: str) -> web.Response:
    """Have the browser ask once more, now from our own page, so that it sends the cookie."""
    again = html.escape(here(request, without="token"), quote=True)
    refresh = f'<meta http-equiv="refresh" content="0;url={again}">'
    return notice(HTTPStatus.OK, f"正在打开{page}", [f'没有自动打开的话，<a href="{again}">点这里</a>。'], refresh)


def _locked(page: str, link: str) -> web.Response:
    return notice(
        HTTPStatus.UNAUTHORIZED,
        f"打不开{page}：口令不对，或者没有口令",
        [
            f"请到启动邻播的那个窗口，复制里面完整的{link}（带 <code>?token=</code>），或者扫那里的二维码。",
            "如果数据文件夹换过或清空过，以前的地址就不能用了，用新的就行。",
        ],
    )


def locked_overlay() -> web.Response:
    """Say how to mend the address of an overlay."""
    return _locked("叠加层", "叠加层地址")


def notice(
    status: HTTPStatus, title: str, paragraphs: Sequence[str], head: str = "", *, root: str = "../"
) -> web.Response:
    """A small page of our own words; `paragraphs` are HTML, `root` is the way from the page to our root."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<link rel="icon" href="{root}static/shared/mark.svg">'
        f"{head}<title>{title}</title><style>{_STYLE}</style><main><h1>{title}</h1>{text}</main></html>"
    )
    headers = page_headers(framed_by_us=False, style=style_hash(_STYLE)) | {"Cache-Control": "no-store"}
    return web.Response(text=page, status=status, content_type="text/html", charset="utf-8", headers=headers)
