"""The 复盘 as a spreadsheet, `orders.xlsx`: a summary, by offer, by viewer, every reservation, the comments."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from live.reports.sheets import Column, Kind, figures_of, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from live.reports.figures import ReportFacts
    from live.reports.sheets import Cell, Figure, Sheet

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}
FONT = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "top"}
FORMATS: Mapping[str, Mapping[str, object]] = {
    Kind.TEXT: {"text_wrap": True},
    Kind.COUNT: {"num_format": "#,##0", "align": "right"},
    Kind.MONEY: {"num_format": "#,##0.00", "align": "right"},
    Kind.TIME: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    Kind.PERCENT: {"num_format": "0.0%", "align": "right"},
    "guarded": {"text_wrap": True, "quote_prefix": True},
    "head": {"bold": True, "bg_color": "#E0F3E7", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 16},
}
SUMMARY_COLUMNS = (
    Column(title="项目", width=18),
    Column(title="数字", width=34),
    Column(title="说明", width=34),
)
A4 = 9
"""The paper's number in the file format."""
MOST_HEADING = 100
"""The file format allows 255 characters for all parts of a page's head, the doubled & of a title among them."""
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """A sheet that is being written, with the formats of its book."""

    sheet: Any  # xlsxwriter ships no types
    formats: Mapping[str, Any]


def write_workbook(facts: ReportFacts, path: Path) -> None:
    """Write the workbook to `path`. Names that begin with = + - @ stay text, even when their cell is edited.

    Raises OSError.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        formats = _begin(book, f"复盘 {facts.session.title}")
        _summary(_Page(sheet=book.add_worksheet("汇总"), formats=formats), figures_of(facts))
        for table in sheets_of(facts):
            _table(_Page(sheet=book.add_worksheet(table.name), formats=formats), table)
    path.write_bytes(buffer.getvalue())


def tables_workbook(title: str, tables: Iterable[Sheet]) -> bytes:
    """Write tables as the sheets of one workbook, with the same care for what looks like a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        formats = _begin(book, title)
        for table in tables:
            _table(_Page(sheet=book.add_worksheet(table.name), formats=formats), table)
    return buffer.getvalue()


def _begin(book: Any, title: str) -> Mapping[str, Any]:  # xlsxwriter ships no types
    book.set_properties({"title": title, "company": "邻播"})
    return {name: book.add_format({**FONT, **look}) for name, look in FORMATS.items()}


def _summary(page: _Page, figures: Iterable[Figure]) -> None:
    _head(page, SUMMARY_COLUMNS)
    for row, figure in enumerate(figures, start=1):
        _row(page, row, ((figure.label, Kind.TEXT), (figure.value, figure.kind), (figure.note, Kind.TEXT)))


def _table(page: _Page, table: Sheet) -> None:
    _head(page, table.columns)
    for row, cells in enumerate(table.rows, start=1):
        _row(page, row, zip(cells, (column.kind for column in table.columns), strict=True))
    page.sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    page.sheet.set_landscape()
    if table.heading:
        page.sheet.set_header(f"&L{table.heading.replace('&', '&&')[:MOST_HEADING]}&R&P/&N")


def _head(page: _Page, columns: Iterable[Column]) -> None:
    sheet = page.sheet
    sheet.set_row(0, 24)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, page.formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _row(page: _Page, row: int, cells: Iterable[tuple[Cell, Kind]]) -> None:
    for place, (value, kind) in enumerate(cells):
        _cell(page, (row, place), value, kind)


def _cell(page: _Page, at: tuple[int, int], value: Cell, kind: Kind) -> None:
    sheet, look = page.sheet, page.formats[kind]
    match value:
        case None | "":
            sheet.write_blank(*at, None, look)
        case str():
            sheet.write_string(*at, value, page.formats["guarded"] if value.startswith(LOOKS_LIKE_A_FORMULA) else look)
        case datetime():
            sheet.write_datetime(*at, value, look)
        case _:
            sheet.write_number(*at, value, look)
