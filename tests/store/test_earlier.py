"""What is kept of a session after the next one has begun, asked of each kind of store on the real thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.session import Policy
from live.domain.standing import Standing
from live.domain.ticket import Promise
from live.store.port import OfferChange, Stale, Trace
from nlp.types import STREAM, Evidence, Intent, Route
from tests.domain.factories import EVENING_MS, MINUTE_MS, Evening, apple, egg, pickup_code, read_as, start, viewer
from tests.store.book import a_book, next_evening

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.domain.offer import Offer
    from live.store.port import Change, Store
    from tests.store.book import Book, Past

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")
BAD = read_as(Intent.COMPLAINT, route=Route.IGNORE)
NO_SOUND = replace(BAD, evidence=(Evidence(text="没声音", role=STREAM),))


def code(of: str = "张姐", session_id: str = "s1") -> str:
    return pickup_code(session_id, viewer(of).key)


async def reload(store: Store, book: Book) -> None:
    """Read the room back and find it as it is in memory, the orders of its dicts too."""
    loaded, state = await store.load_room("r1"), book.state
    assert loaded == state
    for mine, its in ((loaded.baskets, state.baskets), (loaded.tickets, state.tickets)):
        assert list(mine) == list(its)


async def revisit(store: Store, past: Past) -> None:
    """Read an earlier session back and find it as it is in memory, but for the room's own numbers."""
    loaded = await store.load_session("r1", past.id)
    assert loaded is not None
    assert (loaded.seq, loaded.n) == (0, 0)
    state = past.evening.state
    assert replace(loaded, seq=state.seq, n=state.n) == state
    assert list(loaded.reservations) == list(state.reservations)
    assert list(loaded.baskets) == list(state.baskets)


def at_the_counter(*offers: Offer, policy: Policy | None = None) -> Book:
    """张姐 has two boxes and 李叔 one, and they lie there."""
    book = a_book(*(offers or (egg(quota=9),)), policy=policy)
    book.buys(2, by=ZHANG)
    book.buys(1, by=LI)
    book.do(c.CloseCycle())
    book.do(c.MarkReady())
    return book


async def yesterday(store: Store, *offers: Offer) -> Past:
    """What lies at the counter of an evening before the one that runs."""
    book = at_the_counter(*offers)
    await store.commit(book.change())
    return await next_evening(store, book, egg(quota=5))


# Baskets and tickets


async def test_baskets_come_back_in_the_order_in_which_they_were_made(store: Store) -> None:
    book = a_book(egg())
    for name in ("王婶", "张姐", "李叔"):
        book.buys(1, by=viewer(name))
        book.do(c.SetBasket(pickup_code=code(name), pickup_point_id="p1", phone_tail="0123"))
    await store.commit(book.change())
    await reload(store, book)
    book.do(c.SetBasket(pickup_code=code("王婶"), own_bag=True))
    await store.commit(book.change())
    await reload(store, book)
    assert [b.own_bag for b in (await store.load_room("r1")).baskets.values()] == [True, False, False]


async def test_points_given_and_redeemed_come_back(store: Store) -> None:
    book = at_the_counter(policy=Policy(bag_points=3, max_no_shows=2))
    book.do(c.Collect(pickup_code=code(), own_bag=True))
    await store.commit(book.change())
    book.do(c.RedeemPoints(pickup_code=code(), points=2))
    await store.commit(book.change())
    await reload(store, book)
    assert (await store.load_room("r1")).standing(ZHANG.key) == Standing(points=1)
    assert await store.points_of(ZHANG.key) == 1


async def test_what_was_weighed_and_when_it_was_fetched_come_back(store: Store) -> None:
    book = at_the_counter(replace(egg(), weighed=True, supplier="王大叔农场", case_size=6, case_tolerance=5))
    mine = next(r for r in book.state.reservations.values() if r.viewer == ZHANG)
    book.do(c.Collect(pickup_code=code(), weights_milli={mine.id: 2_135}))
    await store.commit(book.change())
    await reload(store, book)
    loaded = (await store.load_room("r1")).reservations[mine.id]
    assert (loaded.weighed_milli, loaded.collected_ms) == (2_135, EVENING_MS)


async def test_tickets_come_back_with_what_was_said_and_promised(store: Store) -> None:
    book = a_book(egg())
    book.say("碎了俩", BAD, by=WANG)
    book.say("没声音", NO_SOUND, by=LI)
    book.say("烂了", BAD, by=ZHANG)
    await store.commit(book.change())
    await reload(store, book)
    first, live, _ = book.state.tickets.values()
    book.do(c.AnswerTicket(ticket_id=first.id, text="给您补两个", promise=Promise.REPLACEMENT))
    book.do(c.CloseTicket(ticket_id=live.id))
    book.say("没声", NO_SOUND, by=WANG)
    await store.commit(book.change())
    await reload(store, book)


async def test_the_cut_off_and_the_arrival_come_back(store: Store) -> None:
    book = at_the_counter()
    book.do(c.MovePickup(pickup_at_ms=EVENING_MS + 999 * MINUTE_MS, notice="车坏在路上了"))
    await store.commit(book.change())
    await reload(store, book)
    session = (await store.load_room("r1")).session
    assert session is not None
    assert (session.cycle.closed_ms, session.cycle.notice) == (EVENING_MS, "车坏在路上了")
    assert [point.ready_ms for point in session.cycle.pickup_points] == [EVENING_MS]


async def test_a_session_is_kept_whole_with_its_baskets_and_tickets(store: Store) -> None:
    book = at_the_counter()
    book.do(c.Collect(pickup_code=code(), own_bag=True))
    book.say("碎了俩", BAD, by=WANG)
    await store.commit(book.change())
    record = await store.session("s1")
    assert record is not None
    assert record.baskets == tuple(book.state.baskets.values())
    assert record.tickets == tuple(book.state.tickets.values())


# What lasts


async def test_what_a_session_leaves_behind_is_what_the_next_one_finds(store: Store) -> None:
    book = at_the_counter()
    book.do(c.Collect(pickup_code=code(), own_bag=True))
    book.do(c.MarkNoShow(reservation_id=next(r.id for r in book.state.reservations.values() if r.viewer == LI)))
    await store.commit(book.change())
    await reload(store, book)
    past = await next_evening(store, book, egg())
    await reload(store, book)
    assert book.state.standings == {ZHANG.key: Standing(points=1), LI.key: Standing(no_shows=1)}
    await revisit(store, past)
    assert past.evening.state.standings == {}


async def test_nobody_is_remembered_for_nothing(store: Store) -> None:
    book = at_the_counter()
    book.do(c.SetBasket(pickup_code=code(), phone_tail="1234"))
    book.do(c.Collect(pickup_code=code("李叔"), own_bag=True))
    book.do(c.RedeemPoints(pickup_code=code("李叔"), points=1))
    await store.commit(book.change())
    await next_evening(store, book, egg())
    assert (await store.load_room("r1")).standings == {}
    await reload(store, book)


async def test_no_shows_and_points_of_all_rooms_count(store: Store) -> None:
    book = at_the_counter()
    book.do(c.Collect(pickup_code=code(), own_bag=True))
    await store.commit(book.change())
    assert (await store.load_room("r2")).standings == {ZHANG.key: Standing(points=1)}
    there = Evening()
    there.state.room = "r2"
    there.do(start(egg(), session_id="t1"))
    await store.commit(_of_room("r2", there))
    assert (await store.load_room("r2")).standing(ZHANG.key) == Standing(points=1)


def _of_room(room: str, evening: Evening) -> Change:
    twin = a_book(egg())
    change = twin.change()
    session = evening.state.session
    assert session is not None
    return replace(change, room=room, session=session)


# Finding a session


async def test_an_earlier_session_is_found_by_what_it_has(store: Store) -> None:
    book = at_the_counter()
    book.say("碎了俩", BAD, by=WANG)
    row, ticket = next(iter(book.state.reservations.values())), next(iter(book.state.tickets.values()))
    await store.commit(book.change())
    await next_evening(store, book, egg())
    for trace in (
        Trace(pickup_code=row.pickup_code),
        Trace(reservation_id=row.id),
        Trace(ticket_id=ticket.id),
    ):
        assert await store.session_of("r1", trace) == "s1"
        assert await store.session_of("r2", trace) is None
    for nothing in (Trace(pickup_code="C"), Trace(reservation_id="r-9"), Trace(ticket_id="t-9"), Trace()):
        assert await store.session_of("r1", nothing) is None


async def test_a_session_is_read_by_its_own_room_alone(store: Store) -> None:
    past = await yesterday(store)
    await revisit(store, past)
    assert await store.load_session("r2", "s1") is None
    assert await store.load_session("r1", "s9") is None


async def test_what_is_not_cut_off_and_what_is_not_fetched_is_unfinished_business(store: Store) -> None:
    book = a_book(egg())
    book.buys(1)
    await store.commit(book.change())
    assert (await store.not_cut_off("r1"), await store.unfinished("r1")) == ([], [])
    open_one = await next_evening(store, book, egg(), session_id="s2")
    assert (await store.not_cut_off("r1"), await store.unfinished("r1")) == (["s1"], ["s1"])
    book.buys(1)
    book.do(c.CloseCycle())
    await store.commit(book.change())
    await next_evening(store, book, egg(), session_id="s3")
    assert (await store.not_cut_off("r1"), await store.unfinished("r1")) == (["s1"], ["s1", "s2"])
    open_one.do(c.CloseCycle())
    await store.commit(open_one.change())
    assert (await store.not_cut_off("r1"), await store.unfinished("r1")) == ([], ["s1", "s2"])
    open_one.do(c.MarkReady())
    open_one.do(c.Collect(pickup_code=code()))
    await store.commit(open_one.change())
    assert await store.unfinished("r1") == ["s2"]
    assert (await store.not_cut_off("r2"), await store.unfinished("r2")) == ([], [])


async def test_goods_that_nobody_came_for_are_no_business_of_the_counter(store: Store) -> None:
    past = await yesterday(store)
    for row in list(past.evening.state.reservations.values()):
        past.do(c.MarkNoShow(reservation_id=row.id))
    await store.commit(past.change())
    assert await store.unfinished("r1") == []


async def test_a_room_with_an_earlier_session_to_cut_off_is_opened_at_the_start(store: Store) -> None:
    book = a_book(egg())
    book.buys(1)
    await store.commit(book.change())
    past = await next_evening(store, book, egg())
    book.do(c.CloseCycle())
    book.do(c.EndSession())
    await store.commit(book.change())
    assert await store.rooms() == ["r1"]
    past.do(c.CloseCycle())
    await store.commit(past.change())
    assert await store.rooms() == []


# Changing an earlier session


async def test_a_pickup_of_yesterday_is_written_to_yesterday(store: Store) -> None:
    past = await yesterday(store)
    past.do(c.Collect(pickup_code=code(), own_bag=True))
    change = past.change()
    await store.commit(change)
    await revisit(store, past)
    newest = await store.load_room("r1")
    assert (newest.seq, newest.reservations, newest.offers["egg"].reserved) == (change.seq_after, {}, 0)
    assert newest.standings == {ZHANG.key: Standing(points=1)}


async def test_stock_of_an_earlier_session_moves_beside_that_of_the_newest(store: Store) -> None:
    book = a_book(egg(quota=3), apple())
    book.buys(2, by=ZHANG)
    book.buys(2, "apple", "l", by=ZHANG)
    book.buys(2, by=LI)
    await store.commit(book.change())
    past = await next_evening(store, book, egg(quota=5))
    book.buys(4, by=WANG)
    row = next(iter(past.evening.state.reservations.values()))
    past.do(c.CancelReservation(reservation_id=row.id, reason="不来了"))
    past.do(c.PageChange(pickup_code=code(), line=c.PageLine(offer_id="apple", variant_id="l", quantity=1)))
    older = past.change()
    book._seq, book.state.seq = older.seq_before, book.state.seq - len(older.events)
    newer = book.change()
    both = replace(
        newer,
        seq_after=newer.seq_after + len(older.events),
        reservations=(*newer.reservations, *older.reservations),
        earlier=older.earlier,
        events=(*newer.events, *(replace(e, seq=e.seq + len(newer.events)) for e in older.events)),
    )
    await store.commit(both)
    await revisit(store, past)
    loaded = await store.load_session("r1", "s1")
    assert loaded is not None
    assert [(o.reserved, o.waitlisted) for o in loaded.offers.values()] == [(2, 0), (1, 0)]
    assert (await store.load_room("r1")).offers["egg"].reserved == 4


def oversold(earlier: OfferChange) -> OfferChange:
    assert earlier.before is not None
    return replace(earlier, after=replace(earlier.after, reserved=earlier.before.reserved + 9))


def undersold(earlier: OfferChange) -> OfferChange:
    assert earlier.before is not None
    return replace(earlier, after=replace(earlier.after, reserved=earlier.before.reserved - 9))


def of_an_offer_that_is_not_there(earlier: OfferChange) -> OfferChange:
    assert earlier.before is not None
    return OfferChange(before=replace(earlier.before, id="ghost"), after=replace(earlier.after, id="ghost"))


def of_a_variant_above_its_quota(earlier: OfferChange) -> OfferChange:
    large, small = earlier.after.variants
    more = replace(earlier.after, variants=(replace(large, reserved=large.reserved + 9), small))
    return replace(earlier, after=more)


@pytest.mark.parametrize("spoil", [oversold, undersold, of_an_offer_that_is_not_there, of_a_variant_above_its_quota])
async def test_the_guards_hold_for_an_earlier_session_too(
    store: Store, spoil: Callable[[OfferChange], OfferChange]
) -> None:
    book = a_book(apple(quota=3))
    book.buys(1, "apple", "l", by=ZHANG)
    await store.commit(book.change())
    past = await next_evening(store, book, egg())
    past.do(c.Reserve(viewer=LI, offer_id="apple", variant_id="l", quantity=1))
    change = past.change()
    (earlier,) = change.earlier
    spoiled = replace(change, earlier=(replace(earlier, offers=tuple(map(spoil, earlier.offers))),))
    before = await store.load_session("r1", "s1"), await store.load_room("r1")
    with pytest.raises(Stale):
        await store.commit(spoiled)
    assert (await store.load_session("r1", "s1"), await store.load_room("r1")) == before
    await store.commit(change)
    await revisit(store, past)


@pytest.mark.parametrize("behind", [(-1, 0), (0, -1)])
async def test_the_fence_holds_for_an_earlier_session_too(store: Store, behind: tuple[int, int]) -> None:
    past = await yesterday(store)
    past.do(c.Collect(pickup_code=code()))
    change = past.change()
    before = await store.load_session("r1", "s1")
    moved = replace(change, seq_before=change.seq_before + behind[0], n_before=change.n_before + behind[1])
    with pytest.raises(Stale):
        await store.commit(moved)
    assert await store.load_session("r1", "s1") == before


async def test_more_points_than_there_are_are_redeemed_by_nobody(store: Store) -> None:
    past = await yesterday(store)
    past.do(c.Collect(pickup_code=code(), own_bag=True))
    past.do(c.RedeemPoints(pickup_code=code(), points=1))
    change = past.change()
    (basket,) = change.baskets
    greedy = replace(change, baskets=(replace(basket, redeemed_points=2),), redeemed=frozenset({ZHANG.key}))
    with pytest.raises(Stale):
        await store.commit(greedy)
    assert await store.points_of(ZHANG.key) == 0
    assert (await store.load_session("r1", "s1")) is not None
    await store.commit(replace(change, redeemed=frozenset({ZHANG.key})))
    await revisit(store, past)
