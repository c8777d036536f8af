from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from live.streams.port import StreamUnavailable
from live.web.ingest_acks import MAX_UNACKNOWLEDGED, Acks, Waiting
from live.web.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientWebSocketResponse


def waiting(*ids: str) -> Waiting:
    return Waiting(ids=ids, durable=asyncio.get_running_loop().create_future())


@asynccontextmanager
async def connection(metrics: Metrics) -> AsyncIterator[tuple[Acks, ClientWebSocketResponse]]:
    """A real socket with the task that acknowledges on its far end."""
    acks: asyncio.Future[Acks] = asyncio.get_running_loop().create_future()

    async def handler(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        acks.set_result(Acks(socket, metrics))
        async with asyncio.TaskGroup() as tasks:
            runner = tasks.create_task(acks.result().run())
            await socket.receive()
            runner.cancel()
        return socket

    app = web.Application()
    app.router.add_get("/", handler)
    async with TestClient(TestServer(app)) as client, client.ws_connect("/") as socket:
        yield await acks, socket


def unacknowledged(metrics: Metrics) -> float | None:
    return metrics.registry.get_sample_value("linbo_unacknowledged_comments")


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(lambda: 0)


async def test_acks_keep_the_order_of_the_frames_whatever_is_durable_first(metrics: Metrics) -> None:
    async with connection(metrics) as (acks, client):
        first, second, third = waiting("a"), waiting("b", "c"), waiting("d")
        for each in (first, second, third):
            acks.add(each)
        assert unacknowledged(metrics) == 4
        second.durable.set_result(None)
        first.durable.set_result(None)
        assert await client.receive_json() == {"type": "ack", "ids": ["a", "b", "c"]}
        third.durable.set_result(None)
        assert await client.receive_json() == {"type": "ack", "ids": ["d"]}


async def test_what_will_not_be_durable_is_told_comment_by_comment(metrics: Metrics) -> None:
    async with connection(metrics) as (acks, client):
        lost, kept = waiting("a", "b"), waiting("c")
        lost.durable.set_exception(StreamUnavailable("磁盘满了"))
        kept.durable.set_result(None)
        acks.add(lost)
        acks.add(kept)
        answers = [await client.receive_json() for _ in range(3)]
        overloaded = [(a["code"], a["detail"], a["id"]) for a in answers if a["type"] == "error"]
        assert overloaded == [("overloaded", "磁盘满了", "a"), ("overloaded", "磁盘满了", "b")]
        assert {"type": "ack", "ids": ["c"]} in answers


async def test_a_cancelled_line_is_told_as_overloaded(metrics: Metrics) -> None:
    async with connection(metrics) as (acks, client):
        lost = waiting("a")
        lost.durable.cancel()
        acks.add(lost)
        assert (await client.receive_json())["code"] == "overloaded"


async def test_a_full_window_waits_for_an_ack(metrics: Metrics) -> None:
    async with connection(metrics) as (acks, client):
        full = waiting(*(f"c-{n}" for n in range(MAX_UNACKNOWLEDGED)))
        acks.add(full)
        room = asyncio.create_task(acks.room())
        await asyncio.sleep(0)
        assert not room.done()
        full.durable.set_result(None)
        assert len((await client.receive_json())["ids"]) == MAX_UNACKNOWLEDGED
        await room
        assert unacknowledged(metrics) == 0


async def test_what_is_abandoned_is_counted_no_more_and_its_failure_frightens_nobody(metrics: Metrics) -> None:
    async with connection(metrics) as (acks, _client):
        left = waiting("a", "b")
        acks.add(left)
        acks.abandon()
        left.durable.set_exception(StreamUnavailable("磁盘满了"))
        assert unacknowledged(metrics) == 0
