from __future__ import annotations

from itertools import product

import pytest

from live.domain import commands as c
from live.domain.refusal import Refused
from live.domain.reservation import CHANGEABLE, HOLDING, TRANSITIONS, ReservationState
from tests.domain.factories import Evening, an_evening, egg, reservation, viewer

CANCEL = c.CancelReservation(reservation_id="r-1", reason="顾客打电话来")
SET = c.SetQuantity(reservation_id="r-1", quantity=2)


def an_evening_with_one_in(state: ReservationState) -> Evening:
    held = reservation(state=state, quantity=1)
    stock = egg(quota=0 if held.waits else 1)
    evening = an_evening(stock)
    evening.state.put(held)
    evening.state.offers["egg"] = stock.with_reserved(held.holds, None).with_waitlisted(held.waits)
    return evening


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(ReservationState)


def test_states_that_end_a_reservation_lead_nowhere() -> None:
    ends = {state for state, to in TRANSITIONS.items() if not to}
    assert ends == {ReservationState.CANCELLED, ReservationState.EXPIRED}


def test_what_was_handed_over_or_left_may_only_be_put_right_at_the_counter() -> None:
    assert TRANSITIONS[ReservationState.COLLECTED] == {ReservationState.READY}
    assert TRANSITIONS[ReservationState.NO_SHOW] == {ReservationState.COLLECTED}


def test_what_may_be_changed_may_be_cancelled_and_nothing_else_may() -> None:
    assert {state for state, to in TRANSITIONS.items() if ReservationState.CANCELLED in to} == CHANGEABLE


@pytest.mark.parametrize(("state", "order"), list(product(ReservationState, [CANCEL, SET])))
def test_an_order_of_the_host_moves_a_reservation_only_where_the_table_lets_it(
    state: ReservationState, order: c.CancelReservation | c.SetQuantity
) -> None:
    evening = an_evening_with_one_in(state)
    result = evening.handle(order)
    after = evening.state.reservations["r-1"].state
    assert isinstance(result, Refused) == (state not in CHANGEABLE)
    assert after is state or after in TRANSITIONS[state]
    assert evening.offer().reserved == (1 if after in HOLDING else 0)


@pytest.mark.parametrize("state", list(ReservationState))
def test_more_stock_moves_only_those_who_wait(state: ReservationState) -> None:
    evening = an_evening_with_one_in(state)
    evening.do(c.Restock(offer_id="egg", quantity=5))
    after = evening.state.reservations["r-1"].state
    expected = ReservationState.RESERVED if state is ReservationState.WAITLISTED else state
    assert after is expected


@pytest.mark.parametrize("state", list(ReservationState))
def test_a_reservation_counts_where_it_holds_or_waits(state: ReservationState) -> None:
    held = reservation(state=state, quantity=3)
    assert held.holds == (3 if state in HOLDING else 0)
    assert held.waits == (3 if state is ReservationState.WAITLISTED else 0)


def test_goods_that_nobody_fetched_were_bought_all_the_same() -> None:
    assert reservation(of=viewer("李叔"), state=ReservationState.NO_SHOW, quantity=2).holds == 2
