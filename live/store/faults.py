"""What went wrong in a database, in words for the host: where it is and what to do."""

from __future__ import annotations

import sqlite3

from live.store.port import Stale, StoreError, StoreUnavailable

_TAKEN = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})

_SQLITE: dict[int, str] = {
    sqlite3.SQLITE_FULL: "磁盘已满，数据写不进去：{where}。请清理出空间，清理后会自动继续，不用重启",
    sqlite3.SQLITE_READONLY: "数据文件是只读的，写不进去：{where}。请去掉只读属性，或换一个能写的数据文件夹",
    sqlite3.SQLITE_PERM: "没有权限读写数据文件：{where}。请检查文件夹的权限，或换一个能写的数据文件夹",
    sqlite3.SQLITE_CANTOPEN: "打不开数据文件：{where}。请检查文件夹是否存在、能否读写",
    sqlite3.SQLITE_IOERR: "读写数据文件时磁盘出错：{where}。请检查磁盘是否已满、是否接好，恢复后会自动继续",
    sqlite3.SQLITE_BUSY: "数据文件正被别的程序占用：{where}。请关掉另一个邻播或正在打开它的程序",
    sqlite3.SQLITE_LOCKED: "数据文件正被别的程序占用：{where}。请关掉另一个邻播或正在打开它的程序",
    sqlite3.SQLITE_CORRUPT: "数据文件已损坏：{where}。请停止服务，先另存这个文件，再换上最近的备份",
    sqlite3.SQLITE_NOTADB: "这不是邻播的数据文件：{where}。请检查数据文件夹的设置，或换上最近的备份",
    sqlite3.SQLITE_NOMEM: "内存不足，数据写不进去：{where}。请关掉一些程序，之后会自动继续",
}

_KEPT = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def sqlite_fault(error: sqlite3.Error, where: str) -> StoreError:
    """Tell what an error of SQLite means for us: somebody was first, the store is away, or we have made a mistake."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code in _TAKEN:
        return Stale(str(error))
    sentence = None if code is None else _SQLITE.get(code & 0xFF)
    return StoreError(f"{where}: {error}") if sentence is None else StoreUnavailable(sentence.format(where=where))


def sqlite_outlives(error: sqlite3.Error) -> bool:
    """Tell whether a connection is as good as before after this error; else it is opened anew."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF in _KEPT or code & 0xFF == sqlite3.SQLITE_CONSTRAINT)
