"""Commands of the group-buy half (section 3 of the contract): cut-off, arrival, pickup, after-sales."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from live.domain.ticket import Promise  # noqa: TC001  # pydantic reads it while the program runs
from live.web.command_fields import TAIL, WEIGHT, Code, Id, Line, Model, Moment, Quantity

Weight = Annotated[str, StringConstraints(pattern=WEIGHT)]
"""What weighed goods came to, as a decimal string in the offer's unit, to a thousandth."""

Tail = Annotated[str, StringConstraints(pattern=TAIL)]
"""The last four digits of a phone number."""

Said = Annotated[Line, Field(min_length=1, max_length=200)]


class CloseCycle(Model):
    """The cut-off, now. Without `session_id`: the newest session that is not cut off."""

    type: Literal["close_cycle"]
    session_id: Id | None = None


class MovePickup(Model):
    """Another pickup time, with a notice. Without `session_id`: the newest session that is cut off, else the newest."""

    type: Literal["move_pickup"]
    pickup_at: Moment
    notice: Said
    session_id: Id | None = None


class MarkReady(Model):
    """The goods have arrived: at one pickup point, or without `pickup_point_id` at every one.

    With `offer_ids` only those goods have come, the others are late. Without `session_id`: the newest session that is cut
    off and waits for goods.
    """

    type: Literal["mark_ready"]
    pickup_point_id: Id | None = None
    offer_ids: Annotated[list[Id], Field(min_length=1, max_length=500)] | None = None
    session_id: Id | None = None


Ids = Annotated[list[Id], Field(min_length=1, max_length=200)]


class Collect(Model):
    """Hand goods over: all that is ready under a code, or the named reservations."""

    type: Literal["collect"]
    pickup_code: Code
    reservation_ids: Ids | None = None
    weights: Annotated[dict[Id, Weight], Field(max_length=200)] = Field(default_factory=dict)
    own_bag: bool = False


class UndoCollect(Model):
    """Take a slip of the finger back, within a minute."""

    type: Literal["undo_collect"]
    pickup_code: Code
    reservation_ids: Ids | None = None


class MarkNoShow(Model):
    """Nobody came for it."""

    type: Literal["mark_no_show"]
    reservation_id: Id


class SetBasket(Model):
    """How somebody will fetch their goods; what is left out stays as it is."""

    type: Literal["set_basket"]
    pickup_code: Code
    pickup_point_id: Id | None = None
    phone_tail: Tail | None = None
    own_bag: bool | None = None


class RedeemPoints(Model):
    """Take green points in exchange for something of the shop's."""

    type: Literal["redeem_points"]
    pickup_code: Code
    points: Quantity


class AnswerTicket(Model):
    """Answer a complaint; a promise stays open until `close_ticket`."""

    type: Literal["answer_ticket"]
    ticket_id: Id
    text: Said
    promise: Promise | None = None


class CloseTicket(Model):
    """The complaint is settled."""

    type: Literal["close_ticket"]
    ticket_id: Id


FulfilmentModel = (
    CloseCycle
    | MovePickup
    | MarkReady
    | Collect
    | UndoCollect
    | MarkNoShow
    | SetBasket
    | RedeemPoints
    | AnswerTicket
    | CloseTicket
)
"""Every command of this half, as a plain union."""
