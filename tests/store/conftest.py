"""Stores of both kinds, each on the real thing, each test on a database of its own."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from typing import TYPE_CHECKING, Protocol

import asyncpg
import pytest

from live.store import desk_tables  # noqa: F401  # it declares its tables where the others are
from live.store.factory import open_store
from live.store.tables import metadata
from tests.servers.postgres import postgres_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from live.store.port import Store
    from tests.servers.postgres import Postgres


class Open(Protocol):
    async def __call__(self) -> Store: ...


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        sql(server.url(), "CREATE DATABASE template_linbo")
        asyncio.run(_migrate(server.url("template_linbo")))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "template.db"
    asyncio.run(_migrate(str(path)))
    return path


@pytest.fixture
def sqlite_path(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "linbo.db"
    shutil.copyfile(sqlite_template, path)
    return path


@pytest.fixture(scope="session")
def shared_database(postgres: Postgres) -> str:
    sql(postgres.url(), "CREATE DATABASE shared TEMPLATE template_linbo")
    return postgres.url("shared")


@pytest.fixture
def postgres_url(shared_database: str) -> str:
    """A database with empty tables; making one for each test would take half a minute to clear away."""
    empty(shared_database)
    return shared_database


@pytest.fixture
def own_postgres_url(postgres: Postgres) -> str:
    """A database for a test that changes more than rows."""
    name = f"own_{uuid.uuid4().hex}"
    sql(postgres.url(), f"CREATE DATABASE {name} TEMPLATE template_linbo")
    return postgres.url(name)


@pytest.fixture(params=["sqlite_path", "postgres_url"], ids=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture(params=["sqlite_path", "own_postgres_url"], ids=["sqlite", "postgres"])
def own_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
async def open_another(url: str) -> AsyncIterator[Open]:
    """Open one more store on the test's database."""
    opened: list[Store] = []

    async def open_it() -> Store:
        opened.append(open_store(url))
        await opened[-1].start()
        return opened[-1]

    yield open_it
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_another: Open) -> Store:
    return await open_another()


def sql(url: str, *statements: str) -> None:
    """Say something to a PostgreSQL server, outside of any store."""

    async def say() -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(say())


def empty(url: str) -> None:
    """Leave the tables without a row."""
    sql(url, f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)}")


async def _migrate(url: str) -> None:
    store = open_store(url)
    await store.start()
    await store.close()
