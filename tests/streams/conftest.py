"""Streams of both kinds, the real thing each."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Protocol

import pytest
from redis.asyncio import Redis

from live.streams.memory import MemoryStream
from live.streams.redis import RedisStream
from tests.servers.valkey import valkey_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from live.streams.port import Stream
    from tests.servers.valkey import Valkey


class OpenStream(Protocol):
    async def __call__(self, *, bound: int = 1_000) -> Stream: ...


class OpenRedis(Protocol):
    async def __call__(
        self, *, consumer: str = "w1", bound: int = 1_000, claim_idle_ms: int = 15_000, patience_s: float = 10.0
    ) -> RedisStream: ...


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    with valkey_server() as server:
        yield server


@pytest.fixture
def namespace() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
async def client(valkey: Valkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(valkey.url)
    yield client
    await client.aclose()


@pytest.fixture
async def open_redis(valkey: Valkey, namespace: str) -> AsyncIterator[OpenRedis]:
    opened: list[RedisStream] = []

    async def open_it(
        *, consumer: str = "w1", bound: int = 1_000, claim_idle_ms: int = 15_000, patience_s: float = 10.0
    ) -> RedisStream:
        stream = RedisStream(
            valkey.url,
            consumer=consumer,
            bound=bound,
            entry_comments=1 if bound < 100 else 100,
            claim_idle_ms=claim_idle_ms,
            patience_s=patience_s,
            namespace=namespace,
        )
        opened.append(stream)
        await stream.start()
        return stream

    yield open_it
    for stream in opened:
        await stream.close()


@pytest.fixture
async def open_memory() -> AsyncIterator[OpenStream]:
    opened: list[Stream] = []

    async def open_it(*, bound: int = 1_000) -> Stream:
        opened.append(MemoryStream(bound=bound))
        await opened[-1].start()
        return opened[-1]

    yield open_it
    for stream in opened:
        await stream.close()


@pytest.fixture(params=["memory", "redis"])
def open_stream(request: pytest.FixtureRequest) -> OpenStream:
    opener: OpenStream = request.getfixturevalue(f"open_{request.param}")
    return opener
