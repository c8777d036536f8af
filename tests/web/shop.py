"""A real shop for tests: the real service on a real store, behind real sockets."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, CookieJar, WSMsgType, web

from config.settings import ServerSettings, Settings
from live.parts import build_maker, build_service, new_id, now_ms
from live.web.app import build_app, runner
from live.web.auth import cookie_value
from live.web.keys import METRICS
from live.web.tokens import Tokens, load_tokens
from overlays.routes import mount

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from aiohttp import ClientResponse, ClientWebSocketResponse

    from live.service.service import Service
    from live.web.metrics import Metrics

    SocketContext = AbstractAsyncContextManager[ClientWebSocketResponse]

ROOM = "main"
LATER = "2099-01-07T21:30:00+08:00"
STILL_LATER = "2099-01-08T10:00:00+08:00"
EGG = {
    "id": "egg",
    "number": 1,
    "title": "土鸡蛋 30 枚",
    "aliases": ["鸡蛋"],
    "unit": "箱",
    "price": "39.90",
    "quota": 100,
}
APPLE = {"id": "apple", "number": 2, "title": "红富士苹果", "aliases": ["苹果"], "price": "12.80", "quota": 50}
START = {
    "type": "start_session",
    "title": "周三晚场",
    "offers": [EGG, APPLE],
    "cycle": {"cutoff_at": LATER, "pickup_at": STILL_LATER},
    "hosts": ["梅姐本人"],
    "script": {"cues": ["先讲鸡蛋"]},
}

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """A running shop and a client of it."""

    base: str
    tokens: Tokens
    client: ClientSession
    service: Service
    app: web.Application

    @property
    def app_metrics(self) -> Metrics:
        return self.app[METRICS]

    def bearer(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}

    def cookie(self, at_ms: int | None = None) -> str:
        """The console's cookie, made then."""
        return cookie_value(self.tokens, now_ms() if at_ms is None else at_ms)

    async def command(self, body: object, *, room: str = ROOM, **headers: str) -> ClientResponse:
        url = f"{self.base}/api/v1/rooms/{room}/commands"
        return await self.client.post(url, json=body, headers=self.bearer(self.tokens.host) | headers)

    async def done(self, body: object, *, room: str = ROOM) -> list[Json]:
        """Have a command carried out; its events."""
        answer = await self.command(body, room=room)
        told = await answer.json(content_type=None)
        assert answer.status == 200, told
        events: list[Json] = told["events"]
        return events

    async def start(self, *, room: str = ROOM) -> None:
        await self.done(START, room=room)

    def ingest(self, *, room: str = ROOM, token: str | None = None) -> SocketContext:
        headers = self.bearer(self.tokens.ingest if token is None else token)
        return self.client.ws_connect(f"{self.base}/ws/ingest?room={room}", headers=headers)

    def events(self, *, token: str | None = None, room: str = ROOM, query: str = "") -> SocketContext:
        headers = self.bearer(self.tokens.host if token is None else token)
        url = f"{self.base}/ws/events?room={room}{query}"
        return self.client.ws_connect(url, headers=headers, max_msg_size=0)

    async def snapshot(self, token: str | None = None) -> Json:
        headers = self.bearer(self.tokens.host if token is None else token)
        async with self.client.get(f"{self.base}/api/v1/rooms/{ROOM}/snapshot", headers=headers) as answer:
            assert answer.status == 200
            state: Json = await answer.json()
            return state


@asynccontextmanager
async def open_shop(
    folder: Path, *, mounts: Sequence[Callable[[web.Application], None]] = (), **server: object
) -> AsyncIterator[Shop]:
    """Open a shop on a data folder; opened again, it is the same shop after a restart."""
    settings = Settings(data_dir=folder, server=ServerSettings.model_validate(server))
    async with build_service(settings, build_maker(settings)) as service:
        tokens = load_tokens(folder)
        app = build_app(service, settings, tokens, now_ms=now_ms, new_id=new_id, mounts=[mount, *mounts])
        house = runner(app)
        await house.setup()
        try:
            site = web.TCPSite(house, "127.0.0.1", 0)
            await site.start()
            host, port = house.addresses[0][:2]
            async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:  # the shop is an IP address
                base = f"http://{host}:{port}"
                yield Shop(base=base, tokens=tokens, client=client, service=service, app=app)
        finally:
            await house.cleanup()


def comment(id_: str, text: str = "要两箱鸡蛋", *, user: str = "u-1", name: str = "张姐") -> Json:
    """A comment as a source sends it."""
    return {"type": "comment", "platform": "kuaishou", "id": id_, "user": {"id": user, "name": name}, "text": text}


def buyers(number: int, *, first: int = 0) -> list[Json]:
    """Comments of so many viewers, each buying one box of eggs."""
    return [comment(f"c-{n}", "要一箱鸡蛋", user=f"user-{n}", name=f"顾客{n}") for n in range(first, first + number)]


async def frame(socket: ClientWebSocketResponse) -> Json:
    """The next frame as JSON."""
    message = await socket.receive(timeout=20)
    assert message.type is WSMsgType.TEXT, message
    value: Json = json.loads(message.data)
    return value


async def frames_until(socket: ClientWebSocketResponse, last: str, *, by: str = "kind") -> list[Json]:
    """The frames up to and with the first whose `by` is this."""
    found: list[Json] = []
    for _ in count():
        found.append(await frame(socket))
        if found[-1].get(by) == last:
            break
    return found


async def acknowledged(socket: ClientWebSocketResponse, number: int) -> list[str]:
    """Wait for so many acks."""
    ids: list[str] = []
    while len(ids) < number:
        answer = await frame(socket)
        assert answer["type"] == "ack", answer
        ids += answer["ids"]
    return ids


async def bring(shop: Shop, comments: list[Json]) -> None:
    """Send comments and wait until they are durable."""
    async with shop.ingest() as source:
        await source.send_json({"type": "batch", "items": comments})
        await acknowledged(source, len(comments))
