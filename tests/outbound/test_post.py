from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from live.outbound.post import ANSWER_BYTES, NoReply, _sentence, open_client, post
from tests.outbound.servers import a_receiver, closed_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from live.outbound.post import Reply

HOOK = "/hook?token=geheim"


@asynccontextmanager
async def answering(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    house = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await house.setup()
    try:
        await web.TCPSite(house, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{house.addresses[0][1]}"
    finally:
        await house.cleanup()


async def ask(base: str, *, timeout_s: float = 5.0) -> Reply:
    async with open_client() as client:
        return await post(client, f"{base}{HOOK}", b"{}", headers={"X": "1"}, timeout_s=timeout_s)


async def test_an_answer_comes_with_its_status_and_how_long_to_wait() -> None:
    async def busy(_: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": "7"}, body=b"busy")

    async with answering(busy) as base:
        reply = await ask(base)
    assert (reply.status, reply.retry_after_ms, reply.body) == (503, 7_000, b"busy")


@pytest.mark.parametrize("asked", ["-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "9" * 30, "１"])
async def test_a_wait_that_is_no_number_of_seconds_is_not_believed(asked: str) -> None:
    async def busy(_: web.Request) -> web.Response:
        return web.Response(status=503, headers={"Retry-After": asked})

    async with answering(busy) as base:
        assert (await ask(base)).retry_after_ms is None


async def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with answering(elsewhere) as base:
        assert (await ask(base)).status == 307
    assert asked == ["/hook"]


async def test_of_an_answer_without_end_only_the_beginning_is_read() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 8192)

    async with answering(endless) as base:
        assert len((await ask(base)).body) == ANSWER_BYTES


async def test_silence_is_told_as_silence() -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        with pytest.raises(NoReply, match=r"^0\.2 秒没有回应"):
            async with open_client() as client:
                await post(
                    client,
                    f"{receiver.base}/hook",
                    b"{}",
                    headers={"X-Linbo-Timestamp": "1", "X-Linbo-Signature": "v1="},
                    timeout_s=0.2,
                )
        receiver.hold.set()


async def test_whatever_goes_wrong_the_address_is_not_in_the_words(caplog: pytest.LogCaptureFixture) -> None:
    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    found: list[str] = []
    with caplog.at_level("DEBUG"):
        async with answering(hang_up) as base:
            for address in (base, f"http://127.0.0.1:{closed_port()}", "http://no-such-host.invalid", "http://[::1"):
                with pytest.raises(NoReply) as caught:
                    await ask(address)
                assert caught.value.__cause__ is None
                found.append(str(caught.value))
    assert found[0].startswith("说到一半断开了")
    assert found[1].startswith("连不上 127.0.0.1:")
    assert found[2].startswith("找不到主机 no-such-host.invalid")
    assert "geheim" not in "".join(found) + caplog.text


def test_a_certificate_that_is_wrong_is_named() -> None:
    assert "证书" in _sentence(ssl.SSLError("bad"), 1)
    assert "证书" in _sentence(aiohttp.ClientSSLError(_key(), OSError()), 1)


def _key() -> aiohttp.client_reqrep.ConnectionKey:
    return aiohttp.client_reqrep.ConnectionKey("h", 443, True, True, None, None, None)
