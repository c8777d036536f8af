"""One table as a spreadsheet, for parts of the program that know nothing of spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.reports.sheets import Column, Kind, Sheet
from live.reports.workbook import tables_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_table(name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]) -> bytes:
    """Write a table as XLSX: its name, its heads with their widths in characters, its rows. Numbers stand to the right."""
    counted = {place for row in rows for place, cell in enumerate(row) if isinstance(cell, int)}
    columns = tuple(
        Column(title=title, width=width, kind=Kind.COUNT if place in counted else Kind.TEXT)
        for place, (title, width) in enumerate(heads)
    )
    return tables_workbook(name, [Sheet(name=name, columns=columns, rows=tuple(tuple(row) for row in rows))])
