"""What the counter of a room looks at, asked of each kind of store on the real thing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain.standing import Standing
from live.domain.state import RoomState
from tests.domain.factories import CODES, CYCLE, EVENING_MS, MINUTE_MS, Evening, egg, start, viewer
from tests.store.book import Book

if TYPE_CHECKING:
    from live.domain.viewer import Viewer
    from live.store.port import CounterRecord, Store

ZHANG, LI = viewer("张姐"), viewer("李叔")


@dataclass(kw_only=True, slots=True)
class Days:
    """A room that has one evening after the other, each committed as it goes."""

    store: Store
    room: str = "r1"
    book: Book = field(default_factory=Book)

    def __post_init__(self) -> None:
        self.book.evening = Evening(state=RoomState(room=self.room))

    async def evening(self, session_id: str, *buyers: Viewer, cycle_id: str = "") -> None:
        """A session in which each buyer takes one box of eggs."""
        cycle = replace(CYCLE, id=cycle_id, cutoff_at_ms=self.book.evening.now_ms + MINUTE_MS)
        await self.do(replace(start(egg(), session_id=session_id), cycle=cycle))
        for by in buyers:
            self.book.buys(1, by=by)
        await self.commit()

    async def arrive(self) -> None:
        """End it, cut it off and have the goods come."""
        for command in (c.EndSession(), c.CloseCycle(), c.MarkReady()):
            await self.do(command)

    async def do(self, command: c.Command) -> None:
        self.book.evening.do(command)
        await self.commit()

    async def commit(self) -> None:
        await self.store.commit(replace(self.book.change(), baskets=tuple(self.book.state.baskets.values())))

    def later(self, minutes: int) -> None:
        self.book.evening.now_ms += minutes * MINUTE_MS


async def look(store: Store, room: str = "r1", *, since_ms: int = EVENING_MS, code: str | None = None) -> CounterRecord:
    return await store.counter(room, since_ms, code)


def ids(record: CounterRecord) -> list[str]:
    return [each.session.id for each in record.sessions]


async def test_a_room_that_was_never_used_has_an_empty_counter(store: Store) -> None:
    record = await look(store)
    assert (record.sessions, record.seqs, record.standings, record.people) == ((), {}, {}, {})


async def test_the_newest_session_is_there_whole_with_the_room_s_number(store: Store) -> None:
    days = Days(store=store)
    await days.evening("s1", ZHANG, LI)
    record = await look(store)
    (one,) = record.sessions
    assert one.reservations == tuple(days.book.state.reservations.values())
    assert one.offers == tuple(days.book.state.offers.values())
    assert record.seqs == {"r1": days.book.state.seq}


async def test_earlier_goods_that_nobody_has_fetched_are_there_with_tonight_s(store: Store) -> None:
    days = Days(store=store)
    await days.evening("s1", ZHANG)
    await days.arrive()
    await days.evening("s2", LI)
    assert ids(await look(store)) == ["s1", "s2"]


async def test_what_was_handed_over_today_is_still_there_and_what_was_before_is_not(store: Store) -> None:
    days = Days(store=store)
    await days.evening("s1", ZHANG)
    await days.arrive()
    await days.do(c.Collect(pickup_code=CODES("s1", ZHANG.key)))
    collected_ms = days.book.evening.now_ms
    await days.evening("s2", LI)
    assert ids(await look(store, since_ms=collected_ms)) == ["s1", "s2"]
    assert ids(await look(store, since_ms=collected_ms + 1)) == ["s2"]


async def test_a_code_brings_its_session_back_however_old(store: Store) -> None:
    days = Days(store=store)
    await days.evening("s1", ZHANG)
    await days.arrive()
    await days.do(c.Collect(pickup_code=CODES("s1", ZHANG.key)))
    await days.evening("s2", LI)
    late = days.book.evening.now_ms + MINUTE_MS
    assert ids(await look(store, since_ms=late, code=CODES("s1", ZHANG.key))) == ["s1", "s2"]
    assert ids(await look(store, "r9", since_ms=late, code=CODES("s1", ZHANG.key))) == ["s1"]


async def test_rooms_that_share_a_cycle_share_a_counter(store: Store) -> None:
    east, west, other = (Days(store=store, room=room) for room in ("r1", "r2", "r3"))
    await east.evening("s1", ZHANG, cycle_id="wednesday")
    await west.evening("s2", LI, cycle_id="wednesday")
    await other.evening("s3", LI, cycle_id="thursday")
    for room in ("r1", "r2"):
        record = await look(store, room)
        assert ids(record) == ["s1", "s2"]
        assert set(record.seqs) == {"r1", "r2"}


async def test_a_code_of_long_ago_brings_all_of_its_cycle_so_that_its_number_is_that_of_the_papers(
    store: Store,
) -> None:
    east, west = (Days(store=store, room=room) for room in ("r1", "r2"))
    await east.evening("s1", ZHANG, cycle_id="wednesday")
    await west.evening("s2", LI, cycle_id="wednesday")
    await Days(store=store, room="r3").evening("s3", cycle_id="thursday")
    assert ids(await look(store, "r3", code=CODES("s2", LI.key))) == ["s1", "s2", "s3"]


async def test_cycles_without_a_name_are_not_one_cycle(store: Store) -> None:
    east, west = (Days(store=store, room=room) for room in ("r1", "r2"))
    await east.evening("s1", ZHANG)
    await west.evening("s2", LI)
    assert ids(await look(store)) == ["s1"]


async def test_standings_and_people_are_those_of_the_shop(store: Store) -> None:
    days = Days(store=store)
    await days.evening("s1", ZHANG, LI)
    await days.arrive()
    await days.do(c.MarkNoShow(reservation_id=days.book.evening.only(LI).id))
    await days.do(c.Collect(pickup_code=CODES("s1", ZHANG.key), own_bag=True))
    await store.people.join(ZHANG.key, LI.key, person="p1", at_ms=1, by="host")
    record = await look(store)
    assert record.standings == {ZHANG.key: Standing(points=1), LI.key: Standing(no_shows=1)}
    assert record.people == {ZHANG.key: "p1", LI.key: "p1"}
