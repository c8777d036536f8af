from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.domain.draft import Draft
from live.domain.orders import Order, Outcome, concerned, foresee, held_by, place
from nlp.types import Op
from tests.domain.factories import CODES, EVENING_MS, Evening, an_evening, apple, viewer

ZHANG = viewer("张姐")

orders = st.builds(
    Order,
    op=st.sampled_from(Op),
    offer_id=st.just("apple"),
    variant_id=st.sampled_from(["l", "s"]),
    quantity=st.integers(1, 6),
) | st.just(Order(op=Op.CANCEL, offer_id="apple", variant_id=None, quantity=0))


def order(op: Op, quantity: int = 0, variant_id: str | None = None) -> Order:
    return Order(op=op, offer_id="apple", variant_id=variant_id, quantity=quantity)


def a_draft(evening: Evening) -> Draft:
    return Draft(state=evening.state, at_ms=EVENING_MS, cause="c", pickup_code=CODES, comment_id="c")


@given(first=orders, then=st.lists(orders, max_size=4), quota=st.integers(0, 8))
def test_what_is_foreseen_is_what_comes(first: Order, then: list[Order], quota: int) -> None:
    evening = an_evening(apple(quota=quota, large=3))
    for i, each in enumerate([first, *then]):
        before = evening.state.of_viewer(ZHANG.key, "apple")
        place(Draft(state=evening.state, at_ms=EVENING_MS, cause=f"c-{i}", pickup_code=CODES), ZHANG, each)
        has = foresee(evening.state.of_viewer(ZHANG.key, "apple"), [])
        assert +has == +foresee(before, [each])


def test_each_op_says_what_came_of_it() -> None:
    evening = an_evening(apple(quota=4, large=None))
    draft = a_draft(evening)
    told = [
        place(draft, ZHANG, each)
        for each in (
            order(Op.SET, 2, "l"),
            order(Op.SET, 2, "l"),
            order(Op.ADD, 3, "l"),
            order(Op.ADD, 1, "l"),
            order(Op.REDUCE, 1, "l"),
            order(Op.CANCEL),
        )
    ]
    assert told == [
        Outcome.RESERVED,
        Outcome.UNCHANGED,
        Outcome.PARTLY_WAITLISTED,
        Outcome.WAITLISTED,
        Outcome.CHANGED,
        Outcome.CANCELLED,
    ]


def test_an_order_is_about_its_variant_and_a_bare_cancel_about_all() -> None:
    evening = an_evening(apple())
    evening.buys(1, "apple", "l", by=ZHANG)
    evening.buys(2, "apple", "s", by=ZHANG)
    draft = a_draft(evening)
    assert [r.quantity for r in concerned(draft, ZHANG, order(Op.REDUCE, 1, "s"))] == [2]
    assert [r.quantity for r in concerned(draft, ZHANG, order(Op.CANCEL))] == [1, 2]
    assert [r.quantity for r in concerned(draft, ZHANG, order(Op.CANCEL, variant_id="l"))] == [1]
    assert held_by(draft, ZHANG, "apple", None) == []
