"""What is asked of the store about a pickup code, a cycle and a room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.store.port import Owner
from tests.domain.factories import CODES, CYCLE, egg, start, viewer
from tests.store.book import Book, a_book

if TYPE_CHECKING:
    from live.store.port import Store

ZHANG = viewer("张姐")
CODE = CODES("s1", ZHANG.key)


async def test_a_code_is_known_by_its_owner_and_nobody_else_s_is(store: Store) -> None:
    book = a_book(egg())
    book.buys(2, by=ZHANG)
    await store.commit(book.change())
    assert await store.owner_of(CODE) == Owner(room="r1", session_id="s1", viewer_key=ZHANG.key)
    assert await store.owner_of(CODE.lower()[:-1]) is None
    assert await store.owner_of("") is None


async def test_a_code_is_still_known_when_all_of_it_was_cancelled(store: Store) -> None:
    book = a_book(egg())
    book.buys(2, by=ZHANG)
    book.do(c.PageChange(pickup_code=CODE, line=c.PageLine(offer_id="egg", quantity=0)))
    await store.commit(book.change())
    assert await store.owner_of(CODE) is not None


async def test_the_sessions_of_a_cycle_are_found_in_the_order_in_which_they_began(store: Store) -> None:
    book = Book()
    cycle = replace(CYCLE, id="wednesday")
    book.do(replace(start(egg()), cycle=cycle))
    book.do(c.EndSession())
    await store.commit(book.change())
    book.evening.now_ms += 60_000
    book.do(replace(start(egg(), session_id="s0"), cycle=cycle))
    await store.commit(book.change())
    assert await store.sessions_of_cycle("wednesday") == [("r1", "s1"), ("r1", "s0")]
    assert await store.sessions_of_cycle("thursday") == []


async def test_points_are_what_was_earned_less_what_was_redeemed(store: Store) -> None:
    book = a_book(egg())
    book.buys(2, by=ZHANG)
    book.do(c.CloseCycle())
    book.do(c.MarkReady())
    book.do(c.Collect(pickup_code=CODE, own_bag=True))
    await store.commit(replace(book.change(), baskets=tuple(book.state.baskets.values())))
    assert await store.points_of(ZHANG.key) == 1
    assert await store.points_of("nobody") == 0


async def test_a_room_is_there_once_it_was_used(store: Store) -> None:
    assert not await store.has_room("r1")
    await store.commit(a_book(egg()).change())
    assert await store.has_room("r1")
    assert not await store.has_room("R1")
