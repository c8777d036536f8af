from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.reports.facts import facts_of
from live.reports.panels import intent_rows, offer_bar, step_words, ticks_of, timeline_of
from live.reports.timeline import STEPS, course_of
from tests.reports.factories import EVENING_MS, MINUTE_MS, a_quiet_evening, a_small_evening, a_stream, egg, person
from tests.reports.reading import read


@pytest.mark.parametrize(("minutes", "said"), [(1, "每分钟"), (5, "每 5 分钟"), (120, "每 2 小时"), (1440, "每天")])
def test_a_step_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert minutes in STEPS
    assert step_words(minutes) == said


def test_clock_times_under_a_chart_are_round() -> None:
    course = course_of([], EVENING_MS + 3 * MINUTE_MS, EVENING_MS + 34 * MINUTE_MS)
    assert [tick.text for tick in ticks_of(course)] == ["20:10", "20:20", "20:30"]


@given(st.integers(0, 10_000), st.integers(0, 20_000))
def test_a_few_clock_times_lie_within_the_chart_in_order(start: int, length: int) -> None:
    first = EVENING_MS + start * MINUTE_MS
    places = [tick.left for tick in ticks_of(course_of([], first, first + length * MINUTE_MS))]
    assert len(places) <= 6
    assert places == sorted(set(places))
    assert all(0 <= place < 100 for place in places)


def test_the_timeline_names_its_peaks() -> None:
    comments, orders = timeline_of(facts_of(a_small_evening())).panels
    assert (comments.peak, comments.top) == ("最高 6 条（20:02）", 8)
    assert (orders.peak, orders.top) == ("最高 4 单（20:01）", 4)


def test_a_timeline_of_nothing_has_no_peak() -> None:
    assert [panel.peak for panel in timeline_of(facts_of(a_quiet_evening())).panels] == [None, None]


def test_a_running_broadcast_is_drawn_up_to_the_last_moment_known() -> None:
    stream = a_stream(egg())
    stream.now_ms += 4 * MINUTE_MS
    stream.buys(person(), "egg", 1)
    assert sum(tag == "g" for tag, _ in read(timeline_of(facts_of(stream.record())).panels[0].picture).elements) == 4


def test_an_offers_bar_shows_what_is_taken_left_and_waiting() -> None:
    eggs, apples = facts_of(a_small_evening()).offers
    assert read(offer_bar(eggs)).text == "已订 5，剩 0，排队 2"
    assert read(offer_bar(apples)).text == "已订 1，剩 19，排队 0"


def test_intents_that_occurred_come_with_the_most_frequent_first() -> None:
    rows = intent_rows(facts_of(a_small_evening()))
    assert [(row.label, row.number) for row in rows] == [("要货", 7), ("提问", 2), ("取消", 1)]
    assert sum(row.part for row in rows) == pytest.approx(1)
