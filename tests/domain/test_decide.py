from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.decide import decide
from live.domain.session import Policy, Repeat
from nlp.types import Action, Intent, Route
from tests.domain.factories import (
    CUTOFF_MS,
    HOST_NAME,
    Evening,
    add,
    an_evening,
    apple,
    cancel,
    comment,
    egg,
    read_as,
    reduce,
    repeating,
    set_to,
    stranger,
    viewer,
)

if TYPE_CHECKING:
    from live.domain.session import LiveSession

LI = viewer("李叔")
ASKED = "needs_confirmation"


def reason(evening: Evening) -> str:
    """Why the last comment was put to the host."""
    comment = evening.events[-1].comment
    assert comment is not None
    return comment.reason


def current(evening: Evening) -> LiveSession:
    """The session that runs."""
    assert evening.state.session is not None
    return evening.state.session


# Whose comment it is, and when


def test_a_clear_order_is_booked_at_once() -> None:
    evening = an_evening()
    assert evening.buys(2) == "reserved"
    assert evening.has() == [("reserved", 2)]


@pytest.mark.parametrize("intent", [Intent.BUY, Intent.CHANGE, Intent.CANCEL])
def test_a_host_never_reserves_whatever_they_write(intent: Intent) -> None:
    evening = an_evening()
    host = viewer(HOST_NAME)
    assert evening.say("要两箱鸡蛋", read_as(intent, set_to(2)), by=host).outcome == "host"
    assert evening.has(host) == []
    assert evening.state.pending == {}


def test_what_its_source_calls_the_hosts_own_never_reserves_though_nobody_listed_the_name() -> None:
    evening = an_evening()
    assert evening.buys(2, by=LI) == "reserved"
    own = replace(comment("要两箱鸡蛋", by=LI), from_host=True)
    decision = decide(evening.state, current(evening), own, read_as(Intent.BUY, set_to(2)), now_ms=evening.now_ms)
    assert (decision.route, decision.outcome, decision.orders) == (Route.IGNORE, "host", ())


def test_a_weak_identity_is_put_to_the_host() -> None:
    evening = an_evening()
    assert evening.buys(2, by=stranger("m-1")) == ASKED
    assert "身份" in reason(evening)
    assert evening.offer().reserved == 0


def test_two_hidden_strangers_accepted_are_two_customers() -> None:
    evening = an_evening()
    for cause in ("m-1", "m-2"):
        evening.say("要两箱", read_as(Intent.BUY, set_to(2)), by=stranger(cause), id=cause)
        evening.do(c.AcceptComment(comment_id=cause))
    assert [r.quantity for r in evening.state.reservations.values()] == [2, 2]


def test_a_hidden_strangers_cancel_never_takes_anothers_reservation() -> None:
    evening = an_evening()
    evening.say("要两箱", read_as(Intent.BUY, set_to(2)), by=stranger("m-1"), id="m-1")
    evening.do(c.AcceptComment(comment_id="m-1"))
    assert evening.cancels(cancel(), by=stranger("m-2")) == ASKED
    assert evening.offer().reserved == 2


def test_after_the_cutoff_nothing_is_booked_and_nothing_asked() -> None:
    evening = an_evening()
    evening.now_ms = CUTOFF_MS - 1
    assert evening.buys(1) == "reserved"
    evening.now_ms = CUTOFF_MS
    assert evening.buys(2) == "cutoff_passed"
    assert evening.cancels(cancel()) == "cutoff_passed"
    assert evening.has() == [("reserved", 1)]
    assert evening.state.pending == {}


def test_after_the_broadcast_nothing_is_booked() -> None:
    evening = an_evening()
    evening.do(c.EndSession())
    assert evening.buys(1) == "session_ended"
    assert evening.has() == []


@pytest.mark.parametrize("intent", [i for i in Intent if i not in (Intent.BUY, Intent.CHANGE, Intent.CANCEL)])
def test_what_is_no_order_does_nothing_even_if_it_came_with_actions(intent: Intent) -> None:
    evening = an_evening()
    assert evening.say("拍了7单", read_as(intent, set_to(7))).outcome == "none"
    assert evening.has() == []


@pytest.mark.parametrize("route", [Route.CONFIRM, Route.ASK])
def test_what_the_reader_doubts_is_put_to_the_host(route: Route) -> None:
    evening = an_evening()
    answered = evening.say("鸡蛋", read_as(Intent.BUY, set_to(1), route=route))
    assert (answered.outcome, answered.route) == (ASKED, route.value)
    assert evening.has() == []


def test_what_the_reader_ignores_is_ignored() -> None:
    evening = an_evening()
    assert evening.say("楼上要两箱", read_as(Intent.BUY, set_to(2), route=Route.IGNORE)).outcome == "none"


# Whether we know what they want


@pytest.mark.parametrize(
    "action",
    [
        set_to(1, None),
        set_to(1, "litchi"),
        set_to(None),
        set_to(0),
        set_to(-2),
        add(-2),
        set_to(1, "egg", "xl"),
        set_to(1, "apple"),
        add(1, "apple"),
        set_to(1, "apple", "xl"),
    ],
)
def test_an_order_that_lacks_something_is_put_to_the_host(action: Action) -> None:
    evening = an_evening(egg(), apple())
    assert evening.say("要", read_as(Intent.BUY, action)).outcome == ASKED
    assert evening.state.reservations == {}


@pytest.mark.parametrize("action", [set_to(0), set_to(-1), reduce(-3), reduce(0), set_to(None), reduce(None)])
def test_a_change_by_no_amount_is_put_to_the_host(action: Action) -> None:
    evening = an_evening()
    evening.buys(2)
    assert evening.changes(action) == ASKED
    assert evening.has() == [("reserved", 2)]


def test_without_actions_there_is_nothing_to_do() -> None:
    assert an_evening().say("要", read_as(Intent.BUY)).outcome == "none"


def test_one_thing_reserved_is_what_a_bare_cancel_means() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(2)
    assert evening.cancels(cancel(None)) == "cancelled"
    assert evening.has() == []


def test_of_two_things_reserved_a_bare_cancel_is_put_to_the_host() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(2)
    evening.buys(1, "apple", "l")
    assert evening.cancels(cancel(None)) == ASKED
    assert evening.has() == [("reserved", 2), ("reserved", 1)]


def test_one_variant_reserved_is_the_one_a_change_means() -> None:
    evening = an_evening(apple())
    evening.buys(1, "apple", "l")
    assert evening.changes(set_to(3, "apple")) == "reserved"
    assert [(r.variant_id, r.quantity) for r in evening.of()] == [("l", 3)]


@pytest.mark.parametrize("action", [set_to(3, "apple"), add(1, "apple"), reduce(1, "apple")])
def test_of_two_variants_reserved_a_change_that_names_none_is_put_to_the_host(action: Action) -> None:
    evening = an_evening(apple())
    evening.buys(1, "apple", "l")
    evening.buys(2, "apple", "s")
    assert evening.changes(action) == ASKED
    assert evening.offer("apple").reserved == 3


@pytest.mark.parametrize("action", [set_to(1, "apple", "s"), reduce(1, "apple", "s"), cancel("apple", "s")])
def test_a_change_of_a_variant_they_have_not_is_put_to_the_host(action: Action) -> None:
    evening = an_evening(apple())
    evening.buys(1, "apple", "l")
    assert evening.changes(action) == ASKED
    assert [(r.variant_id, r.quantity) for r in evening.of()] == [("l", 1)]


# Repeats


def test_a_second_order_replaces_the_first() -> None:
    evening = an_evening()
    evening.buys(2)
    assert evening.buys(3) == "reserved"
    assert evening.has() == [("reserved", 3)]
    assert evening.buys(1) == "changed"
    assert evening.has() == [("reserved", 1)]
    assert evening.buys(1) == "unchanged"


def test_a_second_order_adds_where_the_shop_says_so() -> None:
    evening = an_evening(policy=repeating(Repeat.ADD))
    evening.buys(2)
    assert evening.buys(3) == "reserved"
    assert evening.has() == [("reserved", 5)]


def test_a_second_order_is_ignored_where_the_shop_says_so() -> None:
    evening = an_evening(policy=repeating(Repeat.IGNORE))
    evening.buys(2)
    assert evening.buys(3) == "repeat_ignored"
    assert evening.has() == [("reserved", 2)]


def test_a_second_order_is_asked_about_where_the_shop_says_so() -> None:
    evening = an_evening(policy=repeating(Repeat.ASK))
    evening.buys(2)
    assert evening.buys(3) == ASKED
    assert evening.has() == [("reserved", 2)]


@pytest.mark.parametrize("repeat", list(Repeat))
def test_one_more_is_always_one_more(repeat: Repeat) -> None:
    evening = an_evening(policy=repeating(repeat))
    evening.buys(2)
    assert evening.changes(add(1)) == "reserved"
    assert evening.has() == [("reserved", 3)]


@pytest.mark.parametrize("repeat", list(Repeat))
def test_make_it_three_is_always_three(repeat: Repeat) -> None:
    evening = an_evening(policy=repeating(repeat))
    evening.buys(2)
    assert evening.changes(set_to(3)) == "reserved"
    assert evening.has() == [("reserved", 3)]


def test_an_ignored_repeat_never_takes_the_rest_of_the_comment_with_it() -> None:
    evening = an_evening(egg(), apple(), policy=repeating(Repeat.IGNORE))
    evening.buys(2)
    both = read_as(Intent.BUY, set_to(1), set_to(1, "apple", "l"))
    assert evening.say("鸡蛋一箱，大果一箱", both).outcome == "reserved"
    assert [(r.offer_id, r.quantity) for r in evening.of()] == [("egg", 2), ("apple", 1)]


# Changes and cancels


def test_fewer_is_taken_off() -> None:
    evening = an_evening()
    evening.buys(3)
    assert evening.changes(reduce(1)) == "changed"
    assert evening.has() == [("reserved", 2)]


def test_fewer_than_there_is_is_put_to_the_host() -> None:
    evening = an_evening()
    evening.buys(3)
    assert evening.changes(reduce(4)) == ASKED
    assert evening.has() == [("reserved", 3)]


def test_a_change_without_a_reservation_is_put_to_the_host() -> None:
    assert an_evening().changes(set_to(3)) == ASKED


@pytest.mark.parametrize("action", [cancel(), reduce(1)])
def test_who_has_nothing_has_nothing_to_take_back(action: Action) -> None:
    evening = an_evening()
    assert evening.cancels(action) == "nothing_reserved"
    assert evening.state.pending == {}


def test_a_cancel_takes_all_variants_and_all_that_waits() -> None:
    evening = an_evening(apple(quota=3, large=1))
    evening.buys(2, "apple", "l")
    evening.buys(1, "apple", "s")
    assert evening.cancels(cancel("apple")) == "cancelled"
    assert evening.has() == []
    assert (evening.offer("apple").reserved, evening.offer("apple").waitlisted) == (0, 0)


@pytest.mark.parametrize("action", [cancel(), cancel(None), reduce(2)])
@pytest.mark.parametrize("intent", [Intent.CANCEL, Intent.CHANGE, Intent.BUY])
def test_nothing_is_cancelled_by_comment_where_the_shop_says_so(action: Action, intent: Intent) -> None:
    evening = an_evening(policy=Policy(cancel_by_comment=False))
    evening.buys(2)
    assert evening.say("不要了", read_as(intent, action)).outcome == ASKED
    assert evening.has() == [("reserved", 2)]


def test_fewer_is_no_cancel() -> None:
    evening = an_evening(policy=Policy(cancel_by_comment=False))
    evening.buys(2)
    assert evening.changes(reduce(1)) == "changed"


def test_a_cancel_of_what_they_have_not_never_takes_the_order_with_it() -> None:
    evening = an_evening(egg(), apple())
    read = read_as(Intent.BUY, cancel(), set_to(2, "apple", "l"))
    assert evening.say("鸡蛋不要了，来两箱大果", read).outcome == "reserved"
    assert [(r.offer_id, r.quantity) for r in evening.of()] == [("apple", 2)]


def test_one_thing_for_another_is_done_together() -> None:
    evening = an_evening(egg(limit=3), apple())
    evening.buys(2)
    swap = read_as(Intent.BUY, cancel(), set_to(2, "apple", "s"))
    assert evening.say("鸡蛋不要了，来两箱小果", swap).outcome == "reserved"
    assert [(r.offer_id, r.state.value) for r in evening.of()] == [("egg", "cancelled"), ("apple", "reserved")]


def test_one_doubt_puts_the_whole_comment_to_the_host() -> None:
    evening = an_evening(egg(), apple())
    read = read_as(Intent.BUY, set_to(2), set_to(None, "apple", "l"))
    assert evening.say("鸡蛋两箱，大果来点", read).outcome == ASKED
    assert evening.has() == []
