"""A comment's way through the rules: decide, act, answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.comment import AnsweredComment, PendingComment
from live.domain.decide import decide
from live.domain.draft import Draft
from live.domain.events import EventKind
from live.domain.orders import Outcome, place
from live.domain.questions import ask
from live.domain.taking_part import bear_witness, take_part
from live.domain.ticket import About
from live.domain.tickets import complain
from nlp.types import STREAM, Intent, Op

if TYPE_CHECKING:
    from live.domain.comment import Comment
    from live.domain.decide import Decision
    from live.domain.draft import PickupCodes
    from live.domain.events import Event
    from live.domain.state import RoomState
    from live.domain.taking_part import Part
    from nlp.asking import Asking
    from nlp.types import Classification

WORTH = (
    Outcome.PARTLY_WAITLISTED,
    Outcome.WAITLISTED,
    Outcome.RESERVED,
    Outcome.CHANGED,
    Outcome.CANCELLED,
    Outcome.UNCHANGED,
    Outcome.SOLD_OUT,
)
"""Of several outcomes the one told is the first of these: what the viewer most needs to know."""


def receive(
    state: RoomState,
    comment: Comment,
    read: Classification,
    *,
    received_ms: int,
    pickup_code: PickupCodes,
    asking: Asking | None = None,
) -> tuple[AnsweredComment, list[Event]]:
    """Take a comment that the room has not had before; advances `state` by the events it returns.

    `asking` is what a question asks for; without it nobody is asked anything.

    Raises AssertionError without a session: ingest has refused such comments.
    """
    draft = Draft(
        state=state,
        at_ms=received_ms,
        cause=f"{comment.platform}/{comment.id}",
        pickup_code=pickup_code,
        comment_id=comment.id,
    )
    decision = decide(state, draft.session, comment, read, now_ms=received_ms)
    state.n += 1
    state.comments += 1
    part = None if decision.outcome in NO_PART else take_part(draft, comment, read)
    outcome, reason = _told(_carry_out(draft, comment, read, decision), decision.reason or read.reason, part)
    if asking is not None and read.intent is Intent.QUESTION and outcome is Outcome.NONE:
        ask(draft, comment, asking)
    bear_witness(draft, comment, from_host=decision.outcome is Outcome.HOST)
    answered = AnsweredComment(
        n=state.n,
        session_id=draft.session.id,
        comment=comment,
        classification=_completed(read, decision),
        route=decision.route.value,
        outcome=outcome.value,
        reason=reason,
        received_ms=received_ms,
    )
    return answered, draft.events


NO_PART = frozenset({Outcome.HOST, Outcome.BLOCKED, Outcome.SESSION_ENDED})
"""Whose comments neither enter a draw nor vote."""


def _told(outcome: Outcome, reason: str, part: Part | None) -> tuple[Outcome, str]:
    """What is told of a comment: its order before its part in a draw or a poll."""
    return part if part is not None and outcome is Outcome.NONE else (outcome, reason)


def _completed(read: Classification, decision: Decision) -> Classification:
    """What was understood, with the actions as they were completed from what the viewer has."""
    known = not decision.actions or decision.actions == read.actions
    return read if known else replace(read, actions=decision.actions)


def _carry_out(draft: Draft, comment: Comment, read: Classification, decision: Decision) -> Outcome:
    if decision.outcome is Outcome.NEEDS_CONFIRMATION:
        draft.tell(EventKind.COMMENT_NEEDS_CONFIRMATION, comment=_pending(draft.state.n, comment, read, decision))
    if read.intent is Intent.COMPLAINT and decision.outcome is Outcome.NONE:
        complain(draft, comment, _about(read))
    if decision.outcome is not None:
        return decision.outcome
    outcomes = {place(draft, comment.viewer, order) for order in decision.orders}
    _retire(draft, comment, decision)
    return next(outcome for outcome in WORTH if outcome in outcomes)


def _about(read: Classification) -> About:
    """The stream where its own words were heard (没声音), else goods: a ticket too many is better than one unheard."""
    return About.LIVE if any(piece.role == STREAM for piece in read.evidence) else About.GOODS


def _retire(draft: Draft, comment: Comment, decision: Decision) -> None:
    """Take older doubts of a viewer off the queue once they have said clearly what they want.

    A late tap on "多来点" would overwrite the "要3箱" that came after it.
    """
    settled = {order.offer_id for order in decision.orders if order.op in (Op.SET, Op.CANCEL)}
    for pending in draft.state.doubts_of(comment.viewer.key):
        if _is_about(pending, settled):
            draft.tell(EventKind.COMMENT_DISMISSED, comment=replace(pending, reason="他后来又说清楚了"))


def _is_about(pending: PendingComment, offer_ids: set[str]) -> bool:
    """Whether all that a doubt is about, and that is known of it, has been settled."""
    about = {action.offer for action in pending.actions}
    return bool(about) and about <= offer_ids


def _pending(n: int, comment: Comment, read: Classification, decision: Decision) -> PendingComment:
    return PendingComment(
        n=n,
        id=comment.id,
        platform=comment.platform,
        viewer=comment.viewer,
        text=comment.text,
        at_ms=comment.at_ms,
        intent=read.intent.value,
        actions=decision.actions,
        reason=decision.reason,
    )
