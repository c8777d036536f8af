from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.sources.pulse import MOST_PATIENT_MS, Pulse

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS


def pulse(*heard: tuple[int, int]) -> Pulse:
    """A pulse that heard so many comments at each time in seconds."""
    source = Pulse()
    for second, comments in heard:
        source.heard(second * SECOND_MS, comments)
    return source


def test_a_source_that_never_spoke_has_nothing_to_tell() -> None:
    source = Pulse()
    assert (source.messages, source.last_message_ms, source.last_comment_ms) == (0, None, None)
    assert (source.per_hour(), source.patience_ms(90)) == (0, 90)


def test_the_last_message_may_be_younger_than_the_last_comment() -> None:
    source = pulse((1, 2), (5, 0))
    assert (source.messages, source.last_message_ms, source.last_comment_ms) == (2, 5_000, 1_000)


def test_a_lively_source_is_waited_for_as_long_as_the_settings_say() -> None:
    assert pulse(*((second, 1) for second in range(60))).patience_ms(90_000) == 90_000


def test_a_source_that_speaks_seldom_is_waited_for_longer_but_not_for_ever() -> None:
    assert pulse(*((20 * n, 1) for n in range(30))).patience_ms(90_000) == 200_000
    assert pulse(*((600 * n, 1) for n in range(30))).patience_ms(90_000) == MOST_PATIENT_MS
    assert pulse(*((600 * n, 1) for n in range(30))).patience_ms(MOST_PATIENT_MS + 1) == MOST_PATIENT_MS + 1


def test_the_pace_is_that_of_the_latest_messages() -> None:
    slow_then_quick = [(100 * n, 1) for n in range(20)] + [(2_000 + n, 1) for n in range(20)]
    assert pulse(*slow_then_quick).patience_ms(0) == 10_000


def test_comments_an_hour_are_those_of_the_last_ten_minutes() -> None:
    steady = [(second, 1) for second in range(0, 1_800, 6)]
    assert abs(pulse(*steady).per_hour() - 600) <= 60
    died_down = [(second, 1) for second in range(600)] + [(3_600, 0)]
    assert pulse(*died_down).per_hour() == 0


def test_the_first_minute_counts_as_a_minute() -> None:
    assert pulse((0, 1)).per_hour() == 60
    assert pulse((0, 5), (1, 5)).per_hour() == 600


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 50)), max_size=80))
def test_the_numbers_are_never_negative_and_patience_never_less_than_asked(steps: list[tuple[int, int]]) -> None:
    source, now = Pulse(), 0
    for step, comments in steps:
        now += step
        source.heard(now * SECOND_MS, comments)
    assert source.per_hour() >= 0
    assert 90_000 <= source.patience_ms(90_000) <= MOST_PATIENT_MS
