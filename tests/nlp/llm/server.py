"""A real HTTP server on 127.0.0.1 that speaks the chat completions protocol, and every way of speaking it badly."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import asynccontextmanager, contextmanager
from queue import Queue
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

    Behave = Callable[["ChatServer", web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]

RUNGS = frozenset({"json_schema", "json_object", "text"})
PROBE = '{"ok":true}'


class ChatServer:
    """What a running server heard, and how it behaves to all but the probe of the ladder."""

    def __init__(self, behave: Behave, rungs: frozenset[str], key: str | None) -> None:
        self.behave, self.rungs, self.key = behave, rungs, key
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.probes = 0
        self.open = asyncio.Event()
        self.left = 0
        self.answers_probe = True
        self.models: tuple[str, ...] = ()

    async def list_models(self, _: web.Request) -> web.Response:
        """Name the models, where the server does that."""
        return (
            web.json_response({"data": [{"id": name} for name in self.models]}) if self.models else refusal(404, "no")
        )

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request; the probe is answered well by a server that is well."""
        body = await request.json()
        if self.key is not None and request.headers.get("Authorization") != f"Bearer {self.key}":
            return web.json_response({"error": {"message": "Invalid key"}}, status=401)
        rung = body.get("response_format", {}).get("type", "text")
        if rung not in self.rungs:
            return refusal(400, f"This response_format type is unavailable now: {rung}")
        if body["messages"][-1]["content"] == PROBE and self.answers_probe:
            self.probes += 1
            return said('{"ok": true}')
        self.asked.append(body)
        self.headers.append(request.headers)
        try:
            return await self.behave(self, request, body)
        except asyncio.CancelledError:
            self.left += 1
            raise


def completion(text: str, *, finish: str = "stop", sent: int = 100, answered: int = 20) -> dict[str, Any]:
    """A whole answer."""
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": sent, "completion_tokens": answered, "total_tokens": sent + answered}
    return {
        "id": "c",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": usage,
    }


def said(text: str, *, finish: str = "stop") -> web.Response:
    """Answer with a text."""
    return web.json_response(completion(text, finish=finish))


def refusal(status: int, message: str, **headers: str) -> web.Response:
    """Answer with an error as servers write it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"error": {"message": message, "code": status}}, status=status, headers=named)


def says(text: str, *, finish: str = "stop") -> Behave:
    """Always this text."""

    async def behave(_: ChatServer, __: web.Request, ___: dict[str, Any]) -> web.StreamResponse:
        return said(text, finish=finish)

    return behave


def refuses(status: int, message: str = "no", **headers: str) -> Behave:
    """Always this status."""

    async def behave(_: ChatServer, __: web.Request, ___: dict[str, Any]) -> web.StreamResponse:
        return refusal(status, message, **headers)

    return behave


def sends(body: bytes, *, content_type: str = "application/json", **headers: str) -> Behave:
    """Always these bytes."""

    async def behave(_: ChatServer, __: web.Request, ___: dict[str, Any]) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=body, content_type=content_type, headers=named)

    return behave


def streams(text: str, *, ends: bool = True) -> Behave:
    """The text as server-sent events, three characters at a time; without its end it was cut off."""

    async def behave(_: ChatServer, request: web.Request, __: dict[str, Any]) -> web.StreamResponse:
        response = await begun(request, "text/event-stream")
        for start in range(0, len(text), 3):
            delta = {"choices": [{"index": 0, "delta": {"content": text[start : start + 3]}, "finish_reason": None}]}
            await response.write(f"data: {json.dumps(delta)}\n\n".encode())
        if ends:
            usage = {"prompt_tokens": 7, "completion_tokens": 5}
            last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage}
            await response.write(f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode())
        await response.write_eof()
        return response

    return behave


async def hangs(server: ChatServer, _: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    """Take the request and say nothing until it is opened."""
    await server.open.wait()
    return said('{"word": "late"}')


async def drips(server: ChatServer, request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
    """Send a byte at a time, for ever."""
    response = await begun(request, "application/json")
    while not server.open.is_set():
        await response.write(b" ")
        await asyncio.sleep(0.01)
    return response


async def breaks_off(_: ChatServer, request: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    """Promise a long body, send half of it and hang up."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(json.dumps(completion("half"))[:80].encode())
    assert request.transport is not None
    request.transport.close()
    return response


async def pours(_: ChatServer, request: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    """Send without end, as fast as it is taken."""
    response = await begun(request, "application/json")
    while True:
        await response.write(b'{"choices":[' + b" " * 65_536)


async def pours_a_refusal(_: ChatServer, request: web.Request, __: dict[str, Any]) -> web.StreamResponse:
    """Refuse, and never stop saying why."""
    response = web.StreamResponse(status=500, headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    while True:
        await response.write(b"no " * 20_000)


async def begun(request: web.Request, content_type: str) -> web.StreamResponse:
    """Begin a body of unknown length."""
    response = web.StreamResponse(headers={"Content-Type": content_type})
    await response.prepare(request)
    return response


@asynccontextmanager
async def serving(
    behave: Behave, *, rungs: frozenset[str] = RUNGS, key: str | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[ChatServer]:
    """Run a server while the block runs; `server.url` is its base URL."""
    server = ChatServer(behave, rungs, key)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    app.router.add_get("/v1/models", server.list_models)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # asyncio's server has them
    server.url = f"http{'s' if tls else ''}://127.0.0.1:{port}/v1"
    try:
        yield server
    finally:
        server.open.set()
        await runner.cleanup()


@contextmanager
def in_a_thread(behave: Behave, **more: Any) -> Iterator[ChatServer]:
    """Run a server beside a test that has no loop of its own."""
    ready: Queue[ChatServer] = Queue()
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def run() -> None:
        async with serving(behave, **more) as server:
            ready.put(server)
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        yield ready.get(timeout=10)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
