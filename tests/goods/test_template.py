"""The empty list to fill in."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from live.goods.columns import FIELDS
from live.goods.template import HEADING, SAMPLES, template_csv, template_xlsx


def test_excel_knows_the_encoding_of_the_csv_by_its_mark() -> None:
    assert template_csv().startswith(b"\xef\xbb\xbf")


def test_numbers_of_the_workbook_are_numbers_and_the_heading_stays_in_sight() -> None:
    sheet = load_workbook(io.BytesIO(template_xlsx())).active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows())] == list(HEADING)
    assert sheet["D2"].value == 39.9
    assert sheet.freeze_panes == "A2"


def test_the_heading_shows_what_is_known_and_that_more_may_be_said() -> None:
    known = [name in FIELDS for name in HEADING]
    assert known.count(True) > 8
    assert not all(known)
    assert all(len(sample) == len(HEADING) for sample in SAMPLES)
