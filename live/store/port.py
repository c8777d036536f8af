"""The store, as the service needs it: one unit of work a batch, and a few reads.

Every kind of store (SQLite, PostgreSQL) is held to one contract test suite.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from live.domain.flash import FlashSale
from live.domain.giveaway import Giveaway
from live.domain.poll import Poll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.domain.basket import Basket
    from live.domain.comment import AnsweredComment, CommentKind
    from live.domain.giveaway import Entry
    from live.domain.offer import Offer
    from live.domain.poll import Vote
    from live.domain.question import Asker, Faq, Question
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession
    from live.domain.standing import Standing
    from live.domain.state import CommentKey, RoomState
    from live.domain.ticket import Ticket
    from live.store.deliveries import DeliveryStore
    from live.store.people import PeopleStore
    from nlp.types import Classification


class StoreError(Exception):
    """The store failed."""


class Stale(StoreError):  # noqa: N818  # a signal to read again and decide again, not a fault
    """Somebody else has changed the room or its stock since the state was read. Nothing was written."""


class StoreUnavailable(StoreError):  # noqa: N818  # reads better where it is caught
    """The store cannot be written now (disk full, file read-only, server away). Nothing was written.

    The message says what is wrong and what to do, in words for the host (Chinese).
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEvent:
    """A numbered event as it is kept and told. `data` is its JSON object (UTF-8), as a host sees it."""

    seq: int
    at_ms: int
    kind: str
    data: bytes


Act = FlashSale | Giveaway | Poll
"""What happens on the picture for a while."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferChange:
    """An offer before (None: new) and after a batch, once a batch. Stock is written as a guarded difference, never as a value."""

    before: Offer | None
    after: Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentOutcome:
    """What came of a comment that was in the confirm queue; one a comment. `classification` where it was read anew."""

    key: CommentKey
    outcome: str
    reason: str
    classification: Classification | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredResponse:
    """The first answer to a command with an `Idempotency-Key`. `request` is the SHA-256 of the body, hex."""

    key: str
    request: str
    status: int
    body: bytes
    at_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierChange:
    """What a batch changes in a session that is no longer the room's newest: its goods are still to be handed over."""

    session_id: str
    session: LiveSession | None = None
    offers: tuple[OfferChange, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """All that one micro-batch of a room writes, in one transaction or not at all.

    `seq` and `n` are the room's numbers before and after. The write succeeds only if the stored numbers still are the
    ones before (the fence of the room's owner), every stock difference stays within its quota, and nobody of `redeemed`
    (viewer keys of whom points were taken) is left with fewer than none. Reservations, baskets and tickets name their own session;
    `session` and `offers` are the room's newest one's, `earlier` those of sessions before it.
    """

    room: str
    seq_before: int
    seq_after: int
    n_before: int
    n_after: int
    session: LiveSession | None = None
    prompt: HostPrompt | None = None
    offers: tuple[OfferChange, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    comments: tuple[AnsweredComment, ...] = ()
    outcomes: tuple[CommentOutcome, ...] = ()
    baskets: tuple[Basket, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    acts: tuple[Act, ...] = ()
    entries: tuple[Entry, ...] = ()
    votes: tuple[Vote, ...] = ()
    questions: tuple[Question, ...] = ()
    askers: tuple[Asker, ...] = ()
    faqs: tuple[Faq, ...] = ()
    redeemed: frozenset[str] = frozenset()
    earlier: tuple[EarlierChange, ...] = ()
    events: tuple[StoredEvent, ...] = ()
    responses: tuple[StoredResponse, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRecord:
    """All that is kept of one session: what the report is made from."""

    session: LiveSession
    offers: tuple[Offer, ...]
    reservations: tuple[Reservation, ...]
    comments: tuple[AnsweredComment, ...]
    baskets: tuple[Basket, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    acts: tuple[Act, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleRecord:
    """All that is kept of one order cycle: its sessions over all rooms, oldest first, without their comments.

    `people` names the person of each viewer key that somebody has joined with others; who is not in it is alone.
    """

    sessions: tuple[SessionRecord, ...]
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterRecord:
    """What the counter of a room looks at, all of it at the same moment; the sessions oldest first, without comments.

    `seqs` has the number of the last event of each of their rooms, `standings` and `people` are by the viewer's key.
    """

    seqs: Mapping[str, int]
    sessions: tuple[SessionRecord, ...]
    standings: Mapping[str, Standing]
    people: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """By what an earlier session is found: one of these."""

    pickup_code: str | None = None
    reservation_id: str | None = None
    ticket_id: str | None = None
    giveaway_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Whose a pickup code is: one viewer's, in one session."""

    room: str
    session_id: str
    viewer_key: str


class Store(Protocol):
    """Where the truth is kept. All methods may raise `StoreUnavailable`."""

    @property
    def deliveries(self) -> DeliveryStore:
        """What is on its way to others."""

    @property
    def people(self) -> PeopleStore:
        """Which identities are one person."""

    async def start(self) -> None:
        """Open it and bring its tables up to date. Raises `StoreUnavailable` with the mend."""

    async def close(self) -> None:
        """Finish what is under way and let go of files and connections."""

    async def load_room(self, room: str) -> RoomState:
        """Read a room as it is committed: its newest session whole (running or ended), or an empty room."""

    async def not_cut_off(self, room: str) -> list[str]:
        """Ids of the room's earlier sessions that the clock has still to cut off, oldest first."""

    async def unfinished(self, room: str) -> list[str]:
        """Ids of the room's earlier sessions that are not cut off or still hold goods to hand over, oldest first."""

    async def session_of(self, room: str, trace: Trace) -> str | None:
        """The id of the room's session in which something is found; the newest such one."""

    async def owner_of(self, pickup_code: str) -> Owner | None:
        """Whose a pickup code is, in whichever room; None for nobody's."""

    async def sessions_of_cycle(self, cycle_id: str) -> list[tuple[str, str]]:
        """Room and id of every session of a cycle, in the order in which they began."""

    async def points_of(self, viewer_key: str) -> int:
        """A viewer's green points over all sessions, less what they have redeemed."""

    async def has_room(self, room: str) -> bool:
        """Whether a room was ever used."""

    async def load_session(self, room: str, session_id: str) -> RoomState | None:
        """Read a session of this room as the rules look at it; its `seq` and `n` mean nothing."""

    async def known(self, room: str, keys: Sequence[CommentKey]) -> frozenset[CommentKey]:
        """Tell which of these comments the room has already taken, in this session or any before."""

    async def commit(self, change: Change) -> None:
        """Write a batch whole. Raises `Stale` or `StoreUnavailable`; then nothing of it is there.

        One exception no database can help: where the disk or the connection fails at the very COMMIT, nobody knows
        whether the batch is there. That is `StoreUnavailable` too; read the room again before you decide again.
        """

    async def events_since(self, room: str, seq: int, limit: int) -> list[StoredEvent]:
        """The room's events after `seq`, in order, at most `limit`; empty if the first of them is no longer kept."""

    async def comments_after(self, room: str, n: int, limit: int) -> list[AnsweredComment]:
        """The room's comments after its `n`-th, in order of arrival."""

    async def comment_kinds(self, session_id: str) -> list[CommentKind]:
        """What each comment of a session is, in order of arrival."""

    async def comment(self, room: str, comment_id: str) -> AnsweredComment | None:
        """One comment by its platform id; the newest where platforms share it."""

    async def giveaway(self, giveaway_id: str) -> Giveaway | None:
        """A draw of any room and session by its id: its record is public, and kept for two years."""

    async def waiting_draws(self) -> list[tuple[str, Giveaway]]:
        """Draws that are closed and have no winners yet, with their rooms, oldest first."""

    async def response(self, room: str, key: str) -> StoredResponse | None:
        """The first answer to a command with this `Idempotency-Key`."""

    async def session(self, session_id: str) -> SessionRecord | None:
        """All that is kept of a session."""

    async def cycle(self, session_id: str) -> CycleRecord | None:
        """All that is kept of a session's order cycle; None for an unknown session."""

    async def counter(self, room: str, since_ms: int, pickup_code: str | None = None) -> CounterRecord:
        """Read what the counter of a room hands goods out of.

        That is its newest session, those that are not cut off, hold goods to hand over or had some handed over or given
        up since `since_ms`, whatever shares a cycle with one of these in any room, and the session of `pickup_code`.
        """

    async def rooms(self) -> list[str]:
        """Rooms with a running session, or with one that is not cut off."""
