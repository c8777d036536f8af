"""A table as CSV for spreadsheets: UTF-8 with a BOM, without which Excel takes Chinese for something else."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from live.reports.sheets import Kind

if TYPE_CHECKING:
    from live.reports.sheets import Cell, Sheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula (OWASP, "CSV Injection"); the wide ones too, where Chinese is typed."""


def csv_bytes(sheet: Sheet) -> bytes:
    """Write a table: money with two decimals, times as "2026-01-07 20:05:00", lines that end as RFC 4180 has it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.title for column in sheet.columns)
    kinds = [column.kind for column in sheet.columns]
    writer.writerows([_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Cell, kind: Kind) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case _:
            return f"{value:.2f}" if kind is Kind.MONEY else str(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what looks like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
