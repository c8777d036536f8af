"""Persons in PostgreSQL: one transaction a call, on the store's own connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.store.people import CodeHolder, Identity, joining
from live.store.people_statements import POSTGRES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from typing import LiteralString

    from live.store.people_statements import PeopleStatements
    from live.store.postgres import Connection

    Connect = Callable[[], AbstractAsyncContextManager[Connection]]


class PostgresPeople:
    """A `PeopleStore` on the connections of a `PostgresStore`."""

    def __init__(self, connect: Connect, *, statements: PeopleStatements = POSTGRES) -> None:
        self._connect = connect
        self._sql = statements

    async def join(self, one: str, other: str, *, person: str, at_ms: int, by: str) -> bool:
        """Make two viewer keys, and all who were joined with either, one person."""
        async with self._connect() as connection, connection.transaction():
            await connection.execute(self._sql.lock)
            found = dict(map(tuple, await connection.fetch(self._sql.found, one, other)))
            change = joining(one, other, found, person=person)
            if change is not None:
                await connection.executemany(self._sql.move, [(change.person, old, at_ms, by) for old in change.moved])
                await connection.executemany(self._sql.add, [(key, change.person, at_ms, by) for key in change.added])
        return change is not None

    async def split(self, viewer_key: str) -> bool:
        """Let an identity be a person alone again."""
        async with self._connect() as connection, connection.transaction():
            await connection.execute(self._sql.lock)
            left = await connection.fetchval(self._sql.remove, viewer_key)
            if left is not None:
                await connection.execute(self._sql.remove_last, left)
        return left is not None

    async def identities(self, viewer_key: str) -> list[Identity]:
        """All identities of the person that a viewer key belongs to."""
        return await self._all(self._sql.identities, viewer_key)

    async def everybody(self) -> list[Identity]:
        """All joined identities."""
        return await self._all(self._sql.everybody)

    async def holder(self, pickup_code: str) -> CodeHolder | None:
        """Who holds a pickup code."""
        async with self._connect() as connection:
            row = await connection.fetchrow(self._sql.holder, pickup_code)
        return None if row is None else CodeHolder(viewer_key=row[0], weak=row[1], phone_tail=row[2])

    async def has_reserved(self, viewer_key: str) -> bool:
        """Whether a viewer has ever reserved anything."""
        async with self._connect() as connection:
            return await connection.fetchval(self._sql.has_reserved, viewer_key) is not None

    async def _all(self, sql: LiteralString, *values: str) -> list[Identity]:
        async with self._connect() as connection:
            found = await connection.fetch(sql, *values)
        return [Identity(viewer_key=key, person=person, joined_ms=at, joined_by=by) for key, person, at, by in found]
