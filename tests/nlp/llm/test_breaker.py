from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_breaker import TABLE, Breaker, Circuit, Event, Patience

PATIENCE = Patience(failures=3, first_ms=5_000, longest_ms=20_000)


def broken(now_ms: int = 0) -> Breaker:
    breaker = Breaker(patience=PATIENCE)
    for _ in range(3):
        breaker = breaker.failed(now_ms)
    return breaker


def test_the_table_says_what_becomes_of_every_state_but_that_only_an_open_circuit_is_probed() -> None:
    missing = {(state, event) for state in Circuit for event in Event} - TABLE.keys()
    assert missing == {(Circuit.CLOSED, Event.PROBED), (Circuit.HALF_OPEN, Event.PROBED)}


def test_as_many_failures_in_a_row_open_it_as_the_patience_says() -> None:
    breaker = Breaker(patience=PATIENCE).failed(0).failed(0)
    assert (breaker.circuit, breaker.well().failed(0).failed(0).circuit) == (Circuit.CLOSED, Circuit.CLOSED)
    assert breaker.failed(0).circuit is Circuit.OPEN


def test_an_open_one_admits_one_question_when_its_time_has_come() -> None:
    breaker = broken(now_ms=1000)
    assert (breaker.admits(5_999), breaker.admits(6_000)) == (False, True)
    probing = breaker.asked()
    assert (probing.circuit, probing.admits(10**9)) == (Circuit.HALF_OPEN, False)
    assert probing.well() == Breaker(patience=PATIENCE, again_ms=6_000)


def test_each_failed_probe_makes_the_wait_twice_as_long_up_to_the_longest() -> None:
    breaker, waits = broken(), []
    for _ in range(4):
        waits.append(breaker.again_ms)
        breaker = breaker.asked().failed(0)
    assert waits == [5_000, 10_000, 20_000, 20_000]


def test_who_says_how_long_to_wait_is_believed_at_once() -> None:
    breaker = Breaker(patience=PATIENCE).failed(1000, wait_ms=7_000)
    assert (breaker.circuit, breaker.again_ms) == (Circuit.OPEN, 8_000)


def test_a_probe_that_is_taken_back_may_be_made_anew_at_once() -> None:
    breaker = broken().asked().abandoned()
    assert (breaker.circuit, breaker.admits(5_000)) == (Circuit.OPEN, True)


def test_late_answers_to_what_was_asked_before_neither_close_nor_prolong_an_open_one() -> None:
    breaker = broken()
    assert breaker.well().circuit is Circuit.OPEN
    assert breaker.failed(4_000).again_ms == breaker.again_ms


@given(st.lists(st.sampled_from(["ask", "well", "failed", "abandoned", "wait"]), max_size=60))
def test_never_are_two_probes_out_at_once_and_it_always_admits_again_in_time(steps: list[str]) -> None:
    breaker, now_ms, probes = Breaker(patience=PATIENCE), 0, 0
    for step in steps:
        if step == "ask" and breaker.admits(now_ms):
            breaker, probes = breaker.asked(), probes + (breaker.circuit is Circuit.OPEN)
        elif step == "wait":
            now_ms += 1_000
        elif step != "ask":
            breaker = {"well": breaker.well, "abandoned": breaker.abandoned}.get(step, lambda: breaker.failed(now_ms))()  # noqa: B023  # called at once
            probes = 0 if breaker.circuit is not Circuit.HALF_OPEN else probes
        assert probes <= 1
    waited = breaker.abandoned() if breaker.circuit is Circuit.HALF_OPEN else breaker
    assert waited.admits(now_ms + PATIENCE.longest_ms)
