"""Many counters, one viewer's points: what is redeemed is what there is, and without the guard it is more."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from live.domain.basket import Basket
from live.store.port import Change, Stale
from live.store.postgres import PostgresStore
from live.store.sqlite import SqliteStore
from live.store.statements import POSTGRES, SQLITE
from tests.domain.factories import EVENING_MS, egg, pickup_code, start, viewer
from tests.store.book import Book

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from live.domain.state import RoomState

POINTS, COUNTERS, ROUNDS = 20, 8, 4
"""32 wishes for 20."""

KEY = viewer("张姐").key
Store = SqliteStore | PostgresStore


def a_store(url: str, *, guard: bool = True, lock: bool = True) -> Store:
    """A store whose guard does not count, or counts while others count the same."""
    if not url.startswith("postgresql"):
        blind = replace(SQLITE.common, points="SELECT 0 WHERE ?1 <> ''")
        return SqliteStore(url, statements=SQLITE if guard else replace(SQLITE, common=blind))
    common = POSTGRES.common if guard else replace(POSTGRES.common, points="SELECT 0 WHERE $1 <> ''")
    if not lock:
        slow = common.points.replace(
            "SELECT coalesce", "SELECT (SELECT count(*) FROM pg_sleep(0.05)) * 0 + coalesce", 1
        )
        assert slow != common.points
        common = replace(common, points=slow)
    locked = POSTGRES.lock_points if lock else "SELECT $1::text"
    return PostgresStore(url, statements=replace(POSTGRES, common=common, lock_points=locked))


@asynccontextmanager
async def counters(url: str, *, guard: bool = True, lock: bool = True) -> AsyncIterator[list[Store]]:
    """A room for each counter, all of them in one shop, and a viewer with points from the first."""
    opened = [a_store(url, guard=guard, lock=lock) for _ in range(COUNTERS)]
    for number, store in enumerate(opened):
        await store.start()
        await store.commit(_opened(number))
    yield opened
    for store in opened:
        await store.close()


def room(number: int) -> str:
    return f"r{number}"


def _opened(number: int) -> Change:
    book = Book()
    book.evening.state.room = room(number)
    book.do(start(egg(), session_id=f"s{number}"))
    return replace(book.change(), baskets=(a_basket(number, bag_points=POINTS if number == 0 else 0),))


def a_basket(number: int, *, bag_points: int = 0) -> Basket:
    return Basket(
        session_id=f"s{number}",
        viewer_key=KEY,
        pickup_code=pickup_code(f"s{number}", KEY),
        bag_points=bag_points,
        changed_ms=EVENING_MS,
        position=1,
    )


@dataclass(kw_only=True, slots=True)
class Rush:
    """Every counter takes one point in every round; all have looked before the first of them writes."""

    all_have_looked: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(COUNTERS))
    stale: int = 0

    async def run(self, opened: list[Store]) -> None:
        async with asyncio.TaskGroup() as group:
            for number, store in enumerate(opened):
                group.create_task(self._take(store, number))

    async def _take(self, store: Store, number: int) -> None:
        for _ in range(ROUNDS):
            state = await store.load_room(room(number))
            await self.all_have_looked.wait()
            while state.standing(KEY).points > 0 and not await self._commit(store, one_less(state)):
                state = await store.load_room(room(number))

    async def _commit(self, store: Store, change: Change) -> bool:
        try:
            await store.commit(change)
        except Stale:
            self.stale += 1
            return False
        return True


def one_less(state: RoomState) -> Change:
    basket = state.baskets[KEY]
    return Change(
        room=state.room,
        seq_before=state.seq,
        seq_after=state.seq + 1,
        n_before=state.n,
        n_after=state.n,
        baskets=(replace(basket, redeemed_points=basket.redeemed_points + 1),),
        redeemed=frozenset({KEY}),
    )


async def redeemed(opened: list[Store]) -> int:
    states = [await opened[0].load_room(room(number)) for number in range(COUNTERS)]
    return sum(state.baskets[KEY].redeemed_points for state in states)


async def test_exactly_the_points_there_are_are_redeemed(own_url: str) -> None:
    """Nobody's room was changed by another, so that somebody was stale shows that the guard was met."""
    async with counters(own_url) as opened:
        rush = Rush()
        await rush.run(opened)
        assert await redeemed(opened) == POINTS
        assert await opened[0].points_of(KEY) == 0
        assert rush.stale > 0


async def test_without_the_guard_more_points_are_redeemed_than_there_are(own_url: str) -> None:
    """The twin: were this not to overspend, the race above would prove nothing."""
    async with counters(own_url, guard=False) as opened:
        await Rush().run(opened)
        assert await redeemed(opened) > POINTS


async def test_on_a_server_the_guard_counts_alone_or_it_counts_for_nothing(own_postgres_url: str) -> None:
    """Two transactions that count at once do not see each other: the lock is half of the guard."""
    async with counters(own_postgres_url, lock=False) as opened:
        await Rush().run(opened)
        assert await redeemed(opened) > POINTS


async def test_points_taken_back_by_a_slip_are_counted_like_points_redeemed(own_url: str) -> None:
    async with counters(own_url) as opened:
        first, second = await opened[0].load_room(room(0)), await opened[1].load_room(room(1))
        spent = replace(one_less(second), baskets=(replace(second.baskets[KEY], redeemed_points=POINTS),))
        await opened[1].commit(spent)
        taken_back = replace(one_less(first), baskets=(replace(first.baskets[KEY], bag_points=0),))
        with pytest.raises(Stale):
            await opened[0].commit(taken_back)
        assert await opened[0].points_of(KEY) == 0
