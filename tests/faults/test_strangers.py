"""Wrong tokens, rooms that are none, foreign pages and names: refused before anything else, on every route."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError, web

from live.web.app import routes
from overlays.routes import mount
from tests.faults.desk import answer_to, comment

if TYPE_CHECKING:
    from tests.faults.desk import Desk

OPEN_TO_ALL = frozenset(
    {
        "/",
        "/static/{path}",
        "/overlay-static/{path}",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/openapi.json",
        "/shop/{room}",
        "/r",
        "/r/",
        "/r/{code}",
        "/api/v1/shops/{room}",
        "/api/v1/shops/{room}/orders",
        "/ws/shops/{room}",
        "/api/v1/baskets/{code}",
        "/api/v1/baskets/{code}/changes",
        "/api/v1/baskets/{code}/joins",
        "/ws/baskets/{code}",
        "/draw/{giveaway}.json",
        "/draw/{giveaway}.html",
        "/draw/{giveaway}",
        "/api/v1/draws/{giveaway}",
        "/overlay/here.svg",
        "/pictures/{name}",
        "/overlay-static/own/{path}",
        "/rehearsal/{room}/{tail}",
    }
)
"""Every other route wants a token. Viewers' pages are known by the code in their address, or by their own cookie.

Where there is no rehearsal its addresses say so to everybody; where there is one, its own application asks for its tokens.
"""


def guarded() -> list[tuple[str, str]]:
    """Every route that wants a token, with its blanks filled in."""
    app = web.Application()
    app.add_routes(routes())
    mount(app)
    known = {
        (r.method, r.resource.canonical) for r in app.router.routes() if r.resource and r.method in {"GET", "POST"}
    }
    return sorted((method, _filled(path)) for method, path in known if path not in OPEN_TO_ALL)


def _filled(path: str) -> str:
    known = {"room": "main", "tool": "ssn", "session": "s-1", "name": "report.html"}
    return re.sub(r"\{(\w+)\}", lambda blank: known.get(blank[1], "x-1"), path)


WRONG = {
    "none": {},
    "wrong": {"Authorization": "Bearer wrong"},
    "empty": {"Authorization": "Bearer "},
    "no-scheme": {"Authorization": "wrong"},
    "basic": {"Authorization": "Basic aG9zdDpob3N0"},
    "long": {"Authorization": "Bearer " + "x" * 7000},
    "cookie": {"Cookie": "linbo_host=wrong"},
}
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.mark.parametrize(("method", "path"), guarded(), ids=lambda part: part)
async def test_no_wrong_token_opens_anything(desk: Desk, method: str, path: str) -> None:
    url = f"{desk.base_url}{path}"
    refusals = {401, 429} | ({404} if path.endswith("/ssn") else set())  # not every way in is one of this tool's
    for name, headers in WRONG.items():
        upgrade = UPGRADE if path.startswith("/ws/") else {}
        async with desk.client.request(method, url, params={"room": "main"}, headers=headers | upgrade) as answer:
            assert answer.status in refusals, (name, answer.status)
    async with desk.client.request(method, url, params={"room": "main", "token": "口令"}) as answer:
        assert answer.status in refusals


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/ws/ingest", "host"),
        ("/ws/ingest", "overlay"),
        ("/ws/events", "ingest"),
        ("/api/v1/rooms/main/comments", "overlay"),
        ("/api/v1/rooms/main/comments", "ingest"),
        ("/api/v1/rooms/main/snapshot", "ingest"),
    ],
)
async def test_a_token_opens_what_it_is_for_and_nothing_else(desk: Desk, path: str, role: str) -> None:
    headers = desk.bearer(role) | (UPGRADE if path.startswith("/ws/") else {})
    async with desk.client.get(f"{desk.base_url}{path}", params={"room": "main"}, headers=headers) as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    "room", ["", "MAIN", "a b", "../main", "main/", "房间", "x" * 41, "main\x00", "%00", "a'b", "."]
)
async def test_what_is_no_room_is_refused_before_the_upgrade(desk: Desk, room: str) -> None:
    for path, role in (("/ws/ingest", "ingest"), ("/ws/events", "host")):
        with pytest.raises(WSServerHandshakeError) as refused:
            await desk.client.ws_connect(f"{desk.base_url}{path}", params={"room": room}, headers=desk.bearer(role))
        assert refused.value.status == 422


async def test_a_room_nobody_has_opened_takes_no_comments(desk: Desk) -> None:
    for number in range(50):
        nobody = f"nobody-{number}"
        url = f"{desk.base_url}/ws/ingest?room={nobody}"
        async with desk.client.ws_connect(url, headers=desk.bearer("ingest")) as source:
            answer = await answer_to(source, json.dumps(comment("m-1")))
            assert (answer["code"], answer["id"]) == ("room_closed", "m-1")


FOREIGN = {
    "origin": {"Origin": "https://evil.example"},
    "origin-null": {"Origin": "null"},
    "origin-that-begins-like-ours": {"Origin": "http://127.0.0.1.evil.example"},
    "origin-garbage": {"Origin": "://"},
    "host": {"Host": "evil.example"},
    "host-empty": {"Host": ""},
    "host-garbage": {"Host": "[::"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
async def test_a_foreign_page_or_name_gets_nowhere_even_with_the_right_token(
    desk: Desk, headers: dict[str, str]
) -> None:
    asked = [
        ("GET", "/ws/ingest", desk.bearer("ingest") | UPGRADE),
        ("GET", "/ws/events", desk.bearer("host") | UPGRADE),
        ("POST", "/ingest", desk.bearer("ingest")),
        ("POST", "/api/v1/rooms/main/commands", desk.bearer("host")),
        ("GET", "/api/v1/rooms/main/snapshot", desk.bearer("host")),
        ("GET", "/console/main", desk.bearer("host")),
    ]
    for method, path, own in asked:
        url = f"{desk.base_url}{path}"
        async with desk.client.request(method, url, params={"room": "main"}, headers=own | headers) as answer:
            assert answer.status in {400, 403}, (path, answer.status)
