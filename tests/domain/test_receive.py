from __future__ import annotations

import pytest

from live.domain import commands as c
from live.domain.orders import Outcome
from live.domain.receive import WORTH, receive
from live.domain.state import RoomState
from nlp.types import Intent, Route
from tests.domain.factories import (
    CODES,
    CUTOFF_MS,
    EVENING_MS,
    Evening,
    an_evening,
    apple,
    comment,
    egg,
    read_as,
    set_to,
    viewer,
)


def test_comments_are_counted_in_order_of_arrival() -> None:
    evening = an_evening()
    told = [evening.say("晚上好", read_as(Intent.CHAT, route=Route.IGNORE)).n for _ in range(3)]
    assert told == [1, 2, 3]
    assert (evening.state.n, evening.state.comments) == (3, 3)


def test_the_answer_holds_what_was_said_understood_and_done() -> None:
    evening = an_evening()
    read = read_as(Intent.BUY, set_to(2), reason="说了数量和商品")
    said = comment(id="m-1")
    answered, events = receive(evening.state, said, read, received_ms=EVENING_MS + 5, pickup_code=CODES)
    assert (answered.comment, answered.classification, answered.session_id) == (said, read, "s1")
    assert (answered.route, answered.outcome, answered.reason) == ("auto", "reserved", "说了数量和商品")
    assert answered.received_ms == EVENING_MS + 5
    assert {(e.comment_id, e.at_ms) for e in events} == {("m-1", EVENING_MS + 5)}


def test_the_route_told_is_the_one_acted_on() -> None:
    evening = an_evening(egg(limit=1))
    answered = evening.say("要两箱", read_as(Intent.BUY, set_to(2)))
    assert (answered.classification.route, answered.route) == (Route.AUTO, "confirm")
    assert "限购" in answered.reason


def test_the_hour_of_arrival_counts_not_the_hour_a_source_claims() -> None:
    evening = an_evening()
    late = comment(at_ms=EVENING_MS)
    read = read_as(Intent.BUY, set_to(2))
    answered, _ = receive(evening.state, late, read, received_ms=CUTOFF_MS, pickup_code=CODES)
    assert answered.outcome == "cutoff_passed"


def test_what_waits_for_a_tap_shows_what_a_tap_would_do() -> None:
    evening = an_evening()
    evening.say("鸡蛋", read_as(Intent.BUY, set_to(1), route=Route.CONFIRM, reason="只说了名字"), id="m-1")
    (pending,) = evening.state.find_pending("m-1")
    assert (pending.n, pending.text, pending.intent, pending.reason) == (1, "鸡蛋", "buy", "只说了名字")
    assert pending.actions == (set_to(1),)
    assert pending.viewer == viewer()


def test_of_several_outcomes_what_waits_is_told_first() -> None:
    evening = an_evening(egg(quota=0), apple())
    both = read_as(Intent.BUY, set_to(1, "apple", "l"), set_to(1))
    assert evening.say("大果一箱鸡蛋一箱", both).outcome == "waitlisted"
    assert [(r.offer_id, r.state.value) for r in evening.of()] == [("apple", "reserved"), ("egg", "waitlisted")]


def test_whatever_placing_can_come_to_has_its_worth() -> None:
    told = {
        Outcome.RESERVED,
        Outcome.PARTLY_WAITLISTED,
        Outcome.WAITLISTED,
        Outcome.CHANGED,
        Outcome.CANCELLED,
        Outcome.UNCHANGED,
        Outcome.SOLD_OUT,
    }
    assert set(WORTH) == told
    assert len(WORTH) == len(told)


def test_a_comment_to_a_room_without_a_session_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="without a session"):
        receive(RoomState(room="r1"), comment(), read_as(Intent.CHAT), received_ms=EVENING_MS, pickup_code=CODES)


def test_the_same_log_gives_the_same_ids_again() -> None:
    def play() -> Evening:
        evening = an_evening(egg(quota=3))
        evening.buys(2)
        evening.buys(3, by=viewer("李叔"))
        evening.do(c.Restock(offer_id="egg", quantity=1))
        return evening

    first, again = play(), play()
    assert first.state == again.state
    assert list(first.state.reservations) == list(again.state.reservations)
