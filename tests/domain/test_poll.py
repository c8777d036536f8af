from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.poll import PollState
from tests.domain.factories import EVENING_MS
from tests.domain.stage_factories import POLL

KEYS = st.sampled_from([option.key for option in POLL.options])


@pytest.mark.parametrize(("after_ms", "takes"), [(-1, False), (0, True), (59_999, True), (60_000, False)])
def test_votes_count_from_the_opening_until_the_closing(after_ms: int, takes: bool) -> None:
    assert POLL.takes(EVENING_MS + after_ms) is takes


def test_a_closed_poll_takes_nothing() -> None:
    assert not replace(POLL, state=PollState.CLOSED).takes(EVENING_MS)


@given(st.lists(st.tuples(st.integers(min_value=0, max_value=4), KEYS)))
def test_the_counts_are_the_last_votes_of_all_who_voted(cast: list[tuple[int, str]]) -> None:
    poll, last = POLL, dict[int, str]()
    for voter, key in cast:
        poll = poll.moved(last.get(voter), key) if last.get(voter) != key else poll
        last[voter] = key
    assert {option.key: option.votes for option in poll.options} == {
        option.key: list(last.values()).count(option.key) for option in POLL.options
    }
    assert poll.votes == len(last)
