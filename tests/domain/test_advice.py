from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import desk_commands as d
from live.domain.events import EventKind
from nlp.types import Intent, Op, Route, Stage
from tests.domain.desk_factories import SWEET, keep
from tests.domain.factories import Evening, act, an_evening, apple, egg, read_as, set_to, stranger, viewer

if TYPE_CHECKING:
    from live.domain.viewer import Viewer
    from nlp.types import Action, Classification


def unclear(evening: Evening, *, by: Viewer | None = None) -> tuple[str, str]:
    """A comment that nobody can book yet; its key."""
    read = read_as(Intent.BUY, act(Op.SET, "egg", None), route=Route.ASK, reason="没说清要几箱")
    comment = evening.say("鸡蛋来一点点，就两三口人吃", read, by=by).comment
    return comment.key


def unsure(evening: Evening, action: Action, *, by: Viewer | None = None) -> tuple[str, str]:
    """A comment that the rules have read whole, and put to the host all the same; its key."""
    return evening.say("鸡蛋来几箱吧", read_as(Intent.BUY, action, route=Route.CONFIRM), by=by).comment.key


def opinion(*actions: Action, route: Route = Route.CONFIRM, intent: Intent = Intent.BUY) -> Classification:
    return replace(read_as(intent, *actions, route=route, reason="大模型看是下单"), stage=Stage.LLM)


def test_a_comment_that_waits_is_shown_as_it_is_understood_now() -> None:
    evening = an_evening()
    key = unclear(evening)
    (event,) = evening.do(d.ReviseComment(key=key, read=opinion(set_to(1))))
    assert event.kind is EventKind.COMMENT_REVISED
    pending = evening.state.pending[key]
    assert (pending.actions, pending.reason) == ((set_to(1),), "大模型看是下单")
    assert evening.has() == []


def test_what_comes_too_late_changes_nothing() -> None:
    evening = an_evening()
    key = unclear(evening)
    evening.do(c.DismissComment(comment_id=key[1]))
    assert evening.do(d.ReviseComment(key=key, read=opinion(set_to(1)))) == []


def test_goods_that_are_gone_by_then_change_nothing() -> None:
    evening = an_evening()
    key = unclear(evening)
    for foreign in (set_to(1, "gold"), set_to(1, "egg", "xl")):
        assert evening.do(d.ReviseComment(key=key, read=opinion(foreign))) == []


def test_an_opinion_that_says_nothing_new_makes_no_event() -> None:
    evening = an_evening()
    key = unclear(evening)
    told = d.ReviseComment(key=key, read=opinion(set_to(1)))
    evening.do(told)
    assert evening.do(told) == []


def test_what_is_no_order_to_the_model_still_waits_for_the_host() -> None:
    evening = an_evening()
    key = unclear(evening)
    evening.do(d.ReviseComment(key=key, read=replace(opinion(), reason="大模型看不是下单")))
    pending = evening.state.pending[key]
    assert (len(pending.actions), pending.reason) == (1, "大模型看不是下单")


@pytest.mark.parametrize(
    "said",
    [
        (set_to(999),),
        (set_to(1, "apple"),),
        (act(Op.SET, "egg", None),),
        (act(Op.CANCEL, "egg", None),),
        (set_to(1), set_to(5, "apple")),
    ],
)
@pytest.mark.parametrize("route", [Route.CONFIRM, Route.AUTO])
def test_what_the_rules_have_read_stands_while_the_host_may_be_tapping_on_it(
    said: tuple[Action, ...], route: Route
) -> None:
    evening = an_evening(egg(quota=1000), apple())
    key = unsure(evening, set_to(1))
    evening.do(d.ReviseComment(key=key, read=opinion(*said, route=route)))
    pending = evening.state.pending[key]
    assert (pending.intent, pending.actions) == ("buy", (set_to(1),))
    assert "大模型读得不一样" in pending.reason
    assert evening.do(d.ReviseComment(key=key, read=opinion(*said, route=route))) == []
    evening.do(c.AcceptComment(comment_id=key[1]))
    assert evening.has() == [("reserved", 1)]


def test_a_cancellation_to_the_model_stays_the_order_that_the_rules_saw() -> None:
    evening = an_evening()
    key = unsure(evening, set_to(1))
    evening.do(d.ReviseComment(key=key, read=opinion(act(Op.CANCEL, None, None), intent=Intent.CANCEL)))
    assert evening.state.pending[key].actions == (set_to(1),)


def test_what_was_left_open_is_filled_in_and_nothing_else() -> None:
    evening = an_evening()
    key = unsure(evening, act(Op.SET, None, 2))
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(3))))
    assert evening.state.pending[key].actions == (act(Op.SET, None, 2),)
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(2))))
    assert evening.state.pending[key].actions == (set_to(2),)


def test_what_may_be_booked_unasked_is_booked_as_the_rules_would() -> None:
    evening = an_evening(egg(quota=2))
    key = unsure(evening, set_to(3))
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(3), route=Route.AUTO)))
    assert evening.has() == [("reserved", 2), ("waitlisted", 1)]
    assert key not in evening.state.pending
    assert not evening.of()[0].handled


@pytest.mark.parametrize("quantity", [21, 999])
def test_more_than_the_policy_allows_is_never_booked_unasked(quantity: int) -> None:
    evening = an_evening(egg(quota=1000))
    key = unsure(evening, set_to(quantity))
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(quantity), route=Route.AUTO)))
    assert evening.has() == []
    assert key in evening.state.pending


def test_whom_the_platform_hides_is_never_booked_unasked() -> None:
    evening = an_evening()
    key = unsure(evening, set_to(1), by=stranger("a"))
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(1), route=Route.AUTO)))
    assert not evening.state.reservations


def test_nothing_is_booked_after_the_cut_off() -> None:
    evening = an_evening()
    key = unsure(evening, set_to(1))
    evening.cut_off()
    evening.do(d.ReviseComment(key=key, read=opinion(set_to(1), route=Route.AUTO)))
    assert not evening.state.reservations


# Answers


def asked(evening: Evening) -> str:
    evening.asks("甜不甜", SWEET)
    return next(reversed(evening.state.questions))


def test_a_worded_answer_is_suggested_with_its_source() -> None:
    evening = an_evening(egg(), apple())
    question_id = asked(evening)
    evening.do(d.SuggestAnswer(question_id=question_id, text="糖度 14", sources="fact:糖度"))
    suggestion = evening.state.questions[question_id].suggestion
    assert suggestion is not None
    assert (suggestion.text, suggestion.source, suggestion.key) == ("糖度 14", "llm", "fact:糖度")
    evening.asks("甜吗", SWEET, by=viewer("李叔"))
    assert evening.state.questions[question_id].suggestion == suggestion


def test_the_shop_s_own_answer_takes_the_place_of_a_worded_one() -> None:
    evening = an_evening()
    question_id = asked(evening)
    evening.do(d.SuggestAnswer(question_id=question_id, text="糖度 14", sources="fact:糖度"))
    evening.do(keep("甜"))
    suggestion = evening.state.questions[question_id].suggestion
    assert suggestion is not None
    assert suggestion.source == "faq"


def test_a_question_that_has_an_answer_ready_or_was_answered_gets_no_other() -> None:
    evening = an_evening()
    evening.do(keep("甜"))
    question_id = asked(evening)
    late = d.SuggestAnswer(question_id=question_id, text="糖度 14", sources="fact:糖度")
    assert evening.do(late) == []
    evening.do(d.AnswerQuestion(question_id=question_id, seconds=15))
    assert evening.do(late) == []
    assert evening.do(replace(late, question_id="q-0")) == []
