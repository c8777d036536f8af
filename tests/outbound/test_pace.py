from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.outbound.pace import FIRST_MS, MAX_ATTEMPTS, MOST_MS, Bucket, backoff_ms

MINUTE_MS = 60_000


def test_twenty_go_at_once_and_the_next_when_the_first_is_a_minute_old() -> None:
    bucket = Bucket(tokens=20, back_ms=MINUTE_MS)
    for _ in range(20):
        assert bucket.wait_ms(1_000) == 0
        bucket.take(1_000)
    assert bucket.wait_ms(1_000) == MINUTE_MS
    assert bucket.wait_ms(60_999) == 1
    assert bucket.wait_ms(61_000) == 0


@given(st.lists(st.integers(0, 30_000), max_size=80))
def test_no_minute_ever_sees_more_than_the_tokens(gaps: list[int]) -> None:
    bucket, now_ms, sent = Bucket(tokens=20, back_ms=MINUTE_MS), 0, list[int]()
    for gap in gaps:
        now_ms += gap
        now_ms += bucket.wait_ms(now_ms)
        bucket.take(now_ms)
        sent.append(now_ms)
    assert all(sum(begin <= moment < begin + MINUTE_MS for moment in sent) <= 20 for begin in sent)


def test_a_clock_that_is_set_back_costs_a_minute_at_the_most() -> None:
    bucket = Bucket(tokens=1, back_ms=MINUTE_MS)
    bucket.take(10_000_000)
    assert bucket.wait_ms(0) == MINUTE_MS
    assert bucket.wait_ms(MINUTE_MS) == 0


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_wait_lies_between_half_and_all_of_its_step(attempts: int, chance: float) -> None:
    step = min(MOST_MS, FIRST_MS * 2 ** (attempts - 1))
    assert step // 2 <= backoff_ms(attempts, chance) <= step


def test_the_waits_together_last_through_a_night() -> None:
    least_ms = sum(backoff_ms(attempts, 0.0) for attempts in range(1, MAX_ATTEMPTS))
    assert 4 * 60 * MINUTE_MS < least_ms < 24 * 60 * MINUTE_MS
