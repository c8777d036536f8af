"""A small real ingest server: it acknowledges, and misbehaves where a test wants it to."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from websockets.asyncio.server import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from websockets.asyncio.server import ServerConnection
    from websockets.http11 import Request, Response

TOKEN = "secret"


class Shop:
    """Remembers what it got. `misbehave` is asked for each comment and may answer, close or keep silent itself."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.largest_open = 0
        self.url = ""
        self.misbehave: Callable[[Shop, dict[str, Any]], str | None] = _behave

    @property
    def comments(self) -> list[dict[str, Any]]:
        return [comment for frame in self.frames for comment in comments_of(frame)]

    @property
    def ids(self) -> list[str]:
        return [comment["id"] for comment in self.comments]

    async def talk(self, socket: ServerConnection) -> None:
        async for data in socket:
            frame = json.loads(data)
            self.frames.append(frame)
            for comment in comments_of(frame):
                answer = self.misbehave(self, comment)
                if answer is None:
                    socket.transport.abort()
                    return
                await socket.send(answer)

    async def admit(self, socket: ServerConnection, request: Request) -> Response | None:
        self.paths.append(request.path)
        if request.headers.get("Authorization") == f"Bearer {TOKEN}":
            return None
        return socket.respond(401, "no token")


def comments_of(frame: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if frame["type"] == "batch":
        yield from frame["items"]
    elif frame["type"] == "comment":
        yield frame


def ack(*ids: str) -> str:
    return json.dumps({"type": "ack", "ids": ids})


def error(code: str, detail: str, comment_id: str | None = None) -> str:
    answer = {"type": "error", "code": code, "detail": detail}
    return json.dumps(answer if comment_id is None else answer | {"id": comment_id})


@asynccontextmanager
async def open_shop() -> AsyncIterator[Shop]:
    shop = Shop()
    async with serve(shop.talk, "127.0.0.1", 0, process_request=shop.admit) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        shop.url = f"http://127.0.0.1:{port}/?room=kfc"
        yield shop


def _behave(_shop: Shop, comment: dict[str, Any]) -> str:
    return ack(comment["id"])
