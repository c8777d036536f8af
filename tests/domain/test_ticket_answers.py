"""When a complaint was answered: what the report holds against the two hours."""

from __future__ import annotations

import pytest

from live.domain import commands as c
from live.domain.ticket import ANSWER_WITHIN_MS, Promise, Ticket, TicketState
from nlp.types import Intent, Route
from tests.domain.factories import EVENING_MS, Evening, egg, read_as, start, viewer

MINUTE_MS = 60_000


def an_evening_with_a_complaint() -> Evening:
    evening = Evening()
    evening.do(start(egg()))
    complain(evening)
    return evening


def complain(evening: Evening) -> None:
    evening.say("鸡蛋碎了三个", read_as(Intent.COMPLAINT, route=Route.CONFIRM), by=viewer("张姐"))


def ticket_of(evening: Evening) -> Ticket:
    [*_, last] = evening.state.tickets.values()
    return last


def test_a_complaint_that_nobody_has_answered_is_not_in_time() -> None:
    ticket = ticket_of(an_evening_with_a_complaint())
    assert (ticket.answered_ms, ticket.in_time) == (None, False)


@pytest.mark.parametrize(("waited_ms", "in_time"), [(0, True), (ANSWER_WITHIN_MS, True), (ANSWER_WITHIN_MS + 1, False)])
def test_the_first_word_is_held_against_the_clock(waited_ms: int, *, in_time: bool) -> None:
    evening = an_evening_with_a_complaint()
    evening.now_ms += waited_ms
    evening.do(c.AnswerTicket(ticket_id=ticket_of(evening).id, text="这就看"))
    assert ticket_of(evening).in_time is in_time


def test_a_promise_and_the_end_keep_the_time_of_the_first_word() -> None:
    evening = an_evening_with_a_complaint()
    evening.do(c.AnswerTicket(ticket_id=ticket_of(evening).id, text="这就看"))
    evening.now_ms += ANSWER_WITHIN_MS * 2
    evening.do(c.AnswerTicket(ticket_id=ticket_of(evening).id, text="给您换", promise=Promise.REPLACEMENT))
    evening.do(c.CloseTicket(ticket_id=ticket_of(evening).id))
    assert ticket_of(evening).state is TicketState.CLOSED
    assert (ticket_of(evening).answered_ms, ticket_of(evening).in_time) == (EVENING_MS, True)


def test_what_is_settled_without_a_word_was_answered_by_deed() -> None:
    evening = an_evening_with_a_complaint()
    evening.now_ms += MINUTE_MS
    evening.do(c.CloseTicket(ticket_id=ticket_of(evening).id))
    assert ticket_of(evening).answered_ms == EVENING_MS + MINUTE_MS


def test_who_complains_again_after_an_answer_waits_anew() -> None:
    evening = an_evening_with_a_complaint()
    evening.do(c.AnswerTicket(ticket_id=ticket_of(evening).id, text="这就看"))
    evening.now_ms += MINUTE_MS
    complain(evening)
    assert (ticket_of(evening).state, ticket_of(evening).answered_ms) == (TicketState.OPEN, None)
