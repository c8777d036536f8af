from __future__ import annotations

import sys
from pathlib import Path

import pytest

from live.store.factory import open_store
from live.store.port import StoreError, StoreUnavailable
from live.store.postgres import PostgresStore
from live.store.sqlite import SqliteStore


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/linbo.db", Path("data/linbo.db")),
        ("sqlite:////srv/店/linbo.db", Path("/srv/店/linbo.db")),
        ("sqlite:///C:/邻播/linbo.db", Path("C:/邻播/linbo.db")),
        ("SQLite:///data/100%.db", Path("data/100%.db")),
        ("data/linbo.db", Path("data/linbo.db")),
        ("/srv/linbo.db", Path("/srv/linbo.db")),
        (r"C:\data\linbo.db", Path(r"C:\data\linbo.db")),
    ],
)
def test_a_path_and_a_sqlite_address_are_a_file(url: str, path: Path) -> None:
    store = open_store(url)
    assert isinstance(store, SqliteStore)
    assert store._path == path


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_postgresql_address_is_a_server(scheme: str) -> None:
    assert isinstance(open_store(f"{scheme}://linbo@db.example/linbo"), PostgresStore)


def test_another_address_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError, match="不认识的数据库地址 mysql") as raised:
        open_store("mysql://root:geheim@db.example/linbo")
    assert "geheim" not in str(raised.value)


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    monkeypatch.delitem(sys.modules, "live.store.postgres")
    with pytest.raises(StoreUnavailable, match=r"pip install 'linbo\[scale\]'"):
        open_store("postgresql://linbo@db.example/linbo")


def test_a_fault_of_our_own_in_the_import_is_not_taken_for_a_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "live.store.rebuild", None)
    monkeypatch.delitem(sys.modules, "live.store.postgres")
    with pytest.raises(ImportError, match="rebuild"):
        open_store("postgresql://linbo@db.example/linbo")
