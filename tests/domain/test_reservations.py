from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.refusal import RefusalCode
from live.domain.session import Policy, Repeat
from nlp.types import Action, Intent, Route
from tests.domain.factories import (
    CUTOFF_MS,
    Evening,
    add,
    an_evening,
    apple,
    cancel,
    egg,
    read_as,
    reduce,
    repeating,
    set_to,
    stranger,
    viewer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.domain.events import Event
    from live.domain.reservation import Reservation
    from nlp.types import Classification

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")


def reserve(quantity: int, offer_id: str = "egg", variant_id: str | None = None) -> c.Reserve:
    return c.Reserve(viewer=ZHANG, offer_id=offer_id, variant_id=variant_id, quantity=quantity)


def doubtful(evening: Evening, *actions: Action, intent: Intent = Intent.BUY) -> str:
    """A comment in the confirm queue; returns its id."""
    said = evening.say("鸡蛋", read_as(intent, *actions, route=Route.CONFIRM), by=ZHANG)
    return said.comment.id


# By hand


def test_by_hand_is_on_top_of_what_they_have() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    evening.do(reserve(1))
    assert evening.has(ZHANG) == [("reserved", 3)]
    assert evening.only(ZHANG).handled


def test_by_hand_too_what_is_gone_waits() -> None:
    evening = an_evening(egg(quota=1))
    evening.do(reserve(3))
    assert evening.has(ZHANG) == [("reserved", 1), ("waitlisted", 2)]


def test_by_hand_the_host_may_reserve_of_a_closed_offer() -> None:
    evening = an_evening()
    evening.do(c.CloseOffer(offer_id="egg"))
    evening.do(reserve(1))
    assert evening.has(ZHANG) == [("reserved", 1)]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (reserve(6), RefusalCode.OVER_LIMIT),
        (reserve(10**9), RefusalCode.OVER_LIMIT),
        (reserve(0), RefusalCode.INVALID_QUANTITY),
        (reserve(-1), RefusalCode.INVALID_QUANTITY),
        (reserve(1, "litchi"), RefusalCode.UNKNOWN_OFFER),
        (reserve(1, "apple", "xl"), RefusalCode.UNKNOWN_VARIANT),
    ],
)
def test_by_hand_what_is_wrong_is_refused_and_changes_nothing(order: c.Reserve, code: RefusalCode) -> None:
    evening = an_evening(egg(limit=5), apple())
    before = deepcopy(evening.state)
    assert evening.refuse(order).code is code
    assert evening.state == before


def test_by_hand_the_limit_counts_what_they_have_by_comment() -> None:
    evening = an_evening(egg(limit=5))
    evening.buys(4, by=ZHANG)
    refused = evening.refuse(reserve(2))
    assert refused.code is RefusalCode.OVER_LIMIT
    assert "6" in refused.detail


def test_after_the_cutoff_nothing_is_reserved_by_hand() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    evening.now_ms = CUTOFF_MS
    assert evening.refuse(reserve(1)).code is RefusalCode.CUTOFF_PASSED
    more = c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=2)
    assert evening.refuse(more).code is RefusalCode.CUTOFF_PASSED


# Set a quantity


@pytest.mark.parametrize("quantity", [1, 2, 5])
def test_a_reservation_is_set_to_a_quantity(quantity: int) -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    evening.do(c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=quantity))
    assert evening.has(ZHANG) == [("reserved", quantity)]
    assert evening.offer().reserved == quantity


@pytest.mark.parametrize("first", [2, 0])
def test_two_hosts_who_set_the_same_quantity_set_it_once(first: int) -> None:
    evening = an_evening(egg(quota=first))
    evening.buys(2, by=ZHANG)
    row = evening.only(ZHANG).id
    for _ in range(2):
        evening.do(c.SetQuantity(reservation_id=row, quantity=5))
    assert sum(quantity for _, quantity in evening.has(ZHANG)) == 5


def test_what_a_host_takes_off_never_comes_back_by_the_waitlist() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(4, by=ZHANG)
    evening.buys(1, by=LI)
    row = evening.of(ZHANG)[0].id
    evening.do(c.SetQuantity(reservation_id=row, quantity=1))
    assert evening.has(ZHANG) == [("reserved", 1)]
    assert evening.has(LI) == [("reserved", 1)]


def test_one_row_set_leaves_the_viewers_other_rows_alone() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    evening.sells_at(2990)
    evening.changes(add(2), by=ZHANG)
    evening.do(c.SetQuantity(reservation_id=evening.of(ZHANG)[0].id, quantity=1))
    assert [(r.quantity, r.unit_price_fen) for r in evening.of(ZHANG)] == [(1, 3990), (2, 2990)]


def test_a_row_that_waits_is_set_and_keeps_its_place() -> None:
    evening = an_evening(egg(quota=0))
    evening.buys(3, by=ZHANG)
    evening.buys(1, by=LI)
    evening.do(c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=2))
    assert [(r.viewer.name, r.quantity) for r in evening.state.waiting("egg")] == [("张姐", 2), ("李叔", 1)]


def test_what_is_set_above_a_waiting_row_goes_to_the_end_of_the_line() -> None:
    evening = an_evening(egg(quota=0))
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.do(c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=3))
    assert [(r.viewer.name, r.quantity) for r in evening.state.waiting("egg")] == [
        ("张姐", 1),
        ("李叔", 1),
        ("张姐", 2),
    ]


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(0, RefusalCode.INVALID_QUANTITY), (-3, RefusalCode.INVALID_QUANTITY), (6, RefusalCode.OVER_LIMIT)],
)
def test_a_quantity_that_cannot_be_is_refused_and_changes_nothing(quantity: int, code: RefusalCode) -> None:
    evening = an_evening(egg(limit=5))
    evening.buys(2, by=ZHANG)
    before = deepcopy(evening.state)
    order = c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=quantity)
    assert evening.refuse(order).code is code
    assert evening.state == before


def test_a_reservation_that_nobody_knows_is_refused() -> None:
    evening = an_evening()
    assert evening.refuse(c.SetQuantity(reservation_id="x", quantity=1)).code is RefusalCode.UNKNOWN_RESERVATION
    assert evening.refuse(c.CancelReservation(reservation_id="x", reason="")).kind == "not_found"


# Two hosts at once


def changed(of: Reservation, how: str, *, seen_ms: int | None) -> c.Command:
    """What a host does to a reservation that they saw at a moment."""
    if how == "set":
        return c.SetQuantity(reservation_id=of.id, quantity=5, if_changed_ms=seen_ms)
    return c.CancelReservation(reservation_id=of.id, reason="", if_changed_ms=seen_ms)


@pytest.mark.parametrize("how", ["set", "cancel"])
def test_what_has_not_changed_since_it_was_seen_is_changed(how: str) -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    seen = evening.only(ZHANG)
    evening.now_ms += 1
    evening.do(changed(seen, how, seen_ms=seen.changed_ms))
    assert evening.has(ZHANG) == ([("reserved", 5)] if how == "set" else [])


@pytest.mark.parametrize("how", ["set", "cancel"])
def test_the_second_of_two_hosts_is_told_what_it_is_now_and_changes_nothing(how: str) -> None:
    evening = an_evening(apple())
    evening.buys(2, "apple", "l", by=ZHANG)
    seen = evening.only(ZHANG)
    evening.now_ms += 1
    evening.do(c.SetQuantity(reservation_id=seen.id, quantity=3, if_changed_ms=seen.changed_ms))
    before = deepcopy(evening.state)
    refused = evening.refuse(changed(seen, how, seen_ms=seen.changed_ms))
    assert (refused.code, refused.kind) == (RefusalCode.CHANGED_MEANWHILE, "conflict")
    assert refused.detail == "张姐的红富士苹果 大果刚被改成 3 箱，请看过再改"
    assert evening.state == before


def test_a_viewer_who_was_faster_by_a_comment_is_not_overwritten_unseen() -> None:
    evening = an_evening(egg(quota=0))
    evening.buys(2, by=ZHANG)
    seen = evening.only(ZHANG)
    evening.now_ms += 1
    evening.changes(reduce(1), by=ZHANG)
    assert "1 箱（在排队）" in evening.refuse(changed(seen, "set", seen_ms=seen.changed_ms)).detail


def test_what_is_gone_is_told_as_gone() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    seen = evening.only(ZHANG)
    evening.now_ms += 1
    evening.cancels(cancel(), by=ZHANG)
    assert evening.refuse(changed(seen, "set", seen_ms=seen.changed_ms)).code is RefusalCode.NOT_CHANGEABLE


def test_who_does_not_say_what_they_saw_changes_it_as_ever() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    seen = evening.only(ZHANG)
    for quantity in (3, 4):
        evening.now_ms += 1
        evening.do(c.SetQuantity(reservation_id=seen.id, quantity=quantity))
    assert evening.has(ZHANG) == [("reserved", 4)]


# Cancel


def test_a_cancel_keeps_its_reason_and_the_same_tap_twice_is_refused() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    order = c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="顾客打电话来")
    evening.do(order)
    assert (evening.only(ZHANG).reason, evening.only(ZHANG).state.value) == ("顾客打电话来", "cancelled")
    refused = evening.refuse(order)
    assert refused.code is RefusalCode.NOT_CHANGEABLE
    assert "取消" in refused.detail


def test_after_the_broadcast_the_host_still_works_on_reservations() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.do(c.EndSession())
    evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="不来了"))
    assert evening.has(LI) == [("reserved", 1)]


# The confirm queue


def test_an_accepted_comment_is_done_and_leaves_the_queue() -> None:
    evening = an_evening()
    waiting = doubtful(evening, set_to(2))
    events = evening.do(c.AcceptComment(comment_id=waiting))
    assert evening.has(ZHANG) == [("reserved", 2)]
    assert [e.kind for e in events] == [EventKind.RESERVATION_MADE, EventKind.COMMENT_ACCEPTED]
    assert {e.comment_id for e in events} == {waiting}
    assert evening.state.pending == {}


@pytest.mark.parametrize("second", [c.AcceptComment, c.DismissComment])
def test_the_same_tap_twice_is_refused_and_books_once(
    second: type[c.AcceptComment | c.DismissComment],
) -> None:
    evening = an_evening()
    waiting = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=waiting))
    assert evening.refuse(second(comment_id=waiting)).code is RefusalCode.UNKNOWN_COMMENT
    assert evening.has(ZHANG) == [("reserved", 2)]


def test_the_host_may_correct_what_was_understood() -> None:
    evening = an_evening(egg(), apple())
    waiting = doubtful(evening, set_to(None))
    corrected = (set_to(1, "apple", "l"), set_to(2))
    events = evening.do(c.AcceptComment(comment_id=waiting, actions=corrected))
    assert [(r.offer_id, r.quantity) for r in evening.of(ZHANG)] == [("apple", 1), ("egg", 2)]
    assert events[-1].comment is not None
    assert events[-1].comment.actions == corrected


def test_a_dismissed_comment_books_nothing() -> None:
    evening = an_evening()
    waiting = doubtful(evening, set_to(2))
    events = evening.do(c.DismissComment(comment_id=waiting))
    assert [e.kind for e in events] == [EventKind.COMMENT_DISMISSED]
    assert evening.has(ZHANG) == []
    assert evening.state.pending == {}


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        ((set_to(None),), RefusalCode.INCOMPLETE_ACTION),
        ((set_to(2, None),), RefusalCode.INCOMPLETE_ACTION),
        ((), RefusalCode.INCOMPLETE_ACTION),
        ((set_to(2, "litchi"),), RefusalCode.UNKNOWN_OFFER),
        ((set_to(2, "apple", "xl"),), RefusalCode.UNKNOWN_VARIANT),
        ((set_to(0),), RefusalCode.INVALID_QUANTITY),
        ((set_to(6),), RefusalCode.OVER_LIMIT),
        ((add(3), add(3)), RefusalCode.OVER_LIMIT),
        ((reduce(1),), RefusalCode.NOTHING_RESERVED),
        ((cancel(),), RefusalCode.NOTHING_RESERVED),
        ((set_to(2), set_to(6, "apple", "l")), RefusalCode.OVER_LIMIT),
    ],
)
def test_what_cannot_be_accepted_is_refused_whole_and_stays_in_the_queue(
    actions: tuple[Action, ...], code: RefusalCode
) -> None:
    evening = an_evening(egg(limit=5), apple(limit=5))
    waiting = doubtful(evening, *actions)
    before = deepcopy(evening.state)
    assert evening.refuse(c.AcceptComment(comment_id=waiting)).code is code
    assert evening.state == before


def test_variants_accepted_together_count_against_the_limit_together() -> None:
    evening = an_evening(apple(limit=5))
    waiting = doubtful(evening, set_to(3, "apple", "l"), set_to(3, "apple", "s"))
    assert evening.refuse(c.AcceptComment(comment_id=waiting)).code is RefusalCode.OVER_LIMIT
    assert evening.state.reservations == {}


def test_a_swap_of_variants_at_the_limit_can_be_accepted() -> None:
    evening = an_evening(apple(limit=3))
    evening.buys(3, "apple", "l", by=ZHANG)
    waiting = doubtful(evening, cancel("apple", "l"), set_to(3, "apple", "s"), intent=Intent.CHANGE)
    evening.do(c.AcceptComment(comment_id=waiting))
    assert [(r.variant_id, r.quantity) for r in evening.of(ZHANG) if r.holds] == [("s", 3)]


@pytest.mark.parametrize(("said", "large"), [(None, 3), (2, 2)])
def test_a_tap_on_make_it_the_large_ones_takes_the_small_ones_back(said: int | None, large: int) -> None:
    evening = an_evening(apple(limit=3))
    evening.buys(3, "apple", "s", by=ZHANG)
    evening.say("换成大果", read_as(Intent.CHANGE, set_to(said, "apple", "l")), by=ZHANG, id="m-swap")
    assert [(r.variant_id, r.quantity) for r in evening.of(ZHANG)] == [("s", 3)]
    evening.do(c.AcceptComment(comment_id="m-swap"))
    assert [(r.variant_id, r.quantity) for r in evening.of(ZHANG) if r.holds] == [("l", large)]


def test_a_swap_that_is_said_in_full_is_shown_as_it_was_said() -> None:
    evening = an_evening(apple())
    evening.buys(3, "apple", "s", by=ZHANG)
    swap = (cancel("apple", "s"), set_to(2, "apple", "l"))
    evening.say("小果换大果两箱", read_as(Intent.CHANGE, *swap), by=ZHANG, id="m-swap")
    assert evening.state.find_pending("m-swap")[0].actions == swap


@pytest.mark.parametrize("action", [reduce(1, "apple", "s"), cancel("apple", "s"), reduce(1, "apple")])
def test_a_tap_that_would_do_nothing_is_refused_instead(action: Action) -> None:
    evening = an_evening(apple())
    evening.buys(2, "apple", "l", by=ZHANG)
    waiting = doubtful(evening, set_to(None), intent=Intent.CHANGE)
    refused = evening.refuse(c.AcceptComment(comment_id=waiting, actions=(action,)))
    assert refused.code is RefusalCode.NOTHING_RESERVED
    assert "规格" in refused.detail


def test_an_accepted_buy_adds_where_the_shop_adds() -> None:
    evening = an_evening(policy=repeating(Repeat.ADD))
    evening.buys(2, by=ZHANG)
    evening.do(c.AcceptComment(comment_id=doubtful(evening, set_to(1))))
    assert evening.has(ZHANG) == [("reserved", 3)]


def test_the_host_may_cancel_by_the_comment_where_comments_alone_may_not() -> None:
    evening = an_evening(policy=Policy(cancel_by_comment=False))
    evening.buys(2, by=ZHANG)
    evening.say("不要了", read_as(Intent.CANCEL, cancel()), by=ZHANG, id="m-no")
    evening.do(c.AcceptComment(comment_id="m-no"))
    assert evening.has(ZHANG) == []


def test_two_platforms_that_share_a_comment_id_are_told_apart_by_name() -> None:
    evening = an_evening()
    read = read_as(Intent.BUY, set_to(1), route=Route.CONFIRM)
    here, there = viewer("张姐", platform="douyin"), viewer("李叔", platform="kuaishou")
    evening.say("鸡蛋", read, by=here, id="m-1")
    evening.say("鸡蛋", read, by=there, id="m-1")
    refused = evening.refuse(c.AcceptComment(comment_id="m-1"))
    assert refused.code is RefusalCode.AMBIGUOUS_COMMENT
    evening.do(c.AcceptComment(comment_id="kuaishou/m-1"))
    assert (evening.has(here), evening.has(there)) == ([], [("reserved", 1)])
    evening.do(c.AcceptComment(comment_id="m-1"))
    assert evening.has(here) == [("reserved", 1)]


def test_what_a_stranger_was_given_by_hand_is_cancelled_by_hand() -> None:
    evening = an_evening()
    hidden = stranger("m-1")
    evening.say("要一箱", read_as(Intent.BUY, set_to(1)), by=hidden, id="m-1")
    evening.do(c.AcceptComment(comment_id="m-1"))
    evening.do(c.CancelReservation(reservation_id=evening.only(hidden).id, reason="认错人"))
    assert evening.offer().reserved == 0


def test_after_the_cutoff_a_comment_may_only_be_dismissed() -> None:
    evening = an_evening()
    waiting = doubtful(evening, set_to(1))
    evening.now_ms = CUTOFF_MS
    assert evening.refuse(c.AcceptComment(comment_id=waiting)).code is RefusalCode.CUTOFF_PASSED
    evening.do(c.DismissComment(comment_id=waiting))
    assert evening.state.pending == {}


# One change, one fact


def facts(events: list[Event]) -> list[tuple[str, int]]:
    return [(event.kind.value, event.reservation.quantity) for event in events if event.reservation]


@pytest.mark.parametrize(
    ("quantity", "told"),
    [
        (2, [("reservation_changed", 2)]),
        (4, [("reservation_changed", 4)]),
        (1, [("reservation_changed", 1)]),
        (12, [("reservation_changed", 10), ("reservation_waitlisted", 2)]),
    ],
)
def test_a_quantity_that_is_set_is_one_fact_a_row(quantity: int, told: list[tuple[str, int]]) -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.buys(2, by=ZHANG)
    row = evening.only(ZHANG).id
    assert facts(evening.do(c.SetQuantity(reservation_id=row, quantity=quantity))) == told
    held = evening.state.reservations[row]
    assert (held.handled, held.expires_ms) == (True, None)


def test_the_same_quantity_set_again_is_no_fact_at_all() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    setting = c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=3)
    evening.do(setting)
    assert evening.do(setting) == []


def test_what_is_all_gone_is_vouched_for_beside_what_waits() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(2, by=ZHANG)
    events = evening.do(c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=3))
    assert facts(events) == [("reservation_waitlisted", 1), ("reservation_changed", 2)]
    assert all(r.handled for r in evening.of(ZHANG))


def test_a_waiting_row_that_goes_whole_is_not_vouched_for() -> None:
    evening = an_evening(egg(quota=0))
    evening.buys(2, by=ZHANG)
    first = evening.only(ZHANG)
    evening.do(c.SetQuantity(reservation_id=first.id, quantity=5))
    newest = evening.of(ZHANG)[1]
    evening.do(c.SetQuantity(reservation_id=newest.id, quantity=2))
    assert [(r.state.value, r.quantity) for r in evening.of(ZHANG)] == [("waitlisted", 2), ("cancelled", 3)]


# What the host has decided is not overwritten


def by_reserving(evening: Evening) -> None:
    evening.do(reserve(2))


def by_setting(evening: Evening) -> None:
    evening.buys(1, by=ZHANG)
    evening.do(c.SetQuantity(reservation_id=evening.only(ZHANG).id, quantity=2))


def by_accepting(evening: Evening) -> None:
    evening.do(c.AcceptComment(comment_id=doubtful(evening, set_to(2))))


def by_cancelling(evening: Evening) -> None:
    evening.buys(2, by=ZHANG)
    evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="打电话来说不要了"))


SECOND_COMMENTS = [
    read_as(Intent.BUY, set_to(3)),
    read_as(Intent.BUY, add(1)),
    read_as(Intent.CHANGE, set_to(1)),
    read_as(Intent.CHANGE, reduce(1)),
    read_as(Intent.CANCEL, cancel()),
    read_as(Intent.CANCEL, cancel(None)),
    read_as(Intent.BUY, set_to(1, "apple", "s"), set_to(3)),
]


@pytest.mark.parametrize("second", SECOND_COMMENTS, ids=lambda read: f"{read.intent}-{len(read.actions)}")
@pytest.mark.parametrize("repeat", Repeat)
@pytest.mark.parametrize("touch", [by_reserving, by_setting, by_accepting, by_cancelling])
def test_a_second_comment_about_what_the_host_has_handled_is_put_to_the_host(
    touch: Callable[[Evening], None], repeat: Repeat, second: Classification
) -> None:
    evening = an_evening(egg(), apple(), policy=repeating(repeat))
    touch(evening)
    before = deepcopy((evening.state.reservations, evening.state.offers))
    assert evening.say("再说一句", second, by=ZHANG).outcome == "needs_confirmation"
    assert (evening.state.reservations, evening.state.offers) == before


def test_what_the_host_has_handled_of_one_viewer_is_nothing_to_another() -> None:
    evening = an_evening()
    by_reserving(evening)
    assert evening.buys(1, by=LI) == "reserved"


# A variant must be said


@pytest.mark.parametrize("op", [set_to, add])
def test_an_offer_of_several_variants_is_not_booked_without_one(op: Callable[..., Action]) -> None:
    evening = an_evening(apple())
    said = doubtful(evening, op(1, "apple"))
    before = deepcopy(evening.state)
    for command in (reserve(1, "apple"), c.AcceptComment(comment_id=said)):
        refused = evening.refuse(command)
        assert refused.code is RefusalCode.UNKNOWN_VARIANT
        assert "大果（l）、小果（s）" in refused.detail
    assert evening.state == before


def test_an_offer_of_one_variant_has_an_ordinary_form_beside_it() -> None:
    single = replace(apple(), variants=apple().variants[:1])
    evening = an_evening(single)
    evening.do(reserve(1, "apple"))
    assert (evening.offer("apple").reserved, evening.offer("apple").variants[0].reserved) == (1, 0)


def test_who_has_some_from_before_there_were_variants_may_have_more_of_it() -> None:
    evening = an_evening(replace(apple(), variants=()))
    evening.do(reserve(1, "apple"))
    evening.do(c.UpdateOffer(offer_id="apple", changes={"variants": apple().variants}))
    evening.do(reserve(1, "apple"))
    assert evening.has(ZHANG) == [("reserved", 2)]
