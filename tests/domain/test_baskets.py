from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.offer import OfferPhase
from live.domain.refusal import RefusalCode
from live.domain.session import Policy
from live.domain.standing import Standing
from live.domain.viewer import Viewer, identify
from nlp.types import Intent
from tests.domain.factories import (
    EVENING_MS,
    TWO_POINTS,
    Evening,
    an_evening,
    apple,
    cancel,
    egg,
    pickup_code,
    read_as,
    set_to,
    viewer,
)

ZHANG, LI = viewer("张姐"), viewer("李叔")
ON_PAGE = identify(platform="page", user_id="browser-1", name="张姐", cause="unused")


def line(quantity: int, offer_id: str = "egg", variant_id: str | None = None) -> c.PageLine:
    return c.PageLine(offer_id=offer_id, variant_id=variant_id, quantity=quantity)


def order(*lines: c.PageLine, of: Viewer = ON_PAGE, **how: object) -> c.PageOrder:
    return c.PageOrder(viewer=of, lines=lines, **how)  # type: ignore[arg-type]  # the fields of PageOrder


def change(to: c.PageLine, of: Viewer = ON_PAGE) -> c.PageChange:
    return c.PageChange(pickup_code=pickup_code("s1", of.key), line=to)


def refused(evening: Evening, command: c.Command) -> RefusalCode:
    """Have a command refused that changes nothing."""
    before = deepcopy(evening.state)
    code = evening.refuse(command).code
    assert evening.state == before
    return code


# The form of the shop's page


def test_a_form_reserves_each_line_as_a_comment_would() -> None:
    evening = an_evening(egg(), apple())
    evening.do(order(line(2), line(1, "apple", "l"), line(3, "apple", "s")))
    assert evening.has(ON_PAGE) == [("reserved", 2), ("reserved", 1), ("reserved", 3)]
    assert not any(r.handled for r in evening.of(ON_PAGE))
    assert evening.state.baskets == {}


def test_the_same_form_twice_orders_once() -> None:
    evening = an_evening(egg(), apple())
    form = order(line(2), line(1, "apple", "l"))
    evening.do(form)
    assert evening.do(form) == []


def test_a_form_may_say_where_the_goods_are_fetched() -> None:
    evening = an_evening(cycle=TWO_POINTS)
    evening.do(order(line(1), pickup_point_id="p2", phone_tail="1234"))
    basket = evening.basket(ON_PAGE)
    assert (basket.pickup_point_id, basket.phone_tail, basket.own_bag) == ("p2", "1234", False)
    assert (basket.session_id, basket.pickup_code, basket.position) == ("s1", pickup_code("s1", ON_PAGE.key), 1)


def test_what_is_not_there_waits_as_ever() -> None:
    evening = an_evening(egg(quota=1))
    evening.do(order(line(3)))
    assert evening.has(ON_PAGE) == [("reserved", 1), ("waitlisted", 2)]


def test_a_form_gives_back_what_it_no_longer_names_as_wanted() -> None:
    evening = an_evening(egg(quota=2))
    evening.do(order(line(2)))
    evening.buys(1, by=LI)
    evening.do(order(line(1)))
    assert (evening.has(ON_PAGE), evening.has(LI)) == ([("reserved", 1)], [("reserved", 1)])


def test_one_wrong_line_and_nothing_of_the_form_is_taken() -> None:
    evening = an_evening(egg(), apple())
    assert refused(evening, order(line(2), line(1, "milk"))) is RefusalCode.UNKNOWN_OFFER
    assert refused(evening, order(line(2), line(1, "apple", "xl"))) is RefusalCode.UNKNOWN_VARIANT
    assert refused(evening, order(line(2), pickup_point_id="p9")) is RefusalCode.UNKNOWN_PICKUP_POINT


def test_an_unsaid_variant_is_asked_for_by_name() -> None:
    evening = an_evening(apple())
    refusal = evening.refuse(order(line(1, "apple")))
    assert refusal.code is RefusalCode.UNKNOWN_VARIANT
    assert "大果" in refusal.detail
    assert "小果" in refusal.detail


@pytest.mark.parametrize("lines", [(), (line(0),), (line(0), line(0, "apple"))])
def test_a_form_of_nothing_is_told_so(lines: tuple[c.PageLine, ...]) -> None:
    evening = an_evening(egg(), apple())
    assert refused(evening, order(*lines, pickup_point_id="p1")) is RefusalCode.NOTHING_RESERVED


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(-1, RefusalCode.INVALID_QUANTITY), (21, RefusalCode.ASK_THE_HOST), (10**9, RefusalCode.ASK_THE_HOST)],
)
def test_an_odd_quantity_is_refused(quantity: int, code: RefusalCode) -> None:
    assert refused(an_evening(egg(quota=100)), order(line(quantity))) is code


def test_the_limit_counts_all_variants_together() -> None:
    evening = an_evening(apple(limit=3))
    evening.do(order(line(2, "apple", "l")))
    assert refused(evening, order(line(2, "apple", "s"))) is RefusalCode.OVER_LIMIT
    assert refused(evening, order(line(1, "apple", "l"), line(3, "apple", "s"))) is RefusalCode.OVER_LIMIT
    evening.do(order(line(1, "apple", "l"), line(2, "apple", "s")))
    assert evening.has(ON_PAGE) == [("reserved", 1), ("reserved", 2)]


def test_what_may_be_booked_unasked_counts_all_variants_together() -> None:
    evening = an_evening(apple(quota=100, large=None), policy=Policy(max_auto_quantity=5))
    both = order(line(3, "apple", "l"), line(3, "apple", "s"))
    assert refused(evening, both) is RefusalCode.ASK_THE_HOST


def test_of_one_line_twice_the_last_counts() -> None:
    evening = an_evening(egg(limit=3))
    evening.do(order(line(9), line(2)))
    assert evening.has(ON_PAGE) == [("reserved", 2)]


@pytest.mark.parametrize("phase", [OfferPhase.LISTED, OfferPhase.CLOSED])
def test_of_what_is_not_on_sale_nothing_more_is_ordered(phase: OfferPhase) -> None:
    assert refused(an_evening(egg(phase=phase)), order(line(1))) is RefusalCode.OFFER_NOT_OPEN


def test_what_is_off_sale_may_still_be_given_back() -> None:
    evening = an_evening()
    evening.do(order(line(3)))
    evening.do(c.CloseOffer(offer_id="egg"))
    assert refused(evening, change(line(4))) is RefusalCode.OFFER_NOT_OPEN
    evening.do(change(line(1)))
    evening.do(change(line(0)))
    assert evening.has(ON_PAGE) == []


def test_the_form_works_after_the_broadcast_until_the_cut_off() -> None:
    evening = an_evening()
    evening.do(c.EndSession())
    evening.do(order(line(1)))
    evening.cut_off()
    assert refused(evening, order(line(2))) is RefusalCode.CUTOFF_PASSED


def test_a_page_order_is_held_and_expires_like_a_comment() -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.do(order(line(1)))
    evening.wait(30)
    assert evening.only(ON_PAGE).state == "expired"


# What the host has decided


def test_what_the_host_has_handled_is_not_changed_on_a_page() -> None:
    evening = an_evening()
    evening.do(order(line(2)))
    evening.do(c.SetQuantity(reservation_id=evening.only(ON_PAGE).id, quantity=3))
    for quantity in (0, 1, 4):
        assert refused(evening, change(line(quantity))) is RefusalCode.ASK_THE_HOST
    assert evening.do(change(line(3))) == []


def test_who_was_turned_away_does_not_come_back_by_their_page() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="恶意下单"))
    assert refused(evening, change(line(1), of=ZHANG)) is RefusalCode.ASK_THE_HOST


def test_who_cancelled_themselves_may_order_again() -> None:
    evening = an_evening()
    evening.do(order(line(1)))
    evening.do(change(line(0)))
    evening.do(change(line(2)))
    assert evening.has(ON_PAGE) == [("reserved", 2)]


def test_who_misses_pickups_asks_the_host_for_more_but_may_give_back() -> None:
    evening = an_evening(policy=Policy(max_no_shows=2))
    evening.do(order(line(2)))
    evening.state.standings[ON_PAGE.key] = Standing(no_shows=2)
    assert refused(evening, order(line(3))) is RefusalCode.ASK_THE_HOST
    evening.do(change(line(1)))
    evening.do(change(line(0)))
    assert evening.has(ON_PAGE) == []


def test_one_missed_pickup_below_the_measure_is_forgiven() -> None:
    evening = an_evening(policy=Policy(max_no_shows=2))
    evening.state.standings[ON_PAGE.key] = Standing(no_shows=1)
    evening.do(order(line(1)))


# A viewer's own page


def test_a_line_is_changed_with_the_code_that_a_comment_got() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    evening.do(change(line(3), of=ZHANG))
    assert evening.has(ZHANG) == [("reserved", 3)]


@pytest.mark.parametrize("quantity", [0, 1, 4])
def test_a_line_that_has_changed_since_the_page_showed_it_is_told_and_left_alone(quantity: int) -> None:
    evening = an_evening()
    evening.do(order(line(2)))
    evening.do(change(line(3)))
    tapped = replace(change(line(quantity)), seen=2)
    told = evening.refuse(tapped)
    assert (told.code, told.detail) == (
        RefusalCode.CHANGED_MEANWHILE,
        "土鸡蛋 30 枚刚变成 3 箱，请看过再改",
    )
    assert evening.has(ON_PAGE) == [("reserved", 3)]
    evening.do(replace(tapped, seen=3))


def test_a_line_that_is_gone_is_not_ordered_anew_by_a_page_that_still_showed_it() -> None:
    evening = an_evening()
    evening.do(order(line(2)))
    evening.do(change(line(0)))
    assert "刚被取消" in evening.refuse(replace(change(line(3)), seen=2)).detail


def test_a_tap_that_asks_for_what_it_is_already_is_done() -> None:
    evening = an_evening()
    evening.do(order(line(2)))
    evening.do(change(line(3)))
    assert evening.do(replace(change(line(3)), seen=2)) == []


def test_zero_gives_a_line_back_and_wakes_who_waits() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.do(change(line(0), of=ZHANG))
    assert (evening.has(ZHANG), evening.has(LI)) == ([], [("reserved", 1)])
    assert evening.of(ZHANG)[0].reason == "顾客取消"


def test_zero_of_nothing_is_told_so() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(1, by=ZHANG)
    assert refused(evening, change(line(0, "apple"), of=ZHANG)) is RefusalCode.NOTHING_RESERVED
    evening.do(change(line(0), of=ZHANG))
    assert refused(evening, change(line(0), of=ZHANG)) is RefusalCode.NOTHING_RESERVED


def test_a_shop_that_takes_no_cancelling_comments_takes_it_on_the_page() -> None:
    evening = an_evening(policy=Policy(cancel_by_comment=False))
    evening.buys(1, by=ZHANG)
    assert evening.say("不要了", read_as(Intent.CANCEL, cancel()), by=ZHANG).outcome == "needs_confirmation"
    evening.do(change(line(0), of=ZHANG))
    assert evening.has(ZHANG) == []


def test_a_comment_after_a_page_order_goes_on_from_it() -> None:
    evening = an_evening()
    evening.do(order(line(2), of=ZHANG))
    assert evening.say("改成3箱", read_as(Intent.CHANGE, set_to(3)), by=ZHANG).outcome == "reserved"
    assert evening.has(ZHANG) == [("reserved", 3)]


def test_a_code_that_nobody_has_changes_nothing() -> None:
    evening = an_evening()
    for command in (c.PageChange(pickup_code="NOBODY", line=line(1)), c.SetBasket(pickup_code="NOBODY", own_bag=True)):
        assert refused(evening, command) is RefusalCode.UNKNOWN_PICKUP_CODE


# How the goods are fetched


def say(evening: Evening, of: Viewer = ZHANG, **what: object) -> c.SetBasket:
    return c.SetBasket(pickup_code=evening.code(of), **what)  # type: ignore[arg-type]  # the fields of SetBasket


def a_customer() -> Evening:
    evening = an_evening(cycle=TWO_POINTS)
    evening.buys(1, by=ZHANG)
    return evening


def test_what_is_not_said_stays_as_it_is() -> None:
    evening = a_customer()
    evening.do(say(evening, pickup_point_id="p2"))
    evening.do(say(evening, phone_tail="1234"))
    evening.now_ms += 1
    evening.do(say(evening, own_bag=True))
    basket = evening.basket(ZHANG)
    assert (basket.pickup_point_id, basket.phone_tail, basket.own_bag) == ("p2", "1234", True)
    assert basket.changed_ms == EVENING_MS + 1
    evening.do(say(evening, own_bag=False))
    assert not evening.basket(ZHANG).own_bag


def test_the_same_said_twice_is_one_fact() -> None:
    evening = a_customer()
    evening.do(say(evening, phone_tail="1234"))
    assert evening.do(say(evening, phone_tail="1234")) == []


def test_saying_nothing_makes_no_basket() -> None:
    evening = a_customer()
    assert evening.do(say(evening)) == []
    assert evening.state.baskets == {}


def test_an_unknown_point_is_refused_with_those_there_are() -> None:
    evening = a_customer()
    refusal = evening.refuse(say(evening, pickup_point_id="p9", phone_tail="1234"))
    assert refusal.code is RefusalCode.UNKNOWN_PICKUP_POINT
    assert "东门便利店" in refusal.detail
    assert evening.state.baskets == {}


def test_the_point_may_be_changed_until_the_goods_are_there() -> None:
    evening = a_customer()
    evening.do(c.CloseCycle())
    evening.do(say(evening, pickup_point_id="p2"))
    evening.do(say(evening, pickup_point_id="p1"))
    evening.do(c.MarkReady())
    assert refused(evening, say(evening, pickup_point_id="p2")) is RefusalCode.TOO_LATE
    evening.do(say(evening, pickup_point_id="p1", phone_tail="1234"))


def test_who_has_not_chosen_may_confirm_the_first_point_when_the_goods_are_there() -> None:
    evening = a_customer()
    evening.arrive()
    assert refused(evening, say(evening, pickup_point_id="p2")) is RefusalCode.TOO_LATE
    evening.do(say(evening, pickup_point_id="p1"))


def test_who_missed_their_pickup_does_not_send_the_goods_elsewhere() -> None:
    evening = a_customer()
    evening.arrive()
    evening.do(c.MarkNoShow(reservation_id=evening.only(ZHANG).id))
    assert refused(evening, say(evening, pickup_point_id="p2")) is RefusalCode.TOO_LATE


def test_who_has_fetched_everything_may_say_what_they_like() -> None:
    evening = a_customer()
    evening.arrive()
    evening.fetches(ZHANG)
    evening.do(say(evening, pickup_point_id="p2"))


def test_baskets_stand_in_the_order_in_which_they_were_made() -> None:
    evening = an_evening(cycle=TWO_POINTS)
    for who in (LI, ZHANG):
        evening.buys(1, by=who)
        evening.do(say(evening, who, own_bag=True))
    evening.do(say(evening, LI, phone_tail="1234"))
    assert [(evening.basket(who).position) for who in (LI, ZHANG)] == [1, 2]
    assert [basket.position for basket in evening.state.baskets.values()] == [1, 2]


def test_a_basket_outlives_the_reservations_that_it_was_made_for() -> None:
    evening = a_customer()
    evening.do(say(evening, phone_tail="1234"))
    evening.do(change(line(0), of=ZHANG))
    evening.buys(1, by=ZHANG)
    assert evening.basket(ZHANG).phone_tail == "1234"
    assert evening.kinds().count(EventKind.BASKET_CHANGED) == 1


def test_a_stranger_fetches_with_the_code_of_that_one_comment() -> None:
    weak = replace(ZHANG, key="douyin/weak/m-1", weak=True)
    evening = an_evening(cycle=TWO_POINTS)
    evening.do(c.Reserve(viewer=weak, offer_id="egg", quantity=1))
    evening.do(say(evening, weak, pickup_point_id="p2"))
    assert evening.basket(weak).viewer_key == weak.key


def test_a_list_of_another_evening_orders_nothing_of_this_one() -> None:
    evening = an_evening()
    assert refused(evening, order(line(2), session_id="s0")) is RefusalCode.UNKNOWN_SESSION
    evening.do(order(line(2), session_id="s1"))
    assert evening.has(ON_PAGE) == [("reserved", 2)]
