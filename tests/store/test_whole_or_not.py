"""A batch is there whole or not at all: every guard, and a failure at every step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.store.port import CommentOutcome, OfferChange, Stale, StoredResponse, StoreError
from nlp.types import Intent, PromptMeaning, Route
from tests.domain.factories import EVENING_MS, apple, egg, read_as, session, viewer
from tests.store.book import Book, a_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.domain.reservation import Reservation
    from live.store.port import Change, Store

CHAT = read_as(Intent.CHAT, route=Route.IGNORE)
FIRST = StoredResponse(key="k-1", request="ab" * 32, status=200, body=b"{}", at_ms=EVENING_MS)


async def a_written_book(store: Store) -> Book:
    """A room with stock that is partly promised, two comments and an answered command."""
    book = a_book(egg(quota=5), apple(quota=5, large=2))
    book.buys(2, by=viewer("张姐"))
    book.buys(1, "apple", "l", by=viewer("李叔"))
    await store.commit(book.change(FIRST))
    return book


def a_full_change(book: Book) -> Change:
    """A change that writes to every table."""
    book.buys(1, by=viewer("王婶"))
    book.buys(1, "apple", "l", by=viewer("王婶"))
    book.say("要点鸡蛋", read_as(Intent.BUY, route=Route.CONFIRM), id="m-9")
    book.do(c.DismissComment(comment_id="m-9"))
    book.do(c.OpenPrompt(prompt_id="p1", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=30))
    book.do(c.PinOffer(offer_id="egg"))
    book.do(c.AddOffer(offer=replace(egg(), id="new", number=3, title="新货", aliases=())))
    change = book.change(replace(FIRST, key="k-2"))
    assert change.session is not None
    assert change.outcomes
    return change


def behind_the_seq(change: Change) -> Change:
    return replace(change, seq_before=change.seq_before - 1)


def ahead_of_the_seq(change: Change) -> Change:
    return replace(change, seq_before=change.seq_before + 1)


def behind_the_n(change: Change) -> Change:
    return replace(change, n_before=change.n_before - 1)


def from_an_empty_room(change: Change) -> Change:
    return replace(change, seq_before=0, n_before=0)


def more_than_the_quota(change: Change) -> Change:
    egg_change, *others = change.offers
    assert egg_change.before is not None
    taken = replace(egg_change.after, reserved=egg_change.before.reserved + 4)
    return replace(change, offers=(replace(egg_change, after=taken), *others))


def less_than_nothing(change: Change) -> Change:
    egg_change, *others = change.offers
    assert egg_change.before is not None
    given = replace(egg_change.after, reserved=egg_change.before.reserved - 3)
    return replace(change, offers=(replace(egg_change, after=given), *others))


def a_quota_below_what_is_reserved(change: Change) -> Change:
    egg_change, *others = change.offers
    return replace(change, offers=(replace(egg_change, after=replace(egg_change.after, quota=2)), *others))


def fewer_waiting_than_none(change: Change) -> Change:
    egg_change, *others = change.offers
    return replace(change, offers=(replace(egg_change, after=replace(egg_change.after, waitlisted=-1)), *others))


def more_than_the_variants_quota(change: Change) -> Change:
    egg_change, apple_change, *others = change.offers
    large, small = apple_change.after.variants
    taken = replace(apple_change.after, variants=(replace(large, reserved=large.reserved + 1), small))
    return replace(change, offers=(egg_change, replace(apple_change, after=taken), *others))


def a_variant_taken_away_by_one_who_saw_less_of_it_reserved(change: Change) -> Change:
    egg_change, apple_change, *others = change.offers
    assert apple_change.before is not None
    large, small = apple_change.before.variants
    seen = replace(apple_change.before, variants=(replace(large, reserved=0), small))
    gone = OfferChange(before=seen, after=replace(apple_change.after, variants=(small,)))
    return replace(change, offers=(egg_change, gone, *others))


def an_offer_that_is_not_there(change: Change) -> Change:
    unknown = replace(egg(), id="ghost")
    return replace(change, offers=(OfferChange(before=unknown, after=unknown.with_reserved(1, None)),))


def an_offer_that_is_there_already(change: Change) -> Change:
    return replace(change, offers=(OfferChange(before=None, after=egg()),))


def a_comment_that_was_taken(change: Change) -> Change:
    first, *others = change.comments
    return replace(change, comments=(replace(first, comment=replace(first.comment, id="m-2")), *others))


def a_place_in_the_order_that_was_taken(change: Change) -> Change:
    first, *others = change.comments
    return replace(change, comments=(replace(first, n=1), *others))


def an_event_number_that_was_taken(change: Change) -> Change:
    first, *others = change.events
    return replace(change, events=(replace(first, seq=1), *others))


def an_answer_that_was_given(change: Change) -> Change:
    return replace(change, responses=(FIRST,))


def the_outcome_of_a_comment_that_is_not_there(change: Change) -> Change:
    return replace(change, outcomes=(CommentOutcome(key=("douyin", "m-0"), outcome="accepted", reason=""),))


def a_second_running_session(change: Change) -> Change:
    return replace(change, session=replace(session(), id="s2"), offers=(), reservations=(), prompt=None, outcomes=())


@pytest.mark.parametrize(
    "spoil",
    [
        behind_the_seq,
        ahead_of_the_seq,
        behind_the_n,
        from_an_empty_room,
        more_than_the_quota,
        less_than_nothing,
        a_quota_below_what_is_reserved,
        fewer_waiting_than_none,
        more_than_the_variants_quota,
        a_variant_taken_away_by_one_who_saw_less_of_it_reserved,
        an_offer_that_is_not_there,
        an_offer_that_is_there_already,
        a_comment_that_was_taken,
        a_place_in_the_order_that_was_taken,
        an_event_number_that_was_taken,
        an_answer_that_was_given,
        the_outcome_of_a_comment_that_is_not_there,
        a_second_running_session,
    ],
)
async def test_a_batch_with(store: Store, spoil: Callable[[Change], Change]) -> None:
    """… is stale, leaves no trace, and the batch as it should be is written after it."""
    book = await a_written_book(store)
    before = await everything(store)
    change = a_full_change(book)
    with pytest.raises(Stale):
        await store.commit(spoil(change))
    assert await everything(store) == before
    await store.commit(change)
    assert await store.load_room("r1") == book.state


def a_reservation_of_nothing(made: Reservation) -> Reservation:
    return replace(made, quantity=0)


def a_reservation_of_no_offer(made: Reservation) -> Reservation:
    return replace(made, offer_id="ghost")


@pytest.mark.parametrize("spoil", [a_reservation_of_nothing, a_reservation_of_no_offer])
async def test_a_batch_that_breaks_a_law_of_the_tables_is_our_mistake(
    store: Store, spoil: Callable[[Reservation], Reservation]
) -> None:
    book = await a_written_book(store)
    before = await everything(store)
    change = a_full_change(book)
    first, *others = change.reservations
    with pytest.raises(StoreError) as raised:
        await store.commit(replace(change, reservations=(spoil(first), *others)))
    assert type(raised.value) is StoreError
    assert await everything(store) == before


async def test_an_offer_that_stands_twice_in_a_batch_is_our_mistake(store: Store) -> None:
    book = await a_written_book(store)
    change = a_full_change(book)
    with pytest.raises(AssertionError, match="twice"):
        await store.commit(replace(change, offers=change.offers * 2))
    await store.commit(change)


async def everything(store: Store) -> list[object]:
    """All that a store can be asked about the room."""
    return [
        await store.load_room("r1"),
        await store.session("s1"),
        await store.session("s2"),
        await store.events_since("r1", 0, 1000),
        await store.comments_after("r1", 0, 1000),
        await store.response("r1", "k-1"),
        await store.response("r1", "k-2"),
        await store.rooms(),
    ]
