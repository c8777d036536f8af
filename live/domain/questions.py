"""Handlers of questions: each joins the one that wants the same answer, and is answered once for all who ask."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.advice import MODEL
from live.domain.answers import known_answer
from live.domain.events import EventKind
from live.domain.polls import voter_of
from live.domain.question import Asker, Faq, Question, QuestionState
from live.domain.refusal import RefusalCode, Refused, unknown_offer
from live.domain.shown import Shown, ShownAs
from nlp.asking import alike

if TYPE_CHECKING:
    from live.domain import desk_commands as d
    from live.domain.comment import Comment
    from live.domain.draft import Draft
    from live.domain.question import Suggestion
    from live.domain.viewer import Viewer
    from nlp.asking import Asking


def ask(draft: Draft, comment: Comment, asking: Asking) -> None:
    """Count a viewer among those who ask the same; who asks twice is one."""
    asker, held = voter_of(draft.state, comment.viewer), _heard(draft, asking)
    if held is None:
        _raise(draft, comment, asking, asker)
    elif asker not in draft.state.askers.get(held.id, {}):
        again = replace(
            held,
            askers=held.askers + 1,
            orders=held.orders + _has_an_order(draft, comment.viewer, held.offer_id),
            last_ms=draft.at_ms,
            suggestion=_suggestion(draft, held),
        )
        draft.tell(EventKind.QUESTION_ASKED, question=again, asker=_asker(draft, held.id, asker))


def _heard(draft: Draft, asking: Asking) -> Question | None:
    """The newest question that this one belongs to: what is open, or answered a moment ago."""
    questions = reversed(draft.state.questions.values())
    asked = (each for each in questions if each.offer_id == asking.offer and each.hears(draft.at_ms))
    return next((each for each in asked if alike(each.asking, asking)), None)


def _raise(draft: Draft, comment: Comment, asking: Asking, asker: str) -> None:
    question = Question(
        id=draft.new_id("question"),
        session_id=draft.session.id,
        topic=asking.topic,
        offer_id=asking.offer,
        terms=asking.terms,
        text=comment.text,
        name=comment.viewer.name,
        platform=comment.platform,
        comment_id=comment.id,
        askers=1,
        orders=int(_has_an_order(draft, comment.viewer, asking.offer)),
        first_ms=draft.at_ms,
        last_ms=draft.at_ms,
        position=len(draft.state.questions) + 1,
        suggestion=known_answer(draft.state, asking, draft.at_ms),
    )
    draft.tell(EventKind.QUESTION_RAISED, question=question, asker=_asker(draft, question.id, asker))


def _asker(draft: Draft, question_id: str, asker: str) -> Asker:
    return Asker(question_id=question_id, asker=asker, at_ms=draft.at_ms)


def _has_an_order(draft: Draft, viewer: Viewer, offer_id: str | None) -> bool:
    """Whether a viewer has reserved, waits for, or is about to be booked what they ask about (None: anything)."""
    offers = draft.state.offers if offer_id is None else (offer_id,)
    if any(draft.state.of_viewer(viewer.key, each) for each in offers):
        return True
    wanted = {action.offer for pending in draft.state.doubts_of(viewer.key) for action in pending.actions}
    return bool(wanted) if offer_id is None else offer_id in wanted


def answer_question(draft: Draft, command: d.AnswerQuestion) -> Refused | None:
    """Answer a question once; a second tap changes nothing, another text is shown in the place of the first."""
    found = draft.state.questions.get(command.question_id)
    if found is None:
        return Refused(
            code=RefusalCode.UNKNOWN_QUESTION, detail=f"question_id：本场没有“{command.question_id}”这个问题"
        )
    is_new = found.state is QuestionState.OPEN or (command.text is not None and command.text != found.answer)
    if is_new:
        draft.tell(EventKind.QUESTION_ANSWERED, question=_answered(draft, found, command.text))
    if command.text is not None and command.show:
        _show(draft, found, command.text, command.seconds)
    if command.text is not None and command.keep:
        _keep(draft, found.asking, _goods(draft, found.offer_id), text=found.text, answer=command.text)
    return None


def _answered(draft: Draft, question: Question, text: str | None) -> Question:
    first = draft.at_ms if question.answered_ms is None else question.answered_ms
    return replace(question, state=QuestionState.ANSWERED, answered_ms=first, answer=text)


def _show(draft: Draft, question: Question, text: str, seconds: int) -> None:
    shown = Shown(
        id=draft.new_id(question.id),
        shown_as=ShownAs.QUESTION,
        comment_id=question.comment_id,
        platform=question.platform,
        name=question.name,
        text=question.text,
        answer=text,
        shown_ms=draft.at_ms,
        until_ms=draft.at_ms + seconds * 1000,
    )
    draft.tell(EventKind.COMMENT_SHOWN, session=replace(draft.session, shown=shown), shown=shown)


def keep_faq(draft: Draft, command: d.KeepFaq) -> Refused | None:
    """Keep an answer for every evening, or mend one that is kept."""
    if command.faq_id is not None and command.faq_id not in draft.state.faq:
        return _unknown_faq(command.faq_id)
    if command.offer_id is not None and command.offer_id not in draft.state.offers:
        return unknown_offer(command.offer_id)
    if command.asking is None:
        raise AssertionError("the room's owner reads what is asked")
    held = draft.state.faq.get(command.faq_id or "")
    goods = held.goods if held is not None and command.offer_id is None else _goods(draft, command.offer_id)
    _keep(draft, command.asking, goods, text=command.question, answer=command.answer, faq_id=command.faq_id)
    return None


def drop_faq(draft: Draft, command: d.DropFaq) -> Refused | None:
    """Keep an answer no longer."""
    found = draft.state.faq.get(command.faq_id)
    if found is None:
        return _unknown_faq(command.faq_id)
    draft.tell(EventKind.FAQ_DROPPED, faq=replace(found, dropped=True))
    _suggest_anew(draft)
    return None


def _keep(
    draft: Draft, asking: Asking, goods: str | None, *, text: str, answer: str, faq_id: str | None = None
) -> None:
    plain = replace(asking, offer=None)
    same = (each.id for each in draft.state.faq.values() if each.goods == goods and alike(each.asking, plain))
    kept = Faq(
        id=faq_id or next(same, None) or _faq_id(draft),
        topic=plain.topic,
        goods=goods,
        terms=plain.terms,
        text=text,
        answer=answer,
        kept_ms=draft.at_ms,
    )
    draft.tell(EventKind.FAQ_KEPT, faq=kept)
    _suggest_anew(draft)


def _faq_id(draft: Draft) -> str:
    return hashlib.blake2s(f"faq\x1f{draft.cause}".encode(), digest_size=8).hexdigest()


def _goods(draft: Draft, offer_id: str | None) -> str | None:
    offer = draft.state.offers.get(offer_id or "")
    return None if offer is None else offer.title


def _suggest_anew(draft: Draft) -> None:
    """Let open questions know of a kept answer, or that it is gone."""
    for question in list(draft.state.questions.values()):
        if question.state is QuestionState.OPEN:
            suggestion = _suggestion(draft, question)
            if suggestion != question.suggestion:
                draft.tell(EventKind.QUESTION_CHANGED, question=replace(question, suggestion=suggestion))


def _suggestion(draft: Draft, question: Question) -> Suggestion | None:
    """What the shop's own data say; else what was worded out of them before."""
    worded = question.suggestion if question.suggestion is not None and question.suggestion.source == MODEL else None
    return known_answer(draft.state, question.asking, draft.at_ms) or worded


def _unknown_faq(faq_id: str) -> Refused:
    return Refused(code=RefusalCode.UNKNOWN_FAQ, detail=f"faq_id：没有“{faq_id}”这条常见问题")
