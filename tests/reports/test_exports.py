from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from live.domain import commands as c
from live.reports.exports import TABLES, Exports, export_sheets
from tests.reports.factories import a_quiet_evening, a_small_evening, a_stream, egg, person


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Exports().csv(a_small_evening(), table).decode("utf-8-sig"))))


def test_every_reservation_is_there_with_its_viewer_and_its_state() -> None:
    record, found = a_small_evening(), rows("reservations")
    assert [row["预订编号"] for row in found] == [r.id for r in sorted(record.reservations, key=lambda r: r.made_ms)]
    first = found[0]
    assert (first["顾客"], first["商品"], first["数量"], first["单价（元）"], first["金额（元）"], first["状态"]) == (
        "张姐",
        "柳树湾土鸡蛋 30 枚",
        "2",
        "39.90",
        "79.80",
        "已订",
    )
    assert (first["自提点"], first["手机尾号"], first["平台"]) == ("东门便利店", "", "wechat_channels")


def test_where_and_how_somebody_fetches_is_there() -> None:
    stream = a_stream(egg())
    stream.buys(person("张姐"), "egg", 1)
    (held,) = stream.state.reservations.values()
    stream.do(c.SetBasket(pickup_code=held.pickup_code, pickup_point_id="p2", phone_tail="5678"))
    (row,) = export_sheets(stream.record())["reservations"].rows
    assert row[-5:-3] == ("北桥快递站", "5678")


def test_every_offer_is_there() -> None:
    assert [(row["商品"], row["名额"], row["已订"]) for row in rows("offers")] == [
        ("柳树湾土鸡蛋 30 枚", "5", "5"),
        ("红富士苹果", "20", "1"),
    ]


def test_every_comment_is_there_with_what_came_of_it() -> None:
    record, found = a_small_evening(), rows("comments")
    assert [(row["序号"], row["评论"]) for row in found] == [(str(c.n), c.comment.text) for c in record.comments]
    assert (found[0]["意思"], found[0]["问什么"], found[0]["结果"]) == ("提问", "价格", "不用办")


def test_a_name_that_is_a_formula_is_none_in_any_table() -> None:
    assert {row["顾客"] for row in rows("comments") + rows("reservations") if "HYPERLINK" in row["顾客"]} == {
        "'=HYPERLINK(1)"
    }


def test_the_workbook_has_the_same_tables() -> None:
    record = a_small_evening()
    book = openpyxl.load_workbook(io.BytesIO(Exports().xlsx(record)))
    sheets = export_sheets(record)
    assert book.sheetnames == [sheet.name for sheet in sheets.values()] == ["预订", "商品", "评论"]
    assert list(sheets) == list(TABLES)
    for sheet in sheets.values():
        assert book[sheet.name].max_row == len(sheet.rows) + 1
        assert [cell.value for cell in book[sheet.name][1]] == [column.title for column in sheet.columns]


@pytest.mark.parametrize("table", TABLES)
def test_an_evening_without_anything_has_heads_alone(table: str) -> None:
    assert Exports().csv(a_quiet_evening(), table).count(b"\r\n") == 1
