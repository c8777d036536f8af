from __future__ import annotations

from live.domain import commands as c
from live.domain.ticket import ANSWER_WITHIN_MS, Promise
from live.reports.facts import facts_of
from tests.reports.cycles import a_fetched_evening, complain
from tests.reports.factories import a_small_evening, a_stream, egg, person


def test_complaints_are_counted_and_held_against_two_hours() -> None:
    complaints = facts_of(a_fetched_evening()).complaints
    assert (complaints.opened, complaints.answered, complaints.in_time) == (3, 2, 1)


def test_what_is_still_owed_is_listed_without_the_number_in_it() -> None:
    complaints = facts_of(a_fetched_evening()).complaints
    assert [(each.viewer_name, each.text, each.promise) for each in complaints.waiting] == [("王叔", "肉太肥了", None)]
    assert [(each.viewer_name, each.text, each.promise) for each in complaints.promised] == [
        ("李哥", "苹果坏了，电话138****78", Promise.REFUND)
    ]


def test_those_that_are_due_first_come_first() -> None:
    stream = a_stream(egg())
    first = complain(stream, person("张姐"), "碎了")
    stream.now_ms += 60_000
    complain(stream, person("李哥"), "也碎了")
    stream.do(c.AnswerTicket(ticket_id=first, text="在看"))
    stream.now_ms += 60_000
    complain(stream, person("张姐"), "还没看吗")
    waiting = facts_of(stream.end()).complaints.waiting
    assert [each.viewer_name for each in waiting] == ["李哥", "张姐"]
    assert waiting[1].due_ms == stream.now_ms + ANSWER_WITHIN_MS


def test_names_are_masked_where_the_report_leaves_the_shop() -> None:
    complaints = facts_of(a_fetched_evening(), mask_names=True).complaints
    assert [each.viewer_name for each in (*complaints.waiting, *complaints.promised)] == ["王*", "李*"]


def test_an_evening_without_complaints_has_none() -> None:
    complaints = facts_of(a_small_evening()).complaints
    assert (complaints.opened, complaints.waiting, complaints.promised) == (0, (), ())


def test_a_report_is_as_of_the_last_answer() -> None:
    stream = a_stream(egg())
    ticket = complain(stream, person("张姐"), "碎了")
    stream.do(c.EndSession())
    stream.now_ms += 60_000
    stream.do(c.CloseTicket(ticket_id=ticket))
    assert facts_of(stream.record()).as_of_ms == stream.now_ms
