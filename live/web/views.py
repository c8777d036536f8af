"""What the picture and the viewers may see of what the host sees: no ids, no codes, masked names, nobody's words.

Pure functions over the JSON objects of `live.service.wire`. They keep what is named here and drop all else, so that a
field added there stays hidden until somebody lists it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.viewer import mask_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.service.wire import Json

OFFER = (
    "id",
    "number",
    "title",
    "unit",
    "price",
    "quota",
    "reserved",
    "waitlisted",
    "available",
    "state",
    "open",
    "per_viewer_limit",
    "case_size",
    "min_quantity",
    "picture",
    "facts",
)
VARIANT = ("id", "name", "quota", "reserved", "available")
SESSION = ("id", "room", "title", "state", "started_at", "ended_at", "pinned_offer_id", "cycle", "order_code")
PROMPT = ("id", "keyword", "meaning", "ref_id", "opened_at", "closes_at", "open")
RESERVATION = ("id", "offer_id", "variant_id", "quantity", "state", "position", "made_at", "changed_at")
FLASH_SALE = (
    "id",
    "offer_id",
    "price",
    "regular_price",
    "quota",
    "sold",
    "available",
    "waitlisted",
    "per_viewer_limit",
    "state",
    "announced_at",
    "starts_at",
    "ends_at",
    "paused_at",
    "ended_at",
)
GIVEAWAY = (
    "id",
    "kind",
    "title",
    "keyword",
    "state",
    "rules",
    "opened_at",
    "closes_at",
    "closed_at",
    "drawn_at",
    "commitment",
    "list_hash",
    "entries",
    "witnessed",
    "beacon_round",
    "claim_until",
)
PRIZE = ("entry", "round", "state", "won_at", "changed_at")
POLL = ("id", "question", "options", "votes", "state", "opened_at", "closes_at", "closed_at")
SHOWN = ("id", "as", "text", "answer", "shown_at", "until", "open")
SOURCE = ("id", "platform", "state", "since")
TOTALS = ("comments", "buyers", "reserved_quantity", "waitlisted_quantity")


def public_offer(offer: Mapping[str, object]) -> Json:
    """An offer with its stock."""
    return _keep(offer, OFFER) | {"variants": [_keep(v, VARIANT) for v in _objects(offer.get("variants"))]}


def public_session(session: Mapping[str, object]) -> Json:
    """A session without its hosts, its script and the shop's policy."""
    return _keep(session, SESSION)


def public_prompt(prompt: Mapping[str, object]) -> Json:
    """A prompt."""
    return _keep(prompt, PROMPT)


def public_reservation(reservation: Mapping[str, object]) -> Json:
    """A reservation with the masked name of its viewer: "张*" takes 2, and no more."""
    viewer = reservation.get("viewer")
    name = viewer.get("name") if isinstance(viewer, dict) else None
    return _keep(reservation, RESERVATION) | {"viewer": {"name": mask_name(name if isinstance(name, str) else "")}}


def public_source(source: Mapping[str, object]) -> Json:
    """Whether comments arrive; not which tool brings them."""
    return _keep(source, SOURCE)


def public_flash_sale(flash_sale: Mapping[str, object]) -> Json:
    """A flash deal."""
    return _keep(flash_sale, FLASH_SALE)


def public_giveaway(giveaway: Mapping[str, object]) -> Json:
    """A draw with the masked names of its winners."""
    rounds = [
        _keep(each, ("round", "reason")) | {"winners": [_winner(prize) for prize in _objects(each.get("winners"))]}
        for each in _objects(giveaway.get("rounds"))
    ]
    return _keep(giveaway, GIVEAWAY) | {"rounds": rounds}


def _winner(prize: Mapping[str, object]) -> Json:
    return _keep(prize, PRIZE) | {"name": _masked(prize)}


def public_entry(entry: Mapping[str, object]) -> Json:
    """Somebody's place in a draw."""
    return _keep(entry, ("id", "giveaway_id", "entered_at")) | {"name": _masked(entry)}


def public_poll(poll: Mapping[str, object]) -> Json:
    """A poll and how the votes stand."""
    return _keep(poll, POLL)


def public_shown(shown: Mapping[str, object]) -> Json:
    """A comment that the host has put on the picture, which makes its words everybody's; its name stays masked."""
    return _keep(shown, SHOWN) | {"name": _masked(shown)}


def _masked(value: Mapping[str, object]) -> str:
    name = value.get("name")
    return mask_name(name if isinstance(name, str) else "")


def public_totals(totals: Mapping[str, object]) -> Json:
    """The counts without the money."""
    return _keep(totals, TOTALS)


_OBJECTS: Mapping[str, Callable[[Mapping[str, object]], Json]] = {
    "session": public_session,
    "offer": public_offer,
    "prompt": public_prompt,
    "reservation": public_reservation,
    "source": public_source,
    "flash_sale": public_flash_sale,
    "giveaway": public_giveaway,
    "entry": public_entry,
    "poll": public_poll,
    "shown": public_shown,
    "totals": public_totals,
}


def public_event(data: Mapping[str, object]) -> Json:
    """The `data` of an event for everybody, with the `comment_id` of its cause; the confirm queue is left out.

    Of an earlier session there is only that it was one: pages show the newest and step over it.
    """
    if "earlier_session" in data:
        return _keep(data, ("earlier_session",))
    shown = {name: show(value) for name, show in _OBJECTS.items() if isinstance(value := data.get(name), dict)}
    return shown | _keep(data, ("comment_id",))


def public_snapshot(state: Mapping[str, object]) -> Json:
    """The state of a room for everybody."""
    return {
        "seq": state.get("seq"),
        "room": state.get("room"),
        "session": _maybe(state.get("session"), public_session),
        "prompt": _maybe(state.get("prompt"), public_prompt),
        "offers": [public_offer(offer) for offer in _objects(state.get("offers"))],
        "reservations": [public_reservation(each) for each in _objects(state.get("reservations"))],
        "flash_sales": [public_flash_sale(each) for each in _objects(state.get("flash_sales"))],
        "giveaways": [public_giveaway(each) for each in _objects(state.get("giveaways"))],
        "polls": [public_poll(each) for each in _objects(state.get("polls"))],
        "shown": _maybe(state.get("shown"), public_shown),
        "questions": [],
        "sources": [public_source(each) for each in _objects(state.get("sources"))],
        "totals": _maybe(state.get("totals"), public_totals) or {},
    }


def _keep(value: Mapping[str, object], names: tuple[str, ...]) -> Json:
    return {name: value[name] for name in names if name in value}


def _maybe(value: object, show: Callable[[Mapping[str, object]], Json]) -> Json | None:
    return show(value) if isinstance(value, dict) else None


def _objects(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
