"""Rows to a room's state and to a session's record, the same for every kind of store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from live.domain.flash import FlashSale
from live.domain.giveaway import Giveaway
from live.domain.standing import Standing
from live.domain.state import RoomState
from live.store.basket_rows import basket_from, ticket_from
from live.store.desk_rows import asker_from, faq_from, question_from
from live.store.port import CounterRecord, CycleRecord, SessionRecord
from live.store.rows import (
    comment_from,
    offer_from,
    pending_from,
    prompt_from,
    reservation_from,
    session_from,
    variant_from,
)
from live.store.stage_rows import act_from, entry_from, vote_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from live.domain.offer import Offer, Variant

    Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRows:
    """A session with what belongs to it, as it lies in the tables."""

    session: Sequence[Any]
    offers: Rows
    variants: Rows
    reservations: Rows
    baskets: Rows
    tickets: Rows
    acts: Rows
    questions: Rows


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenRows:
    """What is still open in a session, what others have left behind, who is one person, and how many comments it has had."""

    prompts: Rows
    pending: Rows
    standings: Rows
    persons: Rows
    entries: Rows
    votes: Rows
    wins: Rows
    askers: Rows
    comments: int


def room_state(
    room: str, numbers: tuple[int, int], rows: SessionRows | None, still: OpenRows, faq: Rows = ()
) -> RoomState:
    """Rebuild what the rules look at; `numbers` are the room's seq and n. What the shop remembers needs no session."""
    state = RoomState(room=room, seq=numbers[0], n=numbers[1])
    state.standings = _standings(still.standings)
    state.persons = _persons(still.persons)
    state.wins = {key: int(won_ms) for key, won_ms in still.wins}
    for (data,) in faq:
        state.put_faq(faq_from(data))
    if rows is not None:
        _fill(state, rows, still)
    return state


def earlier_state(room: str, rows: SessionRows | None, still: OpenRows) -> RoomState | None:
    """Rebuild a session that is no longer the room's newest; None where there is none, or another room has it."""
    state = room_state(room, (0, 0), rows, still)
    return state if state.session is not None and state.session.room == room else None


def _fill(state: RoomState, rows: SessionRows, still: OpenRows) -> None:
    state.session = session_from(rows.session)
    state.offers = {offer.id: offer for offer in _offers(rows)}
    for row in rows.reservations:
        state.put(reservation_from(row))
    state.baskets = {basket.viewer_key: basket for basket in map(basket_from, rows.baskets)}
    state.tickets = {ticket.id: ticket for ticket in map(ticket_from, rows.tickets)}
    _fill_stage(state, rows, still)
    state.prompt = next(map(prompt_from, still.prompts), None)
    waiting = (pending_from(comment_from(row)) for row in still.pending)
    for each in waiting:
        state.queue(each)
    state.comments = still.comments


def _fill_stage(state: RoomState, rows: SessionRows, still: OpenRows) -> None:
    for act in (act_from(*row) for row in rows.acts):
        if isinstance(act, FlashSale):
            state.flash_sales[act.id] = act
        elif isinstance(act, Giveaway):
            state.giveaways[act.id] = act
        else:
            state.polls[act.id] = act
    for entry in map(entry_from, still.entries):
        state.put_entry(entry)
    for vote in map(vote_from, still.votes):
        state.put_vote(vote)
    state.questions = {each.id: each for each in (question_from(data) for (data,) in rows.questions)}
    for asker in map(asker_from, still.askers):
        state.put_asker(asker)


def _persons(rows: Rows) -> dict[str, tuple[str, ...]]:
    """Of each joined viewer key all keys of its person, from rows of (viewer key, person)."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, person in rows:
        keys[person].append(key)
    return {key: tuple(joined) for joined in keys.values() for key in joined}


def session_record(rows: SessionRows, comments: Iterable[Sequence[Any]]) -> SessionRecord:
    """Rebuild all that is kept of a session."""
    return SessionRecord(
        session=session_from(rows.session),
        offers=tuple(_offers(rows)),
        reservations=tuple(map(reservation_from, rows.reservations)),
        comments=tuple(map(comment_from, comments)),
        baskets=tuple(map(basket_from, rows.baskets)),
        tickets=tuple(map(ticket_from, rows.tickets)),
        acts=tuple(act_from(*row) for row in rows.acts),
        questions=tuple(question_from(data) for (data,) in rows.questions),
    )


def cycle_record(kept: Iterable[SessionRows | None], people: Mapping[str, str]) -> CycleRecord | None:
    """Rebuild a cycle from the rows of its sessions; None where there are none."""
    sessions = tuple(session_record(rows, ()) for rows in kept if rows is not None)
    return CycleRecord(sessions=sessions, people=people) if sessions else None


def counter_record(kept: Iterable[SessionRows | None], seqs: Rows, standings: Rows, persons: Rows) -> CounterRecord:
    """Rebuild what a counter looks at; `seqs` are rows of (room, seq), those of other rooms are left out."""
    sessions = tuple(session_record(rows, ()) for rows in kept if rows is not None)
    rooms = {record.session.room for record in sessions}
    return CounterRecord(
        seqs={room: seq for room, seq in seqs if room in rooms},
        sessions=sessions,
        standings=_standings(standings),
        people={row[0]: row[1] for row in persons},
    )


def _standings(rows: Rows) -> dict[str, Standing]:
    return {key: Standing(no_shows=int(missed), points=int(points)) for key, missed, points in rows}


def _offers(rows: SessionRows) -> Iterable[Offer]:
    variants: dict[str, list[Variant]] = defaultdict(list)
    for row in rows.variants:
        variants[row[1]].append(variant_from(row))
    return (offer_from(row, tuple(variants.get(row[1], ()))) for row in rows.offers)
