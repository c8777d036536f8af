"""`/api/v1/rooms/{room}/rehearsal`: tonight's list played through against a recording, in a house of its own (host)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from live.web.api import json_response
from live.web.auth import require
from live.web.beside import OVER, PLACE, path_of
from live.web.bodies import read_body
from live.web.check_start import missing_pictures
from live.web.checked import checked, object_of
from live.web.keys import SETTINGS
from live.web.pages import notice
from live.web.problems import ProblemRaised, refuse
from live.web.rehearsal_models import REHEARSAL
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.service.wire import Json
    from live.web.beside import House
    from live.web.rehearsal_models import RehearsalModel

MOST_BYTES = 16 * 1024 * 1024


class NotNow(Exception):  # noqa: N818  # reads better where it is caught
    """A rehearsal cannot begin; the message says why and what to do, in Chinese."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Rehearsals(Protocol):
    """Who holds rehearsals: told from above."""

    @property
    def houses(self) -> Mapping[str, House]:
        """Where they are held, by the room that they are rehearsals of."""

    async def begin(self, room: str, asked: RehearsalModel) -> Json:
        """Begin one, in place of the room's last one. Raises `NotNow`, `ProblemRaised`."""

    async def end(self, room: str) -> bool:
        """End a room's; whether there was one."""

    async def told(self, room: str) -> Json:
        """`{"running": {…} | null, "recordings": […]}`."""

    async def close(self) -> None:
        """End all of them."""


REHEARSALS: web.AppKey[Rehearsals] = web.AppKey("rehearsals")


def rehearsal_routes() -> list[web.RouteDef]:
    """Every route of rehearsals."""
    path = "/api/v1/rooms/{room}/rehearsal"
    return [
        web.get(path, look),
        web.post(path, begin),
        web.delete(path, end),
        web.get(f"{PLACE}{{room}}/{{tail:.*}}", over),
    ]


def rehearsal_mount(rehearsals: Rehearsals) -> Callable[[web.Application], None]:
    """Make the mount that lets the handlers hold rehearsals; they end before the application does."""

    async def close(_app: web.Application) -> None:
        await rehearsals.close()

    def mount(app: web.Application) -> None:
        app[REHEARSALS] = rehearsals
        app.on_shutdown.append(close)

    return mount


async def look(request: web.Request) -> web.Response:
    """Whether a rehearsal of the room is held now, and what can be replayed."""
    require(request, Role.HOST)
    return json_response(await _rehearsals(request).told(room_in_path(request)))


async def begin(request: web.Request) -> web.Response:
    """Begin a rehearsal; the answer says where its console is."""
    require(request, Role.HOST)
    room, rehearsals = room_in_path(request), _rehearsals(request)
    data = await read_body(request, MOST_BYTES)
    value = object_of(data, example='{"recording":{"source":"demo"},"speed":5,"start":{…}}')
    asked = checked(REHEARSAL, data, what="彩排", tagged=False)
    start = value["start"]
    faults = missing_pictures(start if isinstance(start, dict) else {}, request.app[SETTINGS].data_dir / "pictures")
    if faults:
        raise refuse(422, "invalid_command", f"彩排里有 {len(faults)} 处要改：图片", faults)
    try:
        return json_response(await rehearsals.begin(room, asked))
    except NotNow as refused:
        raise refuse(409, refused.code, str(refused)) from None


async def end(request: web.Request) -> web.Response:
    """End the room's rehearsal and throw it away; to end none is no mistake."""
    require(request, Role.HOST)
    return json_response({"ended": await _rehearsals(request).end(room_in_path(request))})


async def over(request: web.Request) -> web.Response:
    """What stands where a rehearsal was."""
    room, tail = room_in_path(request), request.match_info["tail"]
    if not tail.startswith("console/"):
        raise ProblemRaised(OVER)
    root = "../" * (path_of(room).count("/") + tail.count("/"))
    words = ["彩排里的订单都不算数，什么都没有留下。", f'<a href="{root}console/{room}">回到中控台</a>']
    return notice(HTTPStatus.GONE, "彩排已经结束", words, root=root)


def _rehearsals(request: web.Request) -> Rehearsals:
    found = request.app.get(REHEARSALS)
    if found is None:
        raise refuse(409, "no_rehearsal_here", "这里不能彩排：彩排里不再开彩排，请回到中控台。")
    return found
