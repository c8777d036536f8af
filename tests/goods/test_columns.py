"""Which column is which."""

from __future__ import annotations

import pytest

from live.goods.columns import FIELDS, field_of, find_heading


@pytest.mark.parametrize(
    ("name", "field"),
    [("编号", "number"), ("*品名", "title"), ("价格（元）", "price"), ("单价(元/箱)", "price"), ("限量：", "quota"), ("每人 限购", "per_viewer_limit"),
     ("箱规", "case_size"), ("供应商", "supplier"), ("ＳＫＵ", "id"), ("产地", None), ("", None)],
)  # fmt: skip
def test_a_column_is_known_by_many_names(name: str, field: str | None) -> None:
    assert field_of(name) == field


def test_the_heading_is_the_first_line_that_names_goods_and_one_thing_more() -> None:
    rows = [(1, ("桥头便利店 商品",)), (2, ("", "")), (4, ("序号", "品名", "价格", "产地"))]
    heading = find_heading(rows)
    assert heading is not None
    assert (heading.row, heading.fields) == (4, ("number", "title", "price", None))
    assert heading.name_of("price") == "价格"


def test_a_second_column_of_one_kind_is_a_fact() -> None:
    heading = find_heading([(1, ("品名", "价格", "单价"))])
    assert heading is not None
    assert heading.fields == ("title", "price", None)


def test_without_a_heading_there_is_none() -> None:
    assert find_heading([(1, ("土鸡蛋", "39.9"))]) is None


def test_no_name_means_two_fields() -> None:
    assert all(name == name.lower() and " " not in name for name in FIELDS)
