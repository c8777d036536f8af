"""Who is one person, asked of each kind of store on the real thing."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.standing import Standing
from live.store.factory import open_store
from live.store.people import CodeHolder, Identity, joining
from live.store.people_statements import POSTGRES
from live.store.port import Stale, StoreError
from live.store.postgres import PostgresStore
from live.store.postgres_people import PostgresPeople
from tests.domain.factories import CODES, egg, start, stranger, viewer
from tests.store.book import a_book
from tests.store.conftest import empty

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from live.store.people import PeopleStore
    from live.store.port import Change, Store
    from tests.store.book import Book
    from tests.store.conftest import Open

KEYS = "abcdefg"
ZHANG, LI = viewer("张姐"), viewer("李叔")
HIDDEN = stranger("m-7")


async def join(people: PeopleStore, one: str, other: str, *, at_ms: int = 1, by: str = "host") -> bool:
    return await people.join(one, other, person=f"p-{one}{other}-{at_ms}", at_ms=at_ms, by=by)


async def classes(people: PeopleStore) -> set[frozenset[str]]:
    """The persons that somebody has made, as sets of their keys."""
    found: dict[str, set[str]] = {}
    for each in await people.everybody():
        found.setdefault(each.person, set()).add(each.viewer_key)
    return {frozenset(keys) for keys in found.values()}


async def test_nobody_is_joined_with_anybody_at_first(store: Store) -> None:
    assert await store.people.everybody() == []
    assert await store.people.identities("a") == []


async def test_joining_keeps_who_said_so_and_when(store: Store) -> None:
    assert await store.people.join("a", "b", person="p1", at_ms=7, by="viewer")
    assert await store.people.identities("b") == [
        Identity(viewer_key="a", person="p1", joined_ms=7, joined_by="viewer"),
        Identity(viewer_key="b", person="p1", joined_ms=7, joined_by="viewer"),
    ]


async def test_joining_twice_or_the_other_way_round_changes_nothing(store: Store) -> None:
    assert await join(store.people, "a", "b", at_ms=1)
    before = await store.people.everybody()
    assert not await join(store.people, "a", "b", at_ms=2)
    assert not await join(store.people, "b", "a", at_ms=3)
    assert await store.people.everybody() == before


async def test_nobody_is_joined_with_themselves(store: Store) -> None:
    assert not await join(store.people, "a", "a")
    assert await store.people.everybody() == []


async def test_who_is_joined_with_one_is_joined_with_all(store: Store) -> None:
    for one, other in ("ab", "cd", "bc"):
        assert await join(store.people, one, other)
    assert not await join(store.people, "d", "a")
    assert await classes(store.people) == {frozenset("abcd")}


async def test_of_two_persons_one_is_left_and_its_own_history_stands(store: Store) -> None:
    await store.people.join("a", "b", person="p1", at_ms=1, by="host")
    await store.people.join("c", "d", person="p2", at_ms=2, by="viewer")
    await store.people.join("d", "a", person="p3", at_ms=3, by="host")
    told = [(each.viewer_key, each.person, each.joined_ms) for each in await store.people.everybody()]
    assert told == [("a", "p1", 1), ("b", "p1", 1), ("c", "p1", 3), ("d", "p1", 3)]


async def test_who_is_split_off_is_alone_and_the_others_stay_together(store: Store) -> None:
    for one, other in ("ab", "bc"):
        await join(store.people, one, other)
    assert await store.people.split("b")
    assert await classes(store.people) == {frozenset("ac")}
    assert await store.people.identities("b") == []
    assert not await store.people.split("b")


async def test_who_is_left_by_the_last_other_is_nobody_s_any_more(store: Store) -> None:
    await join(store.people, "a", "b")
    assert await store.people.split("a")
    assert await store.people.everybody() == []


async def test_who_was_split_off_may_be_joined_again(store: Store) -> None:
    for one, other in ("ab", "bc"):
        await join(store.people, one, other)
    await store.people.split("a")
    assert await join(store.people, "a", "d", at_ms=9)
    assert await classes(store.people) == {frozenset("ad"), frozenset("bc")}


async def test_a_code_is_held_by_its_viewer_with_the_phone_they_left(store: Store) -> None:
    book = a_book(egg())
    book.buys(1, by=ZHANG)
    book.do(c.Reserve(viewer=HIDDEN, offer_id="egg", quantity=1))
    code, hidden = CODES("s1", ZHANG.key), CODES("s1", HIDDEN.key)
    book.do(c.SetBasket(pickup_code=code, phone_tail="6688"))
    await store.commit(with_baskets(book))
    assert await store.people.holder(code) == CodeHolder(viewer_key=ZHANG.key, weak=False, phone_tail="6688")
    assert await store.people.holder(hidden) == CodeHolder(viewer_key=HIDDEN.key, weak=True, phone_tail=None)
    assert await store.people.holder("nobody") is None
    assert await store.people.has_reserved(ZHANG.key)
    assert not await store.people.has_reserved(LI.key)


async def test_a_room_knows_all_keys_of_a_person(store: Store) -> None:
    await store.commit(a_book(egg()).change())
    await join(store.people, "b", "a")
    await join(store.people, "x", "y")
    assert (await store.load_room("r1")).persons == {
        "a": ("a", "b"), "b": ("a", "b"), "x": ("x", "y"), "y": ("x", "y"),
    }  # fmt: skip


async def test_a_person_s_points_and_no_shows_are_those_of_all_their_identities(store: Store) -> None:
    book = a_book(egg())
    for by in (ZHANG, LI):
        book.buys(1, by=by)
    book.do(c.CloseCycle())
    book.do(c.MarkReady())
    book.do(c.Collect(pickup_code=CODES("s1", ZHANG.key), own_bag=True))
    book.do(c.MarkNoShow(reservation_id=book.evening.only(LI).id))
    await store.commit(with_baskets(book))
    await join(store.people, ZHANG.key, LI.key)
    assert await store.points_of(LI.key) == 1
    assert (await store.load_room("r1")).standing(LI.key).points == 1
    book.do(c.EndSession())
    await store.commit(book.change())
    book.do(start(egg(), session_id="s2"))
    await store.commit(book.change())
    tonight = await store.load_room("r1")
    assert tonight.standing(ZHANG.key) == tonight.standing(LI.key) == Standing(no_shows=1, points=1)


async def test_a_person_cannot_redeem_one_point_under_two_identities(store: Store) -> None:
    book = a_book(egg())
    for by in (ZHANG, LI):
        book.buys(1, by=by)
    book.do(c.CloseCycle())
    book.do(c.MarkReady())
    book.do(c.Collect(pickup_code=CODES("s1", ZHANG.key), own_bag=True))
    await store.commit(with_baskets(book))
    await join(store.people, ZHANG.key, LI.key)
    book.state.persons = (await store.load_room("r1")).persons
    book.do(c.RedeemPoints(pickup_code=CODES("s1", LI.key), points=1))
    await store.commit(replace(with_baskets(book), redeemed=frozenset({LI.key})))
    assert await store.points_of(ZHANG.key) == 0
    twice = replace(book.state.baskets[ZHANG.key], redeemed_points=1)
    with pytest.raises(Stale):
        await store.commit(replace(book.change(), baskets=(twice,), redeemed=frozenset({ZHANG.key})))


def with_baskets(book: Book) -> Change:
    """The book leaves baskets out; the room's owner does not."""
    return replace(book.change(), baskets=tuple(book.state.baskets.values()))


class Relation:
    """What joining and splitting mean, said as simply as can be: a list of sets."""

    def __init__(self) -> None:
        self.sets = [{key} for key in KEYS]

    def of(self, key: str) -> set[str]:
        return next(each for each in self.sets if key in each)

    def join(self, one: str, other: str) -> bool:
        mine, its = self.of(one), self.of(other)
        if mine is its:
            return False
        self.sets.remove(its)
        mine |= its
        return True

    def split(self, key: str) -> bool:
        mine = self.of(key)
        if len(mine) == 1:
            return False
        mine.remove(key)
        self.sets.append({key})
        return True

    def joined(self) -> set[frozenset[str]]:
        return {frozenset(each) for each in self.sets if len(each) > 1}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sampled_from(KEYS), st.sampled_from(KEYS)),
        st.tuples(st.just("split"), st.sampled_from(KEYS), st.none()),
    ),
    max_size=25,
)


async def walk(url: str, steps: Iterable[tuple[str, str, str | None]]) -> None:
    store, relation = open_store(url), Relation()
    await store.start()
    try:
        for at_ms, (_, one, other) in enumerate(steps):
            if other is None:
                assert await store.people.split(one) == relation.split(one)
            else:
                assert await join(store.people, one, other, at_ms=at_ms) == relation.join(one, other)
            assert await classes(store.people) == relation.joined()
    finally:
        await store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_joining_makes_equivalence_classes_whatever_is_said_in_sqlite(
    sqlite_template: Path, steps: list[tuple[str, str, str | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copyfile(sqlite_template, Path(folder) / "linbo.db")
        asyncio.run(walk(str(path), steps))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_joining_makes_equivalence_classes_whatever_is_said_in_postgresql(
    shared_database: str, steps: list[tuple[str, str, str | None]]
) -> None:
    empty(shared_database)
    asyncio.run(walk(shared_database, steps))


PAIRS = 8
ROUNDS = 12


def pair(turn: int, number: int) -> tuple[str, str]:
    return f"{turn}-{number}-a", f"{turn}-{number}-b"


def chain(turn: int) -> Iterator[tuple[str, str]]:
    """Eight people of two identities each, every one joined with the next."""
    return ((pair(turn, number)[1], pair(turn, number + 1)[0]) for number in range(PAIRS - 1))


async def left_over(people: list[PeopleStore], turn: int) -> int:
    """Join all of a chain at the same moment; how many persons that leaves."""
    for number in range(PAIRS):
        await join(people[0], *pair(turn, number))
    async with asyncio.TaskGroup() as group:
        for each, (one, other) in zip(people, chain(turn), strict=True):
            group.create_task(join(each, one, other))
    mine = {key for number in range(PAIRS) for key in pair(turn, number)}
    return len({each.person for each in await people[0].everybody() if each.viewer_key in mine})


async def test_a_race_of_joins_leaves_one_person(open_another: Open) -> None:
    people = [(await open_another()).people for _ in range(PAIRS - 1)]
    assert [await left_over(people, turn) for turn in range(3)] == [1, 1, 1]


@asynccontextmanager
async def unlocked(url: str) -> AsyncIterator[list[PeopleStore]]:
    opened = [PostgresStore(url) for _ in range(PAIRS - 1)]
    for store in opened:
        await store.start()
    statements = replace(POSTGRES, lock="SELECT 1")
    yield [PostgresPeople(store._connection, statements=statements) for store in opened]
    for store in opened:
        await store.close()


async def test_without_the_lock_a_race_of_joins_tears_persons_apart(postgres_url: str) -> None:
    """The twin: were this to leave one person every time, the race above would prove nothing."""
    async with unlocked(postgres_url) as people:
        torn = 0
        for turn in range(ROUNDS):
            try:
                torn += await left_over(people, turn) > 1
            except* StoreError:
                torn += 1
        assert torn > 0


def test_of_the_persons_found_the_first_by_order_is_kept() -> None:
    change = joining("a", "b", {"a": "p2", "b": "p1"}, person="new")
    assert change is not None
    assert (change.person, change.moved, change.added) == ("p1", ("p2",), ())
