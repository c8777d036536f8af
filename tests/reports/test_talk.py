from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.reports.facts import facts_of
from live.reports.talk import nearest_rank, offer_named, offer_names
from nlp.types import Intent, Topic
from tests.reports.evenings import evenings
from tests.reports.factories import (
    EVENING_MS,
    HOST,
    MINUTE_MS,
    a_quiet_evening,
    a_small_evening,
    a_stream,
    apple,
    asks,
    chats,
    egg,
    person,
)

if TYPE_CHECKING:
    from live.store.port import SessionRecord

NAMES = offer_names([egg(), apple(), replace(egg(), id="duck", number=12, title="鸭蛋", aliases=())])


@given(evenings())
def test_every_comment_is_counted_once_in_each_way(record: SessionRecord) -> None:
    facts = facts_of(record)
    for counts in (facts.counts.by_intent, facts.counts.by_route, facts.counts.by_outcome):
        assert sum(counts.values()) == facts.totals.comments == len(record.comments)
    assert sum(facts.counts.by_topic.values()) == facts.counts.by_intent["question"]


def test_intents_that_did_not_occur_are_told_too() -> None:
    counts = facts_of(a_quiet_evening()).counts
    assert counts.by_intent == dict.fromkeys((intent.value for intent in Intent), 0)


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("土鸡蛋多少钱", "egg"),
        ("苹果甜不甜", "apple"),
        ("2号还有吗", "apple"),
        ("12号还有吗", "duck"),
        ("112号", None),
        ("几点能提", None),
    ],
)
def test_a_question_belongs_to_the_offer_that_it_names(text: str, offer: str | None) -> None:
    assert offer_named(text, NAMES) == offer


def test_an_empty_alias_names_nothing() -> None:
    assert offer_named("你好", offer_names([replace(egg(), aliases=("",))])) is None


def test_questions_are_gathered_by_topic_and_offer_the_most_asked_first() -> None:
    stream = a_stream(egg(), apple())
    stream.say(person("张姐"), "几点能提，打我13812345678", asks(Topic.PICKUP))
    for name in ("李哥", "小雨"):
        stream.now_ms += MINUTE_MS
        stream.say(person(name), f"鸡蛋多少钱啊{name}", asks(Topic.PRICE))
    eggs, pickup = facts_of(stream.end()).questions
    assert (eggs.topic, eggs.offer_id, eggs.offer_title, eggs.count) == ("price", "egg", "柳树湾土鸡蛋 30 枚", 2)
    assert (eggs.first_asked_ms, eggs.example) == (EVENING_MS + MINUTE_MS, "鸡蛋多少钱啊李哥")
    assert (pickup.offer_id, pickup.example) == (None, "几点能提，打我138****78")


def test_a_question_without_a_topic_is_about_something_else() -> None:
    stream = a_stream(egg())
    stream.say(person(), "这是啥", asks(None))
    assert [group.topic for group in facts_of(stream.end()).questions] == ["other"]


def test_the_hosts_own_questions_do_not_count() -> None:
    stream = a_stream(egg())
    stream.say(person(HOST), "鸡蛋还要不要", asks(Topic.STOCK))
    assert facts_of(stream.end()).questions == ()


def test_the_confirm_queue_tells_what_became_of_each() -> None:
    confirm = facts_of(a_small_evening()).confirm
    assert (confirm.raised, confirm.accepted, confirm.dismissed) == (3, 1, 1)
    (waiting,) = confirm.waiting
    assert (waiting.viewer_name, waiting.text) == ("小雨", "给我留点，电话138****78")
    assert waiting.reason == "没说清要几份"


@given(evenings())
def test_what_was_put_to_the_host_is_answered_or_waits(record: SessionRecord) -> None:
    confirm = facts_of(record).confirm
    assert confirm.raised == confirm.accepted + confirm.dismissed + len(confirm.waiting)
    assert confirm.raised == sum(c.route in {"confirm", "ask"} for c in record.comments)


def test_hidden_viewers_hold_only_what_the_host_confirmed() -> None:
    weak = facts_of(a_small_evening()).weak
    assert (weak.comments, weak.reservations, weak.quantity) == (1, 0, 0)


def test_late_comments_are_counted_and_the_usual_delay_is_told() -> None:
    arrival = facts_of(a_small_evening()).arrival
    assert (arrival.late, arrival.delay_p50_ms, arrival.delay_max_ms) == (1, 400, 25_000)


def test_a_clock_that_is_ahead_is_no_delay() -> None:
    stream = a_stream(egg())
    stream.say(person(), "来了", chats(), delay_ms=-5_000)
    assert facts_of(stream.end()).arrival.delay_max_ms == 0


def test_without_comments_there_is_no_delay() -> None:
    arrival = facts_of(a_quiet_evening()).arrival
    assert (arrival.late, arrival.delay_p50_ms, arrival.delay_p95_ms, arrival.delay_max_ms) == (0, None, None, None)


def test_orders_after_the_cutoff_and_comments_after_the_end_are_counted() -> None:
    stream = a_stream(egg())
    stream.now_ms += 121 * MINUTE_MS
    stream.buys(person(), "egg", 1)
    stream.end()
    stream.buys(person("李哥"), "egg", 1)
    arrival = facts_of(stream.record()).arrival
    assert (arrival.after_cutoff, arrival.after_end) == (1, 1)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_is_one_of_the_values_with_enough_below(values: list[int], percentile: int) -> None:
    ordered = sorted(values)
    found = nearest_rank(ordered, percentile)
    assert found in ordered
    assert sum(v <= found for v in ordered) * 100 >= percentile * len(ordered)
