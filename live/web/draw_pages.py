"""`/draw/{id}`, `.json` and `.html`, `/api/v1/draws/{id}`: what anybody may see of a draw, and check on their own phone.

Hundreds of phones open one draw at once and follow it, so an answer is worked out once a second at most, for all of them;
whoever has it already is told so in a few bytes (304).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from aiohttp import ETag, web
from pydantic_core import to_json

from live.service.wire import rfc3339
from live.web.draw_file import read_draw_file
from live.web.files import file_response
from live.web.headers import page_headers
from live.web.keys import NOW_MS
from live.web.pages import STATIC
from live.web.problems import refuse
from live.web.rate import Limit, spend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.web.draw_file import DrawFile
    from live.web.problems import ProblemRaised

PAGE = STATIC / "draw" / "index.html"
FRESH_MS = 1_000
"""For how long what was told of a draw is told to others."""

MOST_KEPT = 32
_ID = re.compile("[0-9A-Za-z_-]{1,64}")
_JSON = "application/json"
_OPEN = frozenset({"giveaway_id", "rules", "opened_at", "commitment"})
_CLOSED = _OPEN | {"closed_at", "entries", "list_hash", "witness"}
PUBLISHED = {"open": _OPEN, "closed": _CLOSED, "drawn": _CLOSED | {"seed", "rounds"}}
"""What of a record may be seen in which state. Whoever tells must not tell more; what they do is not passed on."""


class Draws(Protocol):
    """What knows the draws: told from above, for these pages keep nothing of their own."""

    async def record(self, giveaway_id: str) -> Mapping[str, Any] | None:
        """What is known of a giveaway, None for no such one.

        `{"record": {…section 6 of the contract…}, "state": "open|closed|drawn", "title", "entries": N, "closes_at",
        "claim_until": moment or None, "names": {entry: "张*"}, "states": {entry: "won|claimed|forfeited"}}`; the names are
        the winners', masked.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was told of a draw at a moment; `value` is None where there is no such draw."""

    at_ms: int
    value: Mapping[str, Any] | None


class DrawBook:
    """Asks what knows the draws, once a second for everybody together."""

    def __init__(self, draws: Draws, file: DrawFile) -> None:
        self._draws = draws
        self._kept: dict[str, Told] = {}
        self.file = file

    async def told(self, giveaway_id: str, now_ms: int) -> Mapping[str, Any] | None:
        """What may be seen of a draw now; None for no such one."""
        kept = self._kept.get(giveaway_id)
        if kept is not None and 0 <= now_ms - kept.at_ms < FRESH_MS:
            return kept.value
        value = await self._draws.record(giveaway_id)
        seen = None if value is None else published(value)
        self._kept.pop(giveaway_id, None)
        self._kept[giveaway_id] = Told(at_ms=now_ms, value=seen)
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return seen


DRAWS: web.AppKey[DrawBook] = web.AppKey("draws")


def published(told: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of what is told whatever the state of the draw does not let anybody see yet."""
    seen = PUBLISHED[told["state"]]
    record = {name: value for name, value in told["record"].items() if name in seen}
    of_winners = {name: told[name] if told["state"] == "drawn" else {} for name in ("names", "states")}
    return {**told, "record": record, **of_winners}


def draw_routes() -> list[web.RouteDef]:
    """Every route of the draws."""
    return [
        web.get("/draw/{giveaway}.json", record),
        web.get("/draw/{giveaway}.html", proof),
        web.get("/draw/{giveaway}", page),
        web.get("/api/v1/draws/{giveaway}", draw),
    ]


def draw_mount(draws: Draws) -> Callable[[web.Application], None]:
    """Make the mount that lets the pages ask what knows the draws."""

    def mount(app: web.Application) -> None:
        app[DRAWS] = DrawBook(draws, read_draw_file())

    return mount


async def page(request: web.Request) -> web.StreamResponse:
    """The public page: a shell that asks for what it shows."""
    await _told(request)
    return file_response(PAGE, page_headers(framed_by_us=False))


async def draw(request: web.Request) -> web.Response:
    """What the page shows: the record as far as it may be seen, and how things stand."""
    return _answer(request, to_json(await _told(request)), {"Cache-Control": "no-cache"})


async def record(request: web.Request) -> web.Response:
    """The record alone, as the contract has it."""
    told = await _told(request)
    keeping = "public, max-age=60" if told["state"] == "drawn" else "no-cache"
    return _answer(request, to_json(told["record"]), {"Cache-Control": keeping})


async def proof(request: web.Request) -> web.Response:
    """The proof as one file to keep and to pass on."""
    told, file = await _told(request), request.app[DRAWS].file
    drawn = told["state"] == "drawn"
    name = quote(f"抽奖核对-{_plain(told['title'])}{'' if drawn else '-开奖前'}.html", safe="")
    disposition = f"attachment; filename=\"draw-{request.match_info['giveaway']}.html\"; filename*=UTF-8''{name}"
    headers = {
        "Content-Security-Policy": f"{file.policy}; frame-ancestors 'none'",
        "Content-Disposition": disposition,
        "Cache-Control": "no-cache",
    }
    return _answer(request, file.page(told, rfc3339(request.app[NOW_MS]())).encode(), headers, content_type="text/html")


async def _told(request: web.Request) -> Mapping[str, Any]:
    spend(request, Limit.PUBLIC_JSON)
    book = request.app.get(DRAWS)
    id_ = request.match_info["giveaway"]
    if book is None or _ID.fullmatch(id_) is None:
        raise unknown_draw()
    told = await book.told(id_, request.app[NOW_MS]())
    if told is None:
        raise unknown_draw()
    return told


def unknown_draw() -> ProblemRaised:
    """Make the refusal of an id that nobody knows."""
    return refuse(404, "unknown_draw", "没有这次抽奖：网址可能抄漏了，或者记录已经过了两年。")


def _answer(request: web.Request, body: bytes, headers: dict[str, str], *, content_type: str = _JSON) -> web.Response:
    """Answer with a body, or with 304 where the browser has this very one."""
    tag = hashlib.blake2s(body, digest_size=16).hexdigest()
    known = any(each.value in {tag, "*"} for each in request.if_none_match or ())
    answer = web.Response(status=HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK, headers=headers)
    answer.etag = ETag(value=tag)
    if not known:
        answer.body, answer.content_type, answer.charset = body, content_type, "utf-8"
    return answer


def _plain(title: str) -> str:
    """A title as part of a file's name, on every system."""
    return "".join(letter if letter.isalnum() else " " for letter in title).strip()[:40]
