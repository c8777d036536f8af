"""The store in one SQLite file: no other server, one process that writes.

All writes go through one thread of their own, so no batch ever waits for a lock of ours; what the hot path asks
(`known`) goes there too, so that a long report never holds it up.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from live.store import basket_rows, desk_rows, migrate, rows, stage_rows
from live.store.lane import Lane, transaction
from live.store.port import Owner, Stale, StoreUnavailable
from live.store.rebuild import (
    OpenRows,
    SessionRows,
    counter_record,
    cycle_record,
    earlier_state,
    room_state,
    session_record,
)
from live.store.sqlite_deliveries import SqliteDeliveries
from live.store.sqlite_people import SqlitePeople
from live.store.statements import SQLITE
from live.store.stock import stock_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from live.domain.comment import AnsweredComment, CommentKind
    from live.domain.giveaway import Giveaway
    from live.domain.session import HostPrompt
    from live.domain.state import CommentKey, RoomState
    from live.store.desk_statements import DeskStatements
    from live.store.port import (
        Change,
        CounterRecord,
        CycleRecord,
        EarlierChange,
        OfferChange,
        SessionRecord,
        StoredEvent,
        StoredResponse,
        Trace,
    )
    from live.store.rows import Row
    from live.store.stage_statements import StageStatements
    from live.store.statement_names import SqliteStatements


class SqliteStore:
    """A `Store` in the file at `path`, whose folder is made if need be."""

    def __init__(self, path: str | Path, *, statements: SqliteStatements = SQLITE) -> None:
        self._path = Path(path)
        self._sql = statements
        self._writer = Lane(self._path, name="store-writer")
        self._reader = Lane(self._path, name="store-reader")
        self.deliveries = SqliteDeliveries(writer=self._writer, reader=self._reader)
        self.people = SqlitePeople(writer=self._writer, reader=self._reader)

    async def start(self) -> None:
        """Make the folder and the file, and bring the tables up to date."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"建不了数据文件夹：{self._path.parent}。请检查路径和权限，或换一个文件夹"
            ) from error
        await self._writer.run(migrate.upgrade_sqlite)

    async def close(self) -> None:
        """Finish the batch under way and close the file."""
        await self._reader.close()
        await self._writer.close()

    async def commit(self, change: Change) -> None:
        """Write a batch whole, in the writer's thread."""
        await self._writer.run(lambda connection: _commit(connection, self._sql, change))

    async def known(self, room: str, keys: Sequence[CommentKey]) -> frozenset[CommentKey]:
        """Tell which of these comments the room has already taken."""
        ids = to_json([id_ for _, id_ in keys]).decode()
        found = await self._writer.run(lambda c: c.execute(self._sql.known, (room, ids)).fetchall())
        return frozenset(found).intersection(keys)

    async def load_room(self, room: str) -> RoomState:
        """Read a room as it is committed, all of it at the same moment."""
        return await self._reader.run(lambda connection: _load_room(connection, self._sql, room))

    async def load_session(self, room: str, session_id: str) -> RoomState | None:
        """Read a session as the rules look at it."""
        return await self._reader.run(lambda connection: _load_earlier(connection, self._sql, room, session_id))

    async def not_cut_off(self, room: str) -> list[str]:
        """Ids of the room's earlier sessions that the clock has still to cut off."""
        return [id_ for (id_,) in await self._all(self._sql.common.not_cut_off, room)]

    async def unfinished(self, room: str) -> list[str]:
        """Ids of the room's earlier sessions with business left."""
        return [id_ for (id_,) in await self._all(self._sql.common.unfinished, room)]

    async def session_of(self, room: str, trace: Trace) -> str | None:
        """The id of the room's session in which something is found."""
        found = await self._all(*self._sql.common.trace(room, trace))
        return found[0][0] if found else None

    async def owner_of(self, pickup_code: str) -> Owner | None:
        """Whose a pickup code is, in whichever room."""
        found = await self._all(self._sql.common.owner_of_code, pickup_code)
        return next((Owner(room=room, session_id=id_, viewer_key=key) for room, id_, key in found), None)

    async def sessions_of_cycle(self, cycle_id: str) -> list[tuple[str, str]]:
        """Room and id of every session of a cycle."""
        return [(room, id_) for room, id_ in await self._all(self._sql.common.sessions_of_cycle, cycle_id)]

    async def points_of(self, viewer_key: str) -> int:
        """A viewer's green points over all sessions."""
        [(points,)] = await self._all(self._sql.common.points, viewer_key)
        return int(points)

    async def has_room(self, room: str) -> bool:
        """Whether a room was ever used."""
        return bool(await self._all(self._sql.common.room, room))

    async def session(self, session_id: str) -> SessionRecord | None:
        """All that is kept of a session."""
        return await self._reader.run(lambda connection: _load_session(connection, self._sql, session_id))

    async def cycle(self, session_id: str) -> CycleRecord | None:
        """All that is kept of a session's order cycle."""
        return await self._reader.run(lambda connection: _load_cycle(connection, self._sql, session_id))

    async def counter(self, room: str, since_ms: int, pickup_code: str | None = None) -> CounterRecord:
        """Read what the counter of a room hands goods out of."""
        asked = (room, since_ms, pickup_code)
        return await self._reader.run(lambda connection: _load_counter(connection, self._sql, asked))

    async def events_since(self, room: str, seq: int, limit: int) -> list[StoredEvent]:
        """The room's events after `seq`; empty if the first of them is no longer kept."""
        found = await self._all(self._sql.common.events, room, seq, limit)
        return rows.events_from(found, seq)

    async def comments_after(self, room: str, n: int, limit: int) -> list[AnsweredComment]:
        """The room's comments after its `n`-th."""
        return [rows.comment_from(row) for row in await self._all(self._sql.common.comments_after, room, n, limit)]

    async def comment_kinds(self, session_id: str) -> list[CommentKind]:
        """What each comment of a session is."""
        return list(map(rows.kind_from, await self._all(self._sql.kinds, session_id)))

    async def comment(self, room: str, comment_id: str) -> AnsweredComment | None:
        """One comment by its platform id; the newest where platforms share it."""
        return next(map(rows.comment_from, await self._all(self._sql.common.comment, room, comment_id)), None)

    async def giveaway(self, giveaway_id: str) -> Giveaway | None:
        """A draw by its id."""
        found = await self._all(self._sql.stage.giveaway, giveaway_id)
        return stage_rows.giveaway_from(found[0][0]) if found else None

    async def waiting_draws(self) -> list[tuple[str, Giveaway]]:
        """Draws that wait for their witness, with their rooms."""
        found = await self._all(self._sql.stage.waiting_draws)
        return [(room, stage_rows.giveaway_from(data)) for room, data in found]

    async def response(self, room: str, key: str) -> StoredResponse | None:
        """The first answer to a command with this `Idempotency-Key`."""
        return next(map(rows.response_from, await self._all(self._sql.common.response, room, key)), None)

    async def rooms(self) -> list[str]:
        """Rooms with a running session, or with one that is not cut off."""
        return [name for (name,) in await self._all(self._sql.common.rooms)]

    async def _all(self, sql: str, *values: object) -> list[Any]:
        return await self._reader.run(lambda connection: connection.execute(sql, values).fetchall())


def _commit(connection: sqlite3.Connection, sql: SqliteStatements, change: Change) -> None:
    with transaction(connection, "BEGIN IMMEDIATE"):
        session_id = _pass_fence(connection, sql, change)
        if change.session is not None:
            connection.execute(sql.common.put_session, rows.session_row(change.session))
        if change.offers:
            _move_stock(connection, sql, session_id, change.offers)
        if change.prompt is not None:
            _put_prompt(connection, sql, session_id, change.prompt)
        for earlier in change.earlier:
            _write_earlier(connection, sql, earlier)
        _write_logs(connection, sql, change)
        _write_stage(connection, sql.stage, change)
        _write_desk(connection, sql.desk, change)
        _guard_points(connection, sql, change)


def _pass_fence(connection: sqlite3.Connection, sql: SqliteStatements, change: Change) -> str:
    """Move the room's numbers on, or raise `Stale`; answers with the room's session ("" before its first one)."""
    session_id = None if change.session is None else change.session.id
    before, after = (change.seq_before, change.n_before), (change.seq_after, change.n_after)
    row = connection.execute(sql.common.fence, (change.room, *before, *after, session_id)).fetchone()
    if row is None and before == (0, 0):
        row = connection.execute(sql.common.open_room, (change.room, *after, session_id)).fetchone()
    if row is None:
        raise Stale(f"room {change.room} has moved on from {before}")
    return row[0] or ""


def _move_stock(
    connection: sqlite3.Connection, sql: SqliteStatements, session_id: str, changes: Sequence[OfferChange]
) -> None:
    stock = stock_rows(session_id, changes)
    connection.executemany(sql.add_offer, stock.new_offers)
    _all_of(connection, sql.move_offer, stock.moved_offers)
    _all_of(connection, sql.remove_variant, stock.gone_variants)
    _all_of(connection, sql.move_variant, stock.moved_variants)
    connection.executemany(sql.add_variant, stock.new_variants)


def _all_of(connection: sqlite3.Connection, sql: str, values: Sequence[Row]) -> None:
    """Change as many rows as there are values, or raise `Stale`: a guard has held one back."""
    if values and connection.executemany(sql, values).rowcount != len(values):
        raise Stale(f"a guard held back one of {len(values)} rows")


def _put_prompt(connection: sqlite3.Connection, sql: SqliteStatements, session_id: str, prompt: HostPrompt) -> None:
    connection.execute(sql.common.close_prompts, (session_id, prompt.id))
    connection.execute(sql.common.put_prompt, rows.prompt_row(session_id, prompt))


def _write_earlier(connection: sqlite3.Connection, sql: SqliteStatements, earlier: EarlierChange) -> None:
    if earlier.session is not None:
        connection.execute(sql.common.put_session, rows.session_row(earlier.session))
    if earlier.offers:
        _move_stock(connection, sql, earlier.session_id, earlier.offers)


def _guard_points(connection: sqlite3.Connection, sql: SqliteStatements, change: Change) -> None:
    for viewer_key in change.redeemed:
        if connection.execute(sql.common.points, (viewer_key,)).fetchone()[0] < 0:
            raise Stale("more points were redeemed than there are")


def _write_logs(connection: sqlite3.Connection, sql: SqliteStatements, change: Change) -> None:
    room = change.room
    connection.executemany(sql.add_comment, [rows.comment_row(room, each) for each in change.comments])
    connection.executemany(sql.put_reservation, [rows.reservation_row(each) for each in change.reservations])
    connection.executemany(sql.common.put_basket, [basket_rows.basket_row(each) for each in change.baskets])
    connection.executemany(sql.common.put_ticket, [basket_rows.ticket_row(each) for each in change.tickets])
    _all_of(connection, sql.set_outcome, [rows.outcome_row(room, each) for each in change.outcomes])
    connection.executemany(sql.add_event, [rows.event_row(room, each) for each in change.events])
    connection.executemany(sql.common.add_response, [rows.response_row(room, each) for each in change.responses])


def _write_stage(connection: sqlite3.Connection, sql: StageStatements, change: Change) -> None:
    connection.executemany(sql.put_act, map(stage_rows.act_row, change.acts))
    connection.executemany(sql.put_entry, map(stage_rows.entry_row, change.entries))
    connection.executemany(sql.put_vote, map(stage_rows.vote_row, change.votes))
    connection.executemany(sql.put_win, chain.from_iterable(map(stage_rows.win_rows, change.acts)))


def _write_desk(connection: sqlite3.Connection, sql: DeskStatements, change: Change) -> None:
    connection.executemany(sql.put_question, map(desk_rows.question_row, change.questions))
    connection.executemany(sql.put_asker, map(desk_rows.asker_row, change.askers))
    for faq in change.faqs:
        if faq.dropped:
            connection.execute(sql.drop_faq, (change.room, faq.id))
        else:
            connection.execute(sql.put_faq, desk_rows.faq_row(change.room, faq))


def _load_room(connection: sqlite3.Connection, sql: SqliteStatements, room: str) -> RoomState:
    with transaction(connection, "BEGIN"):
        seq, n, session_id = connection.execute(sql.common.room, (room,)).fetchone() or (0, 0, None)
        kept = _session_rows(connection, sql, session_id)
        still = _open_rows(connection, sql, session_id or "")
        faq = connection.execute(sql.desk.faq, (room,)).fetchall()
    return room_state(room, (seq, n), kept, still, faq)


def _load_earlier(
    connection: sqlite3.Connection, sql: SqliteStatements, room: str, session_id: str
) -> RoomState | None:
    with transaction(connection, "BEGIN"):
        kept = _session_rows(connection, sql, session_id)
        still = _open_rows(connection, sql, session_id)
    return earlier_state(room, kept, still)


def _load_session(connection: sqlite3.Connection, sql: SqliteStatements, session_id: str) -> SessionRecord | None:
    with transaction(connection, "BEGIN"):
        kept = _session_rows(connection, sql, session_id)
        comments = connection.execute(sql.common.comments, (session_id,)).fetchall()
    return None if kept is None else session_record(kept, comments)


def _load_cycle(connection: sqlite3.Connection, sql: SqliteStatements, session_id: str) -> CycleRecord | None:
    people: dict[str, str] = {}
    with transaction(connection, "BEGIN"):
        ids = [id_ for (id_,) in connection.execute(sql.common.cycle, (session_id,))]
        kept = [_session_rows(connection, sql, id_) for id_ in ids]
        for id_ in ids:
            people.update(connection.execute(sql.common.people, (id_,)).fetchall())
    return cycle_record(kept, people)


def _load_counter(
    connection: sqlite3.Connection, sql: SqliteStatements, asked: tuple[str, int, str | None]
) -> CounterRecord:
    with transaction(connection, "BEGIN"):
        ids = [id_ for (id_,) in connection.execute(sql.common.counter_sessions, asked)]
        return counter_record(
            [_session_rows(connection, sql, id_) for id_ in ids],
            connection.execute(sql.common.seqs).fetchall(),
            connection.execute(sql.common.standings, ("",)).fetchall(),
            connection.execute(sql.common.persons).fetchall(),
        )


def _session_rows(connection: sqlite3.Connection, sql: SqliteStatements, session_id: str | None) -> SessionRows | None:
    key = (session_id,)
    session = connection.execute(sql.common.session, key).fetchone()
    if session is None:
        return None
    return SessionRows(
        session=session,
        offers=connection.execute(sql.common.offers, key).fetchall(),
        variants=connection.execute(sql.common.variants, key).fetchall(),
        reservations=connection.execute(sql.common.reservations, key).fetchall(),
        baskets=connection.execute(sql.common.baskets, key).fetchall(),
        tickets=connection.execute(sql.common.tickets, key).fetchall(),
        acts=connection.execute(sql.stage.acts, key).fetchall(),
        questions=connection.execute(sql.desk.questions, key).fetchall(),
    )


def _open_rows(connection: sqlite3.Connection, sql: SqliteStatements, session_id: str) -> OpenRows:
    key = (session_id,)
    return OpenRows(
        prompts=connection.execute(sql.common.prompt, key).fetchall(),
        pending=connection.execute(sql.common.pending, key).fetchall(),
        standings=connection.execute(sql.common.standings, key).fetchall(),
        persons=connection.execute(sql.common.persons).fetchall(),
        entries=connection.execute(sql.stage.entries, key).fetchall(),
        votes=connection.execute(sql.stage.votes, key).fetchall(),
        wins=connection.execute(sql.stage.wins, key).fetchall(),
        askers=connection.execute(sql.desk.askers, key).fetchall(),
        comments=connection.execute(sql.common.count, key).fetchone()[0],
    )
