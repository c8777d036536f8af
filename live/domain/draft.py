"""A piece of work on a room: each fact takes effect as it is told, so that the next rule sees it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from live.domain.events import Event, EventKind

if TYPE_CHECKING:
    from live.domain.basket import Basket
    from live.domain.comment import PendingComment
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession
    from live.domain.source import Source
    from live.domain.state import RoomState
    from live.domain.ticket import Ticket


class PickupCodes(Protocol):
    """Gives a viewer of a session the code that only they are told; the same whenever asked."""

    def __call__(self, session_id: str, viewer_key: str) -> str:
        """Make the code of at least 50 bits."""


@dataclass(kw_only=True, slots=True)
class Draft:
    """Work in progress. `cause` is the id of the comment or command behind it; ids of what it makes follow from it."""

    state: RoomState
    at_ms: int
    cause: str
    pickup_code: PickupCodes
    comment_id: str | None = None
    by_hand: bool = False
    events: list[Event] = field(default_factory=list)

    @property
    def session(self) -> LiveSession:
        """The room's session; handlers have refused already where there is none."""
        if self.state.session is None:
            raise AssertionError("work on a room without a session")
        return self.state.session

    @property
    def on_hosts_own(self) -> bool:
        """Whether the host acts unasked, not by accepting what a viewer wrote."""
        return self.by_hand and self.comment_id is None

    def offer(self, offer_id: str) -> Offer:
        """An offer that is known to exist."""
        return self.state.offers[offer_id]

    def new_id(self, *parts: str | None) -> str:
        """An id that follows from the cause: the same log gives the same ids again."""
        text = "\x1f".join((self.session.id, self.cause, *(part or "" for part in parts), str(len(self.events))))
        return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()

    def tell(
        self,
        kind: EventKind,
        *,
        session: LiveSession | None = None,
        offer: Offer | None = None,
        reservation: Reservation | None = None,
        prompt: HostPrompt | None = None,
        comment: PendingComment | None = None,
        basket: Basket | None = None,
        ticket: Ticket | None = None,
        source: Source | None = None,
    ) -> None:
        """Make a fact and let it take effect."""
        event = Event(
            kind=kind,
            at_ms=self.at_ms,
            session=session,
            offer=offer,
            reservation=reservation,
            prompt=prompt,
            comment=comment,
            basket=basket,
            ticket=ticket,
            source=source,
            comment_id=self.comment_id,
        )
        self.state.apply(event)
        self.events.append(event)
