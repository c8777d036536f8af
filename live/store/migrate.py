"""Brings the tables of a database up to date, at every start, by the scripts in `live/store/migrations`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from live.store.port import StoreUnavailable

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"

HEAD = "0001"
"""The newest revision. A database that is at it is not touched, and alembic is not even imported."""

_VERSION = "SELECT version_num FROM alembic_version"


def upgrade_sqlite(connection: sqlite3.Connection) -> None:
    """Bring a SQLite file up to date, in one transaction."""
    if _sqlite_version(connection) == HEAD:
        return
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


def upgrade(connection: Connection) -> None:
    """Run what is missing on a connection whose transaction is the caller's.

    Raises `StoreUnavailable` for a database that a newer version has written.
    """
    from alembic import command  # noqa: PLC0415  # as above
    from alembic.config import Config  # noqa: PLC0415  # as above
    from alembic.util import CommandError  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(f"数据是更新版本的邻播写的，这个版本读不了：{error}。请升级邻播后再启动") from error
