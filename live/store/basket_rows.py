"""Baskets and tickets to rows and back (`live.store.rows` has the others)."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from typing import TYPE_CHECKING, Any

from live.domain.basket import Basket
from live.domain.ticket import About, Promise, Ticket, TicketState
from live.store.viewer_rows import viewer_columns, viewer_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.store.rows import Row

_BASKET_FIELDS = tuple(field.name for field in fields(Basket))


def basket_row(basket: Basket) -> Row:
    """A row of `basket`, whose columns are the fields of `Basket`."""
    return astuple(basket)


def basket_from(row: Sequence[Any]) -> Basket:
    """Read a row of `basket`."""
    basket = Basket(**dict(zip(_BASKET_FIELDS, row, strict=True)))
    return replace(basket, own_bag=bool(basket.own_bag))


def ticket_row(ticket: Ticket) -> Row:
    """A row of `ticket`."""
    return (
        ticket.session_id,
        ticket.id,
        *viewer_columns(ticket.viewer),
        ticket.text,
        ticket.times,
        ticket.state.value,
        ticket.opened_ms,
        ticket.due_ms,
        ticket.answer,
        None if ticket.promise is None else ticket.promise.value,
        ticket.changed_ms,
        ticket.comment_id,
        ticket.about.value,
        ticket.position,
        ticket.answered_ms,
    )


def ticket_from(row: Sequence[Any]) -> Ticket:
    """Read a row of `ticket`."""
    session_id, id_, *viewer = row[:7]
    text, times, state, opened, due, answer, promise, changed, comment_id, about, *last = row[7:]
    position, answered = last
    return Ticket(
        id=id_,
        session_id=session_id,
        viewer=viewer_from(viewer),
        text=text,
        times=times,
        state=TicketState(state),
        opened_ms=opened,
        due_ms=due,
        answer=answer,
        promise=None if promise is None else Promise(promise),
        changed_ms=changed,
        comment_id=comment_id,
        about=About(about),
        position=position,
        answered_ms=answered,
    )
