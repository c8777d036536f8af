"""CSV and pasted tables."""

from __future__ import annotations

import pytest

from live.goods.csv_text import MOST_ROWS, decode, separator_of, table_of
from live.goods.found import Unreadable

TEXT = "编号,品名,价格\n1,土鸡蛋,39.9\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_of_a_spreadsheet_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_what_is_no_text_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="另存为"):
        decode(b"\xff\xff\x00\x81")


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "；", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = TEXT.replace(",", separator)
    assert separator_of(text) == separator
    assert table_of(text)[1] == (2, ("1", "土鸡蛋", "39.9"))


def test_a_cell_may_hold_several_lines_and_lines_keep_their_numbers() -> None:
    rows = table_of('品名,产地\n"土\n鸡蛋",何家\n苹果,山里\n')
    assert [row for row, _ in rows] == [1, 2, 4]
    assert rows[1][1] == ("土\n鸡蛋", "何家")


def test_a_table_without_end_is_bounded() -> None:
    assert len(table_of("a,b\n" * (MOST_ROWS + 100))) == MOST_ROWS


def test_a_quote_that_never_ends_says_where() -> None:
    with pytest.raises(Unreadable, match="第 2 行"):
        table_of('品名,价格\n"' + "x" * 200_000)
