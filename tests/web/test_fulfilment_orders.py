from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as orders
from live.domain.ticket import Promise
from live.service.wire import milli as written
from live.web.command_orders import to_order
from live.web.commands import parse
from live.web.fulfilment_models import FulfilmentModel
from live.web.fulfilment_orders import milli
from live.web.problems import ProblemRaised

if TYPE_CHECKING:
    from tests.web.shop import Json

TAKEN: list[tuple[Json, orders.Command]] = [
    ({"type": "close_cycle"}, orders.CloseCycle()),
    ({"type": "close_cycle", "session_id": "s1"}, orders.CloseCycle(session_id="s1")),
    (
        {"type": "move_pickup", "pickup_at": "2026-01-08T16:00:00+08:00", "notice": "车坏了"},
        orders.MovePickup(pickup_at_ms=1_767_859_200_000, notice="车坏了"),
    ),
    ({"type": "mark_ready"}, orders.MarkReady()),
    (
        {"type": "mark_ready", "pickup_point_id": "p1", "offer_ids": ["egg", "egg"], "session_id": "s1"},
        orders.MarkReady(pickup_point_id="p1", offer_ids=("egg",), session_id="s1"),
    ),
    (
        {
            "type": "collect",
            "pickup_code": " abcd2345 ",
            "reservation_ids": ["r1", "r2", "r1"],
            "weights": {"r1": "2.135"},
        },
        orders.Collect(pickup_code="ABCD2345", reservation_ids=("r1", "r2"), weights_milli={"r1": 2135}),
    ),
    (
        {"type": "collect", "pickup_code": "ABCD2345", "own_bag": True},
        orders.Collect(pickup_code="ABCD2345", own_bag=True),
    ),
    ({"type": "undo_collect", "pickup_code": "ABCD2345"}, orders.UndoCollect(pickup_code="ABCD2345")),
    ({"type": "mark_no_show", "reservation_id": "r1"}, orders.MarkNoShow(reservation_id="r1")),
    (
        {
            "type": "set_basket",
            "pickup_code": "ABCD2345",
            "pickup_point_id": "p1",
            "phone_tail": "0123",
            "own_bag": False,
        },
        orders.SetBasket(pickup_code="ABCD2345", pickup_point_id="p1", phone_tail="0123", own_bag=False),
    ),
    (
        {"type": "redeem_points", "pickup_code": "ABCD2345", "points": 3},
        orders.RedeemPoints(pickup_code="ABCD2345", points=3),
    ),
    (
        {"type": "answer_ticket", "ticket_id": "t1", "text": "给您补两个", "promise": "replacement"},
        orders.AnswerTicket(ticket_id="t1", text="给您补两个", promise=Promise.REPLACEMENT),
    ),
    (
        {"type": "answer_ticket", "ticket_id": "t1", "text": "这就看"},
        orders.AnswerTicket(ticket_id="t1", text="这就看"),
    ),
    ({"type": "close_ticket", "ticket_id": "t1"}, orders.CloseTicket(ticket_id="t1")),
]


def order(command: Json) -> orders.Command:
    return to_order(parse(json.dumps(command).encode()), lambda: "id-1")


@pytest.mark.parametrize(("command", "expected"), TAKEN, ids=lambda value: type(value).__name__)
def test_a_command_of_this_half_is_read_as_it_is_written(command: Json, expected: orders.Command) -> None:
    assert order(command) == expected


def test_the_examples_of_this_file_are_of_every_command_of_this_half() -> None:
    assert {type(expected).__name__ for _, expected in TAKEN} == {model.__name__ for model in get_args(FulfilmentModel)}


@given(weight=st.integers(0, 9_999_999))
def test_a_weight_is_exact_whatever_it_is(weight: int) -> None:
    assert milli(str(written(weight))) == weight


@pytest.mark.parametrize(("weight", "thousandths"), [("2", 2000), ("2.1", 2100), ("0.005", 5), ("9999.999", 9_999_999)])
def test_a_weight_may_leave_out_what_is_nought(weight: str, thousandths: int) -> None:
    assert milli(weight) == thousandths == Decimal(weight) * 1000


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ({"type": "collect", "pickup_code": "A"}, "pickup_code"),
        ({"type": "collect", "pickup_code": "ABCD2345", "reservation_ids": []}, "reservation_ids"),
        ({"type": "collect", "pickup_code": "ABCD2345", "weights": {"r1": "2.1351"}}, "weights.r1"),
        ({"type": "collect", "pickup_code": "ABCD2345", "weights": {"r1": "-1"}}, "weights.r1"),
        ({"type": "mark_ready", "offer_ids": []}, "offer_ids"),
        ({"type": "set_basket", "pickup_code": "ABCD2345", "phone_tail": "12345"}, "phone_tail"),
        ({"type": "redeem_points", "pickup_code": "ABCD2345", "points": 0}, "points"),
        ({"type": "redeem_points", "pickup_code": "ABCD2345", "points": 10**9}, "points"),
        ({"type": "answer_ticket", "ticket_id": "t1", "text": ""}, "text"),
        ({"type": "answer_ticket", "ticket_id": "t1", "text": "好", "promise": "cake"}, "promise"),
        ({"type": "move_pickup", "pickup_at": "2026-01-08T16:00:00", "notice": "改天"}, "pickup_at"),
        ({"type": "move_pickup", "pickup_at": "2026-01-08T16:00:00+08:00"}, "notice"),
        ({"type": "close_cycle", "room": "r1"}, "room"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["type"],
)
def test_what_cannot_be_meant_is_refused_by_the_field(command: Json, field: str) -> None:
    with pytest.raises(ProblemRaised) as raised:
        order(command)
    problem = raised.value.problem
    assert problem.status == 422
    assert [fault.field for fault in problem.errors] == [field]
