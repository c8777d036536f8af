"""Handlers of complaints: a ticket with a clock, answered and closed by the host."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.refusal import RefusalCode, Refused
from live.domain.ticket import ANSWER_WITHIN_MS, TICKET_TRANSITIONS, About, Ticket, TicketState

if TYPE_CHECKING:
    from live.domain import commands as c
    from live.domain.comment import Comment
    from live.domain.draft import Draft


LINES_KEPT = 5
"""How many of a complaint's words a ticket shows; the log of comments has them all."""


def complain(draft: Draft, comment: Comment, about: About) -> None:
    """Open a ticket for a complaint, or let it join the one that is not settled yet: the viewer's, or the stream's."""
    held = _unsettled(draft, comment.viewer.key, about)
    if held is None:
        opened = Ticket(
            id=draft.new_id("ticket"),
            session_id=draft.session.id,
            viewer=comment.viewer,
            text=comment.text,
            about=about,
            opened_ms=draft.at_ms,
            due_ms=draft.at_ms + ANSWER_WITHIN_MS,
            changed_ms=draft.at_ms,
            comment_id=comment.id,
            position=len(draft.state.tickets) + 1,
        )
        draft.tell(EventKind.COMPLAINT_RAISED, ticket=opened)
        return
    draft.tell(EventKind.TICKET_CHANGED, ticket=_heard_again(held, comment.text, draft.at_ms))


def _unsettled(draft: Draft, viewer_key: str, about: About) -> Ticket | None:
    unsettled = (each for each in draft.state.tickets.values() if each.state is not TicketState.CLOSED)
    alike = (each for each in unsettled if each.about is about)
    return next((each for each in alike if about is About.LIVE or each.viewer.key == viewer_key), None)


def _heard_again(ticket: Ticket, text: str, now_ms: int) -> Ticket:
    reopened = ticket.state is TicketState.ANSWERED
    return replace(
        ticket,
        text=_with(ticket.text, text),
        times=ticket.times + 1,
        state=TicketState.OPEN if reopened else ticket.state,
        due_ms=now_ms + ANSWER_WITHIN_MS if reopened else ticket.due_ms,
        answered_ms=None if reopened else ticket.answered_ms,
        changed_ms=now_ms,
    )


def _with(said: str, text: str) -> str:
    """The words so far and, while there is room, what is new in them."""
    lines = said.split("\n")
    return said if text in lines or len(lines) >= LINES_KEPT else f"{said}\n{text}"


def answer_ticket(draft: Draft, command: c.AnswerTicket) -> Refused | None:
    """Answer a complaint; with a promise it stays until the promise is kept."""
    state = TicketState.ANSWERED if command.promise is None else TicketState.PROMISED
    found = _ticket(draft, command.ticket_id, state)
    if isinstance(found, Refused):
        return found
    answered = replace(
        found,
        state=state,
        answer=command.text,
        promise=command.promise or found.promise,
        changed_ms=draft.at_ms,
        answered_ms=_first_answer(found, draft.at_ms),
    )
    draft.tell(EventKind.TICKET_CHANGED, ticket=answered)
    return None


def close_ticket(draft: Draft, command: c.CloseTicket) -> Refused | None:
    """Settle a complaint."""
    found = _ticket(draft, command.ticket_id, TicketState.CLOSED)
    if isinstance(found, Refused):
        return found
    closed = replace(
        found,
        state=TicketState.CLOSED,
        changed_ms=draft.at_ms,
        answered_ms=_first_answer(found, draft.at_ms),
    )
    draft.tell(EventKind.TICKET_CHANGED, ticket=closed)
    return None


def _first_answer(ticket: Ticket, now_ms: int) -> int:
    """What is settled without a word was answered by deed."""
    return now_ms if ticket.answered_ms is None else ticket.answered_ms


def _ticket(draft: Draft, ticket_id: str, becomes: TicketState) -> Ticket | Refused:
    found = draft.state.tickets.get(ticket_id)
    if found is None:
        return Refused(code=RefusalCode.UNKNOWN_TICKET, detail=f"ticket_id：没有“{ticket_id}”这张售后单")
    if found.state is TicketState.CLOSED:
        return Refused(code=RefusalCode.TICKET_CLOSED, detail="这张售后单已经办结；顾客再说，会另开一张")
    if becomes is not found.state and becomes not in TICKET_TRANSITIONS[found.state]:
        return Refused(code=RefusalCode.TICKET_CLOSED, detail="已经答应了顾客退款或补发，办好以后请点“办结”")
    return found
