"""The last evening as the body of the next one's `start_session`: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from live.service.wire import rfc3339
from live.web.command_fields import Moment
from live.web.command_models import OfferModel, PolicyModel, VariantModel
from live.web.moments import ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from live.service.wire import Json

_MOMENT: TypeAdapter[Any] = TypeAdapter(Moment)
_DAY_MS = 24 * 3600 * 1000
LEAST_AHEAD_MS = 30 * 60 * 1000
"""A cut-off that is nearer than this is no evening: tomorrow's is meant."""


def start_body(snapshot: Mapping[str, Any], *, now_ms: int) -> Json | None:
    """Make the body from a room's snapshot; None where the room has had no session.

    Cut-off and pickup are moved by the same whole days, to where the cut-off lies ahead: China's clocks are never put
    forward. Quotas are those that the last evening ended with, restocks among them.
    """
    session = snapshot["session"]
    if session is None:
        return None
    return {
        "type": "start_session",
        "title": session["title"],
        "offers": [_offer(offer) for offer in snapshot["offers"]],
        "cycle": _cycle(session["cycle"], now_ms),
        "policy": _fields_of(PolicyModel, session["policy"]),
        "hosts": list(session["hosts"]),
        "script": session["script"],
    }


def _fields_of(model: type[BaseModel], value: Mapping[str, Any]) -> Json:
    return {name: value[name] for name in model.model_fields if name in value}


def _offer(offer: Mapping[str, Any]) -> Json:
    """An offer as it was listed; what was shut again in the course of the evening is for sale tomorrow."""
    again = _fields_of(OfferModel, offer)
    again["variants"] = [_fields_of(VariantModel, variant) for variant in offer["variants"]]
    again["open"] = offer["state"] != "listed"
    return again


def _cycle(cycle: Mapping[str, Any], now_ms: int) -> Json:
    cutoff, pickup = (ms(_MOMENT.validate_python(cycle[name], strict=False)) for name in ("cutoff_at", "pickup_at"))
    days = max(0, -(-(now_ms + LEAST_AHEAD_MS - cutoff) // _DAY_MS))
    return {
        "cutoff_at": rfc3339(cutoff + days * _DAY_MS),
        "pickup_at": rfc3339(pickup + days * _DAY_MS),
        "pickup_points": [
            {"id": point["id"], "name": point["name"], "address": point["address"]} for point in cycle["pickup_points"]
        ],
    }
