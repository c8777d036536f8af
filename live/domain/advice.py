"""Handlers of what a language model proposes: the rules decide, and what has come too late changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.comment import Comment
from live.domain.decide import decide
from live.domain.events import EventKind
from live.domain.orders import place
from live.domain.question import QuestionState, Suggestion
from nlp.types import Intent, Route

if TYPE_CHECKING:
    from live.domain import desk_commands as d
    from live.domain.comment import PendingComment
    from live.domain.draft import Draft
    from live.domain.refusal import Refused
    from nlp.types import Action, Classification

MODEL = "llm"
"""The source of a suggestion that a language model has worded."""
DIFFERS = "大模型读得不一样，请看原话"
"""Said to the host where a model contradicts what the rules have read: that stands."""


def revise_comment(draft: Draft, command: d.ReviseComment) -> Refused | None:
    """Show a comment that still waits for the host as it is understood now; one that may be booked unasked is booked."""
    pending = draft.state.pending.get(command.key)
    if pending is None or not all(_is_on_sale(draft, action) for action in command.read.actions):
        return None
    draft.comment_id = pending.id
    read = command.read
    if read.route is Route.AUTO and read.actions == pending.actions and _book(draft, pending, read):
        return None
    revised = _revised(pending, read)
    if revised != pending:
        kept = replace(
            read,
            intent=Intent(revised.intent),
            route=Route.CONFIRM,
            actions=revised.actions,
            reason=revised.reason,
        )
        draft.tell(EventKind.COMMENT_REVISED, comment=revised, read=kept)
    return None


def _revised(pending: PendingComment, read: Classification) -> PendingComment:
    """The comment with what the rules left open filled in; what they have read stands, for the host may be tapping on it."""
    if not read.actions:
        return replace(pending, reason=read.reason or pending.reason)
    if read.actions == pending.actions and read.intent.value == pending.intent:
        return pending  # with the reason of the rules, which say why the host is asked
    if _fills(pending, read):
        return replace(pending, intent=read.intent.value, actions=read.actions, reason=read.reason or pending.reason)
    if pending.reason.endswith(DIFFERS):
        return pending
    return replace(pending, reason="；".join(filter(None, (pending.reason, DIFFERS))))


def _fills(pending: PendingComment, read: Classification) -> bool:
    """Whether a reading says all that the rules have read, and perhaps more."""
    if not pending.actions:
        return True
    same = pending.intent == read.intent.value and len(pending.actions) == len(read.actions)
    return same and all(_completes(held, said) for held, said in zip(pending.actions, read.actions, strict=True))


def _completes(held: Action, said: Action) -> bool:
    pairs = ((held.offer, said.offer), (held.variant, said.variant), (held.quantity, said.quantity))
    return held.op is said.op and all(one in (None, other) for one, other in pairs)


def _is_on_sale(draft: Draft, action: Action) -> bool:
    """Whether an action is about an offer and a variant that there still are."""
    offer = draft.state.offers.get(action.offer or "")
    if offer is None:
        return action.offer is None
    return action.variant is None or offer.variant(action.variant) is not None


def _book(draft: Draft, pending: PendingComment, read: Classification) -> bool:
    """Book what the rules would have booked unasked had it been read so at once; tells whether they would."""
    comment = Comment(
        platform=pending.platform, id=pending.id, viewer=pending.viewer, text=pending.text, at_ms=pending.at_ms
    )
    decision = decide(draft.state, draft.session, comment, read, now_ms=draft.at_ms)
    if decision.route is not Route.AUTO or not decision.orders:
        return False
    for order in decision.orders:
        place(draft, pending.viewer, order)
    draft.tell(EventKind.COMMENT_ACCEPTED, comment=replace(pending, actions=decision.actions, reason=read.reason))
    return True


def suggest_answer(draft: Draft, command: d.SuggestAnswer) -> Refused | None:
    """Suggest a worded answer to a question that waits and for which the shop's own data have none ready."""
    question = draft.state.questions.get(command.question_id)
    if question is None or question.state is not QuestionState.OPEN or question.suggestion is not None:
        return None
    suggestion = Suggestion(text=command.text, source=MODEL, key=command.sources, aloud=command.aloud)
    draft.tell(EventKind.QUESTION_CHANGED, question=replace(question, suggestion=suggestion))
    return None
