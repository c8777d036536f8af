"""What a host should know of a catalogue that was just set up: a name that means two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.commands import AddOffer, StartSession, UpdateOffer
from live.service.reader import catalogue_offer
from nlp.catalogue import shared_names

if TYPE_CHECKING:
    from live.domain.commands import Command
    from live.domain.offer import Offer
    from live.domain.state import RoomState
    from live.service.wire import Json

NAMING = (StartSession, AddOffer, UpdateOffer)
"""Commands that may give two offers one name."""


def warnings_of(state: RoomState, command: Command) -> list[Json]:
    """What to tell with the answer of a command that took effect; a name is reported with all who bear it."""
    if not isinstance(command, NAMING):
        return []
    names = shared_names([catalogue_offer(offer) for offer in state.offers.values()])
    return [_shared(name, [state.offers[id_] for id_ in ids]) for name, ids in names.items()]


def _shared(name: str, offers: list[Offer]) -> Json:
    shown = "和".join(_called(offer) for offer in offers)
    return {
        "code": "shared_name",
        "name": name,
        "offers": [offer.id for offer in offers],
        "detail": f"“{name}”同时是{shown}；观众只说“{name}”时，算正在讲解的那个，没讲解就请您点一下。要分开，请改其中一个的别名",
    }


def _called(offer: Offer) -> str:
    return offer.title if offer.number is None else f"{offer.number}号{offer.title}"
