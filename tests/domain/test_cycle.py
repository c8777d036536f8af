from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.handle import next_due_ms
from live.domain.offer import Offer, OfferPhase
from live.domain.refusal import RefusalCode
from live.domain.session import Policy
from nlp.types import Intent, PromptMeaning
from tests.domain.factories import (
    CUTOFF_MS,
    MINUTE_MS,
    NO_POINTS,
    PICKUP_MS,
    TWO_POINTS,
    Evening,
    an_evening,
    apple,
    cancel,
    egg,
    read_as,
    set_to,
    viewer,
)

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")


def cased(*, quota: int = 100, tolerance: int | None = 0, minimum: int = 0) -> Offer:
    """Eggs in cases of six."""
    return replace(egg(quota=quota), case_size=6, case_tolerance=tolerance, min_quantity=minimum)


def states(evening: Evening) -> list[tuple[str, str, int]]:
    """Who has what now, in the order in which it was made."""
    return [(r.viewer.name, r.state.value, r.quantity) for r in evening.state.reservations.values()]


def cut_off(evening: Evening, *, by_hand: bool) -> None:
    if by_hand:
        evening.do(c.CloseCycle())
    else:
        evening.cut_off()


def be_over(evening: Evening, *, by_hand: bool) -> None:
    """The cut-off has come, and the clock has not told yet."""
    if by_hand:
        evening.do(c.CloseCycle())
    evening.now_ms = CUTOFF_MS


by_hand_and_by_the_clock = pytest.mark.parametrize("by_hand", [True, False], ids=["by_hand", "by_the_clock"])


# The cut-off


@by_hand_and_by_the_clock
def test_the_cut_off_locks_what_is_reserved_and_ends_the_sale(*, by_hand: bool) -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    cut_off(evening, by_hand=by_hand)
    assert states(evening) == [("张姐", "locked", 2)]
    assert (evening.offer().phase, evening.offer().reserved) == (OfferPhase.CLOSED, 2)
    assert evening.cycle.closed_ms == evening.now_ms
    assert evening.kinds()[-1] is EventKind.CYCLE_CLOSED


def test_the_clock_comes_at_the_cut_off_and_not_before() -> None:
    evening = an_evening()
    assert next_due_ms(evening.state) == CUTOFF_MS
    evening.now_ms = CUTOFF_MS - 1
    assert evening.do(c.Tick()) == []
    evening.now_ms = CUTOFF_MS
    assert [e.kind for e in evening.do(c.Tick())] == [EventKind.OFFER_CLOSED, EventKind.CYCLE_CLOSED]
    assert evening.do(c.Tick()) == []
    assert next_due_ms(evening.state) is None


def test_a_cut_off_that_nobody_saw_is_carried_out_whenever_the_clock_comes() -> None:
    evening = an_evening()
    evening.buys(1)
    evening.now_ms = CUTOFF_MS + 48 * 60 * MINUTE_MS
    evening.do(c.Tick())
    assert evening.only().state == "locked"


def test_a_cut_off_by_hand_is_made_once() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    before = deepcopy(evening.state)
    assert evening.refuse(c.CloseCycle()).code is RefusalCode.CYCLE_CLOSED
    evening.now_ms = CUTOFF_MS
    assert evening.do(c.Tick()) == []
    assert evening.state == before


@by_hand_and_by_the_clock
def test_an_evening_on_which_nothing_was_reserved_is_cut_off_as_well(*, by_hand: bool) -> None:
    evening = an_evening()
    cut_off(evening, by_hand=by_hand)
    assert evening.kinds()[-2:] == [EventKind.OFFER_CLOSED, EventKind.CYCLE_CLOSED]


def test_an_ended_broadcast_is_cut_off_too() -> None:
    evening = an_evening()
    evening.buys(1)
    evening.do(c.EndSession())
    evening.cut_off()
    assert evening.only().state == "locked"


def test_whoever_waits_at_the_cut_off_is_told_that_they_were_not_reached() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(3, by=ZHANG)
    evening.buys(1, by=LI)
    evening.cut_off()
    assert states(evening) == [("张姐", "locked", 2), ("张姐", "cancelled", 1), ("李叔", "cancelled", 1)]
    assert {r.reason for r in evening.state.reservations.values() if r.state == "cancelled"} == {"截单时没有排到"}
    assert (evening.offer().reserved, evening.offer().waitlisted) == (2, 0)


def test_a_hold_that_ends_at_the_cut_off_makes_room_for_who_waits() -> None:
    evening = an_evening(egg(quota=1), policy=Policy(hold_minutes=30))
    evening.now_ms = CUTOFF_MS - 30 * MINUTE_MS
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.cut_off()
    assert states(evening) == [("张姐", "expired", 1), ("李叔", "locked", 1)]


def test_what_the_cut_off_ends_no_longer_expires() -> None:
    evening = an_evening(replace(egg(), min_quantity=5), policy=Policy(hold_minutes=30))
    evening.buys(1)
    evening.do(c.CloseCycle())
    assert (evening.only().state, evening.only().expires_ms) == ("cancelled", None)


def test_what_is_locked_no_longer_expires() -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.buys(1)
    evening.do(c.CloseCycle())
    assert evening.only().expires_ms is None
    evening.wait(31)
    assert evening.only().state == "locked"


def test_a_claim_ends_with_the_cut_off_and_a_draw_goes_on() -> None:
    for meaning, goes_on in ((PromptMeaning.CLAIM, False), (PromptMeaning.GIVEAWAY, True), (PromptMeaning.POLL, True)):
        evening = an_evening()
        evening.do(c.OpenPrompt(prompt_id="p", keyword="1", meaning=meaning, ref_id="egg", seconds=60))
        evening.do(c.CloseCycle())
        assert (evening.state.prompt is not None) is goes_on


def test_after_the_cut_off_a_draw_may_be_opened_and_a_claim_not() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    draw = c.OpenPrompt(prompt_id="p", keyword="福", meaning=PromptMeaning.GIVEAWAY, seconds=60)
    evening.do(draw)
    claim = c.OpenPrompt(prompt_id="q", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=60)
    assert evening.refuse(claim).code is RefusalCode.CUTOFF_PASSED


LATE_ORDERS: list[c.Command] = [
    c.AddOffer(offer=apple()),
    c.UpdateOffer(offer_id="egg", changes={"quota": 20}),
    c.Restock(offer_id="egg", quantity=1),
    c.OpenOffer(offer_id="egg"),
    c.Reserve(viewer=ZHANG, offer_id="egg", quantity=1),
    c.PageOrder(viewer=ZHANG, lines=(c.PageLine(offer_id="egg", quantity=1),)),
]


@pytest.mark.parametrize("command", LATE_ORDERS, ids=lambda command: type(command).__name__)
@by_hand_and_by_the_clock
def test_after_the_cut_off_no_order_is_taken_even_before_the_clock_has_told(
    command: c.Command, *, by_hand: bool
) -> None:
    evening = an_evening()
    be_over(evening, by_hand=by_hand)
    before = deepcopy(evening.state)
    assert evening.refuse(command).code is RefusalCode.CUTOFF_PASSED
    assert evening.state == before


@by_hand_and_by_the_clock
def test_after_the_cut_off_nothing_is_given_back(*, by_hand: bool) -> None:
    evening = an_evening()
    evening.buys(2)
    held = evening.only()
    be_over(evening, by_hand=by_hand)
    before = deepcopy(evening.state)
    for command in (
        c.CancelReservation(reservation_id=held.id, reason="不来了"),
        c.SetQuantity(reservation_id=held.id, quantity=1),
        c.PageChange(pickup_code=held.pickup_code, line=c.PageLine(offer_id="egg", quantity=0)),
    ):
        assert evening.refuse(command).code is RefusalCode.CUTOFF_PASSED
    assert evening.state == before
    assert evening.say("不要了", read_as(Intent.CANCEL, cancel())).outcome == "cutoff_passed"
    assert evening.say("要三箱", read_as(Intent.BUY, set_to(3))).outcome == "cutoff_passed"


def test_after_the_cut_off_an_offers_words_may_be_mended() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    evening.do(c.UpdateOffer(offer_id="egg", changes={"supplier": "王大叔农场", "title": "土鸡蛋"}))
    assert (evening.offer().supplier, evening.offer().phase) == ("王大叔农场", OfferPhase.CLOSED)
    mixed = c.UpdateOffer(offer_id="egg", changes={"supplier": "别家", "case_size": 12})
    assert evening.refuse(mixed).code is RefusalCode.CUTOFF_PASSED


# The minimum


def test_an_offer_below_its_minimum_fails_and_everybody_is_told_why() -> None:
    evening = an_evening(replace(egg(), min_quantity=5))
    evening.buys(3, by=ZHANG)
    evening.buys(1, by=LI)
    evening.cut_off()
    assert states(evening) == [("张姐", "cancelled", 3), ("李叔", "cancelled", 1)]
    assert {r.reason for r in evening.state.reservations.values()} == {"没成团：不到 5 箱"}
    assert (evening.offer().phase, evening.offer().reserved, evening.offer().state) == (OfferPhase.FAILED, 0, "failed")


def test_an_offer_that_reaches_its_minimum_is_sold() -> None:
    evening = an_evening(replace(egg(), min_quantity=5))
    evening.buys(5)
    evening.cut_off()
    assert evening.only().state == "locked"


def test_who_waits_does_not_make_up_a_minimum() -> None:
    evening = an_evening(replace(egg(quota=4), min_quantity=5))
    evening.buys(9)
    evening.cut_off()
    assert {state for _, state, _ in states(evening)} == {"cancelled"}
    assert evening.offer().phase is OfferPhase.FAILED


def test_an_offer_with_a_minimum_that_nobody_wanted_has_failed() -> None:
    evening = an_evening(replace(egg(), min_quantity=1))
    evening.cut_off()
    assert evening.offer().phase is OfferPhase.FAILED


def test_an_offer_that_was_taken_off_sale_is_held_to_its_minimum_too() -> None:
    evening = an_evening(replace(egg(), min_quantity=5))
    evening.buys(1)
    evening.do(c.CloseOffer(offer_id="egg"))
    evening.cut_off()
    assert evening.only().state == "cancelled"


def test_an_offer_that_was_never_on_sale_has_not_failed() -> None:
    evening = an_evening(replace(egg(phase=OfferPhase.LISTED), min_quantity=5))
    evening.cut_off()
    assert evening.offer().phase is OfferPhase.LISTED
    assert evening.kinds()[-1] is EventKind.CYCLE_CLOSED


def test_what_the_host_reserved_of_a_listed_offer_is_held_to_its_minimum() -> None:
    evening = an_evening(replace(egg(phase=OfferPhase.LISTED), min_quantity=5))
    evening.do(c.Reserve(viewer=ZHANG, offer_id="egg", quantity=4))
    evening.cut_off()
    assert (evening.only(ZHANG).state, evening.offer().phase) == ("cancelled", OfferPhase.FAILED)


def test_what_the_host_reserved_of_a_listed_offer_is_locked_with_the_rest() -> None:
    evening = an_evening(egg(phase=OfferPhase.LISTED))
    evening.do(c.Reserve(viewer=ZHANG, offer_id="egg", quantity=4))
    evening.cut_off()
    assert (evening.only(ZHANG).state, evening.offer().phase) == ("locked", OfferPhase.LISTED)


def test_a_failed_offer_is_neither_opened_nor_closed_again() -> None:
    evening = an_evening(replace(egg(), min_quantity=5))
    evening.cut_off()
    assert evening.refuse(c.CloseOffer(offer_id="egg")).code is RefusalCode.OFFER_FAILED
    assert evening.refuse(c.OpenOffer(offer_id="egg")).code is RefusalCode.CUTOFF_PASSED


# Whole cases


def test_the_latest_reservations_lose_an_open_case_that_is_not_ordered() -> None:
    evening = an_evening(cased())
    for who, quantity in ((ZHANG, 4), (LI, 3), (WANG, 1)):
        evening.buys(quantity, by=who)
    evening.cut_off()
    assert states(evening) == [("张姐", "locked", 4), ("李叔", "locked", 2), ("王婶", "cancelled", 1)]
    assert [evening.only(who).reason for who in (ZHANG, LI, WANG)] == [None, "没凑满整箱", "没凑满整箱"]
    assert evening.offer().reserved == 6


def test_within_the_tolerance_nobody_loses_anything() -> None:
    evening = an_evening(cased(tolerance=2))
    evening.buys(4)
    evening.cut_off()
    assert evening.only().state == "locked"


def test_without_a_full_case_and_out_of_tolerance_nobody_gets_anything() -> None:
    evening = an_evening(cased(tolerance=1))
    evening.buys(4)
    evening.cut_off()
    assert (evening.only().state, evening.offer().reserved, evening.offer().phase) == (
        "cancelled",
        0,
        OfferPhase.CLOSED,
    )


def test_a_minimum_is_held_against_what_will_be_ordered() -> None:
    """Eight were wanted, but only the one full case of six would come."""
    evening = an_evening(cased(minimum=7))
    evening.buys(8)
    evening.cut_off()
    assert (evening.only().state, evening.only().reason) == ("cancelled", "没成团：不到 7 箱")
    assert evening.offer().phase is OfferPhase.FAILED


def test_variants_share_the_cases_of_their_offer() -> None:
    evening = an_evening(replace(apple(quota=100, large=None), case_size=6, case_tolerance=0))
    evening.buys(5, "apple", "l", by=ZHANG)
    evening.buys(4, "apple", "s", by=LI)
    evening.cut_off()
    assert states(evening) == [("张姐", "locked", 5), ("李叔", "locked", 1)]
    assert [v.reserved for v in evening.offer("apple").variants] == [5, 1]


# Another pickup time


def test_the_pickup_is_moved_with_a_notice() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    (event,) = evening.do(c.MovePickup(pickup_at_ms=PICKUP_MS + MINUTE_MS, notice="车坏在路上了"))
    assert event.kind is EventKind.CYCLE_MOVED
    assert (evening.cycle.pickup_at_ms, evening.cycle.notice) == (PICKUP_MS + MINUTE_MS, "车坏在路上了")


def test_the_same_move_twice_is_one() -> None:
    evening = an_evening()
    move = c.MovePickup(pickup_at_ms=PICKUP_MS + MINUTE_MS, notice="车坏在路上了")
    evening.do(move)
    assert evening.do(move) == []


def test_an_open_cycle_is_not_fetched_before_it_is_cut_off() -> None:
    evening = an_evening()
    early = c.MovePickup(pickup_at_ms=CUTOFF_MS, notice="早点来")
    assert evening.refuse(early).code is RefusalCode.INVALID_CYCLE


def test_a_cycle_that_was_cut_off_early_may_be_fetched_early() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    evening.do(c.MovePickup(pickup_at_ms=CUTOFF_MS - MINUTE_MS, notice="今晚就能提"))
    past = c.MovePickup(pickup_at_ms=evening.now_ms, notice="刚才")
    assert evening.refuse(past).code is RefusalCode.INVALID_CYCLE


# The arrival


def choose(evening: Evening, point_id: str, of: str = "李叔") -> None:
    evening.do(c.SetBasket(pickup_code=evening.code(viewer(of)), pickup_point_id=point_id))


def two_customers() -> Evening:
    """张姐 has not chosen, so hers come to the first point; 李叔 fetches at 西关小学."""
    evening = an_evening(egg(), apple(), cycle=TWO_POINTS)
    evening.buys(2, by=ZHANG)
    evening.buys(1, by=LI)
    evening.buys(1, "apple", "s", by=LI)
    choose(evening, "p2")
    evening.do(c.CloseCycle())
    return evening


def ready_at(evening: Evening) -> list[int | None]:
    return [point.ready_ms for point in evening.cycle.pickup_points]


def test_goods_arrive_where_their_viewer_fetches_them() -> None:
    evening = two_customers()
    evening.do(c.MarkReady(pickup_point_id="p2"))
    assert [state for _, state, _ in states(evening)] == ["locked", "ready", "ready"]
    assert ready_at(evening) == [None, evening.now_ms]
    evening.do(c.MarkReady(pickup_point_id="p1"))
    assert [state for _, state, _ in states(evening)] == ["ready", "ready", "ready"]
    assert ready_at(evening) == [evening.now_ms, evening.now_ms]


def test_without_a_point_they_have_arrived_everywhere() -> None:
    evening = two_customers()
    events = evening.do(c.MarkReady())
    assert events[-1].kind is EventKind.GOODS_READY
    assert {state for _, state, _ in states(evening)} == {"ready"}
    assert None not in ready_at(evening)


def test_a_cycle_without_points_has_one_arrival() -> None:
    evening = an_evening(cycle=NO_POINTS)
    evening.buys(2)
    evening.do(c.CloseCycle())
    assert evening.refuse(c.MarkReady(pickup_point_id="p1")).code is RefusalCode.UNKNOWN_PICKUP_POINT
    evening.do(c.MarkReady())
    assert evening.only().state == "ready"
    assert evening.refuse(c.MarkReady()).code is RefusalCode.ALREADY_READY


def test_the_same_arrival_twice_is_refused_and_changes_nothing() -> None:
    evening = two_customers()
    evening.do(c.MarkReady(pickup_point_id="p2"))
    before = deepcopy(evening.state)
    assert evening.refuse(c.MarkReady(pickup_point_id="p2")).code is RefusalCode.ALREADY_READY
    assert evening.state == before


def test_an_arrival_where_nobody_fetches_anything_is_noted_once() -> None:
    evening = an_evening(cycle=TWO_POINTS)
    evening.buys(1)
    evening.do(c.CloseCycle())
    assert [e.kind for e in evening.do(c.MarkReady(pickup_point_id="p2"))] == [EventKind.GOODS_READY]
    assert evening.refuse(c.MarkReady(pickup_point_id="p2")).code is RefusalCode.ALREADY_READY


def test_goods_that_are_late_stay_awaited_and_so_does_their_point() -> None:
    evening = two_customers()
    evening.do(c.MarkReady(offer_ids=("egg",)))
    assert [state for _, state, _ in states(evening)] == ["ready", "ready", "locked"]
    assert ready_at(evening) == [evening.now_ms, None]
    assert evening.refuse(c.MarkReady(offer_ids=("egg",))).code is RefusalCode.ALREADY_READY
    evening.do(c.MarkReady(pickup_point_id="p2", offer_ids=("apple",)))
    assert {state for _, state, _ in states(evening)} == {"ready"}
    assert None not in ready_at(evening)


def test_who_changes_to_a_point_after_its_goods_came_is_served_by_the_next_arrival() -> None:
    evening = two_customers()
    evening.do(c.MarkReady(pickup_point_id="p1"))
    choose(evening, "p1")
    assert evening.of(LI)[0].state == "locked"
    evening.do(c.MarkReady(pickup_point_id="p1"))
    assert evening.of(LI)[0].state == "ready"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.MarkReady(pickup_point_id="p9"), RefusalCode.UNKNOWN_PICKUP_POINT),
        (c.MarkReady(offer_ids=("egg", "milk")), RefusalCode.UNKNOWN_OFFER),
    ],
)
def test_an_arrival_of_what_is_not_there_is_refused(command: c.MarkReady, code: RefusalCode) -> None:
    evening = two_customers()
    before = deepcopy(evening.state)
    refused = evening.refuse(command)
    assert refused.code is code
    assert evening.state == before


def test_a_refused_point_names_those_there_are() -> None:
    assert "p2（西关小学）" in two_customers().refuse(c.MarkReady(pickup_point_id="p9")).detail


def test_goods_do_not_arrive_before_the_cut_off() -> None:
    evening = an_evening()
    assert evening.refuse(c.MarkReady()).code is RefusalCode.CYCLE_OPEN


def test_what_was_cancelled_or_dropped_does_not_arrive() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(2, by=ZHANG)
    evening.arrive()
    assert [(state, quantity) for _, state, quantity in states(evening)] == [("ready", 1), ("cancelled", 1)]
