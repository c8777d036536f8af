"""Persons in the SQLite file: each write in the store's own writing thread, one transaction a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.store.lane import transaction
from live.store.people import CodeHolder, Identity, joining
from live.store.people_statements import SQLITE

if TYPE_CHECKING:
    import sqlite3

    from live.store.lane import Lane


class SqlitePeople:
    """A `PeopleStore` on the lanes of a `SqliteStore`."""

    def __init__(self, *, writer: Lane, reader: Lane) -> None:
        self._writer = writer
        self._reader = reader

    async def join(self, one: str, other: str, *, person: str, at_ms: int, by: str) -> bool:
        """Make two viewer keys, and all who were joined with either, one person."""
        said = Identity(viewer_key=other, person=person, joined_ms=at_ms, joined_by=by)
        return await self._writer.run(lambda connection: _join(connection, one, said))

    async def split(self, viewer_key: str) -> bool:
        """Let an identity be a person alone again."""
        return await self._writer.run(lambda connection: _split(connection, viewer_key))

    async def identities(self, viewer_key: str) -> list[Identity]:
        """All identities of the person that a viewer key belongs to."""
        return await self._all(SQLITE.identities, viewer_key)

    async def everybody(self) -> list[Identity]:
        """All joined identities."""
        return await self._all(SQLITE.everybody)

    async def holder(self, pickup_code: str) -> CodeHolder | None:
        """Who holds a pickup code."""
        row = await self._reader.run(lambda c: c.execute(SQLITE.holder, (pickup_code,)).fetchone())
        return None if row is None else CodeHolder(viewer_key=row[0], weak=bool(row[1]), phone_tail=row[2])

    async def has_reserved(self, viewer_key: str) -> bool:
        """Whether a viewer has ever reserved anything."""
        return await self._reader.run(lambda c: c.execute(SQLITE.has_reserved, (viewer_key,)).fetchone()) is not None

    async def _all(self, sql: str, *values: str) -> list[Identity]:
        found = await self._reader.run(lambda connection: connection.execute(sql, values).fetchall())
        return [Identity(viewer_key=key, person=person, joined_ms=at, joined_by=by) for key, person, at, by in found]


def _join(connection: sqlite3.Connection, one: str, said: Identity) -> bool:
    stamp = (said.joined_ms, said.joined_by)
    with transaction(connection, "BEGIN IMMEDIATE"):
        found = dict(connection.execute(SQLITE.found, (one, said.viewer_key)).fetchall())
        change = joining(one, said.viewer_key, found, person=said.person)
        if change is not None:
            connection.executemany(SQLITE.move, [(change.person, old, *stamp) for old in change.moved])
            connection.executemany(SQLITE.add, [(key, change.person, *stamp) for key in change.added])
    return change is not None


def _split(connection: sqlite3.Connection, viewer_key: str) -> bool:
    with transaction(connection, "BEGIN IMMEDIATE"):
        left = connection.execute(SQLITE.remove, (viewer_key,)).fetchone()
        if left is not None:
            connection.execute(SQLITE.remove_last, left)
    return left is not None
