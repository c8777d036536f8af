from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.service.basket_book import MOST_EARLIER, BasketBook
from live.service.codes import pickup_codes
from live.service.session_view import PEOPLE, room_topic, viewer_topic
from live.store.port import Owner
from tests.domain.factories import CYCLE, egg, start, viewer
from tests.service.rig import ROOM, Shop, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.service.session_view import Topic

ZHANG, LI = viewer("张姐"), viewer("李叔")
CODE = pickup_codes(b"k" * 32)


@asynccontextmanager
async def a_book(folder: Path) -> AsyncIterator[tuple[Shop, BasketBook]]:
    async with a_shop(folder) as shop:
        book = BasketBook(shop.service)
        book.open()
        yield shop, book
        book.close()


def order(quantity: int = 1, *, by: str = "张姐") -> c.PageOrder:
    return c.PageOrder(viewer=viewer(by), lines=(c.PageLine(offer_id="egg", quantity=quantity),))


async def test_a_room_that_nobody_ever_used_does_not_come_into_being(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (_shop, book):
        assert await book.room("made-up") is None
        assert [t for t in asyncio.all_tasks() if t.get_name() == "room made-up"] == []


async def test_the_newest_session_is_shown_as_it_is_committed_and_kept_so(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        view = await book.room(ROOM)
        assert view is not None
        await shop.do(order(2))
        assert [each["quantity"] for each in view.of_viewer(ZHANG.key)] == [2]
        assert view.offers["egg"]["available"] == 8


async def test_a_room_that_is_cut_off_is_found_after_a_restart(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, _book):
        await shop.open(egg())
        await shop.do(order(2))
        await shop.do(c.EndSession())
        await shop.do(c.CloseCycle())
    async with a_book(tmp_path) as (_shop, book):
        view = await book.room(ROOM)
        assert view is not None
        assert view.cycle["state"] == "closed"
        assert await book.find(CODE("s1", ZHANG.key)) == Owner(room=ROOM, session_id="s1", viewer_key=ZHANG.key)


async def test_a_code_of_an_earlier_session_is_found_and_follows_what_happens_to_it(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        await shop.do(order(2))
        await shop.do(c.EndSession())
        await shop.open(egg(), session_id="s2")
        owner = await book.find(CODE("s1", ZHANG.key))
        assert owner is not None
        [held] = await book.held(owner)
        assert (held.view.id, held.code) == ("s1", CODE("s1", ZHANG.key))
        await shop.do(c.PageChange(pickup_code=held.code, line=c.PageLine(offer_id="egg", quantity=1)))
        assert [each["quantity"] for each in held.view.of_viewer(ZHANG.key)] == [1]
        newest = await book.room(ROOM)
        assert newest is not None
        assert newest.reservations == {}


async def test_a_session_that_is_looked_at_when_the_next_begins_stays_at_hand(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        await shop.do(order(2))
        first = await book.room(ROOM)
        await shop.do(c.EndSession())
        await shop.open(egg(), session_id="s2")
        assert await book.session(ROOM, "s1") is first
        second = await book.room(ROOM)
        assert second is not None
        assert (second.id, list(second.offers)) == ("s2", ["egg"])


async def test_what_changes_while_an_earlier_session_is_being_read_is_not_lost(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        await shop.do(order(3))
        await shop.do(c.EndSession())
        await shop.open(egg(), session_id="s2")
        code = CODE("s1", ZHANG.key)
        changes = [c.PageChange(pickup_code=code, line=c.PageLine(offer_id="egg", quantity=n)) for n in (2, 1, 4)]
        views = await asyncio.gather(*[book.session(ROOM, "s1") for _ in range(4)], *map(shop.do, changes))
        for view in views[:4]:
            assert not isinstance(view, tuple)
            assert view is not None
        kept = await book.session(ROOM, "s1")
        assert kept is not None
        assert [each["quantity"] for each in kept.of_viewer(ZHANG.key)] == [4]


async def test_a_basket_holds_all_of_the_cycle_over_rooms_its_own_code_first(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        cycle = replace(CYCLE, id="wednesday")
        for room, session_id in (("east", "e1"), ("west", "w1")):
            begin = replace(start(egg(), session_id=session_id), cycle=cycle)
            for command in (begin, order(2), order(1, by="李叔")):
                await shop.service.command(room, command, key=None, request_hash="")
        owner = await book.find(CODE("w1", ZHANG.key))
        assert owner is not None
        held = await book.held(owner)
        assert [(each.view.id, each.viewer_key, each.code) for each in held] == [
            ("w1", ZHANG.key, CODE("w1", ZHANG.key)),
            ("e1", ZHANG.key, CODE("e1", ZHANG.key)),
        ]


async def test_another_room_that_joins_the_cycle_is_found_too(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        cycle = replace(CYCLE, id="wednesday")
        for room, session_id, found in (("east", "e1", ["e1"]), ("west", "w1", ["e1", "w1"])):
            for command in (replace(start(egg(), session_id=session_id), cycle=cycle), order(2)):
                await shop.service.command(room, command, key=None, request_hash="")
            owner = Owner(room="east", session_id="e1", viewer_key=ZHANG.key)
            assert [each.view.id for each in await book.held(owner)] == found


async def test_sessions_of_no_cycle_have_nothing_to_do_with_each_other(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        await shop.do(order(2))
        await shop.service.command("west", start(egg(), session_id="w1"), key=None, request_hash="")
        await shop.service.command("west", order(1), key=None, request_hash="")
        [held] = await book.held(Owner(room=ROOM, session_id="s1", viewer_key=ZHANG.key))
        assert held.view.id == "s1"


async def test_listeners_hear_whose_things_have_changed(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        heard: list[set[Topic]] = []
        book.subscribe(heard.append)
        await shop.open(egg())
        await shop.do(order(2))
        assert heard[-1] == {viewer_topic(ZHANG.key), room_topic(ROOM)}
        await shop.do(c.SetBasket(pickup_code=CODE("s1", ZHANG.key), own_bag=True))
        assert viewer_topic(ZHANG.key) in heard[-1]
        await shop.do(c.EndSession())
        await shop.open(egg(), session_id="s2")
        await shop.do(c.CancelReservation(reservation_id=_only(shop, "s1"), reason="坏了"))
        assert viewer_topic(ZHANG.key) in heard[-1]
        assert room_topic(ROOM) not in heard[-1]


def _only(shop: Shop, session_id: str) -> str:
    made = [event.data["reservation"] for event in shop.events() if event.kind == "reservation_made"]
    [found] = [each for each in made if isinstance(each, dict) and each["session_id"] == session_id]
    return str(found["id"])


async def test_the_sessions_at_hand_are_few_however_many_are_asked_for(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        for n in range(MOST_EARLIER + 3):
            await shop.open(egg(), session_id=f"s{n}")
            await shop.do(order())
            await shop.do(c.EndSession())
            assert await book.room(ROOM) is not None
        assert len(book._earlier) == MOST_EARLIER
        assert await book.find(CODE("s0", ZHANG.key)) == Owner(room=ROOM, session_id="s0", viewer_key=ZHANG.key)
        [held] = await book.held(Owner(room=ROOM, session_id="s0", viewer_key=ZHANG.key))
        assert held.view.id == "s0"
        assert len(book._earlier) == MOST_EARLIER


async def test_a_session_that_there_is_not_is_none(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        await shop.open(egg())
        assert await book.session(ROOM, "s9") is None
        assert await book.held(Owner(room=ROOM, session_id="s9", viewer_key=LI.key)) == []


async def test_a_person_s_other_identities_are_in_their_basket_until_they_are_split(tmp_path: Path) -> None:
    async with a_book(tmp_path) as (shop, book):
        heard: list[set[Topic]] = []
        book.subscribe(heard.append)
        await shop.open(egg())
        await shop.do(order(2))
        await shop.do(order(1, by="李叔"))
        owner = Owner(room=ROOM, session_id="s1", viewer_key=ZHANG.key)
        assert [each.viewer_key for each in await book.held(owner)] == [ZHANG.key]
        await shop.service.people.join_codes(CODE("s1", ZHANG.key), CODE("s1", LI.key))
        assert heard[-1] == {PEOPLE}
        assert [each.viewer_key for each in await book.held(owner)] == [ZHANG.key, LI.key]
        await shop.service.people.split(LI.key)
        assert [each.viewer_key for each in await book.held(owner)] == [ZHANG.key]
