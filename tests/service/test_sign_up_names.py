from __future__ import annotations

import pytest

from live.service.sign_up_names import split
from tests.service.lists import reader


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("张姐 鸡蛋2箱", "张姐"),
        ("张姐：鸡蛋2箱", "张姐"),
        ("张姐，鸡蛋2箱，小果1箱", "张姐"),
        ("3栋 张姐 鸡蛋2箱", "3栋 张姐"),
        ("张姐3栋201 鸡蛋2箱", "张姐3栋201"),
        ("A 褚姐 鸡蛋2箱", "A 褚姐"),
        ("小-李~水果 鸡蛋2箱", "小-李~水果"),
        ("张姐 我要 鸡蛋2箱", "张姐"),
        ("张姐鸡蛋2箱", "张姐"),
        ("卫姐要鸡蛋2箱", "卫姐"),
        ("张姐鸡蛋2箱 大果1箱", "张姐"),
        ("鸡蛋2箱 钱姐", "钱姐"),
        ("鸡蛋姐 鸡蛋2箱", "鸡蛋姐"),
        ("冯姐 13812345678 鸡蛋2箱", "冯姐"),
        ("【张姐】 鸡蛋2箱", "张姐"),
    ],
)
def test_the_name_is_told_from_the_order(line: str, name: str) -> None:
    found = split(line, reader())
    assert found is not None
    assert found.name == name
    assert ("egg", 2) in [(action.offer, action.quantity) for action in found.reading.actions]


def test_none_of_the_order_is_lost_with_a_name_that_is_glued_to_it() -> None:
    found = split("张姐鸡蛋2箱 大果1箱", reader())
    assert found is not None
    assert [(a.offer, a.variant, a.quantity) for a in found.reading.actions] == [("egg", None, 2), ("apple", "l", 1)]


@pytest.mark.parametrize("line", ["张姐", "张姐 你好", "你好", "", "   "])
def test_a_line_without_an_order_is_not_taken_apart(line: str) -> None:
    assert split(line, reader()) is None
