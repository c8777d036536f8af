"""What the stream in Redis does beyond the contract of all streams."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis

from live.streams.port import StreamUnavailable
from live.streams.redis import RedisStream
from live.streams.redis_options import FIELD, GROUP
from tests.servers.valkey import valkey_server
from tests.streams.examples import arrivals, ids, numbered

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.servers.valkey import Valkey
    from tests.streams.conftest import OpenRedis

DEADLINE_S = 20.0


@pytest.fixture
def key(namespace: str) -> str:
    return f"{namespace}:comments:kfc"


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while not await holds():  # noqa: ASYNC110  # what is waited for happens in another process
            await asyncio.sleep(0.01)


async def append_and_wait(stream: RedisStream, *comment_ids: str) -> None:
    """One entry each."""
    for comment_id in comment_ids:
        await (await stream.append("kfc", arrivals(comment_id)))


async def pending(client: Redis, key: str) -> int:
    return int((await client.xpending(key, GROUP))["pending"])


async def take_all(stream: RedisStream, count: int) -> list[str]:
    taken: list[str] = []
    async with asyncio.timeout(DEADLINE_S):
        while len(taken) < count:
            delivery = await stream.take("kfc", 500)
            await stream.done(delivery)
            taken += ids(delivery)
    return taken


async def test_a_comment_is_accepted_before_anybody_works_it(open_redis: OpenRedis) -> None:
    await append_and_wait(await open_redis(), "m-1")


async def test_comments_that_come_together_are_one_entry(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis()
    accepted = [await stream.append("kfc", arrivals(comment_id)) for comment_id in numbered(100)]
    await asyncio.gather(*accepted)
    assert await client.xlen(key) == 1


async def test_an_entry_is_acknowledged_when_it_is_done_and_not_before(
    open_redis: OpenRedis, client: Redis, key: str
) -> None:
    stream = await open_redis()
    await append_and_wait(stream, "m-1")
    delivery = await stream.take("kfc", 500)
    assert await pending(client, key) == 1
    await stream.done(delivery)
    assert await pending(client, key) == 0


async def test_an_entry_that_is_split_is_acknowledged_when_all_of_it_is_done(
    open_redis: OpenRedis, client: Redis, key: str
) -> None:
    stream = await open_redis()
    await (await stream.append("kfc", arrivals("m-1", "m-2")))
    first, second = await stream.take("kfc", 1), await stream.take("kfc", 1)
    await stream.done(first)
    assert await pending(client, key) == 1
    await stream.done(second)
    assert await pending(client, key) == 0


async def test_nothing_is_trimmed_that_is_not_acknowledged(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis()
    await append_and_wait(stream, *numbered(4))
    first, second, third = [await stream.take("kfc", 1) for _ in range(3)]
    await stream.done(second)
    assert await client.xlen(key) == 4, "the first entry is still out for work"
    await stream.done(first)
    assert await client.xlen(key) == 2, "the third is out for work, the fourth is not yet taken"
    await stream.done(third)
    assert await client.xlen(key) == 1
    assert ids(await stream.take("kfc", 1)) == ["m-3"]


async def test_what_nobody_has_read_is_not_trimmed(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis()
    await append_and_wait(stream, "m-1")
    delivery = await stream.take("kfc", 500)
    await append_and_wait(stream, "m-2")
    await stream.done(delivery)
    assert await client.xlen(key) == 1
    assert await take_all(stream, 1) == ["m-2"]


async def test_comments_from_before_the_first_worker_are_worked(open_redis: OpenRedis) -> None:
    gateway = await open_redis(consumer="gateway")
    await append_and_wait(gateway, *numbered(3))
    worker = await open_redis(consumer="worker")
    assert await take_all(worker, 3) == numbered(3)


async def test_a_worker_that_comes_back_gets_at_once_what_it_held(open_redis: OpenRedis) -> None:
    before = await open_redis()
    await append_and_wait(before, *numbered(3))
    await before.take("kfc", 2)
    await before.close()
    after = await open_redis()
    await append_and_wait(after, "m-3")
    assert await take_all(after, 4) == numbered(4)


async def test_what_a_killed_worker_held_goes_to_the_next_in_order(
    open_redis: OpenRedis, valkey: Valkey, namespace: str, client: Redis, key: str
) -> None:
    stream = await open_redis(consumer="heir", claim_idle_ms=300)
    await (await stream.append("kfc", arrivals("m-0", "m-1")))
    doomed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.streams.worker", valkey.url, namespace, "kfc"), stdout=asyncio.subprocess.PIPE
    )
    assert doomed.stdout is not None
    assert (await doomed.stdout.readline()).split() == [b"m-0", b"m-1"]
    doomed.kill()
    await doomed.wait()
    await append_and_wait(stream, "m-2")
    assert await take_all(stream, 3) == numbered(3)
    assert await pending(client, key) == 0


async def test_a_worker_waits_for_what_another_still_works(open_redis: OpenRedis) -> None:
    first = await open_redis(consumer="first", claim_idle_ms=60_000)
    await append_and_wait(first, "m-0")
    held = await first.take("kfc", 500)
    await append_and_wait(first, "m-1")
    second = await open_redis(consumer="second", claim_idle_ms=60_000)
    taking = asyncio.create_task(take_all(second, 1))
    for _ in range(50):
        await asyncio.sleep(0.001)
    assert not taking.done(), "m-1 must not overtake m-0"
    await first.done(held)
    assert await taking == ["m-1"]


async def test_entries_whose_reply_was_lost_come_back_in_order(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis()
    await append_and_wait(stream, "m-0")
    assert await take_all(stream, 1) == ["m-0"]
    giving_up = asyncio.create_task(stream.take("kfc", 500))

    async def it_waits() -> bool:
        return bool((await client.info("clients"))["blocked_clients"])

    await until(it_waits)
    giving_up.cancel()
    await append_and_wait(stream, "m-1")
    await client.xreadgroup(GROUP, "w1", {key: ">"})
    await append_and_wait(stream, "m-2")
    assert await take_all(stream, 2) == ["m-1", "m-2"]


async def test_the_stream_never_grows_above_its_bound(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis(bound=5)
    appending = asyncio.create_task(append_and_wait(stream, *numbered(40)))
    taken: list[str] = []

    async def full() -> bool:
        return await client.xlen(key) == min(5, 40 - len(taken))

    while len(taken) < 40:
        await until(full)
        delivery = await stream.take("kfc", 3)
        assert await client.xlen(key) <= 5
        taken += ids(delivery)
        await stream.done(delivery)
    await appending
    assert taken == numbered(40)


async def test_an_entry_that_cannot_be_read_is_set_aside_and_the_room_goes_on(
    open_redis: OpenRedis, client: Redis, key: str
) -> None:
    stream = await open_redis()
    await client.xadd(key, {FIELD: b"[0, []]"})
    await client.xadd(key, {b"other": b"x"})
    await append_and_wait(stream, "m-1")
    assert await take_all(stream, 1) == ["m-1"]
    aside = str(await client.xrange(f"{key}:broken"))
    assert "[0, []]" in aside
    assert "other" in aside
    assert await client.xlen(key) == 0


async def test_a_group_that_was_lost_is_made_again(open_redis: OpenRedis, client: Redis, key: str) -> None:
    stream = await open_redis()
    await append_and_wait(stream, "m-0")
    delivery = await stream.take("kfc", 500)
    await client.delete(key)
    await stream.done(delivery)
    await append_and_wait(stream, "m-1")
    assert await take_all(stream, 1) == ["m-1"]


async def test_a_server_that_is_killed_and_started_again_loses_nothing(namespace: str) -> None:
    with valkey_server() as server:
        stream = RedisStream(server.url, consumer="w1", namespace=namespace, patience_s=DEADLINE_S)
        await stream.start()
        await append_and_wait(stream, *numbered(5))
        first = await stream.take("kfc", 2)
        server.kill()
        await stream.done(first)
        appending = asyncio.create_task(append_and_wait(stream, "m-5", "m-6"))
        taking = asyncio.create_task(take_all(stream, 5))
        server.start()
        await appending
        taken = ids(first) + await taking
        assert taken == numbered(7)
        client = Redis.from_url(server.url)
        assert await pending(client, f"{namespace}:comments:kfc") == 0
        await client.aclose()
        await stream.close()


async def test_an_outage_is_told_to_the_source_and_mends_itself(namespace: str) -> None:
    with valkey_server() as server:
        stream = RedisStream(server.url, consumer="w1", namespace=namespace, patience_s=0.2)
        await stream.start()
        server.kill()
        for comment_id in ("m-0", "m-1"):
            with pytest.raises(StreamUnavailable, match=r"连不上 Redis.*请确认 Redis 已启动"):
                await append_and_wait(stream, comment_id)
        server.start()
        await append_and_wait(stream, "m-2")
        assert await take_all(stream, 1) == ["m-2"]
        await stream.close()


async def test_a_server_that_does_not_keep_what_it_accepts_is_refused() -> None:
    with valkey_server("--appendonly", "no") as server:
        stream = RedisStream(server.url, consumer="w1")
        with pytest.raises(StreamUnavailable, match=r"没有打开 AOF.*config set appendonly yes"):
            await stream.start()
        await stream.close()


async def test_a_wrong_password_is_named_and_never_shown() -> None:
    with valkey_server("--requirepass", "right") as server:
        stream = RedisStream(server.url.replace("unix://", "unix://:wrong@"), consumer="w1")
        with pytest.raises(StreamUnavailable, match="不接受密码") as caught:
            await stream.start()
        assert "wrong@" not in str(caught.value)
        await stream.close()


async def test_a_server_that_is_not_there_is_named() -> None:
    stream = RedisStream("redis://:secret@127.0.0.1:1/0", consumer="w1")
    with pytest.raises(StreamUnavailable, match=r"连不上 Redis（redis://127\.0\.0\.1:1/0") as caught:
        await stream.start()
    assert "secret" not in str(caught.value)
    await stream.close()
