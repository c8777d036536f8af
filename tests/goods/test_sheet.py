"""Workbooks: formulas, merged cells, several sheets, broken ones and bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from live.goods.csv_text import MOST_ROWS
from live.goods.found import Unreadable
from live.goods.read import read_goods
from live.goods.sheet import MOST_UNPACKED, read_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


MIDNIGHT = datetime(2026, 1, 7)  # noqa: DTZ001  # a sheet knows no zone


def book(*rows: tuple[str | float | datetime | None, ...]) -> tuple[Workbook, Worksheet]:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return made, sheet


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_cells_are_read_as_a_person_sees_them() -> None:
    made, _ = book(("品名", "价格", "上市", "称重"), ("鸡蛋", 39.9, MIDNIGHT, True), ("苹果", 0.1 + 0.2, 12, None))
    rows, faults, warnings = read_sheet(saved(made))
    assert rows == [
        (1, ("品名", "价格", "上市", "称重")),
        (2, ("鸡蛋", "39.9", "2026-01-07", "是")),
        (3, ("苹果", "0.3", "12")),
    ]
    assert (faults, warnings) == ([], [])


def test_a_formula_that_was_never_worked_out_is_told_with_its_place() -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", "=10+29.9"))
    found = read_goods(saved(made))
    assert [fault.column for fault in found.faults if "公式" in fault.message] == ["B2"]


def test_a_formula_with_its_value_is_taken() -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", "=10+29.9"))
    worked_out = with_part(
        saved(made),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v></v>", b"<v>39.9</v>").replace(b"<v />", b"<v>39.9</v>"),
    )
    found = read_goods(worked_out)
    assert found.faults == []
    assert found.offers[0][1]["price"] == "39.90"


def test_a_cell_merged_over_several_lines_counts_for_each_and_is_told() -> None:
    made, sheet = book(
        ("桥头便利店", None, None), ("品名", "价格", "供应商"), ("鸡蛋", 39.9, "何家"), ("鸭蛋", 29.9, None)
    )
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C3:C4")
    found = read_goods(saved(made))
    assert [offer["supplier"] for _, offer in found.offers] == ["何家", "何家"]
    assert any("合并" in warning.message for warning in found.warnings)


def test_the_sheet_with_a_heading_is_the_one() -> None:
    made, sheet = book(("说明", "先看这里"))
    sheet.title = "说明"
    goods = made.create_sheet("商品")
    goods.append(("品名", "价格"))
    goods.append(("鸡蛋", 39.9))
    found = read_goods(saved(made))
    assert [offer["title"] for _, offer in found.offers] == ["鸡蛋"]
    assert "商品" in found.warnings[0].message


def test_a_line_at_the_end_of_the_sheet_does_not_make_a_million() -> None:
    made, sheet = book(("品名", "价格"), ("鸡蛋", 39.9))
    sheet.cell(row=1_048_576, column=1, value="最后")
    sheet.cell(row=3, column=16_384, value="最右")
    rows, _, _ = read_sheet(saved(made))
    assert len(rows) <= MOST_ROWS
    assert max(len(cells) for _, cells in rows) <= 60


def test_two_thousand_lines_are_bounded_and_told() -> None:
    made, _ = book(("品名", "价格"), *((f"货 {n}", n / 10) for n in range(2000)))
    found = read_goods(saved(made))
    assert len(found.offers) == 500
    assert any("2000" in fault.message for fault in found.faults)


def with_part(data: bytes, name: str, change: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name and callable(change) else content)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", 39.9))
    bomb = with_part(saved(made), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (50 * 1024 * 1024))
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match=f"{MOST_UNPACKED // 1024 // 1024} MB"):
        read_goods(bomb)


def test_a_bomb_that_lies_about_its_size_is_read_no_further() -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", 39.9))
    bomb = with_part(saved(made), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (50 * 1024 * 1024))
    real = (len(zipfile.ZipFile(io.BytesIO(bomb)).read("xl/worksheets/sheet1.xml"))).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        read_goods(bomb.replace(real, (1000).to_bytes(4, "little")))


def test_entities_that_grow_are_not_followed() -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", 39.9))
    grow = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>"
    )
    bomb = with_part(saved(made), "xl/worksheets/sheet1.xml", lambda xml: grow + xml.replace("鸡蛋".encode(), b"&j;"))
    with pytest.raises(Unreadable):
        read_goods(bomb)


@pytest.mark.parametrize("keep", [5, 100, 1000, -30])
def test_a_workbook_that_was_cut_off_says_what_to_do(keep: int) -> None:
    made, _ = book(("品名", "价格"), ("鸡蛋", 39.9))
    with pytest.raises(Unreadable, match="另存为"):
        read_goods(saved(made)[:keep])
