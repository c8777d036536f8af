from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.reports.privacy import mask_numbers


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("打我13812345678", "打我138****78"),
        ("138-1234-5678 找我", "138****78 找我"),
        ("138 1234 5678", "138****78"),
        ("１３８１２３４５６７８", "１３８****７８"),
        ("一三八一二三四五六七八", "一三八****七八"),
        ("+8613812345678", "+86****78"),
        ("8613812345678", "861****78"),
        ("0538-8123456", "053****56"),
        ("身份证11010519491231002X", "身份证110****2X"),
        ("先打13812345678，不通再打13987654321", "先打138****78，不通再打139****21"),
    ],
)
def test_numbers_that_reach_a_person_are_masked(written: str, shown: str) -> None:
    assert mask_numbers(written) == shown


@pytest.mark.parametrize(
    "text", ["要两箱鸡蛋", "3号+2", "111111111111", "39.90 一斤", "2026-01-07 20:00", "", "12 个 30 枚"]
)
def test_what_reaches_nobody_stays(text: str) -> None:
    assert mask_numbers(text) == text


@given(st.text(alphabet="零一2三 鸡蛋-", max_size=5), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_survives_among_words(before: str, number: str) -> None:
    assert number not in mask_numbers(f"{before}，{number}")
