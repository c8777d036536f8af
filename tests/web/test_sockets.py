from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from live.web.problems import problem_middleware
from live.web.sockets import Place, Sockets

if TYPE_CHECKING:
    from live.web.sockets import Socket


def application(sockets: Sockets) -> web.Application:
    async def breaks(request: web.Request) -> Socket:
        async with sockets.opened(request, max_frame_bytes=100) as socket:
            raise RuntimeError(await socket.receive_str())
        return socket

    async def listens(request: web.Request) -> Socket:
        async with sockets.opened(request, max_frame_bytes=100, place=Place(holder="all", most=2)) as socket:
            async for _ in socket:
                pass
        return socket

    app = web.Application(middlewares=[problem_middleware])
    app.add_routes([web.get("/breaks", breaks), web.get("/listens", listens)])
    return app


async def test_a_fault_of_ours_closes_with_1011_and_is_logged_with_a_number() -> None:
    async with TestClient(TestServer(application(Sockets()))) as client:
        with capture_logs() as logs:
            async with client.ws_connect("/breaks?token=very-secret") as socket:
                await socket.send_str("the secret")
                message = await socket.receive()
        assert socket.close_code == 1011
        assert "secret" not in str(message.extra)
        assert [line["path"] for line in logs] == ["/breaks"]
        assert "very-secret" not in str(logs)


async def test_everybody_is_told_when_the_service_stops() -> None:
    sockets = Sockets()
    async with (
        TestClient(TestServer(application(sockets))) as client,
        client.ws_connect("/listens") as one,
        client.ws_connect("/listens") as other,
    ):
        closing = asyncio.create_task(sockets.close_all())
        await asyncio.gather(one.receive(), other.receive())
        await closing
        assert (one.close_code, other.close_code) == (1001, 1001)


async def test_what_asks_for_no_socket_is_told_to() -> None:
    async with TestClient(TestServer(application(Sockets()))) as client:
        answer = await client.get("/listens")
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (426, "websocket_needed")


async def test_a_frame_of_the_limit_passes_and_one_byte_more_does_not() -> None:
    async with TestClient(TestServer(application(Sockets()))) as client:
        async with client.ws_connect("/listens") as socket:
            await socket.send_str("x" * 100)
            await socket.send_str("x" * 101)
            await socket.receive()
        assert socket.close_code == 1009


async def test_when_all_places_are_taken_one_more_is_told_when_to_come_back() -> None:
    async with (
        TestClient(TestServer(application(Sockets()))) as client,
        client.ws_connect("/listens"),
        client.ws_connect("/listens"),
    ):
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        answer = await client.get("/listens", headers=upgrade | {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="})
        told = await answer.json(content_type=None)
        assert (answer.status, told["code"], answer.headers["Retry-After"]) == (429, "too_many_connections", "30")


async def test_a_place_is_free_again_when_its_connection_has_gone() -> None:
    async with TestClient(TestServer(application(Sockets()))) as client:
        for _ in range(10):
            async with client.ws_connect("/listens") as socket:
                await socket.close()
        one, other = await client.ws_connect("/listens"), await client.ws_connect("/listens")
        assert not one.closed
        assert not other.closed


async def test_what_asks_for_no_socket_takes_no_place() -> None:
    async with TestClient(TestServer(application(Sockets()))) as client:
        for _ in range(5):
            assert (await client.get("/listens")).status == 426
