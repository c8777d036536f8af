from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from live.reports.facts import facts_of
from live.reports.workbook import write_workbook
from live.store.port import SessionRecord
from tests.reports.cycles import a_fetched_evening
from tests.reports.evenings import evenings
from tests.reports.factories import a_quiet_evening, a_small_evening, a_stream, egg, person

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from live.reports.figures import ReportFacts

NAMES = ["汇总", "按商品", "按顾客", "明细", "评论统计"]


def written(facts: ReportFacts, folder: Path) -> Workbook:
    path = folder / "orders.xlsx"
    write_workbook(facts, path)
    return openpyxl.load_workbook(path)


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


@pytest.mark.parametrize("record", [a_quiet_evening(), a_small_evening()])
def test_every_sheet_has_a_frozen_head_and_widths(record: SessionRecord, tmp_path: Path) -> None:
    book = written(facts_of(record), tmp_path)
    assert book.sheetnames == NAMES
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.bold for cell in sheet[1])
        assert all(dimension.width >= 5 for dimension in sheet.column_dimensions.values())


def test_the_summary_holds_the_totals(tmp_path: Path) -> None:
    found = {row["项目"]: row["数字"] for row in rows(written(facts_of(a_small_evening()), tmp_path), "汇总")}
    assert found["已订金额（元）"] == 258.5
    assert (found["已订份数"], found["排队份数"], found["取消份数"], found["评论"]) == (6, 2, 2, 10)
    assert found["说话的人订了"] == 0.5
    assert found["开播"] == datetime(2026, 1, 7, 20, 0)  # noqa: DTZ001  # spreadsheets know no time zones


def test_the_summary_tells_what_became_of_goods_and_complaints(tmp_path: Path) -> None:
    found = {row["项目"]: row["数字"] for row in rows(written(facts_of(a_fetched_evening()), tmp_path), "汇总")}
    told = ("已提", "还没提", "爽约", "补收（元）", "退回（元）", "没成团", "售后", "答应了还没办")
    assert [found[name] for name in told] == [3, 1, 1, 4.02, 2.68, 1, 3, 1]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=evenings())
def test_the_sheets_add_up_to_the_same_amount(record: SessionRecord, tmp_path: Path) -> None:
    facts = facts_of(record)
    book = written(facts, tmp_path)
    for name in ("按商品", "按顾客", "明细"):
        fen = [round(float(str(row["金额（元）"])) * 100) for row in rows(book, name)]
        assert sum(fen) == facts.totals.amount_fen
    assert sum(int(str(row["已订"])) for row in rows(book, "按商品")) == facts.totals.reserved_quantity


def test_every_reservation_has_a_row_with_its_state(tmp_path: Path) -> None:
    found = rows(written(facts_of(a_small_evening()), tmp_path), "明细")
    assert [(row["顾客"], row["商品"], row["规格"], row["数量"], row["状态"]) for row in found] == [
        ("张姐", "柳树湾土鸡蛋 30 枚", None, 2, "已订"),
        ("=HYPERLINK(1)", "柳树湾土鸡蛋 30 枚", None, 3, "已订"),
        ("=HYPERLINK(1)", "柳树湾土鸡蛋 30 枚", None, 1, "排队中"),
        ("=HYPERLINK(1)", "红富士苹果", "大果", 1, "已订"),
        ("王叔", "红富士苹果", "小果", 2, "已取消"),
        ("堂***", "柳树湾土鸡蛋 30 枚", None, 1, "排队中"),
    ]


def test_a_viewers_row_says_all_they_take_and_what_waits(tmp_path: Path) -> None:
    found = rows(written(facts_of(a_small_evening()), tmp_path), "按顾客")
    assert found[0]["订了什么"] == "柳树湾土鸡蛋 30 枚 3 箱；柳树湾土鸡蛋 30 枚 1 箱（排队）；红富士苹果（大果） 1 箱"
    assert [row["平台隐名"] for row in found] == [None, None, "是"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@全体", "=cmd|' /C calc'!A0", "{=1}", "12345678901234567890"])
def test_a_name_that_looks_like_a_formula_stays_text(name: str, tmp_path: Path) -> None:
    stream = a_stream(egg())
    stream.buys(person(name), "egg", 1)
    book = written(facts_of(stream.end()), tmp_path)
    for sheet, place in (("按顾客", "A2"), ("明细", "B2")):
        cell = book[sheet][place]
        assert (cell.value, cell.data_type) == (name, "s")
        assert bool(cell.quotePrefix) is name.startswith(("=", "+", "-", "@"))


def test_the_file_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    written(facts_of(a_small_evening()), tmp_path)
    with zipfile.ZipFile(tmp_path / "orders.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(NAMES)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_money_has_two_places_and_times_read_as_times(tmp_path: Path) -> None:
    book = written(facts_of(a_small_evening()), tmp_path)
    assert book["按商品"]["K2"].number_format == "#,##0.00"
    assert book["明细"]["A2"].number_format == "yyyy-mm-dd hh:mm"
    assert book["明细"]["A2"].is_date


def test_books_that_do_not_balance_are_named_in_the_summary(tmp_path: Path) -> None:
    record = a_small_evening()
    facts = facts_of(SessionRecord(session=record.session, offers=(), reservations=record.reservations, comments=()))
    found = [row["数字"] for row in rows(written(facts, tmp_path), "汇总") if row["项目"] == "账对不上"]
    assert len(found) == 2


def test_no_platform_id_and_no_telephone_number_is_in_the_workbook(tmp_path: Path) -> None:
    written(facts_of(a_small_evening()), tmp_path)
    with zipfile.ZipFile(tmp_path / "orders.xlsx") as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "wx-id-" not in text
    assert "13812345678" not in text
