"""A piece of work on a room: each fact takes effect as it is told, so that the next rule sees it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypedDict

from live.domain.events import Event, EventKind
from live.domain.flash import terms_of

if TYPE_CHECKING:
    from typing import Unpack

    from live.domain.basket import Basket
    from live.domain.comment import PendingComment
    from live.domain.flash import FlashSale, Terms
    from live.domain.giveaway import Entry, Giveaway
    from live.domain.offer import Offer
    from live.domain.poll import Poll, Vote
    from live.domain.question import Asker, Faq, Question
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession
    from live.domain.shown import Shown
    from live.domain.source import Source
    from live.domain.state import RoomState
    from live.domain.ticket import Ticket
    from nlp.types import Classification


class PickupCodes(Protocol):
    """Gives a viewer of a session the code that only they are told; the same whenever asked."""

    def __call__(self, session_id: str, viewer_key: str) -> str:
        """Make the code of at least 50 bits."""


class Objects(TypedDict, total=False):
    """What an event may carry, by its fields' names."""

    session: LiveSession | None
    offer: Offer | None
    reservation: Reservation | None
    prompt: HostPrompt | None
    comment: PendingComment | None
    basket: Basket | None
    ticket: Ticket | None
    source: Source | None
    flash_sale: FlashSale | None
    giveaway: Giveaway | None
    entry: Entry | None
    poll: Poll | None
    vote: Vote | None
    shown: Shown | None
    question: Question | None
    asker: Asker | None
    faq: Faq | None
    read: Classification | None


@dataclass(kw_only=True, slots=True)
class Draft:
    """Work in progress. `cause` is the id of the comment or command behind it; ids of what it makes follow from it.

    `by` is the name of who gave the command, where they said it.
    """

    state: RoomState
    at_ms: int
    cause: str
    pickup_code: PickupCodes
    comment_id: str | None = None
    by_hand: bool = False
    by: str | None = None
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

    def flash(self, offer_id: str) -> FlashSale | None:
        """The latest flash deal of an offer."""
        return self.state.flash_of(offer_id)

    def terms(self, offer_id: str) -> Terms:
        """At what price and limit an offer sells now."""
        return terms_of(self.offer(offer_id), self.state.flash_of(offer_id, self.at_ms), self.at_ms)

    def tell(self, kind: EventKind, **objects: Unpack[Objects]) -> None:
        """Make a fact and let it take effect."""
        event = Event(kind=kind, at_ms=self.at_ms, comment_id=self.comment_id, by=self.by, **objects)
        self.state.apply(event)
        self.events.append(event)
