from __future__ import annotations

from nlp.llm_counts import Counts
from nlp.llm_types import Answered, Unanswered, Use, Why
from tests.nlp.llm.ask import Word

GOOD = Answered(value=Word(word="好"))


def test_calls_are_counted_by_use_and_outcome_and_only_real_answers_by_their_time() -> None:
    counts = Counts()
    counts.call(Use.OPINION, GOOD, 120)
    counts.call(Use.OPINION, Answered(value=GOOD.value, from_cache=True), 0)
    counts.call(Use.ANSWER, Unanswered(why=Why.DEADLINE), 1500)
    assert counts.calls == {("opinion", "ok"): 1, ("opinion", "cached"): 1, ("answer", "deadline"): 1}
    assert list(counts.latency) == ["opinion"]
    assert (counts.latency["opinion"].count, counts.latency["opinion"].sum_ms) == (1, 120)


def test_a_time_is_counted_in_the_first_bucket_that_holds_it() -> None:
    counts = Counts()
    for took in (100, 101, 99_999):
        counts.call(Use.SCRIPT, GOOD, took)
    assert counts.latency["script"].buckets == {100: 1, 200: 1, -1: 1}


def test_what_validators_threw_away_is_counted_by_reason() -> None:
    counts = Counts()
    counts.drop(Use.NARRATIVE, "numbers", 2)
    counts.drop(Use.NARRATIVE, "numbers")
    counts.drop(Use.NARRATIVE, "link", 0)
    assert counts.dropped == {("narrative", "numbers"): 3}
