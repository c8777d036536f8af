"""An evening that keeps book: what has been said and done since the last batch becomes one `Change`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.domain.commands import EndSession
from live.domain.events import EventKind
from live.store.port import Change, CommentOutcome, EarlierChange, OfferChange, StoredEvent
from nlp.types import Intent
from tests.domain.factories import Evening, read_as, set_to, start

if TYPE_CHECKING:
    from live.domain.basket import Basket
    from live.domain.commands import Command
    from live.domain.comment import AnsweredComment
    from live.domain.events import Event
    from live.domain.offer import Offer
    from live.domain.session import Policy
    from live.domain.state import RoomState
    from live.domain.ticket import Ticket
    from live.domain.viewer import Viewer
    from live.store.port import Act, Store, StoredResponse
    from nlp.types import Classification

_OUTCOMES = {
    EventKind.COMMENT_ACCEPTED: "accepted",
    EventKind.COMMENT_DISMISSED: "dismissed",
    EventKind.COMMENT_REOPENED: "needs_confirmation",
    EventKind.COMMENT_REVISED: "needs_confirmation",
}


@dataclass(kw_only=True, slots=True)
class Book:
    """Drives a room by the rules of the house and remembers what each batch of it writes."""

    evening: Evening = field(default_factory=Evening)
    answered: list[AnsweredComment] = field(default_factory=list)
    _before: dict[str, Offer] = field(default_factory=dict)
    _seq: int = 0
    _n: int = 0
    _told: int = 0

    @property
    def state(self) -> RoomState:
        return self.evening.state

    def go_on(self) -> None:
        """Begin where a room stands that was read from a store."""
        self._before, self._seq, self._n = dict(self.state.offers), self.state.seq, self.state.n

    def do(self, command: Command) -> None:
        """Give an order; one that is refused changes nothing."""
        self.evening.handle(command)

    def say(self, text: str, read: Classification, *, by: Viewer | None = None, id: str | None = None) -> None:  # noqa: A002  # the field is called id
        """Let a viewer say something."""
        self.answered.append(self.evening.say(text, read, by=by, id=id))

    def buys(self, quantity: int, offer: str = "egg", variant: str | None = None, *, by: Viewer | None = None) -> None:
        """要 n 箱."""
        self.say(f"要{quantity}箱", read_as(Intent.BUY, set_to(quantity, offer, variant)), by=by)

    def change(self, *responses: StoredResponse) -> Change:
        """All that has happened since the last change; the next one begins here."""
        state, events = self.state, self.evening.events[self._told :]
        if any(event.kind is EventKind.SESSION_STARTED for event in events):
            self._before = {}
        change = Change(
            room=state.room,
            seq_before=self._seq,
            seq_after=state.seq,
            n_before=self._n,
            n_after=state.n,
            session=next((e.session for e in reversed(events) if e.session), None),
            prompt=next((e.prompt for e in reversed(events) if e.prompt), None),
            offers=tuple(
                OfferChange(before=self._before.get(offer.id), after=offer)
                for offer in state.offers.values()
                if self._before.get(offer.id) != offer
            ),
            reservations=tuple({e.reservation.id: e.reservation for e in events if e.reservation}.values()),
            baskets=_baskets(events),
            tickets=_tickets(events),
            acts=_acts(events),
            entries=tuple(e.entry for e in events if e.entry),
            votes=tuple({(e.vote.poll_id, e.vote.voter): e.vote for e in events if e.vote}.values()),
            questions=tuple({e.question.id: e.question for e in events if e.question}.values()),
            askers=tuple(e.asker for e in events if e.asker),
            faqs=tuple({e.faq.id: e.faq for e in events if e.faq}.values()),
            redeemed=frozenset(basket.viewer_key for basket in _baskets(events) if basket.redeemed_points),
            comments=tuple(self.answered[self._n :]),
            outcomes=tuple({o.key: o for o in (_outcome(e) for e in events if e.kind in _OUTCOMES)}.values()),
            events=tuple(_stored(event, self._seq + i) for i, event in enumerate(events, start=1)),
            responses=responses,
        )
        self._before, self._seq, self._n = dict(state.offers), state.seq, state.n
        self._told = len(self.evening.events)
        return change


@dataclass(kw_only=True, slots=True)
class Past:
    """The session that a book has just left for the next: its goods are still to be handed over."""

    book: Book
    evening: Evening
    _before: dict[str, Offer] = field(default_factory=dict)
    _told: int = 0

    @property
    def id(self) -> str:
        """The session's id."""
        assert self.evening.state.session is not None
        return self.evening.state.session.id

    def do(self, command: Command) -> None:
        """Give an order; one that is refused changes nothing."""
        self.evening.handle(command)

    def change(self) -> Change:
        """All that has happened in it since the last change, numbered among the room's events."""
        state, book, events = self.evening.state, self.book, self.evening.events[self._told :]
        seq = book._seq + len(events)
        change = Change(
            room=state.room,
            seq_before=book._seq,
            seq_after=seq,
            n_before=book._n,
            n_after=book._n,
            reservations=tuple({e.reservation.id: e.reservation for e in events if e.reservation}.values()),
            baskets=_baskets(events),
            tickets=_tickets(events),
            acts=_acts(events),
            entries=tuple(e.entry for e in events if e.entry),
            votes=tuple({(e.vote.poll_id, e.vote.voter): e.vote for e in events if e.vote}.values()),
            earlier=(
                EarlierChange(
                    session_id=self.id,
                    session=next((e.session for e in reversed(events) if e.session), None),
                    offers=tuple(
                        OfferChange(before=self._before[offer.id], after=offer)
                        for offer in state.offers.values()
                        if self._before[offer.id] != offer
                    ),
                ),
            ),
            events=tuple(_stored(event, book._seq + i) for i, event in enumerate(events, start=1)),
        )
        self._before, self._told = dict(state.offers), len(self.evening.events)
        book._seq = book.state.seq = seq
        return change


async def next_evening(store: Store, book: Book, *offers: Offer, session_id: str = "s2") -> Past:
    """End a book's session and begin another, each in a batch of its own; returns the one that was left."""
    book.do(EndSession())
    await store.commit(book.change())
    parted = book.state.parted()
    book.do(start(*offers, session_id=session_id))
    await store.commit(book.change())
    evening = Evening(state=parted, now_ms=book.evening.now_ms, causes=1_000)
    return Past(book=book, evening=evening, _before=dict(parted.offers))


def a_book(*offers: Offer, policy: Policy | None = None) -> Book:
    """A room whose session has begun but is not yet written."""
    book = Book()
    book.do(start(*offers, policy=policy))
    return book


def _baskets(events: list[Event]) -> tuple[Basket, ...]:
    return tuple({e.basket.viewer_key: e.basket for e in events if e.basket}.values())


def _tickets(events: list[Event]) -> tuple[Ticket, ...]:
    return tuple({e.ticket.id: e.ticket for e in events if e.ticket}.values())


def _acts(events: list[Event]) -> tuple[Act, ...]:
    """Flash deals, draws and polls, each as it is at the end."""
    found = (act for event in events for act in (event.flash_sale, event.giveaway, event.poll) if act)
    return tuple({act.id: act for act in found}.values())


def _outcome(event: Event) -> CommentOutcome:
    assert event.comment is not None
    key = (event.comment.platform, event.comment.id)
    reason = event.comment.reason if _OUTCOMES[event.kind] == "needs_confirmation" else "主播处理"
    return CommentOutcome(key=key, outcome=_OUTCOMES[event.kind], reason=reason, classification=event.read)


def _stored(event: Event, seq: int) -> StoredEvent:
    return StoredEvent(seq=seq, at_ms=event.at_ms, kind=event.kind.value, data=f'{{"seq":{seq},"名":"蛋"}}'.encode())
