"""The tables of a database are brought up to date at start, at once or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from live.store import (
    desk_tables,  # noqa: F401  # it declares its tables where the others are
    migrate,
)
from live.store.factory import open_store
from live.store.port import StoreUnavailable
from live.store.tables import metadata
from tests.domain.factories import egg
from tests.store.book import a_book
from tests.store.conftest import sql

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.servers.postgres import Postgres

ROOT = Path(__file__).parents[2]


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def test_the_migrations_make_the_tables_as_they_are_declared_on_sqlite(sqlite_path: Path) -> None:
    engine = create_engine(f"sqlite:///{sqlite_path}")
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


async def test_the_migrations_make_the_tables_as_they_are_declared_on_postgresql(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def test_the_newest_revision_is_the_one_that_starts_compare_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


async def test_every_law_of_the_tables_stands_in_both_databases(sqlite_path: Path, postgres_url: str) -> None:
    """`compare_metadata` does not look at checks."""
    declared = {str(c.name) for table in metadata.tables.values() for c in table.constraints if isinstance(c, Check)}
    connection = sqlite3.connect(sqlite_path)
    made = " ".join(row[0] or "" for row in connection.execute("SELECT sql FROM sqlite_master"))
    connection.close()
    assert {name for name in declared if f"CONSTRAINT {name} CHECK" in made} == declared
    found = await fetch(postgres_url, "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname ~ '^ck_'")
    assert set(found) == declared


async def fetch(url: str, query: str) -> list[object]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(query)]
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "new.db")
    postgres: Postgres = request.getfixturevalue("postgres")
    name = f"empty_{tmp_path.name.translate(str.maketrans('[]-', '___')).lower()}"
    sql(postgres.url(), f"CREATE DATABASE {name}")
    return postgres.url(name)


async def test_several_that_start_at_once_on_a_new_database_all_find_it_ready(empty_url: str) -> None:
    stores = [open_store(empty_url) for _ in range(4)]
    await asyncio.gather(*(store.start() for store in stores))
    book = a_book(egg())
    await stores[0].commit(book.change())
    assert await stores[3].load_room("r1") == book.state
    for store in stores:
        await store.close()


async def test_new_files_that_are_made_at_once_each_have_their_own_tables(tmp_path: Path) -> None:
    stores = [open_store(str(tmp_path / f"rehearsal-{n}.db")) for n in range(8)]
    await asyncio.gather(*(store.start() for store in stores))
    book = a_book(egg())
    change = book.change()
    for store in stores:
        await store.commit(change)
        assert await store.load_room("r1") == book.state
        await store.close()


async def test_a_second_start_changes_nothing(url: str) -> None:
    book = a_book(egg())
    for _ in range(2):
        store = open_store(url)
        await store.start()
        if book.state.seq != (await store.load_room("r1")).seq:
            await store.commit(book.change())
        assert await store.load_room("r1") == book.state
        await store.close()


async def test_data_of_a_newer_version_is_told_and_left_alone(own_url: str) -> None:
    newer = "UPDATE alembic_version SET version_num = '9999'"
    if own_url.startswith("postgresql"):
        await asyncio.to_thread(sql, own_url, newer)
    else:
        connection = sqlite3.connect(own_url, isolation_level=None)
        connection.execute(newer)
        connection.close()
    store = open_store(own_url)
    with pytest.raises(StoreUnavailable, match=r"更新版本的邻播写的.*请升级"):
        await store.start()
    await store.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "half.db", isolation_level=None)
    connection.execute("CREATE TABLE response (other TEXT)")
    with pytest.raises(sqlite3.OperationalError, match="response already exists"):
        migrate.upgrade_sqlite(connection)
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("response",)]
    connection.close()


def test_a_start_on_tables_that_are_up_to_date_does_not_load_the_migrations(sqlite_path: Path) -> None:
    code = (
        "import asyncio, sys; from live.store.factory import open_store; store = open_store(sys.argv[1]);"
        "asyncio.run(store.start()); asyncio.run(store.close());"
        "sys.exit(' '.join({'alembic', 'sqlalchemy', 'asyncpg'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(sqlite_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
