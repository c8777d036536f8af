"""Brings the tables of a database up to date, at every start, by the scripts in `live/store/migrations`."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from live.store.port import StoreUnavailable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable

    import asyncpg
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"

HEAD = "0007"
"""The newest revision. A database that is at it is not touched, and alembic is not even imported."""

_LOCK = 0x6C696E626F
"""The advisory lock under which PostgreSQL's tables are changed: "linbo" in ASCII."""

_ALEMBIC = Lock()
"""alembic keeps what it works on in globals of the process: a rehearsal's file must not be made while another one is."""

_VERSION = "SELECT version_num FROM alembic_version"


def upgrade_sqlite(connection: sqlite3.Connection) -> None:
    """Bring a SQLite file up to date, in one transaction; of several that start at once in a process, one after the other."""
    if _sqlite_version(connection) == HEAD:
        return
    with _ALEMBIC:
        if _sqlite_version(connection) != HEAD:
            _upgrade_sqlite(connection)


def _upgrade_sqlite(connection: sqlite3.Connection) -> None:
    from sqlalchemy import create_engine, event  # noqa: PLC0415  # half a second that only a first start pays
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415  # the same

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    # The driver begins no transaction before DDL by itself; without one a crash would leave half a migration.
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as begun:
        upgrade(begun)


def _sqlite_version(connection: sqlite3.Connection) -> str | None:
    table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if connection.execute(table).fetchone() is None:
        return None
    row = connection.execute(_VERSION).fetchone()
    return None if row is None else str(row[0])


async def upgrade_postgres(connect: Callable[[], Awaitable[asyncpg.Connection[asyncpg.Record]]]) -> None:
    """Bring a PostgreSQL database up to date, in one transaction; of several that start at once, one does it."""
    connection = await connect()
    try:
        up_to_date = await _postgres_version(connection) == HEAD
    finally:
        await connection.close()
    if not up_to_date:
        await _upgrade_postgres(connect)


async def _upgrade_postgres(connect: Callable[[], Awaitable[asyncpg.Connection[asyncpg.Record]]]) -> None:
    from sqlalchemy import text  # noqa: PLC0415  # as above
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  # as above

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    try:
        async with engine.begin() as begun:
            await begun.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            await begun.run_sync(upgrade)
    finally:
        await engine.dispose()


async def _postgres_version(connection: asyncpg.Connection[asyncpg.Record]) -> str | None:
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    row = await connection.fetchrow(_VERSION)
    return None if row is None else str(row[0])


def upgrade(connection: Connection) -> None:
    """Run what is missing on a connection whose transaction is the caller's.

    Raises `StoreUnavailable` for a database that a newer version has written, and what the driver raises.
    """
    from alembic import command  # noqa: PLC0415  # as above
    from alembic.config import Config  # noqa: PLC0415  # as above
    from alembic.util import CommandError  # noqa: PLC0415  # as above
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(f"数据是更新版本的邻播写的，这个版本读不了：{error}。请升级邻播后再启动") from error
    except DBAPIError as error:
        # SQLAlchemy wraps what the driver says, for asyncpg twice; faults are told by the driver's own words.
        raised = error.orig or error
        raise raised.__cause__ or raised from error
