"""The state of a room: what remains when each event's objects replace their older selves."""

from __future__ import annotations

from collections import Counter
from copy import copy
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar

from live.domain.events import EventKind
from live.domain.flash import FLASH_TRANSITIONS
from live.domain.giveaway import DAY_MS, GIVEAWAY_TRANSITIONS, PRIZE_TRANSITIONS
from live.domain.offer import PHASE_TRANSITIONS
from live.domain.poll import POLL_TRANSITIONS
from live.domain.question import QUESTION_TRANSITIONS
from live.domain.reservation import CHANGEABLE, TRANSITIONS, ReservationState
from live.domain.session import SESSION_TRANSITIONS
from live.domain.settled import UNDO_MS
from live.domain.source import HEARING_TRANSITIONS
from live.domain.standing import NOTHING, Standing
from live.domain.ticket import TICKET_TRANSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from live.domain.basket import Basket
    from live.domain.comment import PendingComment
    from live.domain.events import Event
    from live.domain.flash import FlashSale
    from live.domain.giveaway import Entry, Giveaway
    from live.domain.offer import Offer
    from live.domain.poll import Poll, Vote
    from live.domain.question import Asker, Faq, Question
    from live.domain.reservation import Reservation
    from live.domain.session import HostPrompt, LiveSession
    from live.domain.settled import Settled
    from live.domain.ticket import Ticket

S = TypeVar("S")

ADDS_IN_PLACE = frozenset({EventKind.COMMENT_REOPENED, EventKind.COMMENT_REVISED})
"""Kinds that put a comment into the confirm queue in its place among those that wait."""

CommentKey = tuple[str, str]
"""(platform, id) of a comment."""


@dataclass(kw_only=True, slots=True)
class RoomState:
    """What the rules of a room look at. It changes through `apply` alone.

    `baskets` and `standings` are by the viewer's key; `standings` holds what the shop's other sessions have left, and
    nobody of whom there is nothing to remember.
    `persons` has, of each key that was joined with others, all keys of that person. `entries` and `votes` are by the draw
    or poll and then by entry id or voter; `wins` has when a viewer's key last won in another session. `askers` are by
    question; `faq`, by id, is the shop's and outlives the session.
    `seq` is the number of the room's last event, `n` that of its last comment. The `_by_viewer` and `_waiting` indexes
    follow from `reservations`, and hold only what may still change; `_by_code` holds them all; `_doubts` follows from
    `pending`. `_settled` is what may be taken back for a moment; a restart forgets it.
    """

    room: str
    seq: int = 0
    n: int = 0
    comments: int = 0
    session: LiveSession | None = None
    prompt: HostPrompt | None = None
    offers: dict[str, Offer] = field(default_factory=dict)
    reservations: dict[str, Reservation] = field(default_factory=dict)
    pending: dict[CommentKey, PendingComment] = field(default_factory=dict)
    baskets: dict[str, Basket] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    persons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flash_sales: dict[str, FlashSale] = field(default_factory=dict)
    giveaways: dict[str, Giveaway] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    votes: dict[str, dict[str, str]] = field(default_factory=dict)
    wins: dict[str, int] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    askers: dict[str, dict[str, None]] = field(default_factory=dict)
    faq: dict[str, Faq] = field(default_factory=dict)
    _by_viewer: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict, repr=False, compare=False)
    _waiting: dict[str, dict[str, None]] = field(default_factory=dict, repr=False, compare=False)
    _doubts: dict[str, dict[CommentKey, None]] = field(default_factory=dict, repr=False, compare=False)
    _by_code: dict[str, dict[str, None]] = field(default_factory=dict, repr=False, compare=False)
    _settled: dict[CommentKey, Settled] = field(default_factory=dict, repr=False, compare=False)
    _turned_away: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)

    def apply(self, event: Event) -> None:
        """Take an event in: every object it carries replaces its older self. A new session empties the room.

        Raises AssertionError for a step that no table of states knows, and changes nothing.
        """
        if event.kind is EventKind.SESSION_STARTED:
            self._empty()
        else:
            self._check_steps(event)
        self.seq += 1
        if event.session is not None:
            self.session = event.session
        if event.offer is not None:
            self.offers[event.offer.id] = event.offer
        if event.reservation is not None:
            self.put(event.reservation)
        if event.prompt is not None:
            self.prompt = event.prompt if event.prompt.open else None
        if event.comment is not None:
            self._put_pending(event.kind, event.comment)
        if event.basket is not None:
            self.baskets[event.basket.viewer_key] = event.basket
        if event.ticket is not None:
            self.tickets[event.ticket.id] = event.ticket
        self._apply_stage(event)

    def _apply_stage(self, event: Event) -> None:
        if event.flash_sale is not None:
            self.flash_sales[event.flash_sale.id] = event.flash_sale
        if event.giveaway is not None:
            self.giveaways[event.giveaway.id] = event.giveaway
        if event.entry is not None:
            self.put_entry(event.entry)
        if event.poll is not None:
            self.polls[event.poll.id] = event.poll
        if event.vote is not None:
            self.put_vote(event.vote)
        if event.question is not None:
            self.questions[event.question.id] = event.question
        if event.asker is not None:
            self.put_asker(event.asker)
        if event.faq is not None:
            self.put_faq(event.faq)

    def put_entry(self, entry: Entry) -> None:
        """Take somebody's place in a draw in."""
        self.entries.setdefault(entry.giveaway_id, {})[entry.id] = entry

    def put_vote(self, vote: Vote) -> None:
        """Take a vote in; the last one of a voter counts."""
        self.votes.setdefault(vote.poll_id, {})[vote.voter] = vote.key

    def put_asker(self, asker: Asker) -> None:
        """Count somebody among those who ask a question."""
        self.askers.setdefault(asker.question_id, {})[asker.asker] = None

    def put_faq(self, faq: Faq) -> None:
        """Take a kept answer in; one that was dropped is gone, one that was mended is the newest."""
        self.faq.pop(faq.id, None)
        if not faq.dropped:
            self.faq[faq.id] = faq

    def flash_of(self, offer_id: str, at_ms: int | None = None) -> FlashSale | None:
        """The latest flash deal of an offer, or the latest that had been announced at a moment.

        Of two that were announced in one millisecond it is the one that has not ended: read back, they may stand in
        either order.
        """
        deals = (each for each in self.flash_sales.values() if each.offer_id == offer_id)
        known = (each for each in deals if at_ms is None or each.announced_ms <= at_ms)
        return max(known, key=lambda each: (each.announced_ms, not each.ended), default=None)

    def keys_of(self, viewer_key: str) -> tuple[str, ...]:
        """All identities of a viewer that somebody has joined; their own alone where nobody has."""
        return self.persons.get(viewer_key, (viewer_key,))

    def won_within(self, viewer_key: str, days: int, now_ms: int) -> bool:
        """Whether a viewer has won a draw of the shop within so many days, under any identity of theirs."""
        keys, since_ms = self.keys_of(viewer_key), now_ms - days * DAY_MS
        prizes = (prize for giveaway in self.giveaways.values() for prize in giveaway.prizes)
        here = (prize.won_ms for prize in prizes if prize.viewer.key in keys)
        return max([*here, *(self.wins[key] for key in keys if key in self.wins)], default=since_ms) > since_ms

    def parted(self) -> RoomState:
        """A twin that lives on by itself when a new session empties this one."""
        twin = copy(self)
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, dict | set):
                setattr(twin, each.name, value.copy())
        return twin

    def put(self, reservation: Reservation) -> None:
        """Replace a reservation and keep the indexes true."""
        key = (reservation.viewer.key, reservation.offer_id)
        self.reservations[reservation.id] = reservation
        self._by_code.setdefault(reservation.pickup_code, {}).setdefault(reservation.id)
        _index(self._by_viewer.setdefault(key, {}), reservation.id, keep=reservation.state in CHANGEABLE)
        if reservation.handled and reservation.state is ReservationState.CANCELLED:
            self._turned_away.add(key)
        waits = reservation.state is ReservationState.WAITLISTED
        _index(self._waiting.setdefault(reservation.offer_id, {}), reservation.id, keep=waits)

    def of_viewer(self, viewer_key: str, offer_id: str) -> list[Reservation]:
        """A viewer's reservations of an offer that may still change, in the order in which they were made."""
        return [self.reservations[rid] for rid in self._by_viewer.get((viewer_key, offer_id), ())]

    def of_code(self, pickup_code: str) -> list[Reservation]:
        """All that was ever reserved under a pickup code, in the order in which it was made."""
        return [self.reservations[rid] for rid in self._by_code.get(pickup_code, ())]

    def standing(self, viewer_key: str) -> Standing:
        """What the shop remembers of a viewer, under every identity they have, from this session and those before."""
        keys = self.keys_of(viewer_key)
        left = [self.standings.get(key, NOTHING) for key in keys]
        baskets = [basket for key in keys if (basket := self.baskets.get(key)) is not None]
        return sum(left, Standing(points=sum(basket.points for basket in baskets)))

    def remember(self, viewer_key: str, more: Standing) -> None:
        """Note what another session of the shop has added to a viewer's standing."""
        now = self.standings.get(viewer_key, NOTHING) + more
        if now == NOTHING:
            self.standings.pop(viewer_key, None)
        else:
            self.standings[viewer_key] = now

    def turned_away(self, viewer_key: str, offer_id: str) -> bool:
        """Whether the host has cancelled an order of this viewer for this offer on their own."""
        return (viewer_key, offer_id) in self._turned_away

    def waiting(self, offer_id: str) -> Iterator[Reservation]:
        """Those who wait for an offer, first come first."""
        return (self.reservations[rid] for rid in list(self._waiting.get(offer_id, ())))

    def next_position(self) -> int:
        """The place of the next reservation in the session's order of arrival, from 1."""
        return len(self.reservations) + 1

    def queue(self, comment: PendingComment) -> None:
        """Put a comment into the confirm queue and keep the index true."""
        self.pending[comment.key] = comment
        self._doubts.setdefault(comment.viewer.key, {})[comment.key] = None

    def doubts_of(self, viewer_key: str) -> list[PendingComment]:
        """A viewer's comments in the confirm queue, oldest first."""
        return [self.pending[key] for key in self._doubts.get(viewer_key, ())]

    def find_pending(self, comment_id: str) -> list[PendingComment]:
        """Comments in the confirm queue by their platform id or by "platform/id".

        More than one where two platforms share an id: the caller asks which, and never guesses.
        """
        return [found for (platform, cid), found in self.pending.items() if comment_id in (cid, f"{platform}/{cid}")]

    def settle(self, settled: Settled) -> None:
        """Keep for a moment what a tap has done; what is older than a moment goes."""
        fresh = {key: each for key, each in self._settled.items() if settled.at_ms - each.at_ms <= UNDO_MS}
        fresh.pop(settled.comment.key, None)
        self._settled = fresh | {settled.comment.key: settled}

    def find_settled(self, comment_id: str) -> Settled | None:
        """What a tap on a comment (its id or "platform/id") has done a moment ago; the last, where two share an id."""
        found = (each for (platform, cid), each in self._settled.items() if comment_id in (cid, f"{platform}/{cid}"))
        return max(found, key=lambda each: each.at_ms, default=None)

    def _check_steps(self, event: Event) -> None:
        session, offer, reservation = event.session, event.offer, event.reservation
        if session is not None and self.session is not None:
            _check_step(SESSION_TRANSITIONS, self.session.state, session.state)
        if offer is not None and (listed := self.offers.get(offer.id)) is not None:
            _check_step(PHASE_TRANSITIONS, listed.phase, offer.phase)
        if reservation is not None and (held := self.reservations.get(reservation.id)) is not None:
            _check_step(TRANSITIONS, held.state, reservation.state)
        ticket = event.ticket
        if ticket is not None and (told := self.tickets.get(ticket.id)) is not None:
            _check_step(TICKET_TRANSITIONS, told.state, ticket.state)
        source = event.source
        if source is not None and self.session is not None and (heard := self.session.source(source.id)) is not None:
            _check_step(HEARING_TRANSITIONS, heard.state, source.state)
        self._check_stage(event)

    def _check_stage(self, event: Event) -> None:
        flash, giveaway, poll, question = event.flash_sale, event.giveaway, event.poll, event.question
        if question is not None and (raised := self.questions.get(question.id)) is not None:
            _check_step(QUESTION_TRANSITIONS, raised.state, question.state)
        if flash is not None and (sold := self.flash_sales.get(flash.id)) is not None:
            _check_step(FLASH_TRANSITIONS, sold.state, flash.state)
        if poll is not None and (asked := self.polls.get(poll.id)) is not None:
            _check_step(POLL_TRANSITIONS, asked.state, poll.state)
        if giveaway is None or (drawn := self.giveaways.get(giveaway.id)) is None:
            return
        _check_step(GIVEAWAY_TRANSITIONS, drawn.state, giveaway.state)
        for was, now in zip(drawn.prizes, giveaway.prizes, strict=False):
            _check_step(PRIZE_TRANSITIONS, was.state, now.state)

    def _empty(self) -> None:
        """Make room for a new session; what this one leaves behind is remembered."""
        missed = Counter(r.viewer.key for r in self.reservations.values() if r.state is ReservationState.NO_SHOW)
        for key in {*missed, *self.baskets}:
            basket = self.baskets.get(key)
            self.remember(key, Standing(no_shows=missed[key], points=0 if basket is None else basket.points))
        for prize in (prize for giveaway in self.giveaways.values() for prize in giveaway.prizes):
            self.wins[prize.viewer.key] = max(prize.won_ms, self.wins.get(prize.viewer.key, 0))
        self.comments = 0
        self.prompt = None
        self._turned_away.clear()
        for held in (
            self.offers, self.reservations, self.pending, self.baskets, self.tickets,
            self._by_viewer, self._waiting, self._doubts, self._by_code,
            self.flash_sales, self.giveaways, self.entries, self.polls, self.votes, self.questions, self.askers, self._settled,
        ):  # fmt: skip
            held.clear()

    def _put_pending(self, kind: EventKind, comment: PendingComment) -> None:
        if kind is EventKind.COMMENT_NEEDS_CONFIRMATION:
            self.queue(comment)
        elif kind in ADDS_IN_PLACE:
            self._settled.pop(comment.key, None)
            self.queue(comment)
            self.pending = dict(sorted(self.pending.items(), key=lambda item: item[1].n))
        elif self.pending.pop(comment.key, None) is not None:
            self._doubts[comment.viewer.key].pop(comment.key, None)


def _check_step(table: Mapping[S, frozenset[S]], was: S, now: S) -> None:
    if now is not was and now not in table[was]:
        raise AssertionError(f"{was!r} does not become {now!r}")


def _index(members: dict[str, None], member: str, *, keep: bool) -> None:
    if keep:
        members.setdefault(member)
    else:
        members.pop(member, None)
