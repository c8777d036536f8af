"""Domain objects as the JSON objects of the contract (section 4), as a host sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.domain.cases import case_fill
from live.domain.events import OF_A_SOURCE, OF_THE_CYCLE
from live.service import wire_desk, wire_stage
from live.service.wire_values import CHINA, Json, maybe_rfc3339, milli, rfc3339, viewer, yuan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from live.domain.basket import Basket
    from live.domain.comment import AnsweredComment, PendingComment
    from live.domain.events import Event
    from live.domain.offer import Offer, Variant
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession, OrderCycle
    from live.domain.source import Source
    from live.domain.ticket import Ticket
    from nlp.types import Action

__all__ = ["CHINA", "Json", "maybe_rfc3339", "milli", "rfc3339", "viewer", "yuan"]
"""What `wire_values` has and is written as a part of this module elsewhere; the functions below are public as they are."""


def variant(value: Variant) -> Json:
    """A variant; `available` is null where it shares the offer's quota."""
    available = None if value.quota is None else value.quota - value.reserved
    return {
        "id": value.id,
        "name": value.name,
        "aliases": list(value.aliases),
        "quota": value.quota,
        "reserved": value.reserved,
        "available": available,
    }


def offer(value: Offer) -> Json:
    """An offer with its stock: `reserved + available == quota`."""
    return {
        "id": value.id,
        "number": value.number,
        "title": value.title,
        "aliases": list(value.aliases),
        "unit": value.unit,
        "price": yuan(value.price_fen),
        "quota": value.quota,
        "reserved": value.reserved,
        "waitlisted": value.waitlisted,
        "available": value.available,
        "state": value.state,
        "open": value.phase.value == "open",
        "per_viewer_limit": value.per_viewer_limit,
        "case_size": value.case_size,
        "case_tolerance": value.case_tolerance,
        "cases": cases(value),
        "min_quantity": value.min_quantity,
        "supplier": value.supplier,
        "weighed": value.weighed,
        "picture": value.picture,
        "variants": [variant(v) for v in value.variants],
        "facts": dict(value.facts),
    }


def cases(value: Offer) -> Json:
    """How an offer's reservations fill the supplier's cases: 还差 3 份成箱."""
    fill = case_fill(value)
    return {
        "full": fill.full,
        "loose": fill.loose,
        "missing": fill.missing,
        "to_order": fill.to_order,
        "surplus": fill.surplus,
        "unfilled": fill.unfilled,
    }


def reservation(value: Reservation) -> Json:
    """A reservation with its viewer and its pickup code: for hosts."""
    return {
        "id": value.id,
        "session_id": value.session_id,
        "viewer": viewer(value.viewer),
        "offer_id": value.offer_id,
        "variant_id": value.variant_id,
        "quantity": value.quantity,
        "unit_price": yuan(value.unit_price_fen),
        "state": value.state.value,
        "pickup_code": value.pickup_code,
        "comment_id": value.comment_id,
        "position": value.position,
        "made_at": rfc3339(value.made_ms),
        "changed_at": rfc3339(value.changed_ms),
        "expires_at": maybe_rfc3339(value.expires_ms),
        "handled": value.handled,
        "reason": value.reason,
        "amount": yuan(value.amount_fen),
        "collected_at": maybe_rfc3339(value.collected_ms),
        "weighed": milli(value.weighed_milli),
        "difference": yuan(value.difference_fen),
        "flash_sale_id": value.flash_id,
    }


def basket(value: Basket) -> Json:
    """How a viewer will fetch their goods: for hosts."""
    return {
        "id": value.viewer_key,
        "session_id": value.session_id,
        "viewer_key": value.viewer_key,
        "pickup_code": value.pickup_code,
        "pickup_point_id": value.pickup_point_id,
        "phone_tail": value.phone_tail,
        "own_bag": value.own_bag,
        "bag_points": value.bag_points,
        "redeemed_points": value.redeemed_points,
        "changed_at": rfc3339(value.changed_ms),
    }


def ticket(value: Ticket) -> Json:
    """A complaint and what the shop has said to it."""
    return {
        "id": value.id,
        "session_id": value.session_id,
        "viewer": viewer(value.viewer),
        "text": value.text,
        "about": value.about.value,
        "times": value.times,
        "state": value.state.value,
        "opened_at": rfc3339(value.opened_ms),
        "due_at": rfc3339(value.due_ms),
        "answer": value.answer,
        "promise": None if value.promise is None else value.promise.value,
        "answered_at": maybe_rfc3339(value.answered_ms),
        "changed_at": rfc3339(value.changed_ms),
        "comment_id": value.comment_id,
    }


def source(value: Source) -> Json:
    """A source, and what a gap in it may have cost: `per_hour` times its length, `missed` once it has ended."""
    return {
        "id": value.id,
        "name": value.name,
        "platform": value.platform,
        "state": value.state.value,
        "since": rfc3339(value.since_ms),
        "last_comment_at": maybe_rfc3339(value.last_comment_ms),
        "per_hour": value.per_hour,
        "missed": value.missed,
    }


def cycle(value: OrderCycle) -> Json:
    """The order cycle; cut-off and pickup are two fields."""
    return {
        "id": value.id,
        "state": "closed" if value.closed else "open",
        "cutoff_at": rfc3339(value.cutoff_at_ms),
        "closed_at": maybe_rfc3339(value.closed_ms),
        "pickup_at": rfc3339(value.pickup_at_ms),
        "notice": value.notice,
        "pickup_points": [
            {"id": p.id, "name": p.name, "address": p.address, "ready_at": maybe_rfc3339(p.ready_ms)}
            for p in value.pickup_points
        ],
    }


def session(value: LiveSession) -> Json:
    """A session with its cycle and policy."""
    policy = value.policy
    return {
        "id": value.id,
        "room": value.room,
        "title": value.title,
        "state": value.state.value,
        "started_at": rfc3339(value.started_ms),
        "ended_at": maybe_rfc3339(value.ended_ms),
        "pinned_offer_id": value.pinned_offer_id,
        "hosts": list(value.hosts),
        "cycle": cycle(value.cycle),
        "policy": {
            "repeat": policy.repeat.value,
            "cancel_by_comment": policy.cancel_by_comment,
            "hold_minutes": policy.hold_minutes,
            "max_auto_quantity": policy.max_auto_quantity,
            "max_no_shows": policy.max_no_shows,
            "bag_points": policy.bag_points,
        },
        "script": None if value.script is None else dict(value.script),
        "order_code": value.order_code,
        "blocked": list(value.blocked),
        "set_aside": list(value.set_aside),
    }


def prompt(value: HostPrompt) -> Json:
    """A prompt, open or just closed."""
    return {
        "id": value.id,
        "keyword": value.keyword,
        "meaning": value.meaning.value,
        "ref_id": value.ref_id,
        "opened_at": rfc3339(value.opened_ms),
        "closes_at": rfc3339(value.closes_ms),
        "open": value.open,
    }


def actions(values: Iterable[Action]) -> list[Json]:
    """What a comment asks for, by section 5."""
    return [{"op": a.op.value, "offer": a.offer, "variant": a.variant, "quantity": a.quantity} for a in values]


def pending(value: PendingComment) -> Json:
    """A comment in the confirm queue."""
    return {
        "n": value.n,
        "id": value.id,
        "platform": value.platform,
        "user": {"id": value.viewer.id, "name": value.viewer.name, "weak": value.viewer.weak},
        "text": value.text,
        "at": rfc3339(value.at_ms),
        "intent": value.intent,
        "actions": actions(value.actions),
        "reason": value.reason,
    }


def comment(value: AnsweredComment) -> Json:
    """A stored comment with what was understood and what came of it."""
    c, understood = value.comment, value.classification
    return {
        "n": value.n,
        "id": c.id,
        "platform": c.platform,
        "user": {
            "id": c.viewer.id,
            "name": c.viewer.name,
            "weak": c.viewer.weak,
            "level": c.level,
            "badges": list(c.badges),
        },
        "text": c.text,
        "at": rfc3339(c.at_ms),
        "received_at": rfc3339(value.received_ms),
        "intent": understood.intent.value,
        "topic": None if understood.topic is None else understood.topic.value,
        "confidence": understood.confidence,
        "route": value.route,
        "actions": actions(understood.actions),
        "evidence": [[e.text, e.role] for e in understood.evidence],
        "stage": understood.stage.value,
        "outcome": value.outcome,
        "reason": value.reason,
        "session_id": value.session_id,
    }


_OBJECTS: Mapping[str, Callable[[Any], Json]] = {
    "offer": offer,
    "reservation": reservation,
    "prompt": prompt,
    "comment": pending,
    "basket": basket,
    "ticket": ticket,
    "source": source,
    "flash_sale": wire_stage.flash_sale,
    "giveaway": wire_stage.giveaway,
    "entry": wire_stage.entry,
    "poll": wire_stage.poll,
    "shown": wire_stage.shown,
    "question": wire_desk.question,
    "faq": wire_desk.faq,
}
"""How each object that an event carries is written; the session is written with its cycle."""


def objects_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The objects of an event's `data`, whichever session they are of."""
    earlier: Mapping[str, Any] = data.get("earlier", data)
    return earlier


def event_data(value: Event) -> Json:
    """The `data` of an event: each object it carries, whole, under its name; `by` is the name of who gave the command."""
    data: Json = {}
    if value.comment_id is not None:
        data["comment_id"] = value.comment_id
    if value.by is not None:
        data["by"] = value.by
    if value.session is not None and value.kind not in OF_A_SOURCE:
        data["session"] = session(value.session)
        if value.kind in OF_THE_CYCLE:
            data["cycle"] = cycle(value.session.cycle)
    for name, write in _OBJECTS.items():
        held = getattr(value, name)
        if held is not None:
            data[name] = write(held)
    return data
