"""From a checked command of the group-buy half to an order of the domain."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from live.domain import commands as orders
from live.web import fulfilment_models as models
from live.web.moments import ms

if TYPE_CHECKING:
    from collections.abc import Sequence


def to_fulfilment(command: models.FulfilmentModel) -> orders.Command:  # noqa: C901, PLR0911  # a flat table of the union, one line a command
    """Turn a checked command into the domain's."""
    match command:
        case models.CloseCycle():
            return orders.CloseCycle(session_id=command.session_id)
        case models.MovePickup():
            return orders.MovePickup(
                session_id=command.session_id, pickup_at_ms=ms(command.pickup_at), notice=command.notice
            )
        case models.MarkReady():
            return orders.MarkReady(
                session_id=command.session_id,
                pickup_point_id=command.pickup_point_id,
                offer_ids=_ids(command.offer_ids),
            )
        case models.Collect():
            return _collect(command)
        case models.UndoCollect():
            return orders.UndoCollect(pickup_code=command.pickup_code, reservation_ids=_ids(command.reservation_ids))
        case models.MarkNoShow():
            return orders.MarkNoShow(reservation_id=command.reservation_id)
        case models.SetBasket():
            return _set_basket(command)
        case models.RedeemPoints():
            return orders.RedeemPoints(pickup_code=command.pickup_code, points=command.points)
        case models.AnswerTicket():
            return orders.AnswerTicket(ticket_id=command.ticket_id, text=command.text, promise=command.promise)
        case models.CloseTicket():
            return orders.CloseTicket(ticket_id=command.ticket_id)


def milli(weight: str) -> int:
    """Read a checked weight: "2.13" → 2130, exactly."""
    return int(Decimal(weight) * 1000)


def _collect(command: models.Collect) -> orders.Collect:
    return orders.Collect(
        pickup_code=command.pickup_code,
        reservation_ids=_ids(command.reservation_ids),
        weights_milli={rid: milli(weight) for rid, weight in command.weights.items()},
        own_bag=command.own_bag,
    )


def _set_basket(command: models.SetBasket) -> orders.SetBasket:
    return orders.SetBasket(
        pickup_code=command.pickup_code,
        pickup_point_id=command.pickup_point_id,
        phone_tail=command.phone_tail,
        own_bag=command.own_bag,
    )


def _ids(ids: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if ids is None else tuple(dict.fromkeys(ids))
