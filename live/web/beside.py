"""Houses beside ours: whole applications of their own, each under a path of ours (`/rehearsal/{room}/…`).

Our pages find everything relative to themselves, so a page of such a house talks to that house alone: its addresses are
cut at the door, as `prefix.py` does it for a proxy's path, and the request goes to the other application.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from live.web.problems import Problem, response

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Awaitable, Callable, Mapping

    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.http_parser import RawRequestMessage
    from aiohttp.streams import StreamReader
    from aiohttp.web_protocol import RequestHandler

    MakeRequest = Callable[
        [RawRequestMessage, StreamReader, RequestHandler, AbstractStreamWriter, Task[None]], web.BaseRequest
    ]
    Handle = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

PLACE = "/rehearsal/"
_UNDER = re.compile(rf"{PLACE}([a-z0-9_-]{{1,40}})(/.*)", re.DOTALL)

OVER = Problem(status=410, code="rehearsal_over", detail="彩排已经结束，什么都没有留下。请回到中控台。")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class House:
    """An application beside ours. Once it is `over`, whoever still waits for an answer gets one."""

    server: web.Server
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Have the house answer; 410 when it comes down meanwhile."""
        work = asyncio.ensure_future(self.server.request_handler(request))
        over = asyncio.create_task(self.over.wait(), name="wait for the end of a rehearsal")
        try:
            await asyncio.wait({work, over}, return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else response(OVER)
        finally:
            over.cancel()
            work.cancel()


HOUSE = web.RequestKey("house", House)
"""Here a request holds the house that answers it."""

BESIDE = web.RequestKey("beside", str)
"""Here a request holds the path under which its house stands: `/rehearsal/live`."""


def path_of(room: str) -> str:
    """The path under which the house of a room stands."""
    return f"{PLACE}{room}"


def stand_beside(server: web.Server, houses: Mapping[str, House]) -> None:
    """Have a server pass on what is addressed to one of the houses, by room; they may come and go."""
    server.request_factory = _making(server.request_factory, houses)
    server.request_handler = _handling(server.request_handler)


def _making(make: MakeRequest, houses: Mapping[str, House]) -> MakeRequest:
    def make_one(
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: RequestHandler,
        writer: AbstractStreamWriter,
        task: Task[None],
    ) -> web.BaseRequest:
        found = _UNDER.fullmatch(message.path)
        house = None if found is None else houses.get(found[1])
        if found is None or house is None:
            return make(message, payload, protocol, writer, task)
        cut = message._replace(path=found[2], url=URL(found[2], encoded=True))
        request = house.server.request_factory(cut, payload, protocol, writer, task)
        request[HOUSE], request[BESIDE] = house, path_of(found[1])
        return request

    return make_one


def _handling(handle: Handle) -> Handle:
    async def handle_one(request: web.BaseRequest) -> web.StreamResponse:
        house = request.get(HOUSE)
        return await (handle(request) if house is None else house.answer(request))

    return handle_one
