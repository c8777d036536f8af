from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import read_number, write_chinese


def whole(text: str) -> int | None:
    number = read_number(text, 0)
    assert number is not None
    return number.whole


@given(st.integers(min_value=1, max_value=99_999))
def test_written_chinese_is_read_back(value: int) -> None:
    written = write_chinese(value)
    number = read_number(written, 0)
    assert number is not None
    assert (number.whole, number.end) == (value, len(written))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二", 120),
        ("一百零二", 102),
        ("三千五", 3500),
        ("十二", 12),
        ("廿三", 23),
        ("贰拾", 20),
        ("俩", 2),
        ("两百零三", 203),
        ("2万", 20_000),
    ],
)
def test_everyday_numerals(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize("text", ["半", "两三", "两三百", "十十", "一二三"])
def test_what_is_no_exact_number_has_no_value(text: str) -> None:
    assert whole(text) is None


def test_decimals_are_kept_in_hundredths() -> None:
    number = read_number("12.5元", 0)
    assert number is not None
    assert (number.hundredths, number.end, number.whole) == (1250, 4, None)


def test_a_row_of_digits_longer_than_any_count_has_no_value() -> None:
    assert whole("1" * 40) is None


def test_no_number_begins_with_a_letter() -> None:
    assert read_number("袋", 0) is None
