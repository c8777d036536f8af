"""A micro-batch of a room: commands and comments decided one after the other, written as one change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING

from live.domain.commands import StartSession, Tick
from live.domain.events import EventKind
from live.domain.handle import BY_VIEWERS, handle
from live.domain.orders import Outcome
from live.domain.receive import receive
from live.domain.refusal import RefusalCode, Refused
from live.service import problems, sign_ups
from live.service.outbox import publish, publish_earlier, stored
from live.service.sessions import contribution, draw_of, owners, spread, spread_wins, target_of
from live.service.warnings import warnings_of
from live.store.port import Change, CommentOutcome, EarlierChange, OfferChange, StoredResponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.domain.commands import Command
    from live.domain.comment import AnsweredComment
    from live.domain.draft import PickupCodes
    from live.domain.events import Event
    from live.domain.offer import Offer
    from live.domain.standing import Standing
    from live.domain.state import CommentKey, RoomState
    from live.service.ledger import Ledger
    from live.service.reader import Reader
    from live.service.results import Answer, PublishedEvent
    from live.store.port import Act
    from live.streams.port import Arrival

_NO_SUCH_SESSION = Refused(code=RefusalCode.UNKNOWN_SESSION, detail="session_id：这个直播间没有这一场，或者它早已办完")
OUTCOMES = {
    EventKind.COMMENT_ACCEPTED: Outcome.ACCEPTED,
    EventKind.COMMENT_DISMISSED: Outcome.DISMISSED,
    EventKind.COMMENT_REOPENED: Outcome.NEEDS_CONFIRMATION,
    EventKind.COMMENT_REVISED: Outcome.NEEDS_CONFIRMATION,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Idempotency:
    """A command's `Idempotency-Key` and the SHA-256 of its body."""

    key: str
    request: str

    def keeps(self, answer: Answer) -> bool:
        """Whether an answer is the one for good: a list for a group is read again and again, and its lines sent anew."""
        return not self.key.startswith(sign_ups.KEY) or answer.status < HTTPStatus.BAD_REQUEST


@dataclass(kw_only=True, slots=True)
class Batch:
    """Work in progress on a room; `change` is all that it writes. `earlier` are its other sessions that are at hand."""

    state: RoomState
    ledger: Ledger
    reader: Reader
    pickup_code: PickupCodes
    now_ms: int
    earlier: dict[str, RoomState] = field(default_factory=dict)
    comments: list[AnsweredComment] = field(default_factory=list)
    published: list[PublishedEvent] = field(default_factory=list)
    responses: list[StoredResponse] = field(default_factory=list)
    _events: list[Event] = field(default_factory=list)
    _offers_before: dict[str, Offer] = field(default_factory=dict)
    _old_events: dict[str, list[Event]] = field(default_factory=dict)
    _old_offers_before: dict[str, dict[str, Offer]] = field(default_factory=dict)
    _redeemed: set[str] = field(default_factory=set)
    _seq_before: int = 0
    _n_before: int = 0

    def __post_init__(self) -> None:
        """Remember where the room stood."""
        self._offers_before = dict(self.state.offers)
        self._seq_before, self._n_before = self.state.seq, self.state.n

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.comments or self.published or self.responses)

    def command(
        self,
        command: Command,
        *,
        cause: str,
        idempotency: Idempotency | None = None,
        asked_ms: int | None = None,
        by: str | None = None,
    ) -> Answer:
        """Carry a command out and answer it; what a viewer asks for on a page counts, as a comment does, when it came."""
        target = target_of(command, self.state, self.earlier)
        at_ms = asked_ms if asked_ms is not None and isinstance(command, BY_VIEWERS) else self.now_ms
        result = _NO_SUCH_SESSION if target is None else self._carry_out(target, command, cause, at_ms, by)
        if isinstance(result, Refused):
            answer = problems.refused(result)
        else:
            answer = problems.accepted(result, warnings_of(self.state, command), draw_of(target or self.state, command))
        if idempotency is not None and idempotency.keeps(answer):
            self.responses.append(_response(idempotency, answer, self.now_ms))
        return answer

    def tick(self, target: RoomState) -> None:
        """Close what is due in one of the room's sessions."""
        self._carry_out(target, Tick(), f"tick/{self.now_ms}", self.now_ms)

    def _carry_out(
        self, target: RoomState, command: Command, cause: str, at_ms: int, by: str | None = None
    ) -> list[PublishedEvent] | Refused:
        departing = self.state.parted() if isinstance(command, StartSession) and self.state.session else None
        self._remember_offers(target)
        standings = [(key, code, contribution(target, key, code)) for key, code in owners(command, target)]
        result = handle(target, command, now_ms=at_ms, cause=cause, pickup_code=self.pickup_code, by=by)
        if isinstance(result, Refused):
            return result
        if departing is not None and departing.session is not None:
            self.earlier[departing.session.id] = departing
        for key, code, before in standings:
            self._spread(target, key, before, contribution(target, key, code))
        return self._publish(result) if target is self.state else self._publish_earlier(target, result)

    def _spread(self, target: RoomState, viewer_key: str, before: Standing, after: Standing) -> None:
        """Let the other sessions know; points that were taken, or taken back, are counted again as they are written."""
        spread(viewer_key, before, after, [e for e in (self.state, *self.earlier.values()) if e is not target])
        if after.points < before.points:
            self._redeemed.add(viewer_key)

    def _remember_offers(self, target: RoomState) -> None:
        if target is not self.state and target.session is not None:
            self._old_offers_before.setdefault(target.session.id, dict(target.offers))

    def _publish_earlier(self, target: RoomState, events: Sequence[Event]) -> list[PublishedEvent]:
        """Number facts of an earlier session among the room's; pages that show the newest step over them."""
        if target.session is None:
            raise AssertionError("an earlier session is a session")
        session_id = target.session.id
        told = []
        for event in events:
            self.state.seq += 1
            told.append(publish_earlier(event, session_id, seq=self.state.seq, totals=self._totals()))
            spread_wins(event, self.state)
        self._old_events.setdefault(session_id, []).extend(events)
        self.published += told
        return told

    def _totals(self) -> dict[str, object]:
        return self.ledger.totals(self.state.comments)

    def comment(self, arrival: Arrival) -> None:
        """Understand a comment and act on it."""
        comment = arrival.comment
        read = self.reader.read(self.state, comment, at_ms=arrival.received_ms)
        answered, events = receive(
            self.state,
            comment,
            read,
            received_ms=arrival.received_ms,
            pickup_code=self.pickup_code,
            asking=self.reader.asking(self.state, comment.text, read, at_ms=arrival.received_ms),
        )
        self.comments.append(answered)
        self._publish(events)

    def change(self) -> Change:
        """All that the batch writes, each object once and as it is at the end."""
        events = self._events
        every = [*events, *chain.from_iterable(self._old_events.values())]
        return Change(
            room=self.state.room,
            seq_before=self._seq_before,
            seq_after=self.state.seq,
            n_before=self._n_before,
            n_after=self.state.n,
            session=next((e.session for e in reversed(events) if e.session is not None), None),
            prompt=next((e.prompt for e in reversed(events) if e.prompt is not None), None),
            offers=self._changed_offers(),
            reservations=tuple({e.reservation.id: e.reservation for e in every if e.reservation}.values()),
            baskets=tuple({(e.basket.session_id, e.basket.viewer_key): e.basket for e in every if e.basket}.values()),
            tickets=tuple({e.ticket.id: e.ticket for e in every if e.ticket}.values()),
            acts=_acts(every),
            entries=tuple(e.entry for e in every if e.entry is not None),
            votes=tuple({(e.vote.poll_id, e.vote.voter): e.vote for e in every if e.vote}.values()),
            questions=tuple({e.question.id: e.question for e in events if e.question}.values()),
            askers=tuple(e.asker for e in events if e.asker is not None),
            faqs=tuple({e.faq.id: e.faq for e in events if e.faq}.values()),
            redeemed=frozenset(self._redeemed),
            earlier=tuple(self._earlier_change(session_id) for session_id in self._old_events),
            comments=tuple(self.comments),
            outcomes=_outcomes(events),
            events=tuple(stored(event) for event in self.published),
            responses=tuple(self.responses),
        )

    def _publish(self, events: Sequence[Event]) -> list[PublishedEvent]:
        """Number and encode events; the state has taken them in already, so their numbers end at its seq."""
        first = self.state.seq - len(events) + 1
        told = [
            publish(event, seq=first + i, ledger=self.ledger, comments=self.state.comments)
            for i, event in enumerate(events)
        ]
        if any(event.kind is EventKind.SESSION_STARTED for event in events):
            self._offers_before = {}
        self._events += events
        self.published += told
        return told

    def _changed_offers(self) -> tuple[OfferChange, ...]:
        return _changes(self._offers_before, self.state)

    def _earlier_change(self, session_id: str) -> EarlierChange:
        events = self._old_events[session_id]
        return EarlierChange(
            session_id=session_id,
            session=next((e.session for e in reversed(events) if e.session is not None), None),
            offers=_changes(self._old_offers_before[session_id], self.earlier[session_id]),
        )


def _changes(before: Mapping[str, Offer], state: RoomState) -> tuple[OfferChange, ...]:
    return tuple(
        OfferChange(before=before.get(offer.id), after=offer)
        for offer in state.offers.values()
        if before.get(offer.id) is not offer
    )


def _acts(events: Sequence[Event]) -> tuple[Act, ...]:
    """The flash deals, draws and polls of some events, each as it is at the end."""
    found = (act for event in events for act in (event.flash_sale, event.giveaway, event.poll) if act is not None)
    return tuple({act.id: act for act in found}.values())


def _outcomes(events: Sequence[Event]) -> tuple[CommentOutcome, ...]:
    """One a comment, the last; what it was read as stands until it is read anew."""
    found: dict[CommentKey, CommentOutcome] = {}
    for outcome in (_outcome(event) for event in events if event.kind in OUTCOMES):
        before = found.get(outcome.key)
        read = outcome.classification or (None if before is None else before.classification)
        found[outcome.key] = replace(outcome, classification=read)
    return tuple(found.values())


def _outcome(event: Event) -> CommentOutcome:
    if event.comment is None:
        raise AssertionError(f"{event.kind} without its comment")
    key = (event.comment.platform, event.comment.id)
    return CommentOutcome(
        key=key, outcome=OUTCOMES[event.kind].value, reason=event.comment.reason, classification=event.read
    )


def _response(idempotency: Idempotency, answer: Answer, now_ms: int) -> StoredResponse:
    return StoredResponse(
        key=idempotency.key, request=idempotency.request, status=answer.status, body=answer.body, at_ms=now_ms
    )
