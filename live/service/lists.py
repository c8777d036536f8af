"""The 接龙 of a room: written from what is committed, and read against it. It books nothing."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING

from live.domain.viewer import identify
from live.service.reader import catalogue_offer
from live.service.sign_up_list import offers_text, orders_text
from live.service.sign_ups import List, read_sign_ups
from nlp.types import Context

if TYPE_CHECKING:
    from live.domain.session import LiveSession
    from live.domain.state import RoomState
    from live.service.reader import MakeClassifier
    from live.service.sign_ups import Proposal, SignUps
    from live.service.wire import Json
    from live.store.port import Store

BY_HAND = "manual"
"""The platform of those whom the host names."""


class NoSession(Exception):  # noqa: N818  # reads better where it is caught
    """The room has had no session yet, so there is nothing to list."""


class UnknownOffer(Exception):  # noqa: N818  # reads better where it is caught
    """The room's session has no such offer."""


class Lists:
    """Reads rooms from the store: their owners go on with their work."""

    def __init__(self, store: Store, make_classifier: MakeClassifier) -> None:
        self._store = store
        self._make = make_classifier

    async def offers(self, room: str) -> str:
        """What is on sale, to be posted to a group. Raises `NoSession`."""
        session, state = await self._session(room)
        return offers_text(session, state.offers.values())

    async def orders(self, room: str, *, mask_names: bool) -> str:
        """Who has ordered what. Raises `NoSession`."""
        _, state = await self._session(room)
        return orders_text(state, mask_names=mask_names)

    async def read(self, room: str, text: str, offer_id: str | None) -> Json:
        """Read a pasted list to `reserve` commands, which the host may send. Raises `NoSession`, `UnknownOffer`.

        `offer_id` is what a line means that names no goods; with one offer in the session it is that one.
        """
        session, state = await self._session(room)
        if offer_id is not None and offer_id not in state.offers:
            raise UnknownOffer(offer_id)
        only = next(iter(state.offers)) if len(state.offers) == 1 else None
        # A long list takes a while to read, and comments come in meanwhile.
        found = await asyncio.to_thread(self._read, session.id, state, text, offer_id or only)
        return _json(found, state)

    def _read(self, session_id: str, state: RoomState, text: str, offer_id: str | None) -> SignUps:
        classifier = self._make([catalogue_offer(offer) for offer in state.offers.values()])
        context = Context(pinned=offer_id)
        against = List(
            session_id=session_id,
            offers=state.offers,
            offer_id=offer_id,
            read=lambda order: classifier.classify(order, context),
        )
        return read_sign_ups(text, against)

    async def _session(self, room: str) -> tuple[LiveSession, RoomState]:
        state = await self._store.load_room(room)
        if state.session is None:
            raise NoSession(room)
        return state.session, state


def _json(found: SignUps, state: RoomState) -> Json:
    return {
        "proposals": [_proposal(proposal, state) for proposal in found.proposals],
        "faults": [asdict(fault) for fault in found.faults],
        "skipped": found.skipped,
    }


def _proposal(proposal: Proposal, state: RoomState) -> Json:
    """A proposal with the command that books it, and what the same name holds of the same offer already."""
    key = identify(platform=BY_HAND, user_id=None, name=proposal.name, cause=proposal.key).key
    has = sum(
        each.quantity
        for each in state.reservations.values()
        if (each.viewer.key, each.offer_id) == (key, proposal.offer_id) and (each.holds or each.waits)
    )
    return {
        "line": proposal.line,
        "text": proposal.text,
        "name": proposal.name,
        "sure": proposal.sure,
        "reason": proposal.reason,
        "has": has,
        "key": proposal.key,
        "command": {
            "type": "reserve",
            "viewer": {"platform": BY_HAND, "name": proposal.name},
            "offer_id": proposal.offer_id,
            "variant_id": proposal.variant_id,
            "quantity": proposal.quantity,
        },
    }
