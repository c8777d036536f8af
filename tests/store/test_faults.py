"""Every fault is one of three: somebody was first, the store is away (and what to do), or our own mistake."""

from __future__ import annotations

import sqlite3

import asyncpg
import pytest

from live.store.faults import place_of, postgres_fault, sqlite_fault, sqlite_outlives
from live.store.port import Stale, StoreError, StoreUnavailable


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_FULL, "磁盘已满"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "只读"),
        (sqlite3.SQLITE_IOERR_FSYNC, "磁盘出错"),
        (sqlite3.SQLITE_CANTOPEN, "打不开"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "占用"),
        (sqlite3.SQLITE_LOCKED, "占用"),
        (sqlite3.SQLITE_CORRUPT, "已损坏"),
        (sqlite3.SQLITE_NOTADB, "不是邻播的数据文件"),
        (sqlite3.SQLITE_NOMEM, "内存不足"),
        (sqlite3.SQLITE_PERM, "没有权限"),
    ],
)
def test_a_fault_of_the_file_says_what_where_and_what_to_do(code: int, sentence: str) -> None:
    fault = sqlite_fault(sqlite_error(code), "data/linbo.db")
    assert isinstance(fault, StoreUnavailable)
    assert sentence in str(fault)
    assert "data/linbo.db" in str(fault)
    assert "请" in str(fault)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY])
def test_a_key_that_is_taken_means_that_somebody_was_first(code: int) -> None:
    assert isinstance(sqlite_fault(sqlite_error(code), "x"), Stale)


@pytest.mark.parametrize(
    "error",
    [sqlite_error(sqlite3.SQLITE_CONSTRAINT_CHECK), sqlite_error(sqlite3.SQLITE_ERROR), sqlite3.ProgrammingError()],
)
def test_all_else_is_our_own_mistake(error: sqlite3.Error) -> None:
    assert type(sqlite_fault(error, "x")) is StoreError


def test_a_connection_outlives_what_has_not_hurt_it() -> None:
    outlived = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
    hurt = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    assert [sqlite_outlives(sqlite_error(code)) for code in outlived] == [True] * 3
    assert [sqlite_outlives(sqlite_error(code)) for code in hurt] == [False] * 3


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (asyncpg.DiskFullError("full"), "磁盘已满"),
        (asyncpg.TooManyConnectionsError("many"), "连接数已满"),
        (asyncpg.OutOfMemoryError("memory"), "资源不足"),
        (asyncpg.ReadOnlySQLTransactionError("read only"), "只读"),
        (asyncpg.InvalidPasswordError("password"), "用户名或密码不对"),
        (asyncpg.InvalidCatalogNameError("missing"), "数据库不存在"),
        (asyncpg.InsufficientPrivilegeError("rights"), "权限不够"),
        (asyncpg.LockNotAvailableError("lock"), "锁着"),
        (asyncpg.QueryCanceledError("slow"), "没有及时回应"),
        (asyncpg.AdminShutdownError("down"), "正在关闭或启动"),
        (asyncpg.CannotConnectNowError("up"), "正在关闭或启动"),
        (asyncpg.PostgresIOError("disk"), "读写磁盘出错"),
        (asyncpg.ConnectionDoesNotExistError("gone"), "连接断了"),
        (asyncpg.DataCorruptedError("bad"), "已损坏"),
        (asyncpg.InterfaceError("connection is closed"), "连不上"),
        (ConnectionRefusedError("refused"), "连不上"),
        (TimeoutError(), "连不上"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_fault_of_the_server_says_what_where_and_what_to_do(error: Exception, sentence: str) -> None:
    fault = postgres_fault(error, "db.example/linbo")
    assert isinstance(fault, StoreUnavailable)
    assert sentence in str(fault)
    assert "db.example/linbo" in str(fault)


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.UniqueViolationError("taken"),
        asyncpg.SerializationError("again"),
        asyncpg.DeadlockDetectedError("again"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_transaction_that_may_be_run_again_is_stale(error: Exception) -> None:
    assert isinstance(postgres_fault(error, "x"), Stale)


@pytest.mark.parametrize(
    "error",
    [asyncpg.CheckViolationError("law"), asyncpg.UndefinedTableError("table"), asyncpg.DataError("argument")],
    ids=lambda error: type(error).__name__,
)
def test_a_wrong_statement_is_our_own_mistake(error: Exception) -> None:
    assert type(postgres_fault(error, "x")) is StoreError


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://linbo:geheim@db.example:5432/linbo", "db.example:5432/linbo"),
        ("postgresql://db.example/linbo", "db.example/linbo"),
        ("postgresql://linbo@/linbo?host=/run/postgresql", "/run/postgresql/linbo"),
        ("postgresql:///linbo", "localhost/linbo"),
    ],
)
def test_a_server_is_named_without_its_password(url: str, place: str) -> None:
    assert place_of(url) == place
