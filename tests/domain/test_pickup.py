from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.pickup import UNDO_MS
from live.domain.refusal import RefusalCode
from live.domain.reservation import ReservationState
from live.domain.session import Policy
from live.domain.standing import Standing
from tests.domain.factories import TWO_POINTS, Evening, an_evening, apple, egg, start, viewer

if TYPE_CHECKING:
    from live.domain.offer import Offer

ZHANG, LI = viewer("张姐"), viewer("李叔")
BEEF: Offer = replace(egg(), id="beef", number=9, title="牛肉", aliases=(), unit="斤", price_fen=4500, weighed=True)


def at_the_counter(policy: Policy | None = None) -> Evening:
    """张姐 has two boxes of eggs, one of apples and two pounds of beef at the counter."""
    evening = an_evening(egg(), apple(), BEEF, policy=policy)
    evening.buys(2, by=ZHANG)
    evening.buys(1, "apple", "s", by=ZHANG)
    evening.buys(2, "beef", by=ZHANG)
    evening.arrive()
    return evening


def states(evening: Evening) -> list[str]:
    return [r.state.value for r in evening.of(ZHANG)]


def refused(evening: Evening, command: c.Command) -> RefusalCode:
    """Have a command refused that changes nothing."""
    before = deepcopy(evening.state)
    code = evening.refuse(command).code
    assert evening.state == before
    return code


def collect(evening: Evening, **how: object) -> c.Collect:
    return c.Collect(pickup_code=evening.code(ZHANG), **how)  # type: ignore[arg-type]  # the fields of Collect


# Hand over


def test_a_code_fetches_all_that_is_ready() -> None:
    evening = at_the_counter()
    events = evening.fetches(ZHANG)
    assert [e.kind for e in events] == [EventKind.RESERVATION_COLLECTED] * 3
    assert states(evening) == ["collected"] * 3
    assert {r.collected_ms for r in evening.of(ZHANG)} == {evening.now_ms}
    assert evening.offer().reserved == 2


def test_some_are_fetched_and_the_rest_stays() -> None:
    evening = at_the_counter()
    eggs, apples, beef = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(beef.id, eggs.id))
    assert states(evening) == ["collected", "ready", "collected"]
    evening.fetches(ZHANG, reservation_ids=(apples.id,))
    assert states(evening) == ["collected"] * 3


def test_what_has_come_is_fetched_and_what_is_late_stays() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(1, by=ZHANG)
    evening.buys(1, "apple", "s", by=ZHANG)
    evening.do(c.CloseCycle())
    evening.do(c.MarkReady(offer_ids=("egg",)))
    evening.fetches(ZHANG)
    assert states(evening) == ["collected", "locked"]
    assert refused(evening, collect(evening, reservation_ids=(evening.of(ZHANG)[1].id,))) is RefusalCode.NOT_READY


def test_a_second_tap_hears_that_it_was_one() -> None:
    evening = at_the_counter()
    evening.fetches(ZHANG)
    assert refused(evening, collect(evening)) is RefusalCode.ALREADY_COLLECTED


def test_a_second_tap_hears_it_also_beside_what_was_cancelled() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(1, by=ZHANG)
    evening.buys(1, "apple", "s", by=ZHANG)
    evening.do(c.CancelReservation(reservation_id=evening.of(ZHANG)[0].id, reason="碎了"))
    evening.arrive()
    evening.fetches(ZHANG)
    assert refused(evening, collect(evening)) is RefusalCode.ALREADY_COLLECTED


def test_of_named_ones_all_are_fetched_or_none() -> None:
    evening = at_the_counter()
    eggs, apples, _ = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(eggs.id,))
    both = collect(evening, reservation_ids=(eggs.id, apples.id))
    assert refused(evening, both) is RefusalCode.ALREADY_COLLECTED


def test_before_the_goods_are_there_nothing_is_handed_over() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    assert refused(evening, collect(evening)) is RefusalCode.NOT_READY
    evening.do(c.CloseCycle())
    assert refused(evening, collect(evening)) is RefusalCode.NOT_READY


@pytest.mark.parametrize(
    ("quota", "hold", "words"),
    [(0, None, "还在候补"), (5, 1, "已经过期")],
    ids=["waitlisted", "expired"],
)
def test_what_was_never_promised_is_not_handed_over(quota: int, hold: int | None, words: str) -> None:
    evening = an_evening(egg(quota=quota), policy=Policy(hold_minutes=hold))
    evening.buys(1, by=ZHANG)
    evening.wait(1)
    refusal = evening.refuse(collect(evening))
    assert refusal.code is RefusalCode.NOT_READY
    assert words in refusal.detail


def test_what_was_cancelled_is_not_handed_over() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="不要了"))
    assert "已经取消" in evening.refuse(collect(evening)).detail


def test_a_code_that_nobody_has_is_refused() -> None:
    evening = at_the_counter()
    for command in (
        c.Collect(pickup_code="NOBODY"),
        c.UndoCollect(pickup_code="NOBODY"),
        c.RedeemPoints(pickup_code="NOBODY", points=1),
    ):
        assert refused(evening, command) is RefusalCode.UNKNOWN_PICKUP_CODE


def test_another_viewers_goods_are_not_fetched_with_ones_own_code() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    evening.buys(1, by=LI)
    evening.arrive()
    theirs = evening.only(LI).id
    assert refused(evening, collect(evening, reservation_ids=(theirs,))) is RefusalCode.UNKNOWN_RESERVATION
    undo = c.UndoCollect(pickup_code=evening.code(ZHANG), reservation_ids=(theirs,))
    assert refused(evening, undo) is RefusalCode.UNKNOWN_RESERVATION


def test_nothing_chosen_is_nothing_handed_over() -> None:
    evening = at_the_counter()
    assert refused(evening, collect(evening, reservation_ids=(), own_bag=True)) is RefusalCode.UNKNOWN_RESERVATION


# What it weighed


def test_weighed_goods_are_paid_by_their_weight() -> None:
    evening = at_the_counter()
    beef = evening.of(ZHANG)[2]
    evening.fetches(ZHANG, weights_milli={beef.id: 2_130})
    fetched = evening.of(ZHANG)[2]
    assert (fetched.amount_fen, fetched.difference_fen) == (9585, 585)


def test_weighed_goods_may_be_handed_over_as_ordered() -> None:
    evening = at_the_counter()
    evening.fetches(ZHANG)
    fetched = evening.of(ZHANG)[2]
    assert (fetched.weighed_milli, fetched.amount_fen, fetched.difference_fen) == (None, 9000, 0)


@given(weight=st.integers(1, 9_999_999), price_fen=st.integers(0, 100_000), quantity=st.integers(1, 99))
def test_what_is_paid_on_top_makes_up_the_amount_to_the_fen(weight: int, price_fen: int, quantity: int) -> None:
    made = replace(at_the_counter().of(ZHANG)[2], quantity=quantity, unit_price_fen=price_fen, weighed_milli=weight)
    assert made.quantity * made.unit_price_fen + made.difference_fen == made.amount_fen
    assert abs(made.amount_fen * 1000 - weight * price_fen) <= 500


def test_only_weighed_goods_that_are_being_fetched_have_a_weight() -> None:
    evening = at_the_counter()
    eggs, _, beef = evening.of(ZHANG)
    assert refused(evening, collect(evening, weights_milli={eggs.id: 1_000})) is RefusalCode.NOT_WEIGHED
    other = collect(evening, reservation_ids=(eggs.id,), weights_milli={beef.id: 1_000})
    assert refused(evening, other) is RefusalCode.NOT_WEIGHED
    assert refused(evening, collect(evening, weights_milli={"r-9": 1_000})) is RefusalCode.NOT_WEIGHED


@pytest.mark.parametrize("weight", [0, -5])
def test_goods_weigh_something(weight: int) -> None:
    evening = at_the_counter()
    weights = {evening.of(ZHANG)[2].id: weight}
    assert refused(evening, collect(evening, weights_milli=weights)) is RefusalCode.INVALID_QUANTITY


# A slip of the finger


def test_a_slip_is_taken_back_within_a_minute() -> None:
    evening = at_the_counter()
    beef = evening.of(ZHANG)[2]
    evening.fetches(ZHANG, weights_milli={beef.id: 2_130})
    evening.now_ms += UNDO_MS
    evening.do(c.UndoCollect(pickup_code=evening.code(ZHANG)))
    assert states(evening) == ["ready"] * 3
    assert {(r.collected_ms, r.weighed_milli) for r in evening.of(ZHANG)} == {(None, None)}
    evening.fetches(ZHANG)
    assert states(evening) == ["collected"] * 3


def test_after_a_minute_it_stands() -> None:
    evening = at_the_counter()
    evening.fetches(ZHANG)
    evening.now_ms += UNDO_MS + 1
    assert refused(evening, c.UndoCollect(pickup_code=evening.code(ZHANG))) is RefusalCode.TOO_LATE


def test_only_what_was_fetched_within_the_minute_is_taken_back() -> None:
    evening = at_the_counter()
    eggs, apples, _ = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(eggs.id,))
    evening.now_ms += UNDO_MS + 1
    evening.fetches(ZHANG, reservation_ids=(apples.id,))
    both = c.UndoCollect(pickup_code=evening.code(ZHANG), reservation_ids=(eggs.id, apples.id))
    assert refused(evening, both) is RefusalCode.TOO_LATE
    evening.do(c.UndoCollect(pickup_code=evening.code(ZHANG)))
    assert states(evening) == ["collected", "ready", "ready"]


def test_what_was_not_fetched_is_not_taken_back() -> None:
    evening = at_the_counter()
    assert refused(evening, c.UndoCollect(pickup_code=evening.code(ZHANG))) is RefusalCode.TOO_LATE


# Nobody came


def test_who_does_not_come_is_noted_and_their_goods_stay_bought() -> None:
    evening = at_the_counter()
    evening.do(c.MarkNoShow(reservation_id=evening.of(ZHANG)[0].id))
    assert states(evening) == ["no_show", "ready", "ready"]
    assert evening.offer().reserved == 2


def test_who_comes_after_all_still_gets_their_goods() -> None:
    evening = at_the_counter()
    evening.do(c.MarkNoShow(reservation_id=evening.of(ZHANG)[0].id))
    evening.fetches(ZHANG)
    assert states(evening) == ["collected"] * 3


@pytest.mark.parametrize("state", sorted(set(ReservationState) - {ReservationState.READY}))
def test_a_no_show_is_of_goods_that_lie_there(state: ReservationState) -> None:
    evening = at_the_counter()
    held = replace(evening.of(ZHANG)[0], state=state)
    evening.state.put(held)
    refusal = evening.refuse(c.MarkNoShow(reservation_id=held.id))
    assert refusal.code is RefusalCode.NOT_READY
    to_come = {ReservationState.WAITLISTED, ReservationState.RESERVED, ReservationState.LOCKED}
    assert ("还没到货" in refusal.detail) is (state in to_come)


def test_a_no_show_of_nothing_is_refused() -> None:
    assert refused(at_the_counter(), c.MarkNoShow(reservation_id="r-9")) is RefusalCode.UNKNOWN_RESERVATION


# Green points


def points(evening: Evening) -> int:
    return evening.state.standing(ZHANG.key).points


def test_a_bag_of_ones_own_earns_points_once_a_basket() -> None:
    evening = at_the_counter(Policy(bag_points=3))
    eggs, *_ = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(eggs.id,), own_bag=True)
    assert (points(evening), evening.basket(ZHANG).own_bag) == (3, True)
    evening.fetches(ZHANG, own_bag=True)
    assert points(evening) == 3


def test_no_bag_earns_nothing_and_makes_no_basket() -> None:
    evening = at_the_counter()
    evening.fetches(ZHANG)
    assert ZHANG.key not in evening.state.baskets


def test_who_said_that_they_would_bring_a_bag_earns_when_it_is_seen() -> None:
    evening = at_the_counter()
    evening.do(c.SetBasket(pickup_code=evening.code(ZHANG), own_bag=True))
    assert points(evening) == 0
    evening.fetches(ZHANG, own_bag=True)
    assert points(evening) == 1


def test_a_shop_may_give_no_points() -> None:
    evening = at_the_counter(Policy(bag_points=0))
    evening.fetches(ZHANG, own_bag=True)
    assert points(evening) == 0


def test_points_go_back_with_the_slip_that_gave_them() -> None:
    evening = at_the_counter()
    evening.fetches(ZHANG, own_bag=True)
    evening.do(c.UndoCollect(pickup_code=evening.code(ZHANG)))
    assert points(evening) == 0
    evening.fetches(ZHANG, own_bag=True)
    assert points(evening) == 1


def test_points_stay_while_anything_of_the_basket_is_fetched() -> None:
    evening = at_the_counter()
    eggs, apples, _ = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(eggs.id,), own_bag=True)
    evening.fetches(ZHANG, reservation_ids=(apples.id,))
    evening.do(c.UndoCollect(pickup_code=evening.code(ZHANG), reservation_ids=(apples.id,)))
    assert points(evening) == 1


def test_points_are_redeemed_and_never_more_than_there_are() -> None:
    evening = at_the_counter(Policy(bag_points=3))
    evening.fetches(ZHANG, own_bag=True)
    evening.do(c.RedeemPoints(pickup_code=evening.code(ZHANG), points=2))
    assert points(evening) == 1
    refusal = evening.refuse(c.RedeemPoints(pickup_code=evening.code(ZHANG), points=2))
    assert refusal.code is RefusalCode.NOT_ENOUGH_POINTS
    assert "只有 1 个" in refusal.detail


@pytest.mark.parametrize("wrong", [0, -3])
def test_points_are_not_redeemed_backwards(wrong: int) -> None:
    evening = at_the_counter()
    redeem = c.RedeemPoints(pickup_code=evening.code(ZHANG), points=wrong)
    assert refused(evening, redeem) is RefusalCode.INVALID_QUANTITY


def test_points_of_other_sessions_are_redeemed_too() -> None:
    evening = at_the_counter()
    evening.state.standings[ZHANG.key] = Standing(points=5)
    evening.do(c.RedeemPoints(pickup_code=evening.code(ZHANG), points=5))
    assert points(evening) == 0
    assert evening.basket(ZHANG).points == -5


def test_points_that_are_spent_are_not_taken_back() -> None:
    evening = at_the_counter(Policy(bag_points=3))
    evening.fetches(ZHANG, own_bag=True)
    evening.do(c.RedeemPoints(pickup_code=evening.code(ZHANG), points=2))
    evening.do(c.UndoCollect(pickup_code=evening.code(ZHANG)))
    assert points(evening) == 0
    evening.fetches(ZHANG, own_bag=True)
    assert points(evening) == 1


@given(steps=st.lists(st.sampled_from(["bag", "plain", "undo", "redeem", "later"]), max_size=12))
def test_nobody_ever_has_fewer_points_than_none_or_more_than_were_given(steps: list[str]) -> None:
    evening = at_the_counter(Policy(bag_points=2))
    code, redeemed = evening.code(ZHANG), 0
    for step in steps:
        match step:
            case "bag" | "plain":
                evening.handle(c.Collect(pickup_code=code, own_bag=step == "bag"))
            case "undo":
                evening.handle(c.UndoCollect(pickup_code=code))
            case "redeem":
                redeemed += isinstance(evening.handle(c.RedeemPoints(pickup_code=code, points=1)), list)
            case _:
                evening.now_ms += UNDO_MS + 1
        assert 0 <= points(evening) <= 2
        assert redeemed <= 2


def test_what_a_session_leaves_behind_is_remembered_in_the_next() -> None:
    evening = at_the_counter()
    eggs, *_ = evening.of(ZHANG)
    evening.fetches(ZHANG, reservation_ids=(eggs.id,), own_bag=True)
    evening.do(c.MarkNoShow(reservation_id=evening.of(ZHANG)[1].id))
    evening.do(c.EndSession())
    evening.now_ms = TWO_POINTS.cutoff_at_ms - 1
    evening.do(start(egg(), session_id="s2", policy=Policy(max_no_shows=1)))
    assert evening.state.standings == {ZHANG.key: Standing(no_shows=1, points=1)}
    assert evening.buys(1, by=ZHANG) == "needs_confirmation"
    assert evening.buys(1, by=LI) == "reserved"
