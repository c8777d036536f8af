"""The columns in the statements are those of the tables, in their order: rows rely on it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from live.store.statement_names import Common
from live.store.statements import COMMON, POSTGRES, SQLITE
from live.store.tables import metadata

NAMES = [field.name for field in fields(Common)]
ROW_TABLES = ("session", "offer", "variant", "prompt", "reservation", "comment", "event", "response")
READS = ("session", "offers", "variants", "prompt", "reservations", "comments", "pending", "events", "comment")


def listed(columns: str) -> list[str]:
    return [column.strip() for column in columns.split(",")]


def declared(table: str) -> list[str]:
    return list(metadata.tables[table].c.keys())


@pytest.mark.parametrize("name", READS)
def test_what_is_read_is_a_whole_row_of_its_table(name: str) -> None:
    found = re.search(r"SELECT (.*?) FROM (\w+)", getattr(COMMON, name))
    assert found is not None
    assert listed(found[1]) == declared(found[2])


@pytest.mark.parametrize("table", ROW_TABLES)
def test_what_is_inserted_is_a_whole_row_of_its_table(table: str) -> None:
    everything = " ".join(
        str(getattr(statements, field.name))
        for statements in (COMMON, SQLITE, POSTGRES)
        for field in fields(statements)
    )
    inserts = re.findall(rf"INSERT INTO {table} \((.*?)\)", everything)
    assert inserts
    assert [listed(columns) for columns in inserts] == [declared(table)] * len(inserts)


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_differs_by_its_placeholders_alone(name: str) -> None:
    assert getattr(SQLITE.common, name) == getattr(COMMON, name).replace("$", "?")
