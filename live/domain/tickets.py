"""Handlers of complaints: a ticket with a clock, answered and closed by the host."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.refusal import RefusalCode, Refused
from live.domain.ticket import ANSWER_WITHIN_MS, TICKET_TRANSITIONS, Ticket, TicketState

if TYPE_CHECKING:
    from live.domain import commands as c
    from live.domain.comment import Comment
    from live.domain.draft import Draft


def complain(draft: Draft, comment: Comment) -> None:
    """Open a ticket for a complaint; one who complains again before it is settled is heard on the same one."""
    held = _open_of(draft, comment.viewer.key)
    if held is None:
        opened = Ticket(
            id=draft.new_id("ticket"),
            session_id=draft.session.id,
            viewer=comment.viewer,
            text=comment.text,
            opened_ms=draft.at_ms,
            due_ms=draft.at_ms + ANSWER_WITHIN_MS,
            changed_ms=draft.at_ms,
            comment_id=comment.id,
        )
        draft.tell(EventKind.COMPLAINT_RAISED, ticket=opened)
        return
    draft.tell(EventKind.TICKET_CHANGED, ticket=_heard_again(held, comment.text, draft.at_ms))


def _open_of(draft: Draft, viewer_key: str) -> Ticket | None:
    mine = (ticket for ticket in draft.state.tickets.values() if ticket.viewer.key == viewer_key)
    return next((ticket for ticket in mine if ticket.state is not TicketState.CLOSED), None)


def _heard_again(ticket: Ticket, text: str, now_ms: int) -> Ticket:
    reopened = ticket.state is TicketState.ANSWERED
    return replace(
        ticket,
        text=text,
        times=ticket.times + 1,
        state=TicketState.OPEN if reopened else ticket.state,
        due_ms=now_ms + ANSWER_WITHIN_MS if reopened else ticket.due_ms,
        changed_ms=now_ms,
    )


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
    )
    draft.tell(EventKind.TICKET_CHANGED, ticket=answered)
    return None


def close_ticket(draft: Draft, command: c.CloseTicket) -> Refused | None:
    """Settle a complaint."""
    found = _ticket(draft, command.ticket_id, TicketState.CLOSED)
    if isinstance(found, Refused):
        return found
    draft.tell(EventKind.TICKET_CHANGED, ticket=replace(found, state=TicketState.CLOSED, changed_ms=draft.at_ms))
    return None


def _ticket(draft: Draft, ticket_id: str, becomes: TicketState) -> Ticket | Refused:
    found = draft.state.tickets.get(ticket_id)
    if found is None:
        return Refused(code=RefusalCode.UNKNOWN_TICKET, detail=f"ticket_id：没有“{ticket_id}”这张售后单")
    if becomes is not found.state and becomes not in TICKET_TRANSITIONS[found.state]:
        return Refused(code=RefusalCode.TICKET_CLOSED, detail=f"这张售后单已经{_WORDS[found.state]}，不能再这样改")
    return found


_WORDS = {
    TicketState.OPEN: "打开",
    TicketState.ANSWERED: "答复",
    TicketState.PROMISED: "答应了顾客",
    TicketState.CLOSED: "办结",
}
