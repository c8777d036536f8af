"""Bytes to text, and text to the lines of a table: CSV as Excel and WPS save it, and what is copied out of a sheet."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice

from live.goods.found import Unreadable

MOST_ROWS = 5_000
"""Read at most; what is more than an evening holds is told."""

MOST_CELL = 20_000
_SEPARATORS = "\t,;，；|"
_ASCII = {"，": ",", "；": ";"}


def decode(data: bytes) -> str:
    """Read UTF-8 with and without its mark, UTF-16 with it, or else GB18030 (Excel on a Chinese Windows).

    Raises:
        Unreadable: it is none of these.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出这个文件的编码。请用表格软件另存为 XLSX，或 CSV（UTF-8）再选一次")


def table_of(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The lines of a table with their numbers; the separator is the one that its heading has most.

    Raises:
        Unreadable: quotes that never end, or a cell that is a book.
    """
    separator = separator_of(text)
    if separator in _ASCII:
        text, separator = text.replace(separator, _ASCII[separator]), _ASCII[separator]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or ",")
    rows: list[tuple[int, tuple[str, ...]]] = []
    start = 1
    try:
        for cells in islice(reader, MOST_ROWS):
            rows.append((start, tuple(cell[:MOST_CELL] for cell in cells)))
            start = reader.line_num + 1
    except csv.Error:
        raise Unreadable(f"第 {start} 行读不下去：引号没有成对，或一格里的字太多") from None
    return rows


def separator_of(text: str) -> str | None:
    """What stands between the cells of the first lines; None for what is no table."""
    top = "\n".join(text.splitlines()[:15])
    best = max(_SEPARATORS, key=top.count)
    return best if top.count(best) else None
