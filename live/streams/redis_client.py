"""A connection to Redis, and its troubles in words that a shop can act on."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from live.streams.port import StreamUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

T = TypeVar("T")

OLDEST_VERSION = (6, 2)
"""The first with XAUTOCLAIM and XTRIM MINID."""

FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0

_AWAY = (exceptions.ConnectionError, exceptions.TimeoutError)
_UNWILLING = (*_AWAY, exceptions.ReadOnlyError, exceptions.OutOfMemoryError)
_UNWILLING_CODE = re.compile(r"\b(NOGROUP|MISCONF|MASTERDOWN|BUSY)\b")


def connect(url: str) -> Redis:
    """Prepare a client; it connects when it is first used. Raises `StreamUnavailable` for what is no address.

    It never repeats a command by itself: a repeated XREADGROUP would leave behind what the first one had taken.
    """
    try:
        return Redis.from_url(url, retry=Retry(NoBackoff(), 0), socket_timeout=10, max_connections=1_000)
    except ValueError as error:
        raise StreamUnavailable(f"Redis 地址写得不对（{error}）；应写成 redis://127.0.0.1:6379/0 这样。") from error


async def check(client: Redis, url: str) -> None:
    """Make sure that what this server accepts stays accepted. Raises `StreamUnavailable` with the mend."""
    try:
        version = str((await client.info("server"))["redis_version"])
        settings = await _settings(client)
    except exceptions.RedisError as error:
        raise StreamUnavailable(explain(error, url)) from error
    fault = unfit(version, settings)
    if fault:
        raise StreamUnavailable(f"Redis（{address(url)}）不能用：{fault}")


def unfit(version: str, settings: Mapping[str, str]) -> str | None:
    """Tell why a server with this version and these settings would lose comments; None: it would not."""
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_VERSION:
        return f"版本 {version} 太旧，请装 6.2 或更新的版本。"
    if settings.get("appendonly", "yes") != "yes":
        return "没有打开 AOF，Redis 重启会丢掉已经确认的弹幕；请执行 redis-cli config set appendonly yes。"
    if settings.get("maxmemory", "0") != "0" and settings.get("maxmemory-policy", "").startswith("allkeys"):
        return "内存满时会删掉还没处理的弹幕；请执行 redis-cli config set maxmemory-policy noeviction。"
    return None


def address(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def explain(error: Exception, url: str) -> str:
    """Say what is wrong with Redis and what to do."""
    if isinstance(error.__cause__ or error, exceptions.AuthenticationError):
        return f"Redis（{address(url)}）不接受密码（{error}）；请在 --redis 的地址里写上正确的密码。"
    if isinstance(error, exceptions.OutOfMemoryError):
        return f"Redis（{address(url)}）内存已满，收不下新弹幕；请加大 maxmemory，或等积压处理完。"
    if isinstance(error, _AWAY):
        return (
            f"连不上 Redis（{address(url)}：{error}）；请确认 Redis 已启动、地址没写错，"
            "或去掉 --redis 改用内置方式。恢复后会自动重连。"
        )
    return f"Redis（{address(url)}）拒绝了操作（{error}）；请检查它的设置、磁盘和权限。"


def passes(error: exceptions.RedisError) -> bool:
    """Tell whether waiting helps: the server is away, starting, out of space, or has lost the group to a restart."""
    return isinstance(error, _UNWILLING) or _UNWILLING_CODE.search(str(error)) is not None


async def persist(call: Callable[[], Awaitable[T]], *, patience_s: float) -> T:
    """Repeat a command for at most `patience_s` seconds while waiting helps; then raise its error."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience_s
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            return await call()
        except exceptions.RedisError as error:
            if not passes(error) or loop.time() + pause_s > deadline:
                raise
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


async def _settings(client: Redis) -> Mapping[str, str]:
    """What the server tells of its settings; hosted ones tell nothing and are taken at their word."""
    try:
        settings = await client.config_get("appendonly", "maxmemory", "maxmemory-policy")
    except exceptions.ResponseError:
        return {}
    return {str(name): str(value) for name, value in settings.items()}
