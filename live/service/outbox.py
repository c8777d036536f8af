"""From decided events to what is stored and, after the commit, told: numbered, and encoded once for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from live.service import wire
from live.service.results import PublishedEvent
from live.store.port import StoredEvent

if TYPE_CHECKING:
    from live.domain.events import Event
    from live.service.ledger import Ledger
    from live.service.wire import Json


def publish(event: Event, *, seq: int, ledger: Ledger, comments: int) -> PublishedEvent:
    """Number and encode an event that was just decided; enters it in the ledger."""
    ledger.enter(event)
    data = wire.event_data(event)
    data["totals"] = ledger.totals(comments)
    return PublishedEvent(
        seq=seq,
        at_ms=event.at_ms,
        at=wire.rfc3339(event.at_ms),
        kind=event.kind.value,
        data=data,
        encoded=to_json(data),
    )


def publish_earlier(event: Event, session_id: str, *, seq: int, totals: Json) -> PublishedEvent:
    """Number and encode a fact of an earlier session; `totals` are the newest one's, which it leaves as they are.

    Its objects lie one level down: whoever replaces objects by their names, as the contract has it, must not put
    yesterday's eggs in the place of today's.
    """
    data: Json = {"earlier_session": session_id, "earlier": wire.event_data(event), "totals": totals}
    return PublishedEvent(
        seq=seq,
        at_ms=event.at_ms,
        at=wire.rfc3339(event.at_ms),
        kind=event.kind.value,
        data=data,
        encoded=to_json(data),
    )


def stored(event: PublishedEvent) -> StoredEvent:
    """The outbox row of an event."""
    return StoredEvent(seq=event.seq, at_ms=event.at_ms, kind=event.kind, data=event.encoded)


def restored(event: StoredEvent) -> PublishedEvent:
    """An event as it was told, from its outbox row."""
    return PublishedEvent(
        seq=event.seq,
        at_ms=event.at_ms,
        at=wire.rfc3339(event.at_ms),
        kind=event.kind,
        data=from_json(event.data),
        encoded=event.data,
    )
