from __future__ import annotations

import pytest
from redis import exceptions

from live.streams.redis_client import address, explain, passes, persist, unfit

KEEPS = {"appendonly": "yes", "maxmemory": "0", "maxmemory-policy": "noeviction"}


@pytest.mark.parametrize(
    ("version", "settings", "mend"),
    [
        ("5.0.7", KEEPS, "6.2"),
        ("7.2.4", KEEPS | {"appendonly": "no"}, "config set appendonly yes"),
        ("7.2.4", KEEPS | {"maxmemory": "1048576", "maxmemory-policy": "allkeys-lru"}, "noeviction"),
    ],
)
def test_a_server_that_would_lose_comments_is_unfit(version: str, settings: dict[str, str], mend: str) -> None:
    assert mend in (unfit(version, settings) or "")


@pytest.mark.parametrize(
    "settings", [KEEPS, {}, KEEPS | {"maxmemory": "1048576"}, KEEPS | {"maxmemory-policy": "allkeys-lru"}]
)
def test_a_server_that_keeps_what_it_accepts_is_fit(settings: dict[str, str]) -> None:
    assert unfit("6.2.0", settings) is None


def test_an_address_is_shown_without_user_and_password() -> None:
    assert address("redis://shop:secret@10.0.0.2:6379/1") == "redis://10.0.0.2:6379/1"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (exceptions.AuthenticationError("no"), "密码"),
        (exceptions.OutOfMemoryError("full"), "内存已满"),
        (exceptions.TimeoutError("slow"), "请确认 Redis 已启动"),
        (exceptions.ResponseError("MISCONF disk"), "磁盘"),
    ],
)
def test_a_trouble_is_told_with_what_to_do(error: Exception, words: str) -> None:
    assert words in explain(error, "redis://127.0.0.1:6379")


@pytest.mark.parametrize(
    ("error", "waiting_helps"),
    [
        (exceptions.ConnectionError("away"), True),
        (exceptions.ResponseError("Command # 2 of pipeline caused error: NOGROUP No such key"), True),
        (exceptions.ResponseError("WRONGTYPE Operation against a key"), False),
        (exceptions.ResponseError("BUSYGROUP Consumer Group name already exists"), False),
    ],
)
def test_waiting_helps_against_an_outage_and_not_against_a_fault(
    error: exceptions.RedisError, waiting_helps: bool
) -> None:
    assert passes(error) is waiting_helps


async def test_an_outage_that_ends_in_time_is_not_noticed() -> None:
    outages = iter([exceptions.ConnectionError("away"), exceptions.TimeoutError("slow")])

    async def call() -> str:
        for outage in outages:
            raise outage
        return "kept"

    assert await persist(call, patience_s=5) == "kept"


@pytest.mark.parametrize("error", [exceptions.ConnectionError("away"), exceptions.ResponseError("WRONGTYPE")])
async def test_what_does_not_end_in_time_and_what_never_ends_is_raised(error: exceptions.RedisError) -> None:
    async def call() -> None:
        raise error

    with pytest.raises(type(error)):
        await persist(call, patience_s=0)
