"""The other side, behind real sockets: a group robot that holds to WeCom's rules, and a system that takes webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator

KEY = "693a91f6-7b4c-4bc4-97a0-0ec2f1fa5aaa"
SECRET = "a-secret-of-the-shop"  # of a test
_LIMITS = {"text": 2048, "markdown": 4096}


@dataclass(kw_only=True, slots=True)
class GroupRobot:
    """A server of robots by the rules of connectors.md, section 8. `now_ms` is its own clock, moved by the test."""

    base: str = ""
    now_ms: int = 0
    posts: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    answers: list[web.Response] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)

    def texts(self) -> list[str]:
        """What the group has read."""
        return [post[post["msgtype"]]["content"] for post in self.posts if post["msgtype"] in _LIMITS]

    async def send(self, request: web.Request) -> web.Response:
        """`POST /cgi-bin/webhook/send?key=…`."""
        self.calls["send"] += 1
        if self.answers:
            return self.answers.pop(0)
        if request.query.get("key") != KEY:
            return refused(93000, "invalid webhook url, hint: [1700000000_1], from url " + request.query["key"])
        message = await request.json()
        fault = self._fault(message)
        if fault is not None:
            return fault
        self.moments = [*(m for m in self.moments if self.now_ms - m < 60_000), self.now_ms]
        self.posts.append(message)
        return refused(0, "ok")

    def _fault(self, message: dict[str, Any]) -> web.Response | None:
        kind = message["msgtype"]
        if len([m for m in self.moments if self.now_ms - m < 60_000]) >= 20:
            return refused(45009, "api freq out of limit")
        if kind in _LIMITS:
            content = message[kind]["content"].encode()
            if not content.strip():
                return refused(44004, "empty content")
            return refused(40058, f"{kind}.content exceed max length") if len(content) > _LIMITS[kind] else None
        return None if message[kind]["media_id"] in self.files else refused(40007, "invalid media_id")

    async def upload(self, request: web.Request) -> web.Response:
        """`POST /cgi-bin/webhook/upload_media?key=…&type=file`, a field `media` with a plain `filename`."""
        self.calls["upload"] += 1
        if request.query.get("key") != KEY or request.query.get("type") != "file":
            return refused(93000, "invalid webhook url")
        reader = await request.multipart()
        part = await reader.next()
        said = str(getattr(part, "headers", {}).get("Content-Disposition"))
        if 'name="media"' not in said or 'filename="' not in said:
            return refused(44001, "empty media data")
        media_id = f"media-{len(self.files) + 1}"
        self.files[media_id] = (said.split('filename="')[1].split('"', maxsplit=1)[0], bytes(await part.read()))  # type: ignore[union-attr]  # one field
        return web.json_response({"errcode": 0, "errmsg": "ok", "type": "file", "media_id": media_id})


def refused(code: int, message: str) -> web.Response:
    """A failure of WeCom: inside an HTTP 200."""
    return web.json_response({"errcode": code, "errmsg": message})


@dataclass(kw_only=True, slots=True)
class Receiver:
    """A system that takes webhooks. It answers with `statuses` in turn, then with 200; `hold` keeps it from answering."""

    base: str = ""
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    hold: asyncio.Event | None = None
    body: bytes = b"{}"
    got: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    waiting: int = 0

    async def take(self, request: web.Request) -> web.Response:
        """Check the signature as docs/how-to/outbound.md has it, and keep the event."""
        body = await request.read()
        stamp, given = request.headers["X-Linbo-Timestamp"], request.headers["X-Linbo-Signature"]
        wanted = "v1=" + hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, given):
            self.faults.append(f"signature of {body!r}")
        self.waiting += 1
        if self.hold is not None:
            await self.hold.wait()
        self.ids.append(request.headers["X-Linbo-Delivery"])
        status = self.statuses.pop(0) if self.statuses else 200
        if status < 300:
            self.got.append(json.loads(body))
        return web.Response(status=status, headers=self.headers, body=self.body)

    def kinds(self) -> list[str]:
        """What it was told of, in order."""
        return [event["kind"] for event in self.got]


@asynccontextmanager
async def a_group() -> AsyncIterator[GroupRobot]:
    """Run a server of robots."""
    robot = GroupRobot()
    async with _served(
        web.post("/cgi-bin/webhook/send", robot.send), web.post("/cgi-bin/webhook/upload_media", robot.upload)
    ) as robot.base:
        yield robot


@asynccontextmanager
async def a_receiver() -> AsyncIterator[Receiver]:
    """Run a system that takes webhooks at `/hook`."""
    receiver = Receiver()
    async with _served(web.post("/hook", receiver.take)) as receiver.base:
        yield receiver


@asynccontextmanager
async def _served(*routes: web.RouteDef) -> AsyncIterator[str]:
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app.add_routes(routes)
    house = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await house.setup()
    try:
        await web.TCPSite(house, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{house.addresses[0][1]}"
    finally:
        await house.cleanup()


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])
