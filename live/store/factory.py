"""From a setting to a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from live.store.port import StoreError, StoreUnavailable
from live.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from live.store.port import Store

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+]+):")
"""Two letters at the least: `C:\\data\\linbo.db` is a path."""


def open_store(url: str) -> Store:
    """Choose the store that an address names; nothing is opened before its `start`.

    `sqlite:///relative/or/C:/absolute.db`, `sqlite:////absolute.db` or a bare path is a file; `postgresql://…` (also
    `postgres://…`) is a server. Raises `StoreError` for any other scheme,
    `StoreUnavailable` where PostgreSQL's driver is not installed.
    """
    scheme = _SCHEME.match(url)
    if scheme is None:
        return SqliteStore(url)
    match scheme[1].lower():
        case "sqlite":
            return SqliteStore(url[scheme.end() :].removeprefix("///"))
        case "postgresql" | "postgres":
            return _postgres(url)
        case other:
            raise StoreError(
                f"不认识的数据库地址 {other}:…。请用文件路径、sqlite:///文件路径 或 postgresql://用户:密码@主机/库名"
            )


def _postgres(url: str) -> Store:
    try:
        from live.store.postgres import PostgresStore  # noqa: PLC0415  # asyncpg is there only with the extra `scale`
    except ImportError as error:
        if error.name != "asyncpg":
            raise
        raise StoreUnavailable("使用 PostgreSQL 需要先安装 asyncpg：pip install 'linbo[scale]'") from error
    return PostgresStore(url)
