"""The lines of deliveries in the SQLite file: each write in the store's own writing thread, one transaction a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.store import delivery_rows
from live.store.deliveries import Behind, Taken, head_of, newly_heard, rooms_text
from live.store.delivery_statements import SQLITE
from live.store.lane import transaction
from live.store.port import Stale

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from live.store.deliveries import Delivery, Feed, Settled, TargetRecord
    from live.store.lane import Lane
    from live.store.rows import Row


class SqliteDeliveries:
    """A `DeliveryStore` on the lanes of a `SqliteStore`."""

    def __init__(self, *, writer: Lane, reader: Lane) -> None:
        self._writer = writer
        self._reader = reader

    async def register(self, target: str, rooms: Sequence[str] | None) -> None:
        """Note which rooms a target hears of."""
        await self._writer.run(lambda connection: _register(connection, target, rooms))

    async def behind(self, target: str) -> list[Behind]:
        """The rooms that have events which the target has not read yet."""
        found = await self._reader.run(lambda connection: connection.execute(SQLITE.behind, (target,)).fetchall())
        return [Behind(room=room, read=read, there=there) for room, read, there in found]

    async def first_kept(self, room: str, seq: int) -> int | None:
        """The number of the first event after `seq` that is still kept."""
        row = await self._reader.run(lambda connection: connection.execute(SQLITE.first_kept, (room, seq)).fetchone())
        number: int | None = row[0]
        return number

    async def feed(self, feed: Feed, *, now_ms: int) -> None:
        """Move the target on and put its deliveries in line."""
        await self._writer.run(lambda connection: _feed(connection, feed, now_ms))

    async def take(self, target: str, *, now_ms: int, until_ms: int, limit: int) -> Taken:
        """Take the head of a line for oneself until `until_ms`."""
        line = await self._reader.run(lambda connection: _line(connection, target, limit))
        head = head_of(line, now_ms)
        if not head:
            return Taken(next_ms=line[0].next_ms if line else None)
        claims = delivery_rows.claim_rows(head, until_ms)
        ours = await self._writer.run(lambda connection: _in_one(connection, SQLITE.claim, claims))
        return Taken(deliveries=tuple(each for each in head if each.id in ours), until_ms=until_ms)

    async def settle(self, taken: Taken, settled: Sequence[Settled], *, target: str, now_ms: int) -> None:
        """Write what became of deliveries that were taken."""
        await self._writer.run(lambda connection: _settle(connection, taken, settled, (target, now_ms)))

    async def revive(self, delivery_id: str, *, now_ms: int) -> str | None:
        """Have a delivery that waits or was given up tried again now."""
        row = await self._writer.run(lambda c: c.execute(SQLITE.revive, (delivery_id, now_ms)).fetchone())
        return None if row is None else str(row[0])

    async def targets(self) -> list[TargetRecord]:
        """All targets that were ever registered."""
        found = await self._reader.run(lambda connection: connection.execute(SQLITE.targets).fetchall())
        return [delivery_rows.target_from(row) for row in found]

    async def dead(self, limit: int) -> list[Delivery]:
        """The deliveries that were given up, the newest first, without their bodies."""
        found = await self._reader.run(lambda connection: connection.execute(SQLITE.dead, (limit,)).fetchall())
        return [delivery_rows.listed_from(row) for row in found]

    async def forget(self, target: str, *, before_ms: int) -> int:
        """Drop what was made before a moment and given up."""
        return len(await self._writer.run(lambda c: c.execute(SQLITE.forget, (target, before_ms)).fetchall()))


def _register(connection: sqlite3.Connection, target: str, rooms: Sequence[str] | None) -> None:
    with transaction(connection, "BEGIN IMMEDIATE"):
        row = connection.execute(SQLITE.rooms_of, (target,)).fetchone()
        ends = dict(connection.execute(SQLITE.rooms).fetchall())
        fresh = newly_heard(None if row is None else row[0], rooms, list(ends))
        connection.executemany(SQLITE.put_cursor, [(target, room, ends[room]) for room in fresh])
        connection.execute(SQLITE.put_target, (target, rooms_text(rooms)))


def _feed(connection: sqlite3.Connection, feed: Feed, now_ms: int) -> None:
    with transaction(connection, "BEGIN IMMEDIATE"):
        moved = connection.execute(SQLITE.move_cursor, (feed.target, feed.room, feed.before, feed.after)).fetchone()
        if moved is None and feed.before == 0:
            moved = connection.execute(SQLITE.open_cursor, (feed.target, feed.room, feed.after)).fetchone()
        if moved is None:
            raise Stale(f"target {feed.target} has moved on from {feed.before} in room {feed.room}")
        (last_n,) = connection.execute(SQLITE.count_up, (feed.target, len(feed.deliveries))).fetchone()
        rows = delivery_rows.delivery_rows(feed, last_n=last_n, now_ms=now_ms)
        connection.executemany(SQLITE.add, rows)


def _line(connection: sqlite3.Connection, target: str, limit: int) -> list[Delivery]:
    return [delivery_rows.delivery_from(row) for row in connection.execute(SQLITE.line, (target, limit))]


def _in_one(connection: sqlite3.Connection, sql: str, values: Iterable[Row]) -> set[str]:
    """Run a statement for each row in one transaction; the ids that it answered with."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        return _each(connection, sql, values)


def _each(connection: sqlite3.Connection, sql: str, values: Iterable[Row]) -> set[str]:
    """Run a statement for each row; the ids that it answered with."""
    found = [connection.execute(sql, each).fetchone() for each in values]
    return {row[0] for row in found if row is not None}


def _settle(connection: sqlite3.Connection, taken: Taken, settled: Sequence[Settled], where: tuple[str, int]) -> None:
    target, now_ms = where
    failure = delivery_rows.failure_in(settled)
    with transaction(connection, "BEGIN IMMEDIATE"):
        gone = _each(connection, SQLITE.arrived, delivery_rows.arrived_rows(taken, settled))
        if gone:
            connection.execute(SQLITE.delivered, (target, len(gone), now_ms))
        _each(connection, SQLITE.put_back, delivery_rows.put_back_rows(taken, settled))
        if failure is not None:
            connection.execute(SQLITE.failed, (target, failure, now_ms))
