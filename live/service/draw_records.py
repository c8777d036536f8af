"""What anybody may know of a draw by now, whichever room and session it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.giveaway import GiveawayState
from live.domain.giveaways import entry_id
from live.domain.viewer import mask_name
from live.service import wire_stage
from live.service.wire_values import maybe_rfc3339, rfc3339

if TYPE_CHECKING:
    from live.domain.giveaway import Giveaway
    from live.service.wire_values import Json
    from live.store.port import Store


MOST_LISTS = 64
"""Frozen lists at hand: the draws of the last evenings; an older one is read again when somebody looks for themselves."""


class DrawRecords:
    """Reads published draws from the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists: dict[str, Giveaway] = {}

    async def record(self, giveaway_id: str) -> Json | None:
        """The record of a draw with what a page says beside it; None where there is no such draw."""
        giveaway = await self._store.giveaway(giveaway_id)
        return None if giveaway is None else told_of(giveaway)

    async def entry_of(self, giveaway_id: str, viewer_key: str) -> str | None:
        """The entry id of a viewer in a frozen list; None for who is not in it, and while it is open.

        For that viewer alone: the list is public, and whose an id is, nobody else may learn.
        """
        giveaway = self._lists.get(giveaway_id) or await self._store.giveaway(giveaway_id)
        if giveaway is None or giveaway.state is GiveawayState.OPEN:
            return None
        self._lists[giveaway_id] = giveaway
        while len(self._lists) > MOST_LISTS:
            del self._lists[next(iter(self._lists))]
        mine = entry_id(giveaway, viewer_key)
        return mine if mine in giveaway.entries else None


def told_of(giveaway: Giveaway) -> Json:
    """The record, and the state, the title, the times the winners' masked names, and which of them have claimed, beside it."""
    return {
        "record": wire_stage.record(giveaway),
        "state": giveaway.state.value,
        "title": giveaway.rules.title,
        "entries": giveaway.entered,
        "closes_at": rfc3339(giveaway.closes_ms),
        "claim_until": maybe_rfc3339(giveaway.claim_until_ms),
        "names": {prize.entry_id: mask_name(prize.viewer.name) for prize in giveaway.prizes},
        "states": {prize.entry_id: prize.state.value for prize in giveaway.prizes},
    }
