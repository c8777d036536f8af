"""One person's page as JSON: what they have, where it stands, how they fetch it. Nobody else's name, id or words.

Like `live.web.views` it names what is shown; a field that is added to the objects it reads stays hidden.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno

from live.domain.viewer import mask_name
from live.service.wire import yuan
from live.web.money import fen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from live.service.basket_book import Held
    from live.service.session_view import SessionView
    from live.service.wire import Json

OPEN = "open"
"""A line that may still change: what is reserved of it and what waits."""

MOST_SYMBOLS = 4_096
"""QR symbols that are kept, about 8 MB: a page is told again and again, its symbol never changes."""

_CHANGEABLE = ("reserved", "waitlisted")
_OVER = ("cancelled", "expired")
_HELD = ("reserved", "locked", "ready", "collected", "no_show")
_CYCLE = ("state", "cutoff_at", "closed_at", "pickup_at", "notice", "pickup_points")
_SESSION = ("id", "room", "title", "state")


def basket(held: Sequence[Held], points: int, entries: Mapping[tuple[str, str], str]) -> Json:
    """What a code opens: the part that the code itself stands for, then the person's others of the same cycle.

    `entries` are the person's entry ids by draw and viewer key.
    """
    code = held[0].code
    return {"code": code, "qr": qr_rows(code), "points": points, "parts": [part(each, entries) for each in held]}


def part(held: Held, entries: Mapping[tuple[str, str], str]) -> Json:
    """What one identity has in one session, with the code that stands for it."""
    session: Any = held.view.session
    mine = held.view.of_viewer(held.viewer_key)
    said = held.view.baskets.get(held.viewer_key, {})
    return {
        "code": held.code,
        "name": _masked(mine[-1]),
        "session": _keep(session, _SESSION),
        "cycle": _keep(held.view.cycle, _CYCLE),
        "point_id": _point(held.view, said),
        "may_move": all(each["state"] in (*_CHANGEABLE, "locked", *_OVER) for each in mine),
        "has_phone_tail": said.get("phone_tail") is not None,
        "own_bag": bool(said.get("own_bag", False)),
        "bag_points": session["policy"]["bag_points"],
        "most": session["policy"]["max_auto_quantity"],
        "lines": lines(held),
        "amount": _sum(each for each in mine if each["state"] in _HELD),
        "draws": [
            _draw(giveaway, entries[id_, held.viewer_key])
            for id_, giveaway in held.view.giveaways.items()
            if (id_, held.viewer_key) in entries
        ],
    }


def _draw(giveaway: Mapping[str, Any], entry: str) -> Json:
    """A draw that its owner is in: their entry id, and what they have won; nobody else's."""
    won = (each for round_ in giveaway["rounds"] for each in round_["winners"] if each["entry"] == entry)
    return {
        "id": giveaway["id"],
        "title": giveaway["title"],
        "state": giveaway["state"],
        "entry": entry,
        "prize": next((_prize(giveaway, each) for each in won), None),
    }


def _prize(giveaway: Mapping[str, Any], won: Mapping[str, Any]) -> Json:
    rules = giveaway["rules"]
    until = datetime.fromisoformat(won["won_at"]) + timedelta(hours=rules["claim"]["hours"])
    return {
        "prize": rules["prize"],
        "state": won["state"],
        "how": rules["claim"]["how"],
        "claim_until": until.isoformat(timespec="milliseconds"),
        "claimed_at": won["changed_at"] if won["state"] == "claimed" else None,
    }


def lines(held: Held) -> list[Json]:
    """A line for what may still change of each kind of goods, then one for each fate of the rest.

    Who has cancelled and ordered again need not read that they have cancelled.
    """
    groups: dict[tuple[str, str | None, str], list[Any]] = {}
    for reservation in held.view.of_viewer(held.viewer_key):
        kind: Any = reservation
        fate = OPEN if kind["state"] in _CHANGEABLE else kind["state"]
        groups.setdefault((kind["offer_id"], kind["variant_id"], fate), []).append(kind)
    alive = {(offer, variant) for offer, variant, fate in groups if fate not in _OVER}
    shown = {key: each for key, each in groups.items() if key[2] not in _OVER or key[:2] not in alive}
    return [_line(held.view, fate, group) for (_, _, fate), group in shown.items()]


def _line(view: SessionView, fate: str, group: Sequence[Any]) -> Json:
    last, offer = group[-1], view.offers[group[-1]["offer_id"]]
    counted = [last] if fate in _OVER else [each for each in group if each["state"] != "waitlisted"]
    waiting = [each for each in group if each["state"] == "waitlisted"]
    return {
        **_goods(offer, last["variant_id"]),
        "state": fate,
        "quantity": sum(each["quantity"] for each in counted),
        "waiting": sum(each["quantity"] for each in waiting),
        "place": min((view.place(each) for each in waiting), default=None),
        "price": last["unit_price"],
        "amount": _sum(counted),
        "handled": any(each["handled"] for each in group),
        "reason": next((each["reason"] for each in reversed(group) if each["reason"]), None),
        "expires_at": min((each["expires_at"] for each in group if each["expires_at"]), default=None),
        "collected_at": last["collected_at"],
        "weight": last["weighed"],
        "difference": _sum(counted, "difference"),
    }


def _goods(offer: Mapping[str, Any], variant_id: str | None) -> Json:
    variant = next((each["name"] for each in offer["variants"] if each["id"] == variant_id), None)
    return {
        "offer_id": offer["id"],
        "variant_id": variant_id,
        "number": offer["number"],
        "title": offer["title"],
        "variant": variant,
        "unit": offer["unit"],
        "limit": offer["per_viewer_limit"],
        "weighed": offer["weighed"],
        "offer_state": offer["state"],
    }


def _point(view: SessionView, said: Mapping[str, object]) -> object:
    """Where they fetch it: where they said, else at the first point, as `OrderCycle.point` has it."""
    cycle: Any = view.cycle
    return said.get("pickup_point_id") or next((each["id"] for each in cycle["pickup_points"]), None)


@lru_cache(maxsize=MOST_SYMBOLS)
def qr_rows(code: str) -> tuple[str, ...]:
    """The code as a QR symbol without its margin: a string of 0 and 1 a row. The bare code, so that it stays coarse.

    With the mask given nobody weighs all eight: 0.6 ms instead of 4, and a symbol this small is read with any.
    """
    return tuple("".join(map(str, row)) for row in segno.make(code, error="m", micro=False, mask=2).matrix)


def _masked(reservation: Mapping[str, Any]) -> str:
    return mask_name(str(reservation["viewer"]["name"]))


def _sum(reservations: Iterable[Mapping[str, Any]], name: str = "amount") -> str:
    return yuan(sum(fen(each[name]) for each in reservations))


def _keep(value: Mapping[str, object], names: tuple[str, ...]) -> Json:
    return {name: value[name] for name in names}
