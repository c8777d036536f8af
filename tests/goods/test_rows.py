"""The lines of a table as offers, with every fault at once."""

from __future__ import annotations

import pytest

from live.goods.found import Found, Unreadable
from live.goods.rows import ALL_THERE_IS, read_rows, variant_of

HEADING = ("编号", "品名", "价格", "单位", "限量", "每人限购", "箱规", "规格", "供应商", "称重", "产地")


def table(*lines: tuple[str, ...]) -> Found:
    return read_rows([(1, HEADING), *enumerate(lines, 2)])


def places(found: Found) -> list[tuple[int, str | None]]:
    return [(fault.row, fault.column) for fault in found.faults]


def test_a_whole_line_is_an_offer() -> None:
    found = table(("1号", "土鸡蛋", "39.9", "箱", "100", "5", "12", "大号、中号", "何家", "是", "柳树湾"))
    assert found.faults == []
    assert found.offers == [(2, {
        "title": "土鸡蛋", "price": "39.90", "unit": "箱", "number": 1, "quota": 100, "per_viewer_limit": 5, "case_size": 12,
        "variants": [{"id": "v1", "name": "大号"}, {"id": "v2", "name": "中号"}], "supplier": "何家", "weighed": True,
        "facts": {"产地": "柳树湾"},
    })]  # fmt: skip


def test_all_faults_of_all_lines_are_told_with_their_column() -> None:
    found = table(("1", "", "贵", "", "很多"), ("2", "苹果", "", "", "-3"))
    assert places(found) == [(2, "品名"), (2, "价格"), (2, "限量"), (3, "价格"), (3, "限量")]
    assert "39.9" in found.faults[1].message


def test_the_unit_beside_the_price_counts_where_no_column_says_it() -> None:
    [(_, offer)] = table(("1", "鸡蛋", "39.9/箱")).offers
    assert offer["unit"] == "箱"


def test_empty_lines_sums_and_repeated_headings_are_no_goods() -> None:
    found = table(("", "", ""), ("", "合计", "100"), HEADING)
    assert (found.offers, found.faults) == ([], [])


def test_a_size_that_is_no_choice_becomes_a_fact() -> None:
    [(_, offer)] = table(("1", "鸡蛋", "39.9", "箱", "10", "", "", "30枚/箱")).offers
    assert "variants" not in offer
    assert offer["facts"] == {"规格": "30枚/箱"}


def test_a_code_is_no_number_for_the_air_and_is_told() -> None:
    found = table(("A-001", "鸡蛋", "39.9"))
    assert "number" not in found.offers[0][1]
    assert [(w.row, w.column) for w in found.warnings] == [(2, "编号")]


def test_without_bound_is_a_number_that_is_told() -> None:
    found = table(("1", "鸡蛋", "39.9", "", "不限", "不限"))
    assert found.offers[0][1]["quota"] == ALL_THERE_IS
    assert "per_viewer_limit" not in found.offers[0][1]
    assert [w.column for w in found.warnings] == ["限量"]


def test_a_choice_may_carry_its_own_quota() -> None:
    assert variant_of(1, "大号（40）") == {"id": "v1", "name": "大号", "quota": 40}
    assert variant_of(2, "中号:x") == {"id": "v2", "name": "中号:x"}


def test_without_a_heading_the_way_out_is_said() -> None:
    with pytest.raises(Unreadable, match="模板"):
        read_rows([(1, ("土鸡蛋", "39.9"))])


def test_a_heading_without_a_price_is_one_fault_and_not_one_a_line() -> None:
    found = read_rows([(1, ("编号", "品名")), (2, ("1", "鸡蛋")), (3, ("2", "苹果"))])
    assert [fault.row for fault in found.faults] == [1]
