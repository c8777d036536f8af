"""The lines of deliveries in PostgreSQL: one transaction a call, on the store's own connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.store import delivery_rows
from live.store.deliveries import Behind, Taken, head_of, newly_heard, rooms_text
from live.store.delivery_statements import POSTGRES
from live.store.port import Stale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractAsyncContextManager
    from typing import Any, LiteralString

    from live.store.deliveries import Delivery, Feed, Settled, TargetRecord
    from live.store.postgres import Connection
    from live.store.rows import Row

    Connect = Callable[[], AbstractAsyncContextManager[Connection]]


class PostgresDeliveries:
    """A `DeliveryStore` on the connections of a `PostgresStore`."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def register(self, target: str, rooms: Sequence[str] | None) -> None:
        """Note which rooms a target hears of."""
        async with self._connect() as connection, connection.transaction():
            was = await connection.fetchval(POSTGRES.rooms_of, target)
            ends = dict(map(tuple, await connection.fetch(POSTGRES.rooms)))
            for room in newly_heard(was, rooms, list(ends)):
                await connection.execute(POSTGRES.put_cursor, target, room, ends[room])
            await connection.execute(POSTGRES.put_target, target, rooms_text(rooms))

    async def behind(self, target: str) -> list[Behind]:
        """The rooms that have events which the target has not read yet."""
        found = await self._all(POSTGRES.behind, target)
        return [Behind(room=room, read=read, there=there) for room, read, there in found]

    async def first_kept(self, room: str, seq: int) -> int | None:
        """The number of the first event after `seq` that is still kept."""
        async with self._connect() as connection:
            number: int | None = await connection.fetchval(POSTGRES.first_kept, room, seq)
            return number

    async def feed(self, feed: Feed, *, now_ms: int) -> None:
        """Move the target on and put its deliveries in line."""
        async with self._connect() as connection, connection.transaction():
            moved = await connection.fetchval(
                POSTGRES.move_cursor, feed.target, feed.room, feed.before, feed.after
            ) or (
                feed.before == 0 and await connection.fetchval(POSTGRES.open_cursor, feed.target, feed.room, feed.after)
            )
            if not moved:
                raise Stale(f"target {feed.target} has moved on from {feed.before} in room {feed.room}")
            last_n = await connection.fetchval(POSTGRES.count_up, feed.target, len(feed.deliveries))
            await connection.executemany(POSTGRES.add, delivery_rows.delivery_rows(feed, last_n=last_n, now_ms=now_ms))

    async def take(self, target: str, *, now_ms: int, until_ms: int, limit: int) -> Taken:
        """Take the head of a line for oneself until `until_ms`."""
        async with self._connect() as connection, connection.transaction():
            found = await connection.fetch(POSTGRES.line, target, limit)
            line = [delivery_rows.delivery_from(tuple(row)) for row in found]
            head = head_of(line, now_ms)
            if not head:
                return Taken(next_ms=line[0].next_ms if line else None)
            ours = await _each(connection, POSTGRES.claim, delivery_rows.claim_rows(head, until_ms))
        return Taken(deliveries=tuple(each for each in head if each.id in ours), until_ms=until_ms)

    async def settle(self, taken: Taken, settled: Sequence[Settled], *, target: str, now_ms: int) -> None:
        """Write what became of deliveries that were taken."""
        failure = delivery_rows.failure_in(settled)
        async with self._connect() as connection, connection.transaction():
            gone = await _each(connection, POSTGRES.arrived, delivery_rows.arrived_rows(taken, settled))
            if gone:
                await connection.execute(POSTGRES.delivered, target, len(gone), now_ms)
            await _each(connection, POSTGRES.put_back, delivery_rows.put_back_rows(taken, settled))
            if failure is not None:
                await connection.execute(POSTGRES.failed, target, failure, now_ms)

    async def revive(self, delivery_id: str, *, now_ms: int) -> str | None:
        """Have a delivery that waits or was given up tried again now."""
        async with self._connect() as connection:
            target: str | None = await connection.fetchval(POSTGRES.revive, delivery_id, now_ms)
            return target

    async def targets(self) -> list[TargetRecord]:
        """All targets that were ever registered."""
        return [delivery_rows.target_from(row) for row in await self._all(POSTGRES.targets)]

    async def dead(self, limit: int) -> list[Delivery]:
        """The deliveries that were given up, the newest first, without their bodies."""
        return [delivery_rows.listed_from(row) for row in await self._all(POSTGRES.dead, limit)]

    async def forget(self, target: str, *, before_ms: int) -> int:
        """Drop what was made before a moment and given up."""
        return len(await self._all(POSTGRES.forget, target, before_ms))

    async def _all(self, sql: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        async with self._connect() as connection:
            return [tuple(row) for row in await connection.fetch(sql, *values)]


async def _each(connection: Connection, sql: LiteralString, values: Iterable[Row]) -> set[str]:
    """Run a statement for each row; the ids that it answered with."""
    found = [await connection.fetchval(sql, *each) for each in values]
    return {id_ for id_ in found if id_ is not None}
