"""From a checked command to an order of the domain: exact fen, milliseconds, ids."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from live.domain import commands as orders
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.session import OrderCycle, PickupPoint, Policy
from live.domain.viewer import identify
from live.web import command_models as models
from live.web.desk_models import DeskModel
from live.web.desk_orders import to_desk
from live.web.fulfilment_orders import to_fulfilment
from live.web.moments import ms
from live.web.money import fen
from live.web.stage_models import StageModel
from live.web.stage_orders import to_stage
from nlp.types import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from live.domain.viewer import Viewer
    from live.web.fulfilment_models import FulfilmentModel


def to_order(command: models.CommandModel, new_id: Callable[[], str]) -> orders.Command:  # noqa: C901, PLR0911, PLR0912  # a flat table of the union, one line a command
    """Turn a checked command into the domain's. `new_id` names what the command makes."""
    match command:
        case models.StartSession():
            return _start_session(command, new_id())
        case models.EndSession():
            return orders.EndSession()
        case models.AddOffer():
            return orders.AddOffer(offer=offer_of(command.offer))
        case models.UpdateOffer():
            return orders.UpdateOffer(offer_id=command.offer_id, changes=_changes(command))
        case models.Restock():
            return orders.Restock(offer_id=command.offer_id, variant_id=command.variant_id, quantity=command.quantity)
        case models.OpenOffer():
            return orders.OpenOffer(offer_id=command.offer_id)
        case models.PinOffer():
            return orders.PinOffer(offer_id=command.offer_id)
        case models.CloseOffer():
            return orders.CloseOffer(offer_id=command.offer_id)
        case models.OpenPrompt():
            return _open_prompt(command, new_id())
        case models.ClosePrompt():
            return orders.ClosePrompt()
        case models.Reserve():
            return _reserve(command, new_id())
        case models.SetQuantity():
            return orders.SetQuantity(
                reservation_id=command.reservation_id,
                quantity=command.quantity,
                if_changed_ms=_maybe_ms(command.if_changed_at),
            )
        case models.CancelReservation():
            return orders.CancelReservation(
                reservation_id=command.reservation_id,
                reason=command.reason,
                if_changed_ms=_maybe_ms(command.if_changed_at),
            )
        case models.AcceptComment():
            return _accept(command)
        case models.DismissComment():
            return orders.DismissComment(comment_id=command.comment_id)
        case _:
            return _of_a_part(command, new_id)


def _of_a_part(command: FulfilmentModel | StageModel | DeskModel, new_id: Callable[[], str]) -> orders.Command:
    if isinstance(command, DeskModel):
        return to_desk(command)
    return to_stage(command, new_id) if isinstance(command, StageModel) else to_fulfilment(command)


def offer_of(model: models.OfferModel) -> Offer:
    """An offer that nobody has reserved yet."""
    return Offer(
        id=model.id,
        number=model.number,
        title=model.title,
        aliases=tuple(model.aliases),
        unit=model.unit,
        price_fen=fen(model.price),
        quota=model.quota,
        per_viewer_limit=model.per_viewer_limit,
        case_size=model.case_size,
        case_tolerance=model.case_tolerance,
        min_quantity=model.min_quantity,
        supplier=model.supplier,
        weighed=model.weighed,
        picture=model.picture,
        variants=_variants(model.variants),
        facts=dict(model.facts),
        phase=OfferPhase.OPEN if model.open else OfferPhase.LISTED,
    )


def _variants(variants: Iterable[models.VariantModel]) -> tuple[Variant, ...]:
    return tuple(Variant(id=v.id, name=v.name, aliases=tuple(v.aliases), quota=v.quota) for v in variants)


def _changes(command: models.UpdateOffer) -> dict[str, object]:
    """The changed fields under their names in `Offer`; a variant's `reserved` is for the domain to carry over."""
    changes: dict[str, object] = {name: getattr(command, name) for name in command.changed}
    if "price" in changes:
        changes.pop("price")
        changes["price_fen"] = fen(command.price)
    if "aliases" in changes:
        changes["aliases"] = tuple(command.aliases)
    if "variants" in changes:
        changes["variants"] = _variants(command.variants)
    if "open" in changes:
        changes["phase"] = OfferPhase.OPEN if changes.pop("open") else OfferPhase.CLOSED
    return changes


def _start_session(command: models.StartSession, session_id: str) -> orders.StartSession:
    policy = command.policy
    return orders.StartSession(
        session_id=session_id,
        title=command.title,
        offers=tuple(map(offer_of, command.offers)),
        cycle=_cycle(command.cycle),
        policy=Policy(
            repeat=policy.repeat,
            cancel_by_comment=policy.cancel_by_comment,
            hold_minutes=policy.hold_minutes,
            max_auto_quantity=policy.max_auto_quantity,
            max_no_shows=policy.max_no_shows,
            bag_points=policy.bag_points,
        ),
        hosts=tuple(command.hosts),
        script=command.script,
    )


def _cycle(cycle: models.CycleModel) -> OrderCycle:
    cutoff_at_ms, pickup_at_ms = ms(cycle.cutoff_at), ms(cycle.pickup_at)
    return OrderCycle(
        id=cycle.id or _cycle_id(cutoff_at_ms, pickup_at_ms),
        cutoff_at_ms=cutoff_at_ms,
        pickup_at_ms=pickup_at_ms,
        pickup_points=tuple(PickupPoint(id=p.id, name=p.name, address=p.address) for p in cycle.pickup_points),
    )


def _cycle_id(cutoff_at_ms: int, pickup_at_ms: int) -> str:
    """Rooms of the shop that are cut off and fetched at the same times share a cycle, unless they say otherwise."""
    return hashlib.blake2s(f"{cutoff_at_ms}/{pickup_at_ms}".encode(), digest_size=6).hexdigest()


def _open_prompt(command: models.OpenPrompt, prompt_id: str) -> orders.OpenPrompt:
    return orders.OpenPrompt(
        prompt_id=prompt_id,
        keyword=command.keyword,
        meaning=command.meaning,
        ref_id=command.ref_id,
        seconds=command.seconds,
    )


def _maybe_ms(moment: datetime | None) -> int | None:
    return None if moment is None else ms(moment)


def _reserve(command: models.Reserve, cause: str) -> orders.Reserve:
    return orders.Reserve(
        viewer=_viewer(command.viewer, cause),
        offer_id=command.offer_id,
        variant_id=command.variant_id,
        quantity=command.quantity,
    )


def _viewer(named: str | models.ViewerModel, cause: str) -> Viewer:
    viewer = models.ViewerModel(name=named) if isinstance(named, str) else named
    return identify(platform=viewer.platform, user_id=viewer.id, name=viewer.name, cause=cause)


def _accept(command: models.AcceptComment) -> orders.AcceptComment:
    if command.actions is None:
        return orders.AcceptComment(comment_id=command.comment_id)
    actions = [Action(op=a.op, offer=a.offer, variant=a.variant, quantity=a.quantity) for a in command.actions]
    return orders.AcceptComment(comment_id=command.comment_id, actions=tuple(actions))
