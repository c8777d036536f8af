"""What can happen to a server: it goes away, it is read-only, it is not there. Each for real."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import asyncpg
import pytest

from live.store.port import StoreUnavailable
from live.store.postgres import PostgresStore
from tests.domain.factories import egg
from tests.servers.postgres import postgres_server
from tests.store.book import a_book
from tests.store.conftest import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.postgres import Postgres


@pytest.fixture
def own_server(postgres: Postgres) -> Iterator[Postgres]:  # noqa: ARG001  # where there is no server, there is no second
    with postgres_server() as server:
        yield server


async def test_a_server_that_goes_away_is_told_and_used_again_when_it_is_back(own_server: Postgres) -> None:
    store = PostgresStore(own_server.url())
    await store.start()
    book = a_book(egg())
    await store.commit(book.change())
    book.buys(2)
    change = book.change()
    await asyncio.to_thread(own_server.kill)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match=r"请检查"):
            await store.commit(change)
    await asyncio.to_thread(own_server.start)
    await store.commit(change)
    assert await store.load_room("r1") == book.state
    await store.close()


async def test_a_store_is_started_when_its_server_is_up(own_server: Postgres) -> None:
    own_server.stop()
    store = PostgresStore(own_server.url())
    with pytest.raises(StoreUnavailable, match=r"连不上数据库.*请检查") as raised:
        await store.start()
    assert isinstance(raised.value.__cause__, OSError)
    await asyncio.to_thread(own_server.start)
    await store.start()
    assert await store.rooms() == []
    await store.close()


async def test_a_read_only_database_is_told_and_written_when_it_may_be(own_postgres_url: str) -> None:
    store = PostgresStore(own_postgres_url)
    await store.start()
    name = urlsplit(own_postgres_url).path.strip("/")
    book = a_book(egg())
    change = book.change()
    await asyncio.to_thread(sql, own_postgres_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await renew_connections(store)
    with pytest.raises(StoreUnavailable, match=r"只读.*请"):
        await store.commit(change)
    await asyncio.to_thread(
        sql, own_postgres_url, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL"
    )
    await store.commit(change)
    assert await store.load_room("r1") == book.state
    await store.close()


async def renew_connections(store: PostgresStore) -> None:
    assert store._pool is not None
    await store._pool.expire_connections()


async def test_a_database_that_is_not_there_is_told(postgres: Postgres) -> None:
    store = PostgresStore(postgres.url("no_such_database"))
    with pytest.raises(StoreUnavailable, match=r"数据库不存在.*createdb"):
        await store.start()


async def test_a_connection_that_an_administrator_ends_is_told_and_opened_anew(postgres_url: str) -> None:
    store = PostgresStore(postgres_url)
    await store.start()
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await asyncio.to_thread(sql, postgres_url, end)
    book = a_book(egg())
    change = book.change()
    # Whether the driver has heard of it before the next batch is a matter of moments; both ways must end well.
    try:
        await store.commit(change)
    except StoreUnavailable:
        await store.commit(change)
    assert await store.load_room("r1") == book.state
    await store.close()


async def test_a_store_that_was_not_started_says_so() -> None:
    store = PostgresStore("postgresql://linbo:geheim@db.example:5432/linbo")
    with pytest.raises(StoreUnavailable, match=r"还没有连上：db\.example:5432/linbo") as raised:
        await store.rooms()
    assert "geheim" not in str(raised.value)


async def test_batches_of_one_room_wait_for_each_other_at_its_row(postgres_url: str) -> None:
    store = PostgresStore(postgres_url)
    await store.start()
    changes = [a_book(egg()).change() for _ in range(8)]
    results = await asyncio.gather(*(store.commit(change) for change in changes), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NoneType"] + ["Stale"] * 7
    await store.close()


async def test_a_batch_is_read_committed_and_a_read_is_of_one_moment(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert await connection.fetchval("SHOW default_transaction_isolation") == "read committed"
    await connection.close()
    store = PostgresStore(postgres_url)
    await store.start()
    async with store._snapshot() as snapshot:
        assert await snapshot.fetchval("SHOW transaction_isolation") == "repeatable read"
        assert await snapshot.fetchval("SHOW transaction_read_only") == "on"
    await store.close()
