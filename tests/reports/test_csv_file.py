from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.reports.csv_file import DANGEROUS, csv_bytes, harmless
from live.reports.sheets import Column, Kind, Sheet

COLUMNS = (
    Column(title="顾客", width=1),
    Column(title="数量", width=1, kind=Kind.COUNT),
    Column(title="金额", width=1, kind=Kind.MONEY),
    Column(title="时间", width=1, kind=Kind.TIME),
)


def written(*rows: tuple[str | int | float | datetime | None, ...]) -> bytes:
    return csv_bytes(Sheet(name="预订", columns=COLUMNS, rows=rows))


def test_excel_is_told_that_it_is_utf_8_and_lines_end_as_it_expects() -> None:
    assert written(("张姐", 2, 79.8, datetime.fromisoformat("2026-01-07T20:05:00"))) == (
        b"\xef\xbb\xbf" + "顾客,数量,金额,时间\r\n张姐,2,79.80,2026-01-07 20:05:00\r\n".encode()
    )


def test_nothing_is_an_empty_cell() -> None:
    assert written((None, 0, None, None)).endswith(b"\r\n,0,,\r\n")


@pytest.mark.parametrize("start", DANGEROUS)
def test_what_looks_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}cmd|'/c calc'!A0") == f"'{start}cmd|'/c calc'!A0"


def test_other_text_stays_as_it_is() -> None:
    assert [harmless(text) for text in ("张姐", "1=2", " =1", "")] == ["张姐", "1=2", " =1", ""]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_whatever_people_are_called_their_rows_stay_rows(names: list[str]) -> None:
    table = csv.reader(io.StringIO(written(*((name, 1, 0.0, None) for name in names)).decode("utf-8-sig"), newline=""))
    rows = list(table)
    assert [row[0] for row in rows[1:]] == [harmless(name) for name in names]
    assert not any(row[0].startswith(DANGEROUS) for row in rows[1:])
