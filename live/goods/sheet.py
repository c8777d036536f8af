"""XLSX to the lines of a table: read as it streams by, bounded on every side.

A workbook is a ZIP archive of XML (ECMA-376): a small file can hold gigabytes. Nothing is unpacked before its size is known;
pictures are never touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries

from live.goods.columns import find_heading
from live.goods.csv_text import MOST_CELL, MOST_ROWS
from live.goods.found import Remark, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    Line = tuple[int, tuple[str, ...]]
    Range = tuple[int, int, int, int]

    class Titled(Protocol):
        """A sheet by its name."""

        @property
        def title(self) -> str: ...


MOST_UNPACKED = 24 * 1024 * 1024
"""A list of 2,000 lines is some 3 MB of XML."""

MOST_OF_A_SMALL_PART = 1024 * 1024
"""Styles, names and links are made into objects, each a hundred times its size."""

MOST_PARTS = 2_000
MOST_COLUMNS = 60
MOST_SHEETS = 10
MOST_MERGES = 5_000

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a workbook begins, and how one of Excel 97 (or one with a password) does."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell[^>]*\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN = "这个表格文件打不开，可能没有存完整。请在表格软件里另存为 XLSX 再选一次"


def read_sheet(data: bytes) -> tuple[list[Line], list[Remark], list[Remark]]:
    """The lines of the first sheet with a heading (or of the first one), with faults and warnings about its cells.

    Raises:
        Unreadable: it is no workbook, too large when unpacked, or has no sheet.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_sizes(archive.infolist())
        _check_plain(archive)
        return _read(data, archive)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl lets whatever its parsers meet in a broken file through
        raise Unreadable(_BROKEN) from None


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """What is unpacked never exceeds what its entry declares: zipfile reads no further."""
    read = [part for part in parts if not part.filename.startswith("xl/media/")]
    large = any(part.file_size > _most_of(part.filename) for part in read)
    if large or len(parts) > MOST_PARTS or sum(part.file_size for part in read) > MOST_UNPACKED:
        raise Unreadable(
            f"这个表格展开后超过 {MOST_UNPACKED // 1024 // 1024} MB，没有读。请只留商品那几列，另存一份新的再选"
        )


def _check_plain(archive: zipfile.ZipFile) -> None:
    """No spreadsheet writes a document type; with one, a few letters may stand for gigabytes."""
    for name in archive.namelist():
        content = archive.read(name) if name.endswith((".xml", ".rels")) else b""
        if any(mark in content for mark in _DOCTYPES):
            raise Unreadable(_BROKEN)


def _most_of(name: str) -> int:
    return MOST_UNPACKED if name.startswith(("xl/worksheets/", "xl/sharedStrings")) else MOST_OF_A_SMALL_PART


def _read(data: bytes, archive: zipfile.ZipFile) -> tuple[list[Line], list[Remark], list[Remark]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    if not sheets:
        raise Unreadable("这个文件里没有表格")
    tables = [_lines(sheet) for sheet in sheets]
    chosen = next((n for n, lines in enumerate(tables) if find_heading(lines)), 0)
    sheet, lines = sheets[chosen], tables[chosen]
    raw = archive.read(_part_of(sheet))
    faults = _formulas(data, sheet.title, lines) if _FORMULA.search(raw) else []
    merged, warnings = _unmerge(lines, [_range(ref.decode()) for ref in _MERGED.findall(raw)[:MOST_MERGES]])
    return [(row, _trimmed(cells)) for row, cells in merged], faults, warnings + _others(sheets, chosen)


def _part_of(sheet: Worksheet) -> str:
    """Where in the archive a sheet lies; read-only sheets keep it to themselves, and what is merged as well."""
    return str(sheet._worksheet_path).removeprefix("/")  # type: ignore[attr-defined]  # noqa: SLF001  # no public name for it


def _lines(sheet: Worksheet) -> list[Line]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # some programs write a wrong size; only read-only sheets have this
    rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS)
    return [
        (n, tuple(_text(value) for value in row)) for n, row in enumerate(rows, 1) if any(v is not None for v in row)
    ]


def _text(value: object) -> str:  # noqa: PLR0911  # a flat table of kinds, one line each
    """A cell as a person sees it: 39.9, not 39.900000000000006; a date without the hour that it does not have."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return format(value, ".10g")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)[:MOST_CELL]


def _formulas(data: bytes, title: str, lines: list[Line]) -> list[Remark]:
    """Formulas that nobody has worked out: a program wrote them, and no spreadsheet has ever opened the file."""
    values = dict(lines)
    sheet = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)[title]
    sheet.reset_dimensions()
    found: list[Remark] = []
    for n, row in enumerate(islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS), 1):
        known = values.get(n, ())
        for place, cell in enumerate(row):
            if cell.data_type == "f" and not (place < len(known) and known[place]):
                where = f"{get_column_letter(place + 1)}{n}"
                found.append(
                    Remark(
                        row=n,
                        column=where,
                        message=f"{where} 是公式，文件里没有算好的数。请复制后“粘贴为数值”，再存一次",
                    )
                )
    return found


def _unmerge(lines: list[Line], ranges: list[Range]) -> tuple[list[Line], list[Remark]]:
    """Write a value that stands for several lines into each of them; what spans columns alone is a title."""
    heading = find_heading(lines)
    tall = [each for each in ranges if each[3] > each[1] and (heading is None or each[1] > heading.row)]
    rows = {row: list(cells) for row, cells in lines}
    for left, top, right, bottom in tall:
        value = rows.get(top, [])[left - 1 : left]
        for row in range(top + 1, min(bottom, top + MOST_ROWS) + 1):
            _put(rows.get(row, []), left - 1, right, value)
    warnings = [
        Remark(row=top, column=None, message=f"第 {top} 到 {bottom} 行有合并的格子，里面的值给了每一行，请核对")
        for _, top, _, bottom in tall
        if top in rows
    ]
    return [(row, tuple(cells)) for row, cells in rows.items()], warnings


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at its end."""
    used = max((place for place, text in enumerate(cells, 1) if text), default=0)
    return cells[:used]


def _put(cells: list[str], place: int, end: int, value: list[str]) -> None:
    if value and place < min(end, len(cells)) and not cells[place]:
        cells[place] = value[0]


def _range(reference: str) -> Range:
    """`A2:C3` as left, top, right, bottom, from 1."""
    left, top, right, bottom = range_boundaries(reference)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _others(sheets: Sequence[Titled], chosen: int) -> list[Remark]:
    if len(sheets) == 1:
        return []
    return [Remark(row=1, column=None, message=f"文件里有 {len(sheets)} 张表，读的是“{sheets[chosen].title}”")]
