"""The shop's list as JSON: what is sold, at what price, how much is left. Nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.service.session_view import SessionView
    from live.service.wire import Json

_OFFER = ("id", "number", "title", "unit", "price", "state", "available", "waitlisted", "weighed", "picture", "facts")
_CYCLE = ("state", "cutoff_at", "closed_at", "pickup_at", "notice")
_POINT = ("id", "name", "address")
_SESSION = ("id", "room", "title", "state")


def head(view: SessionView) -> Json:
    """All of the list but its goods."""
    session: Any = view.session
    cycle = session["cycle"]
    points = [{name: point[name] for name in _POINT} for point in cycle["pickup_points"]]
    return {
        "session": {name: session[name] for name in _SESSION},
        "cycle": {name: cycle[name] for name in _CYCLE} | {"pickup_points": points},
        "most": session["policy"]["max_auto_quantity"],
    }


def offer(value: Mapping[str, Any]) -> Json:
    """One of the goods. `missing_to_case` and `missing_to_minimum` are 0 where nothing is missing."""
    cases = value["cases"]
    return {name: value[name] for name in _OFFER} | {
        "limit": value["per_viewer_limit"],
        "variants": [_variant(value, each) for each in value["variants"]],
        "case_size": value["case_size"],
        "missing_to_case": cases["missing"],
        "minimum": value["min_quantity"],
        "missing_to_minimum": max(0, value["min_quantity"] - value["reserved"]),
    }


def _variant(value: Mapping[str, Any], variant: Mapping[str, Any]) -> Json:
    """What may be had of a kind is never more than what may be had of the offer."""
    own = variant["available"]
    available = value["available"] if own is None else min(own, value["available"])
    return {"id": variant["id"], "name": variant["name"], "available": available}


def shop(view: SessionView) -> Json:
    """The whole list, in the order in which the host put it."""
    return head(view) | {"offers": [offer(each) for each in view.offers.values()]}
