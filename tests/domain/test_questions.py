from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import desk_commands as d
from live.domain.events import EventKind
from live.domain.question import STILL_HEARD_MS, QuestionState
from live.domain.refusal import RefusalCode
from live.domain.shown import ShownAs
from nlp.asking import Asking
from nlp.types import Intent, Op, Route, Topic
from tests.domain.desk_factories import SWEET, keep
from tests.domain.factories import (
    HOST_NAME,
    Evening,
    act,
    an_evening,
    apple,
    egg,
    read_as,
    set_to,
    start,
    stranger,
    viewer,
)  # fmt: skip

if TYPE_CHECKING:
    from live.domain.question import Question

FRESH = Asking(topic=Topic.QUALITY, offer="egg", terms=("新鲜",))
WHEN = Asking(topic=Topic.PICKUP, offer=None, terms=("时间",))


def questions(evening: Evening) -> list[Question]:
    return list(evening.state.questions.values())


def only(evening: Evening) -> Question:
    (one,) = questions(evening)
    return one


def asked(*names: str, asking: Asking = SWEET) -> Evening:
    """An evening on which these people have asked the same."""
    evening = an_evening(egg(), apple())
    for name in names:
        evening.asks("甜不甜", asking, by=viewer(name))
    return evening


def test_the_first_who_asks_raises_a_question() -> None:
    evening = asked("张姐")
    question = only(evening)
    assert (question.text, question.name, question.askers, question.state) == ("甜不甜", "张姐", 1, QuestionState.OPEN)
    assert evening.events[-1].kind is EventKind.QUESTION_RAISED
    assert evening.events[-1].comment_id == question.comment_id


def test_those_who_ask_the_same_are_counted_once_each() -> None:
    evening = asked("张姐", "李叔", "张姐", "李叔", "王婶")
    assert only(evening).askers == 3
    assert evening.kinds().count(EventKind.QUESTION_ASKED) == 2


def test_two_identities_of_one_person_are_one_asker() -> None:
    evening = an_evening()
    there, here = viewer("张姐", platform="douyin"), viewer("张姐")
    evening.state.persons = dict.fromkeys((there.key, here.key), (there.key, here.key))
    for who in (there, here):
        evening.asks("甜吗", SWEET, by=who)
    assert only(evening).askers == 1


def test_of_viewers_whom_the_platform_hides_each_shown_name_is_one() -> None:
    evening = an_evening()
    for cause, name in (("a", "堂***"), ("b", "堂***"), ("c", "李***")):
        evening.asks("甜吗", SWEET, by=stranger(cause, name))
    assert only(evening).askers == 2


def test_other_questions_stand_by_themselves() -> None:
    evening = asked("张姐")
    evening.asks("新鲜吗", FRESH, by=viewer("李叔"))
    evening.asks("苹果甜吗", replace(SWEET, offer="apple"), by=viewer("王婶"))
    evening.asks("几点能提", WHEN, by=viewer("张姐"))
    assert [each.askers for each in questions(evening)] == [1, 1, 1, 1]


def test_neither_a_host_nor_somebody_blocked_asks_anything() -> None:
    evening = an_evening()
    evening.asks("甜不甜", SWEET, by=viewer(HOST_NAME))
    session = evening.state.session
    assert session is not None
    evening.state.session = replace(session, blocked=(viewer("坏人").key,))
    evening.asks("甜不甜", SWEET, by=viewer("坏人"))
    assert questions(evening) == []


def test_what_is_no_question_raises_none() -> None:
    evening = an_evening()
    evening.say("真甜", read_as(Intent.PRAISE, route=Route.IGNORE), asking=SWEET)
    assert questions(evening) == []


def test_an_order_that_hangs_on_it_is_counted() -> None:
    evening = an_evening(egg(quota=1), apple())
    evening.buys(1, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    doubt = read_as(Intent.BUY, act(Op.SET, "egg", None), route=Route.CONFIRM)
    evening.say("来点鸡蛋", doubt, by=viewer("王婶"))
    for name in ("张姐", "李叔", "王婶", "赵奶奶"):
        evening.asks("甜不甜", SWEET, by=viewer(name))
    assert (only(evening).askers, only(evening).orders) == (4, 3)


def test_of_a_question_about_no_goods_any_order_hangs_on_it() -> None:
    evening = an_evening(egg(), apple())
    evening.buys(1, "apple", "s", by=viewer("张姐"))
    evening.asks("几点能提", WHEN, by=viewer("张姐"))
    evening.asks("几点能提", WHEN, by=viewer("李叔"))
    assert (only(evening).askers, only(evening).orders) == (2, 1)


# Answers


def test_a_question_answered_by_voice_is_answered_once() -> None:
    evening = asked("张姐")
    said = d.AnswerQuestion(question_id=only(evening).id, seconds=15)
    assert [event.kind for event in evening.do(said)] == [EventKind.QUESTION_ANSWERED]
    assert evening.do(said) == []
    assert (only(evening).state, only(evening).answer, only(evening).answered_ms) == ("answered", None, evening.now_ms)


def test_an_answer_in_writing_is_shown_on_the_picture() -> None:
    evening = asked("张姐")
    evening.do(d.AnswerQuestion(question_id=only(evening).id, text="糖度 14，脆甜", show=True, seconds=20))
    session = evening.state.session
    assert session is not None
    assert session.shown is not None
    shown = session.shown
    assert (shown.shown_as, shown.text, shown.answer, shown.name) == (
        ShownAs.QUESTION,
        "甜不甜",
        "糖度 14，脆甜",
        "张姐",
    )
    assert shown.until_ms == evening.now_ms + 20_000


def test_another_answer_takes_the_place_of_the_first_and_not_its_time() -> None:
    evening = asked("张姐")
    evening.do(d.AnswerQuestion(question_id=only(evening).id, seconds=15))
    first = only(evening).answered_ms
    evening.now_ms += 5_000
    evening.do(d.AnswerQuestion(question_id=only(evening).id, text="甜", seconds=15))
    assert (only(evening).answer, only(evening).answered_ms) == ("甜", first)


def test_a_question_that_there_is_not_is_told() -> None:
    assert asked().refuse(d.AnswerQuestion(question_id="q-0", seconds=15)).code is RefusalCode.UNKNOWN_QUESTION


def test_who_asks_while_the_answer_is_on_its_way_is_one_of_them() -> None:
    evening = asked("张姐")
    evening.do(d.AnswerQuestion(question_id=only(evening).id, seconds=15))
    evening.now_ms += STILL_HEARD_MS - 1
    evening.asks("甜吗", SWEET, by=viewer("李叔"))
    assert only(evening).askers == 2


def test_who_asks_later_raises_it_anew() -> None:
    evening = asked("张姐")
    evening.do(d.AnswerQuestion(question_id=only(evening).id, seconds=15))
    evening.now_ms += STILL_HEARD_MS
    evening.asks("甜吗", SWEET, by=viewer("张姐"))
    assert [(each.askers, each.state.value) for each in questions(evening)] == [(1, "answered"), (1, "open")]


# Kept answers


def test_a_kept_answer_is_suggested_to_the_questions_that_wait_and_to_those_to_come() -> None:
    evening = asked("张姐")
    kept = evening.do(keep())
    assert [event.kind for event in kept] == [EventKind.FAQ_KEPT, EventKind.QUESTION_CHANGED]
    suggestion = only(evening).suggestion
    assert suggestion is not None
    assert (suggestion.text, suggestion.source, suggestion.key) == ("甜，脆口", "faq", next(iter(evening.state.faq)))


def test_an_answer_may_be_kept_as_it_is_given_and_is_about_those_goods_alone() -> None:
    evening = asked("张姐")
    evening.do(d.AnswerQuestion(question_id=only(evening).id, text="蛋香", keep=True, seconds=15))
    (faq,) = evening.state.faq.values()
    assert (faq.goods, faq.text, faq.answer) == ("土鸡蛋 30 枚", "甜不甜", "蛋香")
    evening.asks("苹果甜吗", replace(SWEET, offer="apple"), by=viewer("王婶"))
    assert questions(evening)[-1].suggestion is None


def test_the_same_question_is_kept_once_with_its_last_answer() -> None:
    evening = an_evening()
    evening.do(keep("甜"))
    evening.do(keep("很甜"))
    (faq,) = evening.state.faq.values()
    assert faq.answer == "很甜"


def test_a_kept_answer_can_be_mended_and_dropped() -> None:
    evening = asked("张姐")
    evening.do(keep("甜", offer_id="egg"))
    (faq,) = evening.state.faq.values()
    evening.do(keep("不甜", faq_id=faq.id))
    assert [(each.id, each.goods, each.answer) for each in evening.state.faq.values()] == [(faq.id, faq.goods, "不甜")]
    evening.do(d.DropFaq(faq_id=faq.id))
    assert not evening.state.faq
    assert only(evening).suggestion is None
    assert evening.refuse(d.DropFaq(faq_id=faq.id)).code is RefusalCode.UNKNOWN_FAQ
    assert evening.refuse(keep(faq_id=faq.id)).code is RefusalCode.UNKNOWN_FAQ


def test_a_kept_answer_is_about_an_offer_that_there_is() -> None:
    assert an_evening().refuse(keep(offer_id="nothing")).code is RefusalCode.UNKNOWN_OFFER


def test_kept_answers_outlive_the_evening_and_questions_do_not() -> None:
    evening = asked("张姐")
    evening.do(keep())
    evening.do(c.EndSession())
    evening.do(start(egg(), session_id="s2"))
    assert questions(evening) == []
    assert [each.answer for each in evening.state.faq.values()] == ["甜，脆口"]
    evening.asks("甜吗", SWEET)
    assert only(evening).suggestion is not None


def test_a_question_of_many_does_not_hold_up_an_order() -> None:
    evening = an_evening()
    evening.say("要两箱", read_as(Intent.BUY, set_to(2)), asking=None)
    assert evening.has() == [("reserved", 2)]
