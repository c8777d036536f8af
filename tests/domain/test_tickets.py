from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.refusal import RefusalCode
from live.domain.ticket import ANSWER_WITHIN_MS, About, Promise, Ticket, TicketState
from live.domain.tickets import LINES_KEPT
from nlp.types import STREAM, Classification, Evidence, Intent, Route
from tests.domain.factories import EVENING_MS, HOST_NAME, Evening, an_evening, read_as, stranger, viewer

if TYPE_CHECKING:
    from live.domain.viewer import Viewer

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")
BAD = read_as(Intent.COMPLAINT, route=Route.IGNORE)


def of_the_stream(word: str = "没声音") -> Classification:
    heard = read_as(Intent.COMPLAINT, route=Route.IGNORE)
    return Classification(
        intent=heard.intent,
        topic=None,
        confidence=heard.confidence,
        route=heard.route,
        actions=(),
        evidence=(Evidence(text=word, role=STREAM),),
        stage=heard.stage,
        reason="",
    )


def complains(evening: Evening, text: str = "鸡蛋碎了俩", by: Viewer = ZHANG) -> str:
    return evening.say(text, BAD, by=by).outcome


def no_sound(evening: Evening, by: Viewer, text: str = "没声音") -> None:
    evening.say(text, of_the_stream(), by=by)


def tickets(evening: Evening) -> list[Ticket]:
    return list(evening.state.tickets.values())


def only(evening: Evening) -> Ticket:
    (one,) = tickets(evening)
    return one


def answer(evening: Evening, promise: Promise | None = None, text: str = "给您补两个") -> c.AnswerTicket:
    return c.AnswerTicket(ticket_id=only(evening).id, text=text, promise=promise)


# About goods


def test_a_complaint_opens_a_ticket_with_a_clock_of_two_hours() -> None:
    evening = an_evening()
    assert complains(evening) == "none"
    ticket = only(evening)
    assert (ticket.state, ticket.about, ticket.times, ticket.text) == (TicketState.OPEN, About.GOODS, 1, "鸡蛋碎了俩")
    assert (ticket.opened_ms, ticket.due_ms) == (EVENING_MS, EVENING_MS + 2 * 60 * 60_000)
    assert (ticket.viewer, ticket.session_id, ticket.comment_id) == (ZHANG, "s1", "m-2")
    assert evening.kinds()[-1] is EventKind.COMPLAINT_RAISED


def test_who_complains_again_is_heard_on_the_same_ticket_and_the_clock_runs_on() -> None:
    evening = an_evening()
    complains(evening)
    evening.now_ms += 60_000
    complains(evening, "怎么没人理我")
    ticket = only(evening)
    assert (ticket.times, ticket.text) == (2, "鸡蛋碎了俩\n怎么没人理我")
    assert (ticket.due_ms, ticket.changed_ms) == (EVENING_MS + ANSWER_WITHIN_MS, evening.now_ms)
    assert evening.kinds()[-1] is EventKind.TICKET_CHANGED


def test_the_first_words_stay_and_the_same_words_are_not_repeated() -> None:
    evening = an_evening()
    for text in ("碎了俩", "在吗", "在吗", "1", "2", "3", "4", "5"):
        complains(evening, text)
    assert only(evening).text.split("\n") == ["碎了俩", "在吗", "1", "2", "3"]
    assert len(only(evening).text.split("\n")) == LINES_KEPT
    assert only(evening).times == 8


def test_two_viewers_have_a_ticket_each_in_order() -> None:
    evening = an_evening()
    complains(evening, by=ZHANG)
    complains(evening, by=LI)
    complains(evening, by=ZHANG)
    assert [(t.viewer.name, t.times, t.position) for t in tickets(evening)] == [("张姐", 2, 1), ("李叔", 1, 2)]


def test_strangers_who_look_alike_are_heard_one_by_one() -> None:
    evening = an_evening()
    for cause in ("m-8", "m-9"):
        complains(evening, by=stranger(cause))
    assert len(tickets(evening)) == 2


def test_the_hosts_own_words_are_no_complaint() -> None:
    evening = an_evening()
    complains(evening, by=viewer(HOST_NAME))
    assert tickets(evening) == []


def test_praise_opens_no_ticket() -> None:
    evening = an_evening()
    evening.say("特别甜", read_as(Intent.PRAISE, route=Route.IGNORE))
    assert tickets(evening) == []


def test_a_complaint_after_the_cut_off_is_heard() -> None:
    evening = an_evening()
    evening.do(c.CloseCycle())
    complains(evening)
    assert only(evening).state is TicketState.OPEN


# About the stream


def test_a_room_full_of_no_sound_is_one_ticket_that_counts() -> None:
    evening = an_evening()
    for who in (ZHANG, LI, WANG, ZHANG):
        no_sound(evening, who)
    ticket = only(evening)
    assert (ticket.about, ticket.times, ticket.text, ticket.viewer) == (About.LIVE, 4, "没声音", ZHANG)


def test_a_broken_stream_does_not_swallow_a_broken_egg() -> None:
    evening = an_evening()
    no_sound(evening, ZHANG)
    complains(evening, by=ZHANG)
    no_sound(evening, LI)
    assert [(t.about, t.viewer.name, t.times) for t in tickets(evening)] == [
        (About.LIVE, "张姐", 2),
        (About.GOODS, "张姐", 1),
    ]


def test_the_stream_may_break_again() -> None:
    evening = an_evening()
    no_sound(evening, ZHANG)
    evening.do(c.CloseTicket(ticket_id=only(evening).id))
    no_sound(evening, LI, "卡了")
    assert [(t.state, t.viewer.name) for t in tickets(evening)] == [("closed", "张姐"), ("open", "李叔")]


def test_an_answer_about_the_stream_that_did_not_help_is_open_again_for_the_next_to_say_so() -> None:
    evening = an_evening()
    no_sound(evening, ZHANG)
    evening.do(answer(evening, text="换了话筒"))
    evening.now_ms += 60_000
    no_sound(evening, LI, "还是没声")
    assert (only(evening).state, only(evening).text) == (TicketState.OPEN, "没声音\n还是没声")
    assert only(evening).due_ms == evening.now_ms + ANSWER_WITHIN_MS


# The host


def test_an_answer_stops_the_clock() -> None:
    evening = an_evening()
    complains(evening)
    assert only(evening).late(EVENING_MS + ANSWER_WITHIN_MS)
    assert not only(evening).late(EVENING_MS + ANSWER_WITHIN_MS - 1)
    evening.do(answer(evening))
    assert (only(evening).state, only(evening).answer) == (TicketState.ANSWERED, "给您补两个")
    assert not only(evening).late(EVENING_MS + 2 * ANSWER_WITHIN_MS)


def test_who_is_not_content_opens_the_answered_ticket_with_a_new_clock() -> None:
    evening = an_evening()
    complains(evening)
    evening.do(answer(evening))
    evening.now_ms += 60_000
    complains(evening, "没收到")
    ticket = only(evening)
    assert (ticket.state, ticket.due_ms) == (TicketState.OPEN, evening.now_ms + ANSWER_WITHIN_MS)
    assert ticket.answer == "给您补两个"


@pytest.mark.parametrize("promise", Promise)
def test_a_promise_stands_until_it_is_kept(promise: Promise) -> None:
    evening = an_evening()
    complains(evening)
    evening.do(answer(evening, promise))
    complains(evening, "退款呢")
    assert (only(evening).state, only(evening).promise, only(evening).times) == (TicketState.PROMISED, promise, 2)
    evening.do(c.CloseTicket(ticket_id=only(evening).id))
    assert (only(evening).state, only(evening).promise) == (TicketState.CLOSED, promise)


def test_an_answer_may_be_put_better_and_a_promise_made_later() -> None:
    evening = an_evening()
    complains(evening)
    evening.do(answer(evening))
    evening.do(answer(evening, text="明天给您补两个"))
    evening.do(answer(evening, Promise.REFUND, text="退您两块"))
    assert (only(evening).answer, only(evening).promise) == ("退您两块", Promise.REFUND)
    evening.do(answer(evening, Promise.REPLACEMENT, text="还是补两个吧"))
    assert only(evening).promise is Promise.REPLACEMENT


def test_a_promise_is_not_answered_away() -> None:
    evening = an_evening()
    complains(evening)
    evening.do(answer(evening, Promise.REFUND))
    before = deepcopy(evening.state)
    assert evening.refuse(answer(evening)).code is RefusalCode.TICKET_CLOSED
    assert evening.state == before


def test_a_closed_ticket_is_neither_closed_nor_answered_again() -> None:
    evening = an_evening()
    complains(evening)
    close = c.CloseTicket(ticket_id=only(evening).id)
    evening.do(close)
    before = deepcopy(evening.state)
    for command in (close, answer(evening), answer(evening, Promise.REFUND)):
        assert evening.refuse(command).code is RefusalCode.TICKET_CLOSED
    assert evening.state == before


def test_after_it_is_closed_the_same_viewer_opens_another() -> None:
    evening = an_evening()
    complains(evening)
    evening.do(c.CloseTicket(ticket_id=only(evening).id))
    complains(evening, "又碎了")
    assert [(t.state, t.text, t.position) for t in tickets(evening)] == [
        ("closed", "鸡蛋碎了俩", 1),
        ("open", "又碎了", 2),
    ]


def test_a_ticket_that_nobody_has_is_refused() -> None:
    evening = an_evening()
    for command in (c.AnswerTicket(ticket_id="t-9", text="好"), c.CloseTicket(ticket_id="t-9")):
        assert evening.refuse(command).code is RefusalCode.UNKNOWN_TICKET
