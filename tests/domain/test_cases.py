from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.cases import CaseFill, case_fill
from tests.domain.factories import egg

if TYPE_CHECKING:
    from live.domain.offer import Offer


def an_offer(reserved: int, *, case_size: int = 12, tolerance: int | None = None) -> Offer:
    return replace(egg(quota=1_000), reserved=reserved, case_size=case_size, case_tolerance=tolerance)


@pytest.mark.parametrize(
    ("reserved", "tolerance", "fill"),
    [
        (0, None, CaseFill(full=0, loose=0, missing=0, to_order=0, surplus=0, unfilled=0)),
        (12, 0, CaseFill(full=1, loose=0, missing=0, to_order=1, surplus=0, unfilled=0)),
        (9, None, CaseFill(full=0, loose=9, missing=3, to_order=1, surplus=3, unfilled=0)),
        (9, 3, CaseFill(full=0, loose=9, missing=3, to_order=1, surplus=3, unfilled=0)),
        (9, 2, CaseFill(full=0, loose=9, missing=3, to_order=0, surplus=0, unfilled=9)),
        (25, 0, CaseFill(full=2, loose=1, missing=11, to_order=2, surplus=0, unfilled=1)),
    ],
)
def test_an_open_case_is_ordered_if_it_lacks_no_more_than_the_tolerance(
    reserved: int, tolerance: int | None, fill: CaseFill
) -> None:
    assert case_fill(an_offer(reserved, tolerance=tolerance)) == fill


@given(reserved=st.integers(0, 400), case_size=st.integers(1, 40), tolerance=st.none() | st.integers(0, 40))
def test_what_is_ordered_is_what_is_handed_out_and_what_is_left_over(
    reserved: int, case_size: int, tolerance: int | None
) -> None:
    fill = case_fill(an_offer(reserved, case_size=case_size, tolerance=tolerance))
    assert fill.to_order * case_size == reserved - fill.unfilled + fill.surplus
    assert fill.surplus == 0 or fill.unfilled == 0
    assert 0 <= fill.surplus < case_size
    assert 0 <= fill.unfilled < case_size
    assert (fill.missing + fill.loose) % case_size == 0


@given(reserved=st.integers(0, 400))
def test_single_pieces_are_always_whole(reserved: int) -> None:
    fill = case_fill(an_offer(reserved, case_size=1, tolerance=0))
    assert (fill.to_order, fill.unfilled, fill.surplus) == (reserved, 0, 0)


@given(reserved=st.integers(0, 400), case_size=st.integers(1, 40))
def test_without_a_tolerance_everybody_is_served(reserved: int, case_size: int) -> None:
    assert case_fill(an_offer(reserved, case_size=case_size)).unfilled == 0
