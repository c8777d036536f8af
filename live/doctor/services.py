"""What `doctor` looks at beyond the machine: the database, Redis, the sources."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from live.doctor.check import Finding, bad, good

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.settings import SourceSettings

SECONDS = 5.0
DEFAULT_PORTS = {"ws": 80, "http": 80, "wss": 443, "https": 443}


def without_password(url: str) -> str:
    """Write an address for a person to read: no user, no password, no query."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def database(url: str) -> Finding:
    """Open the database and ask it something; nothing is changed or made."""
    if url.startswith("sqlite:"):
        return sqlite_file(Path(unquote(url.removeprefix("sqlite:///"))))
    name, place = "数据库", without_password(url)
    try:
        version = asyncio.run(postgresql_version(url))
    except Exception as error:  # noqa: BLE001  # whatever the driver says is the finding
        return bad(
            name,
            f"{place} 连不上（{str(error) or type(error).__name__}）",
            "请检查 --database 的地址、用户和密码，以及服务器是否在运行",
        )
    return good(name, f"PostgreSQL {version}，{place}")


def sqlite_file(path: Path) -> Finding:
    """Check the pages of the SQLite file, if there is one yet."""
    name = "数据库"
    if not path.exists():
        return good(name, f"SQLite，{path}（第一次启动时新建）")
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=SECONDS)) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        return bad(name, f"{path} 打不开（{error}）", "请从备份恢复，或用 --data 换一个文件夹")
    if answer != "ok":
        return bad(name, f"{path} 有损坏（{answer}）", "请先备份整个数据文件夹，再从备份恢复")
    return good(name, f"SQLite，{path}")


async def postgresql_version(url: str) -> str:
    """Ask a PostgreSQL server for its version."""
    import asyncpg  # noqa: PLC0415  # only where PostgreSQL is used

    connection = await asyncpg.connect(url, timeout=SECONDS)
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


def redis_server(url: str | None) -> Finding:
    """Say hello to Redis."""
    name = "Redis"
    if url is None:
        return good(name, "没有配置，不需要（一个进程时在进程内传递）")
    import redis  # noqa: PLC0415  # only where Redis is used

    place = without_password(url)
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return bad(name, f"{place} 连不上（{error}）", "请检查 --redis 的地址和密码，以及服务器是否在运行")
    return good(name, place)


def sources(configured: Sequence[SourceSettings]) -> list[Finding]:
    """See whether each configured source can be reached."""
    if not configured:
        return [good("来源", "没有配置，由弹幕工具自己连过来")]
    return [source(each) for each in configured]


def source(each: SourceSettings) -> Finding:
    """Open a connection to one source and close it again."""
    name, parts = f"来源 {each.kind}（{each.room}）", urlsplit(each.url)
    place = without_password(each.url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]), SECONDS).close()
    except OSError as error:
        return bad(name, f"{place} 连不上（{error.strerror or error}）", "请先打开那个弹幕工具，并核对它显示的端口")
    return good(name, place)
