"""A thread of its own with a connection of its own to a SQLite file."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from live.store.faults import sqlite_fault, sqlite_outlives
from live.store.port import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
"""How long a lock of another program is waited for."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA wal_autocheckpoint = 4000",
)
"""FULL: a commit survives a power cut, not only a crash; see docs/decisions/0001. A checkpoint costs two more syncs and
writes a page once however often it has changed, so they are made rarer (every 16 MB) than SQLite would (every 4).
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open a file as every connection of ours is opened. Transactions are begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=64)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    """All that is done inside is there, or nothing of it is."""
    connection.execute(begin)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        # Some failures (disk full, I/O) have already rolled back, and a second ROLLBACK would hide them.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


class Lane:
    """Work goes in at one end and is done one after the other. A connection that a fault has hurt is opened anew."""

    def __init__(self, path: Path, *, name: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work` with the connection, in the thread. Raises what it raises; SQLite's errors as `StoreError`s."""
        if self._closed:
            raise StoreUnavailable(f"数据文件已经关闭：{self._path}。请重新启动服务")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    async def close(self) -> None:
        """Finish what is under way, then let go of the file and end the thread. Once is enough, twice does no harm."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._drop)
        self._thread.shutdown()

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if self._connection is None:
                self._connection = connect(self._path)
            return work(self._connection)
        except sqlite3.Error as error:
            if not sqlite_outlives(error):
                self._drop()
            raise sqlite_fault(error, str(self._path)) from error

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
