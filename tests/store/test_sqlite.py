"""What can happen to a file: the disk is full, it is read-only, it is somebody else's. Each for real."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from live.store.port import StoreUnavailable
from live.store.sqlite import SqliteStore
from nlp.types import Intent, Route
from tests.domain.factories import egg, read_as
from tests.store.book import Book, a_book

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

NOBODY = 65_534
CHAT = read_as(Intent.CHAT, route=Route.IGNORE)


@pytest.fixture
async def store(sqlite_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(sqlite_path)
    await store.start()
    yield store
    await store.close()


def a_large_batch(book: Book) -> None:
    for _ in range(300):
        book.say("哈" * 500, CHAT)


async def pragma(store: SqliteStore, text: str) -> int:
    """Ask or tell the writer's own connection."""
    return int(await store._writer.run(lambda connection: connection.execute(f"PRAGMA {text}").fetchone()[0]))


async def test_a_full_disk_refuses_the_batch_whole_and_takes_it_when_there_is_room_again(store: SqliteStore) -> None:
    book = a_book(egg())
    await store.commit(book.change())
    before = await store.load_room("r1")
    await pragma(store, f"max_page_count = {await pragma(store, 'page_count')}")
    a_large_batch(book)
    change = book.change()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match=r"磁盘已满.*linbo.db.*请清理") as raised:
            await store.commit(change)
        assert isinstance(raised.value.__cause__, sqlite3.OperationalError)
    assert await store.load_room("r1") == before
    await pragma(store, "max_page_count = 1000000")
    await store.commit(change)
    assert await store.load_room("r1") == book.state


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
async def test_a_disk_that_fails_refuses_the_batch_whole_and_takes_it_when_it_is_well(store: SqliteStore) -> None:
    book = a_book(egg())
    a_large_batch(book)
    await store.commit(book.change())
    before = await store.load_room("r1")
    a_large_batch(book)
    change = book.change()
    with files_no_larger_than(100_000), pytest.raises(StoreUnavailable, match=r"磁盘出错.*请检查"):
        await store.commit(change)
    assert await store.load_room("r1") == before
    await store.commit(change)
    assert await store.load_room("r1") == book.state


@contextmanager
def files_no_larger_than(limit: int) -> Iterator[None]:
    """Let every write beyond fail with an I/O error."""
    import resource  # noqa: PLC0415  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that anybody may look into; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="linbo-store-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Nobody may write into the folder; root, who always may, becomes nobody for a while."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.chmod(0o644)


@pytest.mark.skipif(sys.platform == "win32", reason="rights on Windows are another matter")
async def test_a_read_only_file_is_told_and_taken_when_it_may_be_written(
    public_folder: Path, sqlite_template: Path
) -> None:
    path = public_folder / "linbo.db"
    shutil.copyfile(sqlite_template, path)
    store = SqliteStore(path)
    book = a_book(egg())
    change = book.change()
    with without_rights(public_folder):
        with pytest.raises(StoreUnavailable, match=r"linbo.db.*请"):
            await store.start()
        with pytest.raises(StoreUnavailable, match=r"linbo.db.*请"):
            await store.commit(change)
    await store.start()
    await store.commit(change)
    assert await store.load_room("r1") == book.state
    await store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="rights on Windows are another matter")
async def test_a_folder_that_cannot_be_made_is_told(public_folder: Path) -> None:
    store = SqliteStore(public_folder / "a" / "b" / "linbo.db")
    with without_rights(public_folder), pytest.raises(StoreUnavailable, match=r"建不了数据文件夹.*请"):
        await store.start()
    await store.close()


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "数据 文件夹" / "b" / "linbo.db")
    await store.start()
    assert await store.rooms() == []
    await store.close()


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "linbo.db"
    path.write_text("这不是数据库。" * 1000, encoding="utf-8")
    store = SqliteStore(path)
    with pytest.raises(StoreUnavailable, match=r"不是邻播的数据文件.*请"):
        await store.start()
    await store.close()
    assert path.read_text(encoding="utf-8").startswith("这不是数据库。")


async def test_a_file_that_another_program_holds_is_told(store: SqliteStore, sqlite_path: Path) -> None:
    await pragma(store, "busy_timeout = 1")
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book = a_book(egg())
    change = book.change()
    with pytest.raises(StoreUnavailable, match=r"正被别的程序占用.*请关掉"):
        await store.commit(change)
    other.execute("ROLLBACK")
    other.close()
    await store.commit(change)
    assert await store.load_room("r1") == book.state


async def test_a_commit_survives_a_power_cut_by_its_settings(store: SqliteStore) -> None:
    full, wal, on = 2, "wal", 1
    assert await pragma(store, "synchronous") == full
    assert await pragma(store, "foreign_keys") == on
    assert await store._writer.run(lambda c: c.execute("PRAGMA journal_mode").fetchone()[0]) == wal


async def test_a_long_read_does_not_hold_up_a_batch(store: SqliteStore) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def read_long(_: sqlite3.Connection) -> bool:
        reading.set()
        return go_on.wait(30)

    report = asyncio.ensure_future(store._reader.run(read_long))
    await asyncio.to_thread(reading.wait, 30)
    book = a_book(egg())
    await store.commit(book.change())
    assert await store.known("r1", [("douyin", "m-1")]) == frozenset()
    assert not report.done()
    go_on.set()
    assert await report


async def test_batches_of_several_rooms_at_once_are_written_one_after_the_other(store: SqliteStore) -> None:
    changes = [a_book(egg()).change() for _ in range(2)]
    results = await asyncio.gather(*(store.commit(change) for change in changes), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["NoneType", "Stale"]
