from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from live.store.lane import Lane, connect, transaction
from live.store.port import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def lane(tmp_path: Path) -> AsyncIterator[Lane]:
    lane = Lane(tmp_path / "lane.db", name="a-lane")
    await lane.run(lambda connection: connection.execute("CREATE TABLE told (what INTEGER PRIMARY KEY)"))
    yield lane
    await lane.close()


def told(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT what FROM told ORDER BY rowid")]


async def test_work_is_done_in_order_in_one_thread_of_its_own(lane: Lane) -> None:
    def tell(connection: sqlite3.Connection, number: int) -> str:
        connection.execute("INSERT INTO told VALUES (?)", (number,))
        return threading.current_thread().name

    threads = await asyncio.gather(*(lane.run(lambda c, n=n: tell(c, n)) for n in range(20)))  # type: ignore[misc]  # a default binds the loop's number
    assert set(threads) == {"a-lane_0"}
    assert await lane.run(told) == list(range(20))


async def test_what_the_work_raises_comes_through_and_the_next_work_is_done(lane: Lane) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await lane.run(fail)
    with pytest.raises(StoreError, match="no such table"):
        await lane.run(lambda connection: connection.execute("SELECT * FROM elsewhere"))
    assert await lane.run(told) == []


async def test_a_closed_lane_refuses_work_and_may_be_closed_again(lane: Lane) -> None:
    await lane.close()
    await lane.close()
    with pytest.raises(StoreUnavailable, match="已经关闭"):
        await lane.run(told)


async def test_work_under_way_is_finished_before_the_file_is_closed(lane: Lane) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> list[int]:
        begun.set()
        go_on.wait(30)
        connection.execute("INSERT INTO told VALUES (1)")
        return told(connection)

    work = asyncio.ensure_future(lane.run(slow))
    await asyncio.to_thread(begun.wait, 30)
    closing = asyncio.ensure_future(lane.close())
    go_on.set()
    await closing
    assert await work == [1]


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    connection = connect(tmp_path / "whole.db")
    connection.execute("CREATE TABLE told (what INTEGER PRIMARY KEY)")
    with transaction(connection, "BEGIN IMMEDIATE"):
        connection.execute("INSERT INTO told VALUES (1)")
    with pytest.raises(sqlite3.IntegrityError), transaction(connection, "BEGIN IMMEDIATE"):
        connection.executemany("INSERT INTO told VALUES (?)", [(2,), (1,)])
    assert told(connection) == [1]
    assert not connection.in_transaction
    connection.close()
