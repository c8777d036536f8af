"""One service a data folder: two on the same files would each tell only its own half of the evening."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from live.store.port import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME = "serve.lock"


class FolderInUse(StoreError):  # noqa: N818  # reads better where it is caught
    """Another service works on this data folder; the message says what to do, in Chinese."""


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold a data folder for the time of the block.

    SQLite's exclusive lock on a file of its own serves on every system, and ends with the process however that ends.
    Raises `FolderInUse`, or `StoreError` where the folder cannot be written.
    """
    lock = _lock(folder)
    try:
        yield
    finally:
        lock.close()


def _lock(folder: Path) -> sqlite3.Connection:
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"数据文件夹 {folder} 不能写：{error}。请检查权限，或用 --data 换一个文件夹") from error
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" in str(error):
            raise FolderInUse(
                f"数据文件夹 {folder} 正被另一个邻播使用。请先停掉那一个，或用 --data 换一个文件夹"
            ) from error
        raise StoreError(f"数据文件夹 {folder} 不能写：{error}。请检查权限和磁盘空间") from error
    return lock
