"""What went wrong in a database, in words for the host: where it is and what to do."""

from __future__ import annotations

import sqlite3
from urllib.parse import parse_qs, urlsplit

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


_RETRY = frozenset({"23505", "40001", "40P01"})
"""Somebody was first, or PostgreSQL asks to run the transaction again."""

_POSTGRES: dict[str, str] = {
    "53100": "数据库服务器的磁盘已满，数据写不进去：{where}。请在服务器上清理出空间，之后会自动继续",
    "53300": "数据库的连接数已满：{where}。请调大 max_connections，或关掉别的程序",
    "53": "数据库服务器资源不足：{where}。请检查服务器的内存和磁盘",
    "25006": "数据库处于只读状态，数据写不进去：{where}。请连到主库，或解除只读",
    "28": "数据库的用户名或密码不对：{where}。请检查数据库地址里的用户名和密码",
    "3D000": "数据库不存在：{where}。请先在服务器上建好这个库（createdb）",
    "42501": "数据库账号权限不够：{where}。请给这个账号建表和读写的权限",
    "55P03": "数据库里的数据正被锁着：{where}。请检查有没有别的程序占着不放",
    "57014": "数据库没有及时回应：{where}。请检查服务器是否太忙",
    "57P": "数据库正在关闭或启动：{where}。恢复后会自动继续",
    "58": "数据库服务器读写磁盘出错：{where}。请检查服务器的磁盘",
    "08": "和数据库的连接断了：{where}。请检查数据库和网络，恢复后会自动继续",
    "XX001": "数据库里的数据已损坏：{where}。请停止服务并恢复最近的备份",
}

_UNREACHABLE = "连不上数据库：{where}。请检查数据库是否已启动、地址和网络是否正常，恢复后会自动继续"


def postgres_fault(error: Exception, where: str) -> StoreError:
    """Tell what an error on the way to PostgreSQL means for us; the same three answers as for SQLite."""
    code: str | None = getattr(error, "sqlstate", None)
    if code in _RETRY:
        return Stale(str(error))
    sentence = _sentence(code) if code else _without_code(error)
    return StoreError(f"{where}: {error}") if sentence is None else StoreUnavailable(sentence.format(where=where))


def _sentence(code: str) -> str | None:
    return next((_POSTGRES[code[:length]] for length in (5, 3, 2) if code[:length] in _POSTGRES), None)


def _without_code(error: Exception) -> str | None:
    """The driver's own errors: a wrong argument is our mistake, all else is a connection that is not there."""
    return None if isinstance(error, ValueError) else _UNREACHABLE


def place_of(url: str) -> str:
    """Name a server and its database without the password in its address."""
    parts = urlsplit(url)
    host = parts.hostname or next(iter(parse_qs(parts.query).get("host", [])), "localhost")
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path}"
