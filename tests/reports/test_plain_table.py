from __future__ import annotations

import io

import openpyxl

from live.reports.plain_table import write_table

HEADS = (("顾客", 10), ("数量", 8))


def cells(body: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(body))["拣货单"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_a_table_has_its_heads_and_its_rows_with_numbers_as_numbers() -> None:
    assert cells(write_table("拣货单", HEADS, [("张*", 2), ("李*", 30)])) == [("顾客", "数量"), ("张*", 2), ("李*", 30)]


def test_a_name_that_looks_like_a_formula_is_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_table("拣货单", HEADS, [("=1+1", 2)])))
    cell = book["拣货单"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_table_without_rows_is_a_table() -> None:
    assert cells(write_table("拣货单", HEADS, [])) == [("顾客", "数量")]
