"""Many deciders, one offer: what is sold is the quota, and without the guards it is more."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from live.store.port import Change, OfferChange, Stale, StoreError
from live.store.postgres import PostgresStore
from live.store.sqlite import SqliteStore
from live.store.statements import POSTGRES, SQLITE
from tests.domain.factories import egg, reservation, viewer
from tests.store.book import a_book
from tests.store.conftest import sql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from live.domain.state import RoomState
    from live.store.statement_names import Common, PostgresStatements, SqliteStatements

QUOTA = 50
DECIDERS = 8
ROUNDS = 8
"""64 wishes for 50."""

Store = SqliteStore | PostgresStore


def no_fence(common: Common) -> Common:
    """The room's numbers are written, whatever they were; they are only looked at so that they have a type."""
    bare = common.fence.replace("AND seq =", "AND 0 <=").replace("AND n =", "AND 0 <=")
    return replace(common, fence=bare)


def sqlite_statements(*, fence: bool, stock: bool) -> SqliteStatements:
    guard = "AND reserved + ?15 BETWEEN 0 AND quota + ?9 AND waitlisted + ?16 >= 0"
    assert guard in SQLITE.move_offer
    moved = SQLITE.move_offer if stock else SQLITE.move_offer.replace(guard, "")
    return replace(SQLITE, common=SQLITE.common if fence else no_fence(SQLITE.common), move_offer=moved)


def postgres_statements(*, fence: bool, stock: bool) -> PostgresStatements:
    guard = "AND o.reserved + d.reserved BETWEEN 0 AND o.quota + d.quota AND o.waitlisted + d.waitlisted >= 0"
    assert guard in POSTGRES.write
    write = POSTGRES.write if stock else POSTGRES.write.replace(guard, "")
    return replace(POSTGRES, common=POSTGRES.common if fence else no_fence(POSTGRES.common), write=write)


def a_store(url: str, *, fence: bool = True, stock: bool = True) -> Store:
    if url.startswith("postgresql"):
        return PostgresStore(url, statements=postgres_statements(fence=fence, stock=stock))
    return SqliteStore(url, statements=sqlite_statements(fence=fence, stock=stock))


@asynccontextmanager
async def stores(url: str, *, fence: bool = True, stock: bool = True) -> AsyncIterator[list[Store]]:
    """As many owners of the room as there are deciders, and a session of 50 eggs."""
    opened = [a_store(url, fence=fence, stock=stock) for _ in range(DECIDERS)]
    for store in opened:
        await store.start()
    await opened[0].commit(a_book(egg(quota=QUOTA)).change())
    yield opened
    for store in opened:
        await store.close()


@dataclass(kw_only=True, slots=True)
class Rush:
    """Every decider wants one in every round; all have read the room before the first of them writes."""

    all_have_read: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(DECIDERS))
    stale: int = 0

    async def run(self, opened: list[Store]) -> None:
        async with asyncio.TaskGroup() as group:
            for number, store in enumerate(opened):
                group.create_task(self._decide(store, number))

    async def _decide(self, store: Store, number: int) -> None:
        for turn in range(ROUNDS):
            state = await store.load_room("r1")
            await self.all_have_read.wait()
            while state.offers["egg"].available and not await self._commit(store, one_more(state, f"{number}-{turn}")):
                state = await store.load_room("r1")

    async def _commit(self, store: Store, change: Change) -> bool:
        try:
            await store.commit(change)
        except Stale:
            self.stale += 1
            return False
        return True


def one_more(state: RoomState, name: str) -> Change:
    """Decide by what was read: one egg for one viewer. It tells no event, whose number would be a guard of its own."""
    before = state.offers["egg"]
    made = replace(reservation(id=name, of=viewer(name)), position=state.next_position())
    return Change(
        room="r1",
        seq_before=state.seq,
        seq_after=state.seq + 1,
        n_before=state.n,
        n_after=state.n,
        offers=(OfferChange(before=before, after=before.with_reserved(1, None)),),
        reservations=(made,),
    )


async def let_oversell(url: str, opened: list[Store]) -> None:
    """Take away the last line, the tables' own law."""
    if url.startswith("postgresql"):
        await asyncio.to_thread(sql, url, "ALTER TABLE offer DROP CONSTRAINT ck_offer_not_oversold")
    for store in opened:
        if isinstance(store, SqliteStore):
            await store._writer.run(lambda connection: connection.execute("PRAGMA ignore_check_constraints = ON"))


async def sold(store: Store) -> tuple[int, int]:
    state = await store.load_room("r1")
    return state.offers["egg"].reserved, sum(r.holds for r in state.reservations.values())


@pytest.mark.parametrize(
    ("fence", "stock"), [(True, True), (True, False), (False, True)], ids=["both", "the_fence", "the_stock_guard"]
)
async def test_exactly_the_quota_is_sold_with(own_url: str, *, fence: bool, stock: bool) -> None:
    """Each guard alone is enough for one offer; that somebody was stale shows that there was a race at all."""
    async with stores(own_url, fence=fence, stock=stock) as opened:
        rush = Rush()
        await let_oversell(own_url, opened)
        await rush.run(opened)
        assert await sold(opened[0]) == (QUOTA, QUOTA)
        assert rush.stale > 0


async def test_without_the_guards_more_than_the_quota_is_sold(own_url: str) -> None:
    """The twin: were this not to oversell, the race above would prove nothing."""
    async with stores(own_url, fence=False, stock=False) as opened:
        await let_oversell(own_url, opened)
        await Rush().run(opened)
        reserved, held = await sold(opened[0])
        assert reserved == held > QUOTA


async def test_without_the_guards_the_tables_still_refuse_to_oversell(own_url: str) -> None:
    async with stores(own_url, fence=False, stock=False) as opened:
        state = await opened[0].load_room("r1")
        full = replace(one_more(state, "all"), offers=(all_of_it(state),))
        await opened[0].commit(full)
        with pytest.raises(StoreError, match="not_oversold"):
            await opened[1].commit(one_more(state, "one-too-many"))
        assert (await sold(opened[0]))[0] == QUOTA


def all_of_it(state: RoomState) -> OfferChange:
    before = state.offers["egg"]
    return OfferChange(before=before, after=before.with_reserved(QUOTA, None))
