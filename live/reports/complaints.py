"""What became of complaints: how many, how soon they were answered, what is still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.ticket import TicketState
from live.reports.figures import Complaints, OpenTicket
from live.reports.privacy import mask_numbers
from live.reports.sales import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.ticket import Ticket


def complaints_of(tickets: Sequence[Ticket], *, mask_names: bool) -> Complaints:
    """Count the tickets, and list what the shop still owes: answers first, by when they are due, then promises."""
    return Complaints(
        opened=len(tickets),
        answered=sum(ticket.answered_ms is not None for ticket in tickets),
        in_time=sum(ticket.in_time for ticket in tickets),
        waiting=tuple(_listed(tickets, TicketState.OPEN, mask_names=mask_names)),
        promised=tuple(_listed(tickets, TicketState.PROMISED, mask_names=mask_names)),
    )


def _listed(tickets: Iterable[Ticket], state: TicketState, *, mask_names: bool) -> Iterable[OpenTicket]:
    found = sorted((ticket for ticket in tickets if ticket.state is state), key=lambda ticket: ticket.due_ms)
    return (_open(ticket, mask_names=mask_names) for ticket in found)


def _open(ticket: Ticket, *, mask_names: bool) -> OpenTicket:
    return OpenTicket(
        viewer_name=shown_name(ticket.viewer.name, mask_names=mask_names),
        text=mask_numbers(ticket.text),
        opened_ms=ticket.opened_ms,
        due_ms=ticket.due_ms,
        promise=ticket.promise,
    )
