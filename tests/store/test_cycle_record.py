"""An order cycle read whole: what purchase orders, pick lists and labels are made from."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain.state import RoomState
from live.domain.ticket import Promise
from live.store.factory import open_store
from nlp.types import Intent, Route
from tests.domain.factories import CODES, CYCLE, Evening, egg, read_as, start, viewer
from tests.store.book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from live.store.port import Store

ZHANG = viewer("张姐")
WEDNESDAY = replace(CYCLE, id="wednesday")


async def a_session(store: Store, *, room: str, session_id: str, cycle: str, at_ms: int = 0) -> Book:
    evening = Evening(state=RoomState(room=room))
    evening.now_ms += at_ms
    book = Book(evening=evening)
    book.do(replace(start(egg(), session_id=session_id), cycle=replace(CYCLE, id=cycle)))
    book.buys(2, by=ZHANG)
    book.do(c.SetBasket(pickup_code=CODES(session_id, ZHANG.key), phone_tail="0042"))
    await store.commit(replace(book.change(), baskets=tuple(book.state.baskets.values())))
    return book


async def test_a_cycle_holds_its_sessions_of_all_rooms_oldest_first_without_comments(store: Store) -> None:
    late = await a_session(store, room="r2", session_id="s0", cycle="wednesday", at_ms=60_000)
    early = await a_session(store, room="r1", session_id="s1", cycle="wednesday")
    await a_session(store, room="r3", session_id="s3", cycle="thursday")
    for asked in ("s0", "s1"):
        record = await store.cycle(asked)
        assert record is not None
        assert [each.session for each in record.sessions] == [early.state.session, late.state.session]
        assert [each.reservations for each in record.sessions] == [
            tuple(book.state.reservations.values()) for book in (early, late)
        ]
        assert [basket.phone_tail for each in record.sessions for basket in each.baskets] == ["0042", "0042"]
        assert [each.comments for each in record.sessions] == [(), ()]
        assert record.people == {}


async def test_sessions_without_a_cycle_of_their_own_are_not_thrown_together(store: Store) -> None:
    await a_session(store, room="r1", session_id="s1", cycle="")
    await a_session(store, room="r2", session_id="s2", cycle="")
    record = await store.cycle("s1")
    assert record is not None
    assert [each.session.id for each in record.sessions] == ["s1"]


async def test_a_cycle_of_an_unknown_session_is_none(store: Store) -> None:
    assert await store.cycle("s9") is None


async def test_a_cycle_names_the_person_of_those_who_were_joined(sqlite_path: Path) -> None:
    store = open_store(str(sqlite_path))
    await store.start()
    await a_session(store, room="r1", session_id="s1", cycle="wednesday")
    with sqlite3.connect(sqlite_path) as connection:
        rows = [(ZHANG.key, "person-1", 0, "host"), ("kuaishou/id/else", "person-1", 0, "host")]
        connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", rows)
    connection.close()
    record = await store.cycle("s1")
    await store.close()
    assert record is not None
    assert record.people == {ZHANG.key: "person-1"}


async def test_a_complaint_comes_back_with_the_time_of_the_first_answer(store: Store) -> None:
    book = Book()
    book.do(start(egg()))
    book.say("鸡蛋碎了三个", read_as(Intent.COMPLAINT, route=Route.CONFIRM), by=ZHANG)
    await store.commit(replace(book.change(), tickets=tuple(book.state.tickets.values())))
    [ticket_id] = book.state.tickets
    book.evening.now_ms += 60_000
    book.do(c.AnswerTicket(ticket_id=ticket_id, text="给您换一箱", promise=Promise.REPLACEMENT))
    await store.commit(replace(book.change(), tickets=tuple(book.state.tickets.values())))
    record = await store.session("s1")
    assert record is not None
    [ticket] = record.tickets
    assert ticket == book.state.tickets[ticket_id]
    assert ticket.answered_ms == book.evening.now_ms
