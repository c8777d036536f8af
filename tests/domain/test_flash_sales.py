"""Flash deals from the announcement to what comes after them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.events import EventKind
from live.domain.flash import FlashSale, FlashState
from live.domain.handle import next_due_ms
from live.domain.offer import OfferPhase
from live.domain.refusal import RefusalCode
from live.domain.session import Policy, Repeat
from nlp.types import Intent, Route
from tests.domain.factories import (
    CUTOFF_MS,
    EVENING_MS,
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
from tests.domain.stage_factories import flash_deal

if TYPE_CHECKING:
    from live.domain.viewer import Viewer

ZHANG, LI, ZHAO, WANG = viewer("张姐"), viewer("李叔"), viewer("赵奶奶"), viewer("王婶")
PAUSE, RESUME, STOP = (
    s.PauseFlashSale(offer_id="egg"),
    s.ResumeFlashSale(offer_id="egg"),
    s.StopFlashSale(offer_id="egg"),
)


def deal(evening: Evening, flash_id: str = "f-1") -> FlashSale:
    return evening.state.flash_sales[flash_id]


def seconds(evening: Evening, number: float) -> None:
    """Let time pass and the clock look."""
    evening.now_ms += int(number * 1000)
    evening.do(c.Tick())


def a_rush(*, quota: int = 3, limit: int | None = None, eggs: int = 10, policy: Policy | None = None) -> Evening:
    """A deal that has just begun."""
    evening = an_evening(egg(quota=eggs), policy=policy)
    evening.do(flash_deal(quota=quota, limit=limit, countdown=0))
    return evening


def prices(evening: Evening, by: Viewer = ZHANG) -> list[tuple[str, int, int]]:
    """What somebody has: state, quantity and price."""
    return [(r.state.value, r.quantity, r.unit_price_fen) for r in evening.of(by) if r.holds or r.waits]


# Announced


def test_a_deal_is_announced_and_begins_by_the_clock() -> None:
    evening = an_evening(egg())
    told = evening.do(flash_deal(countdown=10, seconds=60))
    assert [event.kind for event in told] == [EventKind.FLASH_SALE_ANNOUNCED]
    assert (deal(evening).starts_ms, deal(evening).ends_ms) == (EVENING_MS + 10_000, EVENING_MS + 70_000)
    assert next_due_ms(evening.state) == EVENING_MS + 10_000
    seconds(evening, 9.999)
    assert deal(evening).state is FlashState.ANNOUNCED
    seconds(evening, 0.001)
    assert deal(evening).state is FlashState.RUNNING
    assert next_due_ms(evening.state) == EVENING_MS + 70_000


def test_without_a_countdown_it_begins_at_once() -> None:
    evening = an_evening(egg())
    told = evening.do(flash_deal(countdown=0))
    kinds = [event.kind for event in told]
    assert kinds == [EventKind.FLASH_SALE_ANNOUNCED, EventKind.OFFER_PINNED, EventKind.FLASH_SALE_STARTED]
    assert deal(evening).state is FlashState.RUNNING


@pytest.mark.parametrize("phase", [OfferPhase.LISTED, OfferPhase.CLOSED])
def test_at_its_start_the_offer_is_put_on_sale_and_shown(phase: OfferPhase) -> None:
    evening = an_evening(egg(phase=OfferPhase.LISTED))
    if phase is OfferPhase.CLOSED:
        evening.do(c.OpenOffer(offer_id="egg"))
        evening.do(c.CloseOffer(offer_id="egg"))
    evening.do(flash_deal(countdown=10))
    assert (evening.offer().phase, evening.state.session and evening.state.session.pinned_offer_id) == (phase, None)
    seconds(evening, 10)
    assert evening.offer().phase is OfferPhase.OPEN
    assert evening.state.session is not None
    assert evening.state.session.pinned_offer_id == "egg"
    assert evening.buys(1) == "reserved"


def test_a_deal_that_nobody_looked_at_has_begun_and_ended_when_the_clock_looks_again() -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=10, seconds=60))
    seconds(evening, 600)
    assert (deal(evening).state, deal(evening).ended_ms) == (FlashState.ENDED, EVENING_MS + 70_000)


def test_comments_in_the_countdown_book_nothing() -> None:
    evening = an_evening(egg())
    evening.buys(1, by=LI)
    evening.do(flash_deal(countdown=10))
    assert evening.buys(1) == "flash_not_open"
    assert evening.changes(add(1), by=LI) == "flash_not_open"
    assert evening.changes(set_to(3), by=LI) == "flash_not_open"
    assert evening.refuse(c.PageOrder(viewer=ZHANG, lines=(c.PageLine(offer_id="egg", quantity=1),))).code == (
        RefusalCode.FLASH_NOT_OPEN
    )
    assert (evening.has(), evening.has(LI)) == ([], [("reserved", 1)])
    assert evening.cancels(cancel(), by=LI) == "cancelled"


# Running


def test_a_reservation_has_the_price_of_the_deal() -> None:
    evening = a_rush()
    assert evening.buys(2) == "reserved"
    only = evening.only()
    assert (only.unit_price_fen, only.flash_id, only.amount_fen) == (990, "f-1", 1980)
    assert (deal(evening).sold, deal(evening).available) == (2, 1)
    assert (evening.offer().reserved, evening.offer().available) == (2, 8)


def test_the_last_units_are_shared_out_and_the_rest_waits() -> None:
    evening = a_rush(quota=3)
    assert evening.buys(2, by=LI) == "reserved"
    assert evening.buys(2) == "partly_waitlisted"
    assert prices(evening) == [("reserved", 1, 990), ("waitlisted", 1, 990)]
    assert (deal(evening).available, deal(evening).waitlisted, evening.offer().waitlisted) == (0, 1, 1)


def test_the_line_is_as_long_as_the_deal_and_whoever_comes_after_it_is_told_so() -> None:
    evening = a_rush(quota=2)
    told = [evening.buys(1, by=viewer(f"顾客{number}")) for number in range(6)]
    assert told == ["reserved"] * 2 + ["waitlisted"] * 2 + ["sold_out"] * 2
    assert len(evening.state.reservations) == 4


def test_a_viewer_who_wants_more_than_the_end_of_the_line_gets_what_there_is() -> None:
    evening = a_rush(quota=2)
    assert evening.buys(5) == "partly_waitlisted"
    assert prices(evening) == [("reserved", 2, 990), ("waitlisted", 2, 990)]


def test_the_host_may_put_somebody_at_the_end_of_a_full_line() -> None:
    evening = a_rush(quota=1)
    for who in (ZHANG, LI):
        evening.buys(1, by=who)
    assert evening.buys(1, by=ZHAO) == "sold_out"
    evening.do(c.Reserve(viewer=ZHAO, offer_id="egg", quantity=1))
    assert prices(evening, ZHAO) == [("waitlisted", 1, 990)]


def test_a_page_is_told_that_the_line_is_full() -> None:
    evening = a_rush(quota=1)
    for who in (ZHANG, LI):
        evening.buys(1, by=who)
    refused = evening.refuse(c.PageOrder(viewer=ZHAO, lines=(c.PageLine(offer_id="egg", quantity=1),)))
    assert refused.code is RefusalCode.NOT_ENOUGH_STOCK
    assert "抢完" in refused.detail


def test_the_limit_of_the_deal_stands_beside_that_of_the_offer() -> None:
    evening = an_evening(egg(limit=2))
    evening.buys(2)
    evening.do(flash_deal(quota=3, limit=1, countdown=0))
    assert evening.buys(2) == "over_limit"
    assert evening.buys(1) == "reserved"
    assert evening.changes(add(1)) == "over_limit"
    assert prices(evening) == [("reserved", 2, 3990), ("reserved", 1, 990)]


def test_the_limit_of_the_deal_holds_for_each_of_a_comments_orders() -> None:
    evening = an_evening(egg(), apple())
    evening.do(flash_deal(limit=1, countdown=0))
    both = read_as(Intent.BUY, set_to(2, "egg"), set_to(1, "apple", "s"))
    assert evening.say("两箱鸡蛋一箱小果", both).outcome == "reserved"
    assert [(r.offer_id, r.quantity) for r in evening.of()] == [("apple", 1)]


def test_the_host_and_a_page_are_held_to_the_limit_of_the_deal() -> None:
    evening = a_rush(limit=1)
    order = c.PageOrder(viewer=ZHANG, lines=(c.PageLine(offer_id="egg", quantity=2),))
    assert evening.refuse(order).code is RefusalCode.OVER_LIMIT
    assert evening.refuse(c.Reserve(viewer=ZHANG, offer_id="egg", quantity=2)).code is RefusalCode.OVER_LIMIT
    evening.buys(1)
    refused = evening.refuse(c.SetQuantity(reservation_id=evening.only().id, quantity=2))
    assert refused.code is RefusalCode.OVER_LIMIT


def test_the_units_of_a_deal_are_kept_for_it() -> None:
    evening = an_evening(egg(quota=3))
    evening.do(flash_deal(quota=3, countdown=10))
    evening.do(c.Reserve(viewer=LI, offer_id="egg", quantity=1))
    assert prices(evening, LI) == [("waitlisted", 1, 3990)]
    seconds(evening, 10)
    assert evening.buys(3) == "reserved"
    assert deal(evening).available == 0


def test_what_is_left_of_a_deal_goes_to_whoever_waits_at_the_offers_price() -> None:
    evening = an_evening(egg(quota=3))
    evening.do(flash_deal(quota=3, countdown=0))
    evening.buys(1)
    evening.now_ms += 60_000
    evening.do(STOP)
    evening.do(c.Reserve(viewer=LI, offer_id="egg", quantity=3))
    assert prices(evening, LI) == [("reserved", 2, 3990), ("waitlisted", 1, 3990)]


def test_whoever_waited_beside_a_deal_is_served_when_it_ends() -> None:
    evening = an_evening(egg(quota=3))
    evening.do(flash_deal(quota=3, countdown=10))
    evening.do(c.Reserve(viewer=LI, offer_id="egg", quantity=1))
    told = evening.do(STOP)
    assert [event.kind for event in told] == [EventKind.FLASH_SALE_ENDED, EventKind.RESERVATION_PROMOTED]
    assert prices(evening, LI) == [("reserved", 1, 3990)]


def test_the_quota_of_the_offer_cannot_be_cut_below_what_the_deal_keeps() -> None:
    evening = a_rush(quota=3, eggs=10)
    evening.buys(1)
    refused = evening.refuse(c.UpdateOffer(offer_id="egg", changes={"quota": 2}))
    assert refused.code is RefusalCode.QUOTA_BELOW_RESERVED
    evening.do(c.UpdateOffer(offer_id="egg", changes={"quota": 3}))
    assert evening.buys(2, by=LI) == "reserved"


def test_the_price_that_a_deal_is_compared_with_stands() -> None:
    evening = an_evening(egg(phase=OfferPhase.LISTED))
    evening.do(flash_deal(countdown=10))
    assert evening.refuse(c.UpdateOffer(offer_id="egg", changes={"price_fen": 900})).code is RefusalCode.FROZEN


def test_a_unit_that_is_given_back_goes_to_the_head_of_the_line() -> None:
    evening = a_rush(quota=2)
    for who in (ZHANG, LI, ZHAO, WANG):
        evening.buys(1, by=who)
    assert evening.cancels(cancel()) == "cancelled"
    assert prices(evening, ZHAO) == [("reserved", 1, 990)]
    assert prices(evening, WANG) == [("waitlisted", 1, 990)]
    assert (deal(evening).sold, deal(evening).waitlisted) == (2, 1)


def test_a_restock_of_the_offer_is_no_more_of_the_deal() -> None:
    evening = a_rush(quota=1)
    evening.buys(2)
    evening.do(c.Restock(offer_id="egg", quantity=5))
    assert prices(evening) == [("reserved", 1, 990), ("waitlisted", 1, 990)]


def test_a_hold_that_runs_out_goes_to_the_head_of_the_line() -> None:
    evening = an_evening(egg(), policy=Policy(hold_minutes=1))
    evening.do(flash_deal(quota=1, countdown=0, seconds=600))
    evening.buys(1)
    evening.buys(1, by=LI)
    evening.wait(1)
    assert (evening.only().state.value, prices(evening, LI)) == ("expired", [("reserved", 1, 990)])


# Held, longer, stopped


def test_a_pause_takes_no_orders_and_no_time() -> None:
    evening = a_rush()
    seconds(evening, 20)
    evening.do(PAUSE)
    assert evening.buys(1) == "flash_not_open"
    assert next_due_ms(evening.state) == CUTOFF_MS
    seconds(evening, 600)
    assert deal(evening).state is FlashState.PAUSED
    evening.do(RESUME)
    assert evening.buys(1) == "reserved"
    seconds(evening, 39.999)
    assert deal(evening).state is FlashState.RUNNING
    seconds(evening, 0.001)
    assert deal(evening).state is FlashState.ENDED


def test_a_second_tap_on_pause_or_resume_changes_nothing() -> None:
    evening = a_rush()
    evening.do(PAUSE)
    assert evening.do(PAUSE) == []
    evening.do(RESUME)
    assert evening.do(RESUME) == []


def test_more_time_is_more_time() -> None:
    evening = a_rush()
    evening.do(s.ExtendFlashSale(offer_id="egg", seconds=30))
    assert deal(evening).ends_ms == EVENING_MS + 90_000
    seconds(evening, 89)
    assert evening.buys(1) == "reserved"
    assert evening.only().unit_price_fen == 990


def test_more_units_go_to_those_who_wait_in_their_order() -> None:
    evening = a_rush(quota=2)
    for who in (ZHANG, LI, ZHAO, WANG):
        evening.buys(1, by=who)
    evening.do(s.ExtendFlashSale(offer_id="egg", quantity=1))
    assert (prices(evening, ZHAO), prices(evening, WANG)) == ([("reserved", 1, 990)], [("waitlisted", 1, 990)])
    evening.do(s.ExtendFlashSale(offer_id="egg", quantity=3))
    assert prices(evening, WANG) == [("reserved", 1, 990)]
    assert (deal(evening).quota, deal(evening).sold, deal(evening).available) == (6, 4, 2)


def test_only_what_the_offer_has_can_be_added_to_a_deal() -> None:
    evening = a_rush(quota=3, eggs=4)
    refused = evening.refuse(s.ExtendFlashSale(offer_id="egg", quantity=2))
    assert refused.code is RefusalCode.NOT_ENOUGH_STOCK
    assert "最多还能加 1 箱" in refused.detail


def test_after_a_stop_the_offer_sells_at_its_own_price_again() -> None:
    evening = a_rush()
    evening.buys(1)
    evening.do(STOP)
    assert evening.buys(1) == "reserved"
    assert prices(evening) == [("reserved", 1, 990), ("reserved", 1, 3990)]


def test_a_deal_is_called_off_in_the_countdown() -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=10))
    evening.do(STOP)
    seconds(evening, 30)
    assert EventKind.FLASH_SALE_STARTED not in evening.kinds()
    assert evening.buys(1) == "reserved"
    assert evening.only().unit_price_fen == 3990


# After it


def test_a_unit_that_is_given_back_after_the_end_goes_to_the_line_at_the_price_of_the_deal() -> None:
    evening = a_rush(quota=1)
    evening.buys(1)
    evening.buys(1, by=LI)
    seconds(evening, 60)
    evening.cancels(cancel())
    assert prices(evening, LI) == [("reserved", 1, 990)]
    evening.cancels(cancel(), by=LI)
    assert evening.buys(1, by=ZHAO) == "reserved"
    assert evening.only(ZHAO).unit_price_fen == 3990


def test_a_comment_that_came_before_the_end_is_served_after_it() -> None:
    evening = a_rush(quota=1)
    seconds(evening, 60)
    assert deal(evening).state is FlashState.ENDED
    evening.now_ms -= 1
    assert evening.buys(1) == "reserved"
    assert evening.only().unit_price_fen == 990
    assert (deal(evening).state, deal(evening).sold) == (FlashState.ENDED, 1)


def test_a_comment_that_came_before_the_start_is_early_however_late_it_is_worked() -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=10))
    seconds(evening, 10)
    evening.now_ms -= 1
    assert evening.buys(1) == "flash_not_open"


def test_a_comment_that_came_before_the_announcement_pays_the_offers_price() -> None:
    evening = an_evening(egg())
    evening.now_ms += 1_000
    evening.do(flash_deal(countdown=0))
    evening.now_ms -= 1
    assert evening.buys(1) == "reserved"
    assert evening.only().unit_price_fen == 3990


def test_a_clock_that_is_set_back_sells_nothing_twice_and_ends_the_deal_by_its_own_time() -> None:
    evening = a_rush(quota=1)
    seconds(evening, 30)
    evening.buys(1)
    evening.now_ms -= 20_000
    assert evening.buys(1, by=LI) == "waitlisted"
    seconds(evening, 49)
    assert deal(evening).state is FlashState.RUNNING
    seconds(evening, 1)
    assert deal(evening).state is FlashState.ENDED


def test_an_offer_has_a_second_deal_at_another_price() -> None:
    evening = a_rush(quota=1)
    evening.buys(1)
    evening.buys(1, by=LI)
    evening.do(STOP)
    evening.now_ms += 1_000
    evening.do(replace(flash_deal(quota=2, price_fen=1990, countdown=0), flash_id="f-2"))
    assert evening.buys(1, by=ZHAO) == "reserved"
    assert prices(evening, ZHAO) == [("reserved", 1, 1990)]
    evening.cancels(cancel())
    assert prices(evening, LI) == [("reserved", 1, 990)]
    assert (deal(evening, "f-1").sold, deal(evening, "f-2").sold) == (1, 1)


def test_a_late_comment_of_the_first_deal_is_not_a_comment_of_the_second() -> None:
    evening = a_rush(quota=2)
    evening.now_ms += 10_000
    evening.do(STOP)
    evening.now_ms += 1_000
    evening.do(replace(flash_deal(price_fen=1990, countdown=0), flash_id="f-2"))
    evening.now_ms -= 2_000
    evening.buys(1)
    assert evening.only().flash_id == "f-1"


# Two prices


def two_prices() -> Evening:
    """张姐 has two boxes at the offer's price and one at the deal's; the deal goes on."""
    evening = an_evening(egg())
    evening.buys(2)
    evening.do(flash_deal(quota=3, countdown=0))
    assert evening.buys(1) == "reserved"
    return evening


def test_what_was_bought_at_another_price_is_no_repeat() -> None:
    evening = an_evening(egg(), policy=replace(Policy(), repeat=Repeat.ASK))
    evening.buys(2)
    evening.do(flash_deal(countdown=0))
    assert evening.buys(1) == "reserved"
    assert evening.buys(2) == "needs_confirmation"
    assert prices(evening) == [("reserved", 2, 3990), ("reserved", 1, 990)]


def test_one_more_is_of_the_price_of_the_moment() -> None:
    evening = two_prices()
    assert evening.changes(add(1)) == "reserved"
    assert prices(evening) == [("reserved", 2, 3990), ("reserved", 2, 990)]


def test_fewer_are_taken_from_what_came_last() -> None:
    evening = two_prices()
    assert evening.changes(reduce(2)) == "changed"
    assert prices(evening) == [("reserved", 1, 3990)]
    assert deal(evening).sold == 0


def test_not_wanting_it_is_not_wanting_any_of_it() -> None:
    evening = two_prices()
    assert evening.cancels(cancel()) == "cancelled"
    assert evening.has() == []
    assert (deal(evening).sold, evening.offer().reserved) == (0, 0)


def test_another_quantity_over_two_prices_is_the_hosts_to_confirm_and_means_all_of_it() -> None:
    evening = two_prices()
    assert evening.say("改成4箱", read_as(Intent.CHANGE, set_to(4)), id="m-4").outcome == "needs_confirmation"
    evening.do(c.AcceptComment(comment_id="m-4"))
    assert sum(quantity for _, quantity in evening.has()) == 4
    evening.say("改成1箱", read_as(Intent.CHANGE, set_to(1)), id="m-5")
    evening.do(c.AcceptComment(comment_id="m-5"))
    assert sum(quantity for _, quantity in evening.has()) == 1


def test_another_quantity_of_what_a_deal_sold_does_not_come_on_top_after_it() -> None:
    evening = a_rush()
    evening.buys(2)
    evening.do(STOP)
    assert evening.say("改成3箱", read_as(Intent.CHANGE, set_to(3)), id="m-3").outcome == "needs_confirmation"
    evening.do(c.AcceptComment(comment_id="m-3"))
    assert prices(evening) == [("reserved", 2, 990), ("reserved", 1, 3990)]


def test_the_same_quantity_over_two_prices_changes_nothing() -> None:
    evening = two_prices()
    evening.say("改成3箱", read_as(Intent.CHANGE, set_to(3)), id="m-3")
    evening.do(c.AcceptComment(comment_id="m-3"))
    assert prices(evening) == [("reserved", 2, 3990), ("reserved", 1, 990)]


def test_a_page_shows_one_line_over_two_prices() -> None:
    evening = two_prices()
    evening.do(c.PageOrder(viewer=ZHANG, lines=(c.PageLine(offer_id="egg", quantity=4),)))
    assert prices(evening) == [("reserved", 2, 3990), ("reserved", 2, 990)]
    evening.do(c.PageChange(pickup_code=evening.code(), line=c.PageLine(offer_id="egg", quantity=1)))
    assert prices(evening) == [("reserved", 1, 3990)]
    evening.do(c.PageChange(pickup_code=evening.code(), line=c.PageLine(offer_id="egg", quantity=0)))
    assert evening.has() == []


def test_the_host_sets_each_price_by_itself() -> None:
    evening = two_prices()
    own, cheap = evening.of()
    evening.do(c.SetQuantity(reservation_id=own.id, quantity=3))
    evening.do(c.SetQuantity(reservation_id=cheap.id, quantity=2))
    assert prices(evening) == [("reserved", 3, 3990), ("reserved", 2, 990)]
    evening.do(c.CancelReservation(reservation_id=cheap.id, reason="打电话来"))
    assert prices(evening) == [("reserved", 3, 3990)]
    assert deal(evening).sold == 0


def test_the_host_adds_to_what_a_deal_sold_at_its_price_also_after_it() -> None:
    evening = a_rush(quota=2)
    evening.buys(1)
    evening.do(STOP)
    evening.do(c.SetQuantity(reservation_id=evening.only().id, quantity=3))
    assert prices(evening) == [("reserved", 2, 990), ("waitlisted", 1, 990)]


def test_a_tap_on_a_doubt_is_of_the_price_of_the_tap() -> None:
    evening = an_evening(egg())
    evening.say("给我来一箱吧", read_as(Intent.BUY, set_to(1), route=Route.CONFIRM), id="m-1")
    evening.do(flash_deal(countdown=0))
    evening.do(c.AcceptComment(comment_id="m-1"))
    assert prices(evening) == [("reserved", 1, 990)]


# What ends it


@pytest.mark.parametrize(
    "order", [c.CloseOffer(offer_id="egg"), c.EndSession(), c.CloseCycle()], ids=lambda o: type(o).__name__
)
@pytest.mark.parametrize("how", ["announced", "running", "paused"])
def test_a_deal_ends_with_the_sale_the_evening_and_the_cycle(order: c.Command, how: str) -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=10 if how == "announced" else 0))
    if how == "paused":
        evening.do(PAUSE)
    evening.do(order)
    assert deal(evening).state is FlashState.ENDED
    assert (EventKind.FLASH_SALE_ENDED in evening.kinds(), deal(evening).ended_ms) == (True, evening.now_ms)


def test_the_cut_off_ends_a_deal_and_locks_what_it_sold() -> None:
    evening = an_evening(egg())
    evening.now_ms = CUTOFF_MS - 30_000
    evening.do(flash_deal(quota=1, countdown=0, seconds=60))
    evening.buys(1)
    evening.buys(1, by=LI)
    evening.cut_off()
    assert deal(evening).state is FlashState.ENDED
    assert (evening.only().state.value, evening.only(LI).state.value) == ("locked", "cancelled")
    assert (deal(evening).sold, deal(evening).waitlisted) == (1, 0)


def test_what_does_not_come_together_gives_the_deal_its_units_back() -> None:
    evening = an_evening(replace(egg(), min_quantity=5))
    evening.do(flash_deal(quota=3, countdown=0))
    evening.buys(2)
    evening.do(c.CloseCycle())
    assert (evening.only().state.value, deal(evening).sold) == ("cancelled", 0)


# Refused


def test_a_second_deal_must_wait_for_the_first() -> None:
    evening = an_evening(egg(), apple())
    evening.do(flash_deal())
    refused = evening.refuse(replace(flash_deal(), flash_id="f-2", offer_id="apple"))
    assert refused.code is RefusalCode.FLASH_RUNNING
    assert "土鸡蛋" in refused.detail


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (replace(flash_deal(), offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
        (flash_deal(price_fen=3990), RefusalCode.INVALID_PRICE),
        (flash_deal(quota=11), RefusalCode.NOT_ENOUGH_STOCK),
        (s.PauseFlashSale(offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
        (PAUSE, RefusalCode.NO_FLASH_SALE),
        (RESUME, RefusalCode.NO_FLASH_SALE),
        (STOP, RefusalCode.NO_FLASH_SALE),
        (s.ExtendFlashSale(offer_id="egg", seconds=30), RefusalCode.NO_FLASH_SALE),
    ],
)
def test_a_refusal_says_why(order: c.Command, code: RefusalCode) -> None:
    evening = an_evening(egg())
    assert evening.refuse(order).code is code
    assert evening.state.flash_sales == {}


def test_what_has_not_begun_cannot_be_paused() -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=10))
    assert evening.refuse(PAUSE).code is RefusalCode.FLASH_NOT_OPEN


def test_an_ended_deal_cannot_be_ended_again() -> None:
    evening = a_rush()
    evening.do(STOP)
    for order in (STOP, PAUSE, RESUME):
        assert evening.refuse(order).code is RefusalCode.NO_FLASH_SALE


def test_no_deal_begins_after_the_cut_off_or_the_evening() -> None:
    evening = an_evening(egg())
    evening.now_ms = CUTOFF_MS
    assert evening.refuse(flash_deal()).code is RefusalCode.CUTOFF_PASSED
    over = an_evening(egg())
    over.do(c.EndSession())
    assert over.refuse(flash_deal()).code is RefusalCode.SESSION_ENDED


def test_of_two_deals_of_one_moment_the_one_that_goes_on_counts_in_whatever_order_they_are_read() -> None:
    evening = a_rush()
    evening.do(STOP)
    evening.do(replace(flash_deal(price_fen=1990, countdown=0), flash_id="f-2"))
    evening.state.flash_sales = dict(reversed(evening.state.flash_sales.items()))
    evening.buys(1)
    assert evening.only().flash_id == "f-2"
    assert evening.do(STOP)


def test_the_lines_of_a_page_count_together_against_what_is_left_of_a_deal_and_its_line() -> None:
    evening = an_evening(apple())
    evening.do(replace(flash_deal(quota=2, countdown=0), offer_id="apple"))
    lines = tuple(c.PageLine(offer_id="apple", variant_id=size, quantity=n) for size, n in (("l", 3), ("s", 2)))
    refused = evening.refuse(c.PageOrder(viewer=ZHANG, lines=lines))
    assert (refused.code, "最多还能订 4 箱" in refused.detail) == (RefusalCode.NOT_ENOUGH_STOCK, True)
    evening.do(c.PageOrder(viewer=ZHANG, lines=(lines[0],)))
    assert evening.has() == [("reserved", 2), ("waitlisted", 1)]
