from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.obs.moments import Fact, Moment, Rush, moments

SECOND = 1000


def begins(rush: Rush, *at_s: float) -> list[float]:
    """When rushes begin, of reservations at these seconds."""
    return [at for at in at_s if rush.begins(int(at * SECOND))]


def three_in_ten() -> Rush:
    return Rush(most=3, within_ms=10 * SECOND)


def test_a_rush_begins_with_the_reservation_that_makes_it_one() -> None:
    assert begins(three_in_ten(), 0, 6, 10) == [10]
    assert begins(three_in_ten(), 0, 6, 10.001) == []


def test_a_rush_that_goes_on_is_one() -> None:
    assert begins(three_in_ten(), *range(100)) == [2]


def test_a_rush_that_only_slows_down_is_still_the_same() -> None:
    assert begins(three_in_ten(), 0, 1, 2, 10, 18, 19, 20) == [2]


def test_after_a_pause_there_may_be_another() -> None:
    assert begins(three_in_ten(), 0, 1, 2, 12.5, 13, 14) == [2, 14]


def test_after_a_slow_stretch_there_may_be_another() -> None:
    assert begins(three_in_ten(), 0, 1, 2, 12, 22.5, 23, 24) == [2, 24]


@given(st.lists(st.integers(min_value=0, max_value=4000), max_size=60))
def test_whenever_one_begins_there_were_enough_within_the_time(pauses: list[int]) -> None:
    rush, at_ms, now_ms = three_in_ten(), list[int](), 0
    for pause in pauses:
        now_ms += pause
        at_ms.append(now_ms)
        if rush.begins(now_ms):
            assert len(at_ms) >= 3
            assert at_ms[-1] - at_ms[-3] <= 10 * SECOND


def test_a_moment_is_about_the_object_of_its_event() -> None:
    drawn = Fact(seq=7, kind="giveaway_drawn", at_ms=5, data={"giveaway": {"id": "g1"}})
    pinned = Fact(seq=8, kind="offer_pinned", at_ms=6, data={"offer": {"id": "egg"}, "session": {"id": "s"}})
    assert moments("live", [drawn, pinned], three_in_ten()) == [
        Moment(room="live", seq=7, kind="giveaway_drawn", at_ms=5, subject="g1"),
        Moment(room="live", seq=8, kind="offer_pinned", at_ms=6, subject="egg"),
    ]


def test_what_happens_to_an_evening_that_is_over_is_no_moment() -> None:
    late = Fact(seq=7, kind="giveaway_drawn", at_ms=5, data={"giveaway": {"id": "g1"}, "earlier_session": "s0"})
    assert moments("live", [late], three_in_ten()) == []


def test_an_event_without_its_object_is_a_moment_about_nothing() -> None:
    (moment,) = moments("live", [Fact(seq=1, kind="poll_closed", at_ms=1, data={"poll": None})], three_in_ten())
    assert moment.subject == ""
