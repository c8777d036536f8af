"""The columns in the statements of the deliveries are those of their table, in its order: rows rely on it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from live.store.delivery_statements import POSTGRES, SQLITE, DeliveryStatements
from live.store.tables import metadata

NAMES = [field.name for field in fields(DeliveryStatements)]
DECLARED = list(metadata.tables["delivery"].c.keys())


def listed(columns: str) -> list[str]:
    return [column.strip() for column in columns.split(",")]


def test_a_line_is_read_in_whole_rows_and_the_dead_without_what_they_hold() -> None:
    for sql, expected in ((POSTGRES.line, DECLARED), (POSTGRES.dead, [c for c in DECLARED if c != "body"])):
        found = re.search(r"SELECT (.*?) FROM delivery", sql)
        assert found is not None
        assert listed(found[1]) == expected


def test_what_is_added_is_a_whole_row() -> None:
    found = re.search(r"INSERT INTO delivery \((.*?)\) VALUES \((.*?)\)", POSTGRES.add)
    assert found is not None
    assert listed(found[1]) == DECLARED
    assert listed(found[2]) == [f"${place}" for place in range(1, len(DECLARED) + 1)]


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_differs_by_its_placeholders_alone(name: str) -> None:
    assert getattr(SQLITE, name) == getattr(POSTGRES, name).replace("$", "?")
