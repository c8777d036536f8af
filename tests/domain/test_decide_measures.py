from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.offer import OfferPhase
from live.domain.session import Policy, Repeat
from live.domain.standing import Standing
from nlp.types import Action, Intent
from tests.domain.factories import (
    Evening,
    add,
    an_evening,
    apple,
    cancel,
    egg,
    read_as,
    reduce,
    set_to,
    viewer,
)

LI = viewer("李叔")
ASKED = "needs_confirmation"


def reason(evening: Evening) -> str:
    """Why the last comment was put to the host."""
    comment = evening.events[-1].comment
    assert comment is not None
    return comment.reason


# Limits


def test_over_the_limit_is_put_to_the_host() -> None:
    evening = an_evening(egg(limit=5))
    assert evening.buys(5) == "reserved"
    assert evening.buys(6) == ASKED
    assert evening.changes(add(1)) == ASKED
    assert evening.has() == [("reserved", 5)]


def test_the_limit_counts_all_variants() -> None:
    evening = an_evening(apple(limit=3))
    evening.buys(2, "apple", "l")
    assert evening.buys(2, "apple", "s") == ASKED
    assert evening.buys(1, "apple", "s") == "reserved"


def test_the_limit_counts_what_waits() -> None:
    evening = an_evening(egg(quota=1, limit=3))
    assert evening.buys(3) == "partly_waitlisted"
    assert evening.changes(add(1)) == ASKED


@pytest.mark.parametrize(
    "actions",
    [
        (set_to(3, "apple", "l"), set_to(3, "apple", "s")),
        (add(3, "apple", "l"), add(3, "apple", "l")),
    ],
)
def test_the_parts_of_one_comment_count_against_the_limit_together(actions: tuple[Action, ...]) -> None:
    evening = an_evening(apple(limit=5))
    assert evening.say("大果三箱小果三箱", read_as(Intent.BUY, *actions)).outcome == ASKED
    assert evening.state.reservations == {}


def test_whoever_is_over_a_limit_that_was_lowered_may_still_take_less() -> None:
    evening = an_evening(egg(limit=2))
    evening.do(c.Reserve(viewer=viewer(), offer_id="egg", quantity=2))
    evening.state.put(replace(evening.only(), quantity=5, handled=False))
    assert evening.changes(set_to(4)) == "changed"
    assert evening.changes(add(1)) == ASKED


def test_a_large_order_is_put_to_the_host() -> None:
    evening = an_evening(egg(quota=100))
    assert evening.buys(20) == "reserved"
    assert evening.buys(21) == ASKED
    assert evening.changes(set_to(21)) == ASKED
    assert evening.changes(add(21)) == ASKED
    assert evening.has() == [("reserved", 20)]


def test_a_large_order_in_parts_is_put_to_the_host() -> None:
    evening = an_evening(apple(quota=100, large=None))
    parts = read_as(Intent.BUY, set_to(15, "apple", "l"), set_to(15, "apple", "s"))
    assert evening.say("大果15箱小果15箱", parts).outcome == ASKED
    assert evening.state.reservations == {}


# Closed, and by hand


@pytest.mark.parametrize(("phase", "word"), [(OfferPhase.LISTED, "还没上架"), (OfferPhase.CLOSED, "已下架")])
def test_what_is_not_on_sale_is_put_to_the_host(phase: OfferPhase, word: str) -> None:
    evening = an_evening(egg(phase=phase))
    assert evening.buys(1) == ASKED
    assert word in reason(evening)


@pytest.mark.parametrize("action", [set_to(5), add(1), reduce(1), cancel()])
def test_what_was_reserved_before_the_offer_closed_is_changed_by_the_host_alone(action: Action) -> None:
    evening = an_evening()
    evening.buys(2)
    evening.do(c.CloseOffer(offer_id="egg"))
    assert evening.changes(action) == ASKED
    assert evening.has() == [("reserved", 2)]


@pytest.mark.parametrize("action", [set_to(5), add(1), reduce(1), cancel()])
def test_what_the_host_has_handled_is_never_overwritten(action: Action) -> None:
    evening = an_evening()
    evening.buys(2)
    evening.do(c.SetQuantity(reservation_id=evening.only().id, quantity=3))
    assert evening.changes(action) == ASKED
    assert evening.buys(1) == ASKED
    assert evening.has() == [("reserved", 3)]


@pytest.mark.parametrize("action", [set_to(3), set_to(1), add(1), reduce(1)])
def test_what_the_host_has_handled_is_said_before_the_pickups_that_were_missed(action: Action) -> None:
    evening = an_evening(policy=Policy(max_no_shows=1))
    evening.buys(2)
    evening.do(c.SetQuantity(reservation_id=evening.only().id, quantity=3))
    evening.state.standings[viewer().key] = Standing(no_shows=1)
    assert evening.changes(action) == ASKED
    assert reason(evening) == "这单您已经处理过，请再确认"


@pytest.mark.parametrize("action", [set_to(3), add(1)])
def test_who_missed_their_pickups_is_asked_about_before_they_get_more(action: Action) -> None:
    evening = an_evening(policy=Policy(max_no_shows=1))
    evening.buys(2)
    evening.state.standings[viewer().key] = Standing(no_shows=1)
    assert evening.changes(action) == ASKED
    assert "没来提" in reason(evening)
    assert evening.has() == [("reserved", 2)]


@pytest.mark.parametrize(
    ("action", "left"),
    [(set_to(1), [("reserved", 1)]), (reduce(1), [("reserved", 1)]), (reduce(2), []), (cancel(), [])],
)
def test_who_missed_their_pickups_gives_back_unasked(action: Action, left: list[tuple[str, int]]) -> None:
    evening = an_evening(policy=Policy(max_no_shows=1))
    evening.buys(2)
    evening.state.standings[viewer().key] = Standing(no_shows=1)
    assert evening.changes(action) != ASKED
    assert evening.has() == left


def test_where_a_second_order_adds_to_the_first_it_is_more_however_small() -> None:
    evening = an_evening(policy=Policy(max_no_shows=1, repeat=Repeat.ADD))
    evening.buys(2)
    evening.state.standings[viewer().key] = Standing(no_shows=1)
    assert evening.buys(1) == ASKED


def test_what_the_host_has_handled_for_one_offer_leaves_the_others_free() -> None:
    evening = an_evening(egg(), apple())
    evening.do(c.Reserve(viewer=viewer(), offer_id="egg", quantity=1))
    assert evening.buys(1, "apple", "l") == "reserved"


def test_whoever_has_nothing_may_say_one_more() -> None:
    evening = an_evening()
    assert evening.changes(add(1), by=LI) == "reserved"
    assert evening.has(LI) == [("reserved", 1)]
