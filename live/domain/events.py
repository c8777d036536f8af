"""Facts: what has happened in a room, each with the objects as they are after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.basket import Basket
    from live.domain.comment import PendingComment
    from live.domain.flash import FlashSale
    from live.domain.giveaway import Entry, Giveaway
    from live.domain.offer import Offer
    from live.domain.poll import Poll, Vote
    from live.domain.question import Asker, Faq, Question
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession
    from live.domain.shown import Shown
    from live.domain.source import Source
    from live.domain.ticket import Ticket
    from nlp.types import Classification


class EventKind(StrEnum):
    """The kinds of section 4 of the contract that this version makes, and those it is silent about.

    It has `add_offer` and `update_offer` but no fact for them: `offer_added`, `offer_changed`. Without
    `comment_accepted` and `comment_dismissed` a second console would still show the tap as open; `basket_changed`,
    `ticket_changed` and `cycle_moved` tell of objects that the contract names but gives no fact of their change. So do
    `flash_sale_changed` (paused, resumed, extended), `giveaway_witnessed` and `giveaway_forfeited`; what the host puts
    on the picture, and whom they block, has no other way to a second screen; nor have further askers of a question
    (`question_asked`), a better suggestion for it (`question_changed`), kept answers, a slip of the finger taken back
    (`comment_reopened`), a second look at a comment (`comment_revised`), who is of the shop, what is set aside, and another script.
    """

    SESSION_STARTED = "session_started"
    SESSION_ENDED = "session_ended"
    OFFER_ADDED = "offer_added"
    OFFER_CHANGED = "offer_changed"
    OFFER_OPENED = "offer_opened"
    OFFER_PINNED = "offer_pinned"
    OFFER_CLOSED = "offer_closed"
    OFFER_SOLD_OUT = "offer_sold_out"
    OFFER_RESTOCKED = "offer_restocked"
    PROMPT_OPENED = "prompt_opened"
    PROMPT_CLOSED = "prompt_closed"
    FLASH_SALE_ANNOUNCED = "flash_sale_announced"
    FLASH_SALE_STARTED = "flash_sale_started"
    FLASH_SALE_CHANGED = "flash_sale_changed"
    FLASH_SALE_ENDED = "flash_sale_ended"
    RESERVATION_MADE = "reservation_made"
    RESERVATION_CHANGED = "reservation_changed"
    RESERVATION_CANCELLED = "reservation_cancelled"
    RESERVATION_WAITLISTED = "reservation_waitlisted"
    RESERVATION_PROMOTED = "reservation_promoted"
    GIVEAWAY_OPENED = "giveaway_opened"
    GIVEAWAY_ENTERED = "giveaway_entered"
    GIVEAWAY_CLOSED = "giveaway_closed"
    GIVEAWAY_WITNESSED = "giveaway_witnessed"
    GIVEAWAY_DRAWN = "giveaway_drawn"
    GIVEAWAY_CLAIMED = "giveaway_claimed"
    GIVEAWAY_FORFEITED = "giveaway_forfeited"
    POLL_OPENED = "poll_opened"
    POLL_VOTED = "poll_voted"
    POLL_CLOSED = "poll_closed"
    COMMENT_SHOWN = "comment_shown"
    COMMENT_HIDDEN = "comment_hidden"
    ORDER_CODE_SHOWN = "order_code_shown"
    ORDER_CODE_HIDDEN = "order_code_hidden"
    VIEWER_BLOCKED = "viewer_blocked"
    VIEWER_UNBLOCKED = "viewer_unblocked"
    HOST_ADDED = "host_added"
    HOST_REMOVED = "host_removed"
    COMMENT_SET_ASIDE = "comment_set_aside"
    COMMENT_BROUGHT_BACK = "comment_brought_back"
    SCRIPT_CHANGED = "script_changed"
    QUESTION_RAISED = "question_raised"
    QUESTION_ASKED = "question_asked"
    QUESTION_CHANGED = "question_changed"
    QUESTION_ANSWERED = "question_answered"
    FAQ_KEPT = "faq_kept"
    FAQ_DROPPED = "faq_dropped"
    COMMENT_NEEDS_CONFIRMATION = "comment_needs_confirmation"
    COMMENT_ACCEPTED = "comment_accepted"
    COMMENT_DISMISSED = "comment_dismissed"
    COMMENT_REOPENED = "comment_reopened"
    COMMENT_REVISED = "comment_revised"
    CYCLE_CLOSED = "cycle_closed"
    CYCLE_MOVED = "cycle_moved"
    GOODS_READY = "goods_ready"
    RESERVATION_COLLECTED = "reservation_collected"
    BASKET_CHANGED = "basket_changed"
    COMPLAINT_RAISED = "complaint_raised"
    TICKET_CHANGED = "ticket_changed"
    SOURCE_CONNECTED = "source_connected"
    SOURCE_SILENT = "source_silent"
    SOURCE_RESTORED = "source_restored"


CARRIES: Mapping[EventKind, frozenset[str]] = {
    EventKind.SESSION_STARTED: frozenset({"session"}),
    EventKind.SESSION_ENDED: frozenset({"session"}),
    EventKind.OFFER_ADDED: frozenset({"offer"}),
    EventKind.OFFER_CHANGED: frozenset({"offer"}),
    EventKind.OFFER_OPENED: frozenset({"offer"}),
    EventKind.OFFER_PINNED: frozenset({"offer", "session"}),
    EventKind.OFFER_CLOSED: frozenset({"offer"}),
    EventKind.OFFER_SOLD_OUT: frozenset({"offer"}),
    EventKind.OFFER_RESTOCKED: frozenset({"offer"}),
    EventKind.PROMPT_OPENED: frozenset({"prompt"}),
    EventKind.PROMPT_CLOSED: frozenset({"prompt"}),
    EventKind.FLASH_SALE_ANNOUNCED: frozenset({"flash_sale", "offer"}),
    EventKind.FLASH_SALE_STARTED: frozenset({"flash_sale", "offer"}),
    EventKind.FLASH_SALE_CHANGED: frozenset({"flash_sale", "offer"}),
    EventKind.FLASH_SALE_ENDED: frozenset({"flash_sale", "offer"}),
    EventKind.RESERVATION_MADE: frozenset({"reservation", "offer"}),
    EventKind.RESERVATION_CHANGED: frozenset({"reservation", "offer"}),
    EventKind.RESERVATION_CANCELLED: frozenset({"reservation", "offer"}),
    EventKind.RESERVATION_WAITLISTED: frozenset({"reservation", "offer"}),
    EventKind.RESERVATION_PROMOTED: frozenset({"reservation", "offer"}),
    EventKind.GIVEAWAY_OPENED: frozenset({"giveaway"}),
    EventKind.GIVEAWAY_ENTERED: frozenset({"giveaway", "entry"}),
    EventKind.GIVEAWAY_CLOSED: frozenset({"giveaway"}),
    EventKind.GIVEAWAY_WITNESSED: frozenset({"giveaway"}),
    EventKind.GIVEAWAY_DRAWN: frozenset({"giveaway"}),
    EventKind.GIVEAWAY_CLAIMED: frozenset({"giveaway"}),
    EventKind.GIVEAWAY_FORFEITED: frozenset({"giveaway"}),
    EventKind.POLL_OPENED: frozenset({"poll"}),
    EventKind.POLL_VOTED: frozenset({"poll"}),
    EventKind.POLL_CLOSED: frozenset({"poll"}),
    EventKind.COMMENT_SHOWN: frozenset({"session", "shown"}),
    EventKind.COMMENT_HIDDEN: frozenset({"session", "shown"}),
    EventKind.ORDER_CODE_SHOWN: frozenset({"session"}),
    EventKind.ORDER_CODE_HIDDEN: frozenset({"session"}),
    EventKind.VIEWER_BLOCKED: frozenset({"session"}),
    EventKind.VIEWER_UNBLOCKED: frozenset({"session"}),
    EventKind.HOST_ADDED: frozenset({"session"}),
    EventKind.HOST_REMOVED: frozenset({"session"}),
    EventKind.COMMENT_SET_ASIDE: frozenset({"session"}),
    EventKind.COMMENT_BROUGHT_BACK: frozenset({"session"}),
    EventKind.SCRIPT_CHANGED: frozenset({"session"}),
    EventKind.QUESTION_RAISED: frozenset({"question"}),
    EventKind.QUESTION_ASKED: frozenset({"question"}),
    EventKind.QUESTION_CHANGED: frozenset({"question"}),
    EventKind.QUESTION_ANSWERED: frozenset({"question"}),
    EventKind.FAQ_KEPT: frozenset({"faq"}),
    EventKind.FAQ_DROPPED: frozenset({"faq"}),
    EventKind.COMMENT_NEEDS_CONFIRMATION: frozenset({"comment"}),
    EventKind.COMMENT_ACCEPTED: frozenset({"comment"}),
    EventKind.COMMENT_DISMISSED: frozenset({"comment"}),
    EventKind.COMMENT_REOPENED: frozenset({"comment"}),
    EventKind.COMMENT_REVISED: frozenset({"comment"}),
    EventKind.CYCLE_CLOSED: frozenset({"session"}),
    EventKind.CYCLE_MOVED: frozenset({"session"}),
    EventKind.GOODS_READY: frozenset({"session"}),
    EventKind.RESERVATION_COLLECTED: frozenset({"reservation", "offer"}),
    EventKind.BASKET_CHANGED: frozenset({"basket"}),
    EventKind.COMPLAINT_RAISED: frozenset({"ticket"}),
    EventKind.TICKET_CHANGED: frozenset({"ticket"}),
    EventKind.SOURCE_CONNECTED: frozenset({"session", "source"}),
    EventKind.SOURCE_SILENT: frozenset({"session", "source"}),
    EventKind.SOURCE_RESTORED: frozenset({"session", "source"}),
}
"""Which whole objects an event of each kind carries; state is what remains when each replaces its older self."""

OF_THE_CYCLE = frozenset({EventKind.CYCLE_CLOSED, EventKind.CYCLE_MOVED, EventKind.GOODS_READY})
"""Kinds that show the session's cycle beside the session, as the contract has it."""

OF_A_SOURCE = frozenset({EventKind.SOURCE_CONNECTED, EventKind.SOURCE_SILENT, EventKind.SOURCE_RESTORED})
"""Kinds whose session is told by its source alone: nothing else of it has changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A fact. The objects are whole and as they are after it; `comment_id` names the comment that caused it.

    An event about a reservation at a flash deal's price carries the deal as well; the `vote` behind a poll's event and
    the `asker` behind a question's are nobody's business but the rules'; so is what `read` a comment in the queue anew. `by` is the name of who gave the command.
    """

    kind: EventKind
    at_ms: int
    session: LiveSession | None = None
    offer: Offer | None = None
    reservation: Reservation | None = None
    prompt: HostPrompt | None = None
    comment: PendingComment | None = None
    basket: Basket | None = None
    ticket: Ticket | None = None
    source: Source | None = None
    flash_sale: FlashSale | None = None
    giveaway: Giveaway | None = None
    entry: Entry | None = None
    poll: Poll | None = None
    vote: Vote | None = None
    shown: Shown | None = None
    question: Question | None = None
    asker: Asker | None = None
    faq: Faq | None = None
    read: Classification | None = None
    by: str | None = None
    comment_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse an event that lacks what its kind carries: readers rely on it."""
        missing = [name for name in CARRIES[self.kind] if getattr(self, name) is None]
        if missing:
            raise AssertionError(f"{self.kind} without {', '.join(missing)}")
