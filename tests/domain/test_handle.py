from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import get_args

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.handle import HANDLERS, WHILE_RUNNING, next_due_ms
from live.domain.refusal import RefusalCode
from live.domain.session import OrderCycle, Policy
from live.domain.source import Hearing, Source
from nlp.types import PromptMeaning
from tests.domain.desk_factories import DESK_COMMANDS
from tests.domain.factories import (
    CUTOFF_MS,
    EVENING_MS,
    MINUTE_MS,
    PICKUP_MS,
    Evening,
    an_evening,
    apple,
    egg,
    start,
    viewer,
)
from tests.domain.stage_factories import STAGE_COMMANDS

ANY_OF_EACH: list[c.Command] = [
    start(egg(), session_id="s2"),
    c.EndSession(),
    c.AddOffer(offer=apple()),
    c.UpdateOffer(offer_id="egg", changes={"quota": 20}),
    c.Restock(offer_id="egg", quantity=1),
    c.OpenOffer(offer_id="egg"),
    c.PinOffer(offer_id="egg"),
    c.CloseOffer(offer_id="egg"),
    c.OpenPrompt(prompt_id="p-1", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=60),
    c.ClosePrompt(),
    c.Reserve(viewer=viewer(), offer_id="egg", quantity=1),
    c.SetQuantity(reservation_id="r-1", quantity=1),
    c.CancelReservation(reservation_id="r-1", reason=""),
    c.AcceptComment(comment_id="m-1"),
    c.DismissComment(comment_id="m-1"),
    c.PageOrder(viewer=viewer(), lines=(c.PageLine(offer_id="egg", quantity=1),)),
    c.PageChange(pickup_code="CODE", line=c.PageLine(offer_id="egg", quantity=1)),
    c.SetBasket(pickup_code="CODE", own_bag=True),
    c.CloseCycle(),
    c.MovePickup(pickup_at_ms=PICKUP_MS + MINUTE_MS, notice="车坏在路上了"),
    c.MarkReady(pickup_point_id="p1"),
    c.Collect(pickup_code="CODE"),
    c.UndoCollect(pickup_code="CODE"),
    c.MarkNoShow(reservation_id="r-1"),
    c.RedeemPoints(pickup_code="CODE", points=1),
    c.AnswerTicket(ticket_id="t-1", text="给您换一箱"),
    c.CloseTicket(ticket_id="t-1"),
    c.ReportSource(source=Source(id="oba-1", name="oba", state=Hearing.SILENT, since_ms=EVENING_MS)),
    *STAGE_COMMANDS,
    *DESK_COMMANDS,
    c.Tick(),
]


def claim(*, ref_id: str | None = "egg", seconds: int = 60) -> c.OpenPrompt:
    return c.OpenPrompt(
        prompt_id=f"p-{ref_id}", keyword="1", meaning=PromptMeaning.CLAIM, ref_id=ref_id, seconds=seconds
    )


# The table


def test_every_command_has_one_handler_and_nothing_else_has() -> None:
    assert set(HANDLERS) == set(get_args(c.Command))


def test_the_examples_of_this_file_are_one_of_each_command() -> None:
    assert {type(command) for command in ANY_OF_EACH} == set(HANDLERS)


@pytest.mark.parametrize("command", ANY_OF_EACH, ids=lambda command: type(command).__name__)
def test_a_room_without_a_session_refuses_all_but_a_start_and_the_clock(command: c.Command) -> None:
    evening = Evening()
    if isinstance(command, (c.StartSession, c.Tick)):
        evening.do(command)
    else:
        assert evening.refuse(command).code is RefusalCode.NO_SESSION
        assert evening.state.seq == 0


@pytest.mark.parametrize("command", ANY_OF_EACH, ids=lambda command: type(command).__name__)
def test_after_the_broadcast_only_what_belongs_to_it_is_refused_for_that(command: c.Command) -> None:
    evening = an_evening()
    evening.do(c.EndSession())
    result = evening.handle(command)
    refused_as_ended = getattr(result, "code", None) is RefusalCode.SESSION_ENDED
    assert refused_as_ended is isinstance(command, WHILE_RUNNING)


# Start and end


def test_an_evening_begins_with_its_session_then_its_offers() -> None:
    evening = an_evening(egg(), apple())
    assert evening.kinds() == [EventKind.SESSION_STARTED, EventKind.OFFER_OPENED, EventKind.OFFER_OPENED]
    session = evening.state.session
    assert session is not None
    assert (session.id, session.room, session.running, session.started_ms) == ("s1", "r1", True, EVENING_MS)


def test_a_room_has_one_running_session() -> None:
    evening = an_evening()
    before = deepcopy(evening.state)
    assert evening.refuse(start(egg(), session_id="s2")).code is RefusalCode.SESSION_RUNNING
    assert evening.state == before


@pytest.mark.parametrize(
    ("cycle", "field"),
    [
        (OrderCycle(cutoff_at_ms=EVENING_MS, pickup_at_ms=PICKUP_MS), "cutoff_at"),
        (OrderCycle(cutoff_at_ms=CUTOFF_MS, pickup_at_ms=CUTOFF_MS - 1), "pickup_at"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_by_the_field(cycle: OrderCycle, field: str) -> None:
    evening = Evening()
    refused = evening.refuse(replace(start(egg()), cycle=cycle))
    assert refused.code is RefusalCode.INVALID_CYCLE
    assert field in refused.detail
    assert evening.state.session is None


def test_an_evening_may_end_and_the_next_begin() -> None:
    evening = an_evening()
    evening.now_ms += 60 * MINUTE_MS
    evening.do(c.EndSession())
    ended = evening.state.session
    assert ended is not None
    assert (ended.running, ended.ended_ms) == (False, evening.now_ms)
    evening.do(start(egg(), session_id="s2"))
    assert evening.state.session is not None
    assert evening.state.session.id == "s2"


def test_ids_of_two_evenings_never_meet() -> None:
    ids = []
    for session_id in ("s1", "s2"):
        evening = Evening()
        evening.do(start(egg(), session_id=session_id))
        evening.do(c.Reserve(viewer=viewer(), offer_id="egg", quantity=1))
        ids.append(evening.only().id)
    assert ids[0] != ids[1]


# Prompts


def test_a_prompt_stands_for_its_seconds() -> None:
    evening = an_evening()
    evening.do(claim(seconds=60))
    prompt = evening.state.prompt
    assert prompt is not None
    assert (prompt.keyword, prompt.ref_id, prompt.closes_ms) == ("1", "egg", EVENING_MS + 60_000)
    evening.now_ms += 59_999
    assert evening.do(c.Tick()) == []
    evening.now_ms += 1
    assert [e.kind for e in evening.do(c.Tick())] == [EventKind.PROMPT_CLOSED]
    assert evening.state.prompt is None


def test_a_claim_without_an_offer_means_the_pinned_one() -> None:
    evening = an_evening(egg(), apple())
    evening.do(c.PinOffer(offer_id="apple"))
    evening.do(claim(ref_id=None))
    assert evening.state.prompt is not None
    assert evening.state.prompt.ref_id == "apple"


def test_a_claim_of_nothing_is_refused() -> None:
    evening = an_evening()
    assert evening.refuse(claim(ref_id=None)).code is RefusalCode.PROMPT_NEEDS_OFFER
    assert evening.refuse(claim(ref_id="litchi")).code is RefusalCode.UNKNOWN_OFFER
    assert evening.state.prompt is None


def test_a_new_prompt_closes_the_old_one_first() -> None:
    evening = an_evening(egg(), apple())
    evening.do(claim(ref_id="egg"))
    events = evening.do(claim(ref_id="apple"))
    assert [(e.kind, e.prompt.ref_id if e.prompt else None) for e in events] == [
        (EventKind.PROMPT_CLOSED, "egg"),
        (EventKind.PROMPT_OPENED, "apple"),
    ]
    assert evening.state.prompt is not None
    assert evening.state.prompt.ref_id == "apple"


def test_a_refused_prompt_leaves_the_open_one() -> None:
    evening = an_evening()
    evening.do(claim())
    before = deepcopy(evening.state)
    evening.refuse(claim(ref_id="litchi"))
    assert evening.state == before


def test_a_prompt_is_closed_by_hand_once() -> None:
    evening = an_evening()
    evening.do(claim())
    evening.do(c.ClosePrompt())
    assert evening.state.prompt is None
    assert evening.refuse(c.ClosePrompt()).code is RefusalCode.NO_PROMPT


def test_the_end_of_the_broadcast_closes_the_prompt() -> None:
    evening = an_evening()
    evening.do(claim())
    assert [e.kind for e in evening.do(c.EndSession())] == [EventKind.PROMPT_CLOSED, EventKind.SESSION_ENDED]
    assert evening.state.prompt is None


# The clock


def test_a_quiet_room_asks_nothing_of_the_clock_but_its_cut_off() -> None:
    assert next_due_ms(Evening().state) is None
    evening = an_evening()
    evening.buys(1)
    assert next_due_ms(evening.state) == CUTOFF_MS
    assert evening.do(c.Tick()) == []
    evening.do(c.CloseCycle())
    assert next_due_ms(evening.state) is None


def test_the_clock_looks_again_at_whatever_is_due_first() -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.do(claim(seconds=3_600))
    assert next_due_ms(evening.state) == EVENING_MS + 60 * MINUTE_MS
    evening.buys(1)
    assert next_due_ms(evening.state) == EVENING_MS + 30 * MINUTE_MS


def test_what_was_due_is_due_no_more() -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.buys(1)
    evening.wait(30)
    assert next_due_ms(evening.state) == CUTOFF_MS


def test_a_whole_line_of_holds_moves_up_at_one_tick() -> None:
    evening = an_evening(egg(quota=2), policy=Policy(hold_minutes=30))
    crowd = [viewer(f"街坊{i}") for i in range(5)]
    for who in crowd:
        evening.buys(1, by=who)
    evening.wait(30)
    assert [evening.only(who).state.value for who in crowd] == [
        "expired",
        "expired",
        "reserved",
        "reserved",
        "waitlisted",
    ]
