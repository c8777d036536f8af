from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.web.whole import whole

MOST = 2**53


@given(st.integers(0, MOST))
def test_every_number_in_the_range_is_read(number: int) -> None:
    assert whole(str(number), MOST) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.5", " 1", "x", "٣", "²", str(MOST + 1), "9" * 5000])
def test_all_else_is_no_number(text: str) -> None:
    assert whole(text, MOST) is None


def test_zeros_in_front_hide_no_number_from_the_bound() -> None:
    assert whole("0" * 30 + "9" * 30, MOST) is None
    assert whole("0007", 5) is None
    assert whole("0005", 5) == 5
