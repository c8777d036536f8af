from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.session import Policy
from nlp.types import Intent
from tests.domain.factories import (
    EVENING_MS,
    MINUTE_MS,
    Evening,
    add,
    an_evening,
    apple,
    cancel,
    egg,
    read_as,
    reduce,
    set_to,
    stranger,
    viewer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ZHANG, LI, WANG, ZHAO = viewer("张姐"), viewer("李叔"), viewer("王婶"), viewer("赵奶奶")
HOLDING = Policy(hold_minutes=30)


def names_waiting(evening: Evening, offer_id: str = "egg") -> list[tuple[str, int]]:
    return [(r.viewer.name, r.quantity) for r in evening.state.waiting(offer_id)]


# Claim


def test_a_reservation_keeps_what_was_promised_and_to_whom() -> None:
    evening = an_evening()
    evening.say("要两箱鸡蛋", read_as(Intent.BUY, set_to(2)), by=ZHANG, id="m-1")
    made = evening.only(ZHANG)
    assert (made.viewer, made.quantity, made.unit_price_fen) == (ZHANG, 2, 3990)
    assert (made.comment_id, made.pickup_code, made.position) == ("m-1", f"code/s1/{ZHANG.key}", 1)
    assert (made.made_ms, made.expires_ms, made.handled) == (EVENING_MS, None, False)


def test_fifty_are_promised_of_fifty_and_the_rest_wait_in_order() -> None:
    evening = an_evening(egg(quota=50))
    crowd = [viewer(f"街坊{i}") for i in range(70)]
    outcomes = [evening.buys(1, by=who) for who in crowd]
    assert outcomes == ["reserved"] * 50 + ["waitlisted"] * 20
    assert [name for name, _ in names_waiting(evening)] == [who.name for who in crowd[50:]]


def test_what_is_there_is_promised_and_the_rest_waits() -> None:
    evening = an_evening(egg(quota=3))
    assert evening.buys(5) == "partly_waitlisted"
    assert evening.has() == [("reserved", 3), ("waitlisted", 2)]


def test_a_variant_that_is_gone_is_waited_for_while_the_offer_has_more() -> None:
    evening = an_evening(apple(quota=10, large=1))
    assert evening.buys(2, "apple", "l", by=ZHANG) == "partly_waitlisted"
    assert evening.buys(2, "apple", "s", by=LI) == "reserved"
    assert evening.offer("apple").reserved == 3


def test_an_offer_that_is_gone_is_gone_in_every_variant() -> None:
    evening = an_evening(apple(quota=2, large=4))
    evening.buys(2, "apple", "s", by=ZHANG)
    assert evening.buys(1, "apple", "l", by=LI) == "waitlisted"


def test_the_last_one_sold_is_told_once() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(1, by=ZHANG)
    assert EventKind.OFFER_SOLD_OUT not in evening.kinds()
    evening.buys(1, by=LI)
    evening.buys(1, by=WANG)
    assert evening.kinds().count(EventKind.OFFER_SOLD_OUT) == 1


def test_more_at_another_price_is_a_reservation_of_its_own() -> None:
    evening = an_evening()
    evening.buys(2)
    evening.sells_at(2990)
    evening.changes(add(1))
    assert [(r.quantity, r.unit_price_fen) for r in evening.of()] == [(2, 3990), (1, 2990)]


def test_whoever_waits_pays_the_price_of_the_moment_they_asked() -> None:
    evening = an_evening(egg(quota=0))
    evening.buys(1)
    evening.sells_at(4990)
    evening.do(c.Restock(offer_id="egg", quantity=1))
    assert evening.only().unit_price_fen == 3990


# Release and promote


def test_a_cancel_serves_those_who_wait_in_order() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(2, by=ZHANG)
    for who in (LI, WANG):
        evening.buys(1, by=who)
    evening.buys(1, by=ZHAO)
    evening.cancels(cancel(), by=ZHANG)
    assert (evening.has(LI), evening.has(WANG)) == ([("reserved", 1)], [("reserved", 1)])
    assert names_waiting(evening) == [("赵奶奶", 1)]


def test_whoever_is_first_is_served_in_part_and_stays_first() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(1, by=ZHANG)
    evening.buys(3, by=LI)
    evening.buys(1, by=WANG)
    evening.do(c.Restock(offer_id="egg", quantity=2))
    assert evening.has(LI) == [("waitlisted", 1), ("reserved", 2)]
    assert names_waiting(evening) == [("李叔", 1), ("王婶", 1)]
    evening.do(c.Restock(offer_id="egg", quantity=1))
    assert names_waiting(evening) == [("王婶", 1)]


def test_whoever_waits_for_another_variant_is_passed_over() -> None:
    evening = an_evening(apple(quota=10, large=1, small=1))
    evening.buys(1, "apple", "l", by=ZHANG)
    evening.buys(1, "apple", "s", by=ZHANG)
    evening.buys(1, "apple", "l", by=LI)
    evening.buys(1, "apple", "s", by=WANG)
    evening.do(c.Restock(offer_id="apple", variant_id="s", quantity=1))
    assert names_waiting(evening, "apple") == [("李叔", 1)]
    assert evening.has(WANG) == [("reserved", 1)]


def test_fewer_gives_back_first_what_waits_then_the_newest() -> None:
    evening = an_evening(egg(quota=3))
    evening.buys(5)
    evening.changes(reduce(1))
    assert evening.has() == [("reserved", 3), ("waitlisted", 1)]
    evening.changes(reduce(2))
    assert evening.has() == [("reserved", 2)]


def test_what_somebody_gives_back_never_comes_back_to_them() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(4)
    evening.changes(set_to(1))
    assert evening.has() == [("reserved", 1)]
    assert evening.offer().available == 1


# Holds


def test_a_hold_that_nobody_confirms_expires_and_serves_the_next() -> None:
    evening = an_evening(egg(quota=1), policy=HOLDING)
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.wait(29)
    assert evening.has(ZHANG) == [("reserved", 1)]
    evening.wait(1)
    assert evening.only(ZHANG).state.value == "expired"
    assert evening.has(LI) == [("reserved", 1)]


@pytest.mark.parametrize("freed_by", ["the clock", "a restock", "the host", "a comment"])
def test_whoever_is_promoted_has_the_same_time_whoever_freed_it(freed_by: str) -> None:
    evening = an_evening(egg(quota=1), policy=HOLDING)
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.now_ms += 30 * MINUTE_MS
    frees: dict[str, Callable[[], object]] = {
        "the clock": lambda: evening.do(c.Tick()),
        "a restock": lambda: evening.do(c.Restock(offer_id="egg", quantity=1)),
        "the host": lambda: evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="电话")),
        "a comment": lambda: evening.cancels(cancel(), by=ZHANG),
    }
    frees[freed_by]()
    assert evening.only(LI).expires_ms == evening.now_ms + 30 * MINUTE_MS


def test_what_waits_does_not_expire() -> None:
    evening = an_evening(egg(quota=0), policy=HOLDING)
    evening.buys(1)
    evening.wait(60)
    assert evening.has() == [("waitlisted", 1)]


def by_setting(evening: Evening) -> None:
    evening.do(c.SetQuantity(reservation_id=evening.only().id, quantity=2))


def by_adding(evening: Evening) -> None:
    evening.do(c.Reserve(viewer=ZHANG, offer_id="egg", quantity=1))


def by_reducing(evening: Evening) -> None:
    evening.say("少要点", read_as(Intent.CHANGE, reduce(None)), by=ZHANG, id="m-less")
    evening.do(c.AcceptComment(comment_id="m-less", actions=(reduce(1),)))


@pytest.mark.parametrize("touch", [by_setting, by_adding, by_reducing])
def test_what_the_host_has_touched_expires_no_more(touch: Callable[[Evening], None]) -> None:
    evening = an_evening(policy=HOLDING)
    evening.buys(2, by=ZHANG)
    touch(evening)
    evening.wait(31)
    assert evening.only(ZHANG).state.value == "reserved"
    assert evening.only(ZHANG).handled


def test_what_the_host_accepted_of_a_stranger_expires_no_more_even_if_it_waited() -> None:
    evening = an_evening(egg(quota=0), policy=HOLDING)
    hidden = stranger("m-1")
    evening.say("要一箱", read_as(Intent.BUY, set_to(1)), by=hidden, id="m-1")
    evening.do(c.AcceptComment(comment_id="m-1"))
    evening.do(c.Restock(offer_id="egg", quantity=1))
    evening.wait(31)
    assert evening.has(hidden) == [("reserved", 1)]
