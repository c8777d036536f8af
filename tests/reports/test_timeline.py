from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from live.reports.facts import facts_of
from live.reports.figures import Minute
from live.reports.timeline import MOST_STEPS, course_of
from tests.reports.evenings import evenings
from tests.reports.factories import EVENING_MS, MINUTE_MS, a_quiet_evening, a_small_evening

if TYPE_CHECKING:
    from live.store.port import SessionRecord


def minute(offset: int, comments: int = 1) -> Minute:
    return Minute(at_ms=EVENING_MS + offset * MINUTE_MS, comments=comments, reservations=0, quantity=0)


@given(evenings())
def test_the_minutes_hold_every_comment_and_every_reservation(record: SessionRecord) -> None:
    minutes = facts_of(record).minutes
    assert sum(m.comments for m in minutes) == len(record.comments)
    assert sum(m.reservations for m in minutes) == len(record.reservations)
    assert sum(m.quantity for m in minutes) == sum(r.quantity for r in record.reservations)
    assert [m.at_ms for m in minutes] == sorted({m.at_ms for m in minutes})


def test_minutes_are_those_of_the_clock() -> None:
    minutes = facts_of(a_small_evening()).minutes
    assert [(m.at_ms, m.comments, m.reservations) for m in minutes] == [
        (EVENING_MS, 1, 0),
        (EVENING_MS + MINUTE_MS, 3, 4),
        (EVENING_MS + 2 * MINUTE_MS, 6, 2),
    ]


def test_a_quiet_evening_has_no_minutes_but_a_course() -> None:
    facts = facts_of(a_quiet_evening())
    assert facts.minutes == ()
    course = course_of(facts.minutes, EVENING_MS, EVENING_MS + 3 * MINUTE_MS)
    assert [step.comments for step in course.steps] == [0, 0, 0]


def test_gaps_are_steps_of_nothing() -> None:
    course = course_of([minute(0), minute(2, 5)], EVENING_MS + 30_000, EVENING_MS + 3 * MINUTE_MS)
    assert [step.comments for step in course.steps] == [1, 0, 5]


def test_a_session_that_ended_at_once_has_one_step() -> None:
    assert len(course_of([], EVENING_MS, EVENING_MS).steps) == 1


def test_what_lies_before_or_after_the_broadcast_is_told_apart() -> None:
    course = course_of([minute(-1, 2), minute(0), minute(300, 4)], EVENING_MS, EVENING_MS + 10 * MINUTE_MS)
    assert course.outside.comments == 6


@given(st.lists(st.integers(-50, 4_000), max_size=20), st.integers(0, 4_000))
def test_a_course_has_a_readable_number_of_steps_and_loses_nothing(offsets: list[int], length: int) -> None:
    minutes = [minute(offset) for offset in sorted(set(offsets))]
    course = course_of(minutes, EVENING_MS, EVENING_MS + length * MINUTE_MS)
    assert 1 <= len(course.steps) <= MOST_STEPS
    assert sum(step.comments for step in course.steps) + course.outside.comments == len(minutes)
