"""The empty list to fill in, as XLSX and CSV, with two lines that show how."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

HEADING = (
    "编号",
    "品名",
    "别名",
    "价格",
    "单位",
    "限量",
    "每人限购",
    "箱规",
    "规格",
    "供应商",
    "称重",
    "产地",
    "保质期",
    "口感",
)
SAMPLES = (
    ("1", "土鸡蛋 30 枚", "鸡蛋、柴鸡蛋", "39.90", "箱", "84", "5", "12", "", "柳树湾何家", "", "柳树湾，林下散养", "常温 15 天", "蛋黄橘红，没有腥味"),
    ("2", "手工挂面 2 斤装", "挂面、面条", "12.90", "袋", "100", "", "20", "宽面、细面", "北乡面坊", "", "本县北乡", "12 个月", ""),
)  # fmt: skip
_WIDTHS = {"品名": 22, "别名": 18, "供应商": 16, "产地": 22, "保质期": 14, "口感": 22, "规格": 18}
_NUMBERS = frozenset({"编号", "价格", "限量", "每人限购", "箱规"})


def template_csv() -> bytes:
    """As UTF-8 with its mark, by which Excel knows it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows((HEADING, *SAMPLES))
    return text.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """As a workbook; the heading stays in sight."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    sheet.title = "商品"
    sheet.append(HEADING)
    for sample in SAMPLES:
        sheet.append([_value(name, text) for name, text in zip(HEADING, sample, strict=True)])
    for place, name in enumerate(HEADING, 1):
        sheet.cell(row=1, column=place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 10)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _value(name: str, text: str) -> str | float | None:
    return (float(text) if name in _NUMBERS else text) if text else None
