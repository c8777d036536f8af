"""The store on a PostgreSQL server: READ COMMITTED, a pool of connections, a handful of statements a batch.

The row of `room` is the first thing that a batch changes, so batches of one room wait for each other there, and what
follows sees all that is committed. Needs asyncpg; `live.store.factory` says so where it is missing.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

import asyncpg

from live.store import basket_rows, desk_rows, migrate, rows, stage_rows
from live.store.faults import place_of, postgres_fault
from live.store.port import Owner, Stale, StoreUnavailable
from live.store.postgres_deliveries import PostgresDeliveries
from live.store.postgres_people import PostgresPeople
from live.store.rebuild import (
    OpenRows,
    SessionRows,
    counter_record,
    cycle_record,
    earlier_state,
    room_state,
    session_record,
)
from live.store.statements import POSTGRES
from live.store.stock import StockRows, stock_rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from asyncpg.pool import PoolConnectionProxy

    from live.domain.comment import AnsweredComment, CommentKind
    from live.domain.giveaway import Giveaway
    from live.domain.session import HostPrompt
    from live.domain.state import CommentKey, RoomState
    from live.store.desk_statements import DeskStatements
    from live.store.port import Change, CounterRecord, CycleRecord, SessionRecord, StoredEvent, StoredResponse, Trace
    from live.store.stage_statements import StageStatements
    from live.store.statement_names import PostgresStatements

    Connection = PoolConnectionProxy[asyncpg.Record]

CONNECT_SECONDS = 5.0
COMMAND_SECONDS = 15.0
"""A server that has fallen silent is told from a slow one by these."""

POOL_SIZE = 10

_FAULTS = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""The last is what the driver says of a line that broke under it at a bad moment."""


class PostgresStore:
    """A `Store` in the database at `url`, which must exist; its tables are made by `start`."""

    def __init__(self, url: str, *, statements: PostgresStatements = POSTGRES) -> None:
        self._url = url
        self._where = place_of(url)
        self._sql = statements
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self.deliveries = PostgresDeliveries(self._connection)
        self.people = PostgresPeople(self._connection)

    async def start(self) -> None:
        """Connect, and bring the tables up to date."""
        async with self._translated():
            await migrate.upgrade_postgres(self._connect)
            self._pool = await asyncpg.create_pool(
                self._url,
                min_size=1,
                max_size=POOL_SIZE,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings=_SETTINGS,
                init=self._learn_types,
            )

    async def close(self) -> None:
        """Finish what is under way and close the connections."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    async def commit(self, change: Change) -> None:
        """Write a batch whole. A connection lost at the very COMMIT leaves it open whether it was written.

        It is `StoreUnavailable` then as well; a second try meets the fence and is `Stale` where it was.
        """
        async with self._connection() as connection, connection.transaction():
            await _write(connection, self._sql, change)

    async def known(self, room: str, keys: Sequence[CommentKey]) -> frozenset[CommentKey]:
        """Tell which of these comments the room has already taken."""
        found = await self._all(self._sql.known, room, [id_ for _, id_ in keys])
        return frozenset((platform, id_) for platform, id_ in found).intersection(keys)

    async def load_room(self, room: str) -> RoomState:
        """Read a room as it is committed, all of it at the same moment."""
        async with self._snapshot() as connection:
            numbers = await connection.fetchrow(self._sql.common.room, room)
            seq, n, session_id = numbers or (0, 0, None)
            kept = await _session_rows(connection, self._sql, session_id)
            still = await _open_rows(connection, self._sql, session_id or "")
            faq = await _tuples(connection, self._sql.desk.faq, room)
        return room_state(room, (seq, n), kept, still, faq)

    async def load_session(self, room: str, session_id: str) -> RoomState | None:
        """Read a session as the rules look at it."""
        async with self._snapshot() as connection:
            kept = await _session_rows(connection, self._sql, session_id)
            still = await _open_rows(connection, self._sql, session_id)
        return earlier_state(room, kept, still)

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
        async with self._snapshot() as connection:
            kept = await _session_rows(connection, self._sql, session_id)
            comments = await _tuples(connection, self._sql.common.comments, session_id)
        return None if kept is None else session_record(kept, comments)

    async def cycle(self, session_id: str) -> CycleRecord | None:
        """All that is kept of a session's order cycle."""
        people: dict[str, str] = {}
        async with self._snapshot() as connection:
            ids = [id_ for (id_,) in await _tuples(connection, self._sql.common.cycle, session_id)]
            kept = [await _session_rows(connection, self._sql, id_) for id_ in ids]
            for id_ in ids:
                people.update(await _tuples(connection, self._sql.common.people, id_))
        return cycle_record(kept, people)

    async def counter(self, room: str, since_ms: int, pickup_code: str | None = None) -> CounterRecord:
        """Read what the counter of a room hands goods out of."""
        common = self._sql.common
        async with self._snapshot() as connection:
            ids = await connection.fetch(common.counter_sessions, room, since_ms, pickup_code)
            kept = [await _session_rows(connection, self._sql, id_) for (id_,) in ids]
            seqs, persons = await connection.fetch(common.seqs), await connection.fetch(common.persons)
            standings = await _tuples(connection, common.standings, "")
        return counter_record(kept, [tuple(row) for row in seqs], standings, [tuple(row) for row in persons])

    async def events_since(self, room: str, seq: int, limit: int) -> list[StoredEvent]:
        """The room's events after `seq`; empty if the first of them is no longer kept."""
        return rows.events_from(await self._all(self._sql.common.events, room, seq, limit), seq)

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
        return [(room, stage_rows.giveaway_from(data)) for room, data in await self._all(self._sql.stage.waiting_draws)]

    async def response(self, room: str, key: str) -> StoredResponse | None:
        """The first answer to a command with this `Idempotency-Key`."""
        return next(map(rows.response_from, await self._all(self._sql.common.response, room, key)), None)

    async def rooms(self) -> list[str]:
        """Rooms with a running session, or with one that is not cut off."""
        return [name for (name,) in await self._all(self._sql.common.rooms)]

    async def _all(self, sql: str, *values: object) -> list[Any]:
        async with self._connection() as connection:
            return await connection.fetch(sql, *values)

    async def _connect(self) -> asyncpg.Connection[asyncpg.Record]:
        return await asyncpg.connect(self._url, timeout=CONNECT_SECONDS, server_settings=_SETTINGS)

    async def _learn_types(self, connection: asyncpg.Connection[asyncpg.Record]) -> None:
        """Have the driver look the tables' row types up now: it takes a while, and later it would hold a room's row."""
        await connection.prepare(self._sql.write)

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Connection]:
        async with (
            self._connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        if self._pool is None:
            raise StoreUnavailable(f"数据库还没有连上：{self._where}。请先启动服务")
        async with self._translated(), self._pool.acquire(timeout=CONNECT_SECONDS) as connection:
            yield connection

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        try:
            yield
        except _FAULTS as error:
            fault = postgres_fault(error, self._where)
            if isinstance(fault, StoreUnavailable) and self._pool is not None:
                # What broke one connection has broken them all: the next one is opened anew.
                await self._pool.expire_connections()
            raise fault from error


_PERSONS_OF = """
    SELECT DISTINCT coalesce(person, key) AS person FROM unnest($1::text[]) AS key
    LEFT JOIN person ON viewer_key = key ORDER BY 1
"""
"""Whose points are counted: in one order, so that two who count never wait for each other in a circle."""

_SETTINGS = {"application_name": "linbo", "jit": "off"}
"""Statements here take a millisecond; compiling them would take a hundred."""


async def _write(connection: Connection, sql: PostgresStatements, change: Change) -> None:
    session_id = await _pass_fence(connection, sql, change)
    if change.session is not None:
        await connection.execute(sql.common.put_session, *rows.session_row(change.session))
    stock = stock_rows(session_id, change.offers)
    await _rebuild_offers(connection, sql, stock)
    await _write_hot(connection, sql, change, stock)
    await _write_cycle(connection, sql, change)
    await _write_stage(connection, sql.stage, change)
    await _write_desk(connection, sql.desk, change)
    if change.prompt is not None:
        await _put_prompt(connection, sql, session_id, change.prompt)
    if change.outcomes:
        outcomes = [rows.outcome_row(change.room, each) for each in change.outcomes]
        _expect(len(outcomes), len(await connection.fetch(sql.set_outcomes, *map(list, zip(*outcomes, strict=True)))))
    for response in change.responses:
        await connection.execute(sql.common.add_response, *rows.response_row(change.room, response))


async def _write_cycle(connection: Connection, sql: PostgresStatements, change: Change) -> None:
    """What is rare: earlier sessions, baskets, tickets. Points are counted while nobody else counts the same ones."""
    for earlier in change.earlier:
        if earlier.session is not None:
            await connection.execute(sql.common.put_session, *rows.session_row(earlier.session))
        stock = stock_rows(earlier.session_id, earlier.offers)
        await _rebuild_offers(connection, sql, stock)
        moved = await connection.fetchrow(sql.write, stock.moved_offers, stock.moved_variants, [], [], [])
        _expect((len(stock.moved_offers), len(stock.moved_variants)), None if moved is None else tuple(moved))
    for (person,) in await connection.fetch(_PERSONS_OF, list(change.redeemed)) if change.redeemed else ():
        await connection.execute(sql.lock_points, person)
    for basket in change.baskets:
        await connection.execute(sql.common.put_basket, *basket_rows.basket_row(basket))
    for ticket in change.tickets:
        await connection.execute(sql.common.put_ticket, *basket_rows.ticket_row(ticket))
    for viewer_key in sorted(change.redeemed):
        if await connection.fetchval(sql.common.points, viewer_key) < 0:
            raise Stale("more points were redeemed than there are")


async def _write_stage(connection: Connection, sql: StageStatements, change: Change) -> None:
    wins = list(chain.from_iterable(map(stage_rows.win_rows, change.acts)))
    written: tuple[tuple[str, list[rows.Row]], ...] = (
        (sql.put_act, list(map(stage_rows.act_row, change.acts))),
        (sql.put_entry, list(map(stage_rows.entry_row, change.entries))),
        (sql.put_vote, list(map(stage_rows.vote_row, change.votes))),
        (sql.put_win, wins),
    )
    await _write_all(connection, written)


async def _write_desk(connection: Connection, sql: DeskStatements, change: Change) -> None:
    gone: list[rows.Row] = [(change.room, faq.id) for faq in change.faqs if faq.dropped]
    written: tuple[tuple[str, list[rows.Row]], ...] = (
        (sql.put_question, list(map(desk_rows.question_row, change.questions))),
        (sql.put_asker, list(map(desk_rows.asker_row, change.askers))),
        (sql.put_faq, [desk_rows.faq_row(change.room, faq) for faq in change.faqs if not faq.dropped]),
        (sql.drop_faq, gone),
    )
    await _write_all(connection, written)


async def _write_all(connection: Connection, written: Sequence[tuple[str, list[rows.Row]]]) -> None:
    for statement, values in written:
        if values:
            await connection.executemany(statement, values)


async def _pass_fence(connection: Connection, sql: PostgresStatements, change: Change) -> str:
    """Move the room's numbers on, or raise `Stale`; answers with the room's session ("" before its first one)."""
    session_id = None if change.session is None else change.session.id
    before, after = (change.seq_before, change.n_before), (change.seq_after, change.n_after)
    row = await connection.fetchrow(sql.common.fence, change.room, *before, *after, session_id)
    if row is None and before == (0, 0):
        row = await connection.fetchrow(sql.common.open_room, change.room, *after, session_id)
    if row is None:
        raise Stale(f"room {change.room} has moved on from {before}")
    return row[0] or ""


async def _rebuild_offers(connection: Connection, sql: PostgresStatements, stock: StockRows) -> None:
    if stock.new_offers:
        await connection.execute(sql.add_offers, stock.new_offers)
    if stock.gone_variants:
        _expect(len(stock.gone_variants), len(await connection.fetch(sql.remove_variants, stock.gone_variants)))
    if stock.new_variants:
        await connection.execute(sql.add_variants, stock.new_variants)


async def _write_hot(connection: Connection, sql: PostgresStatements, change: Change, stock: StockRows) -> None:
    tables = (
        stock.moved_offers,
        stock.moved_variants,
        [rows.comment_row(change.room, each) for each in change.comments],
        [rows.reservation_row(each) for each in change.reservations],
        [rows.event_row(change.room, each) for each in change.events],
    )
    if any(tables):
        moved = await connection.fetchrow(sql.write, *tables)
        _expect((len(stock.moved_offers), len(stock.moved_variants)), None if moved is None else tuple(moved))


async def _put_prompt(connection: Connection, sql: PostgresStatements, session_id: str, prompt: HostPrompt) -> None:
    await connection.execute(sql.common.close_prompts, session_id, prompt.id)
    await connection.execute(sql.common.put_prompt, *rows.prompt_row(session_id, prompt))


def _expect(wanted: object, found: object) -> None:
    if found != wanted:
        raise Stale(f"a guard held rows back: {found} of {wanted}")


async def _session_rows(connection: Connection, sql: PostgresStatements, session_id: str | None) -> SessionRows | None:
    session = await connection.fetchrow(sql.common.session, session_id)
    if session is None:
        return None
    return SessionRows(
        session=tuple(session),
        offers=await _tuples(connection, sql.common.offers, session_id),
        variants=await _tuples(connection, sql.common.variants, session_id),
        reservations=await _tuples(connection, sql.common.reservations, session_id),
        baskets=await _tuples(connection, sql.common.baskets, session_id),
        tickets=await _tuples(connection, sql.common.tickets, session_id),
        acts=await _tuples(connection, sql.stage.acts, session_id),
        questions=await _tuples(connection, sql.desk.questions, session_id),
    )


async def _open_rows(connection: Connection, sql: PostgresStatements, session_id: str) -> OpenRows:
    return OpenRows(
        prompts=await _tuples(connection, sql.common.prompt, session_id),
        pending=await _tuples(connection, sql.common.pending, session_id),
        standings=await _tuples(connection, sql.common.standings, session_id),
        persons=[tuple(row) for row in await connection.fetch(sql.common.persons)],
        entries=await _tuples(connection, sql.stage.entries, session_id),
        votes=await _tuples(connection, sql.stage.votes, session_id),
        wins=await _tuples(connection, sql.stage.wins, session_id),
        askers=await _tuples(connection, sql.desk.askers, session_id),
        comments=await connection.fetchval(sql.common.count, session_id),
    )


async def _tuples(connection: Connection, sql: str, session_id: str | None) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.fetch(sql, session_id)]
