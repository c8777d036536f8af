from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.reports import charts
from tests.reports.reading import read


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (4, 4), (5, 8), (9, 10), (11, 20), (45, 60), (100, 100), (101, 200), (850, 1000)]
)
def test_an_axis_ends_at_a_round_number(value: int, top: int) -> None:
    assert charts.nice_ceiling(value) == top


@given(st.integers(0, 10**9))
def test_an_axis_covers_its_value_without_dwarfing_it_and_its_half_is_whole(value: int) -> None:
    top = charts.nice_ceiling(value)
    assert value <= top <= max(4, 2 * value)
    assert top % 2 == 0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_every_value_has_a_place_and_every_value_above_nothing_a_column(values: list[int]) -> None:
    page = read(charts.columns(values, ["" for _ in values], top=50))
    rects = [attributes for tag, attributes in page.elements if tag == "rect"]
    bars = [rect for rect in rects if rect["class"] == "bar"]
    assert len(rects) - len(bars) == len(values)
    assert [round(float(bar["height"]) / 2) for bar in bars] == [value for value in values if value]


def test_tooltips_stay_text() -> None:
    page = read(charts.columns([1], ["<script>alert(1)</script>"], top=4))
    assert not page.has("script")
    assert page.text == "<script>alert(1)</script>"


def test_a_lying_bar_shares_its_width_out() -> None:
    page = read(charts.bar([("taken", 3), ("left", 1)], top=4, title="已订 3"))
    widths = [(rect["class"], rect["x"], rect["width"]) for tag, rect in page.elements if tag == "rect"]
    assert widths == [("taken", "0.00", "75.00"), ("left", "75.00", "25.00")]


def test_a_bar_of_nothing_is_empty() -> None:
    page = read(charts.bar([("taken", 0)], top=0, title=""))
    assert [rect["width"] for tag, rect in page.elements if tag == "rect"] == ["0.00"]
