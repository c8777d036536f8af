"""Names of the SQL of the hot path: what each statement takes and gives (`live.store.statements` has their text)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString

    from live.store.desk_statements import DeskStatements
    from live.store.port import Trace
    from live.store.stage_statements import StageStatements


@dataclass(frozen=True, kw_only=True, slots=True)
class Common:
    """What reads the same on both kinds, but for the placeholders.

    `fence` is (room, seq before, n before, seq after, n after, session or NULL) and answers with the room's session; no
    row: the room has moved on. `open_room` is (room, seq, n, session) for a room that was never written. `offers` and
    all below it start from a session, the others from a room.
    """

    fence: LiteralString
    open_room: LiteralString
    put_session: LiteralString
    close_prompts: LiteralString
    put_prompt: LiteralString
    add_response: LiteralString
    room: LiteralString
    events: LiteralString
    comments_after: LiteralString
    comment: LiteralString
    response: LiteralString
    rooms: LiteralString
    not_cut_off: LiteralString
    unfinished: LiteralString
    session_of_code: LiteralString
    session_of_reservation: LiteralString
    session_of_ticket: LiteralString
    session_of_giveaway: LiteralString
    owner_of_code: LiteralString
    sessions_of_cycle: LiteralString
    counter_sessions: LiteralString
    seqs: LiteralString
    put_basket: LiteralString
    points: LiteralString
    put_ticket: LiteralString
    baskets: LiteralString
    tickets: LiteralString
    standings: LiteralString
    persons: LiteralString
    session: LiteralString
    cycle: LiteralString
    people: LiteralString
    offers: LiteralString
    variants: LiteralString
    prompt: LiteralString
    reservations: LiteralString
    comments: LiteralString
    pending: LiteralString
    count: LiteralString

    def trace(self, room: str, trace: Trace) -> tuple[str, str, str]:
        """The statement that finds an earlier session by what is given, with its values."""
        if trace.pickup_code is not None:
            return self.session_of_code, room, trace.pickup_code
        if trace.reservation_id is not None:
            return self.session_of_reservation, room, trace.reservation_id
        if trace.giveaway_id is not None:
            return self.session_of_giveaway, room, trace.giveaway_id
        return self.session_of_ticket, room, trace.ticket_id or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresStatements:
    """One statement for all of a batch that is on the hot path, and one each for what is rare.

    Rows come as arrays of the tables' own row types: one value a table, in the order of its columns. `write` takes
    moved offers, moved variants, comments, reservations and events, and answers with how many of the first two it moved.
    """

    common: Common
    stage: StageStatements
    desk: DeskStatements
    known: LiteralString
    kinds: LiteralString
    lock_points: LiteralString
    write: LiteralString
    add_offers: LiteralString
    remove_variants: LiteralString
    add_variants: LiteralString
    set_outcomes: LiteralString


@dataclass(frozen=True, kw_only=True, slots=True)
class SqliteStatements:
    """One statement a row, run with `executemany`. A row that a guard holds back is missing in the count of changes.

    `known` is (room, JSON list of ids) and may answer with more than was asked: the same id on another platform.
    """

    common: Common
    stage: StageStatements
    desk: DeskStatements
    known: LiteralString
    kinds: LiteralString
    add_offer: LiteralString
    move_offer: LiteralString
    remove_variant: LiteralString
    move_variant: LiteralString
    add_variant: LiteralString
    add_comment: LiteralString
    put_reservation: LiteralString
    set_outcome: LiteralString
    add_event: LiteralString
