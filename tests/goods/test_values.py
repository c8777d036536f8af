"""One cell: money, numbers, yes and no, lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.goods.values import in_yuan, listed, money, tidy, unlimited, whole, yes


@pytest.mark.parametrize(
    ("text", "price", "unit"),
    [
        ("39.9", "39.90", None),
        ("¥39.9", "39.90", None),
        ("￥３９．９元", "39.90", None),
        ("39.9/箱", "39.90", "箱"),
        ("39.9元/箱", "39.90", "箱"),
        ("12块一袋", "12.00", "袋"),
        ("1,299", "1299.00", None),
        ("0", "0.00", None),
    ],
)
def test_a_price_is_read_as_people_write_it(text: str, price: str, unit: str | None) -> None:
    read = money(text)
    assert read is not None
    assert (read.price, read.unit) == (price, unit)


@pytest.mark.parametrize("text", ["", "面议", "39.999", "-5", "1.2.3", "99999999", "39.9 29.9"])
def test_what_is_no_price_is_none(text: str) -> None:
    assert money(text) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_price_in_fen_comes_back_exactly(fen: int) -> None:
    written = f"{fen // 100}.{fen % 100:02}"
    assert in_yuan(written) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [("100", 100), ("１００箱", 100), ("限100", 100), ("1,000.0", 1000), ("12.5", None), ("很多", None), ("", None)],
)
def test_a_whole_number_is_read_with_its_unit(text: str, number: int | None) -> None:
    assert whole(text) == number


def test_yes_and_unlimited_have_their_words() -> None:
    assert yes("是")
    assert yes("√")
    assert not yes("否")
    assert unlimited(" 不限 ")
    assert not unlimited("100")


def test_a_list_has_each_part_once() -> None:
    assert listed("鸡蛋、土鸡蛋，鸡蛋;柴鸡蛋") == ["鸡蛋", "土鸡蛋", "柴鸡蛋"]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    money(text), whole(text), listed(text), yes(text)
    assert tidy(text).isprintable() or not tidy(text).isascii()
