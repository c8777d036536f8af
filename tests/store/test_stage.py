"""What is on the picture survives a reload: flash deals, draws with their entries and winners, polls with their votes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.giveaway import GiveawayState
from live.store.port import Trace
from nlp.types import Intent, Route
from tests.domain.factories import egg, read_as, stranger, viewer
from tests.domain.stage_factories import RULES, flash_deal, lucky_bag, question
from tests.store.book import a_book, next_evening

if TYPE_CHECKING:
    from live.domain.commands import Command
    from live.domain.state import RoomState
    from live.domain.viewer import Viewer
    from live.store.port import Store
    from tests.store.book import Book

ENTERS, VOTES = read_as(Intent.GIVEAWAY, route=Route.IGNORE), read_as(Intent.VOTE, route=Route.IGNORE)
TALKS = read_as(Intent.CHAT, route=Route.IGNORE)
NAMES = ("张姐", "李叔", "王婶", "赵奶奶")


async def kept(store: Store, book: Book) -> RoomState:
    """Write what has happened, read the room back and find it as it is in memory, the lines in it too."""
    await store.commit(book.change())
    loaded = await store.load_room(book.state.room)
    assert loaded == book.state
    assert list(loaded.flash_sales) == list(book.state.flash_sales)
    assert list(loaded.polls) == list(book.state.polls)
    assert list(loaded.giveaways) == list(book.state.giveaways)
    for offer_id in book.state.offers:
        assert list(loaded.waiting(offer_id)) == list(book.state.waiting(offer_id))
        assert loaded.flash_of(offer_id) == book.state.flash_of(offer_id)
    return loaded


def seconds(book: Book, number: int) -> None:
    """Let time pass and the clock look."""
    book.evening.now_ms += number * 1000
    book.do(c.Tick())


def enter(book: Book, *people: Viewer) -> None:
    for who in people:
        book.say("锅到福到", ENTERS, by=who)


def bears_witness(book: Book) -> None:
    """Five comments after the list is closed: the draw follows."""
    for number in range(5):
        book.say(f"开奖了{number}", TALKS, by=viewer(f"路人{number}"))


def a_draw(book: Book, giveaway_id: str = "g-1", *, people: int = 4) -> None:
    book.do(replace(lucky_bag(), giveaway_id=giveaway_id))
    enter(book, *map(viewer, NAMES[:people]))


def drawn(book: Book, giveaway_id: str = "g-1") -> None:
    a_draw(book, giveaway_id)
    book.do(s.DrawGiveaway(giveaway_id=giveaway_id))
    bears_witness(book)
    assert book.state.giveaways[giveaway_id].state is GiveawayState.DRAWN


# Flash deals


async def test_a_deal_comes_back_at_every_step_of_its_life(store: Store) -> None:
    book = a_book(egg())
    book.do(flash_deal(quota=2, limit=1))
    await kept(store, book)
    steps: list[Command] = [
        s.PauseFlashSale(offer_id="egg"),
        s.ResumeFlashSale(offer_id="egg"),
        s.ExtendFlashSale(offer_id="egg", seconds=30, quantity=1),
        s.StopFlashSale(offer_id="egg"),
    ]
    seconds(book, 10)
    await kept(store, book)
    for name in NAMES:
        book.buys(1, by=viewer(name))
    loaded = await kept(store, book)
    assert [(r.state.value, r.unit_price_fen, r.flash_id) for r in loaded.reservations.values()] == [
        ("reserved", 990, "f-1"),
        ("reserved", 990, "f-1"),
        ("waitlisted", 990, "f-1"),
        ("waitlisted", 990, "f-1"),
    ]
    for step in steps:
        book.do(step)
        await kept(store, book)
    assert book.state.flash_sales["f-1"].sold == 3


async def test_a_second_deal_comes_back_behind_the_first(store: Store) -> None:
    book = a_book(egg())
    book.do(replace(flash_deal(countdown=0), flash_id="z"))
    book.do(s.StopFlashSale(offer_id="egg"))
    book.do(replace(flash_deal(countdown=0, price_fen=1990), flash_id="a"))
    await store.commit(book.change())
    loaded = await store.load_room("r1")
    assert loaded == book.state
    deal = loaded.flash_of("egg")
    assert deal is not None
    assert deal.id == "a"


async def test_a_deal_goes_on_from_what_was_read_back(store: Store) -> None:
    book = a_book(egg())
    book.do(flash_deal(quota=1, countdown=0))
    book.buys(1, by=viewer("张姐"))
    book.buys(1, by=viewer("李叔"))
    book.evening.state = await kept(store, book)
    book.do(c.CancelReservation(reservation_id=book.evening.only().id, reason="不要了"))
    assert book.evening.only(viewer("李叔")).unit_price_fen == 990
    await kept(store, book)


# Draws


async def test_a_draw_comes_back_at_every_step_of_its_life(store: Store) -> None:
    book = a_book(egg())
    a_draw(book)
    enter(book, stranger("m-hidden"))
    loaded = await kept(store, book)
    assert {entry.viewer.name for entry in loaded.entries["g-1"].values()} >= set(NAMES)
    book.do(s.DrawGiveaway(giveaway_id="g-1"))
    assert (await kept(store, book)).giveaways["g-1"].state is GiveawayState.CLOSED
    book.say("开奖了", TALKS, by=viewer("路人"))
    assert len((await kept(store, book)).giveaways["g-1"].witnesses) == 1
    bears_witness(book)
    loaded = await kept(store, book)
    (prize,) = loaded.giveaways["g-1"].prizes
    book.do(s.RedrawGiveaway(giveaway_id="g-1", forfeited=(prize.entry_id,), reason="人不在"))
    loaded = await kept(store, book)
    assert [each.state.value for each in loaded.giveaways["g-1"].prizes] == ["forfeited", "won"]
    book.do(s.ClaimGiveaway(giveaway_id="g-1", entry_id=loaded.giveaways["g-1"].prizes[1].entry_id))
    assert (await kept(store, book)).giveaways["g-1"].prizes[1].state.value == "claimed"


async def test_a_draw_is_found_by_its_id_alone_whatever_the_evening(store: Store) -> None:
    book = a_book(egg())
    drawn(book)
    await store.commit(book.change())
    past = await next_evening(store, book, egg())
    assert await store.giveaway("g-1") == past.evening.state.giveaways["g-1"]
    assert await store.giveaway("g-2") is None
    book.do(flash_deal(countdown=0))
    await store.commit(book.change())
    assert await store.giveaway("f-1") is None


async def test_the_evening_of_a_draw_is_found_by_it(store: Store) -> None:
    book = a_book(egg())
    drawn(book)
    book.do(question())
    await store.commit(book.change())
    await next_evening(store, book, egg())
    assert await store.session_of("r1", Trace(giveaway_id="g-1")) == "s1"
    assert await store.session_of("r2", Trace(giveaway_id="g-1")) is None
    assert await store.session_of("r1", Trace(giveaway_id="p-1")) is None


async def test_who_has_won_is_remembered_by_the_next_evening(store: Store) -> None:
    book = a_book(egg())
    drawn(book)
    winner = book.state.giveaways["g-1"].prizes[0].viewer
    assert (await kept(store, book)).wins == {}
    await next_evening(store, book, egg())
    loaded = await store.load_room("r1")
    assert loaded == book.state
    assert list(loaded.wins) == [winner.key]
    assert loaded.won_within(winner.key, 7, book.evening.now_ms + 1)


async def test_a_winner_who_lost_the_prize_again_is_written_once(store: Store) -> None:
    book = a_book(egg())
    drawn(book)
    await store.commit(book.change())
    for _ in range(2):
        (won,) = [p for p in book.state.giveaways["g-1"].prizes if p.state.value == "won"]
        book.do(s.RedrawGiveaway(giveaway_id="g-1", forfeited=(won.entry_id,)))
        await kept(store, book)
    assert len(book.state.giveaways["g-1"].prizes) == 3


async def test_an_evening_whose_draw_has_no_winners_yet_is_unfinished(store: Store) -> None:
    """After a restart somebody must draw: the room is opened although its evening is over and cut off."""
    book = a_book(egg())
    a_draw(book)
    book.do(c.EndSession())
    book.do(c.CloseCycle())
    await store.commit(book.change())
    assert book.state.giveaways["g-1"].state is GiveawayState.CLOSED
    assert await store.rooms() == ["r1"]
    assert await store.waiting_draws() == [("r1", book.state.giveaways["g-1"])]
    past = await next_evening(store, book, egg(), session_id="s2")
    assert await store.not_cut_off("r1") == ["s1"]
    assert await store.load_session("r1", "s1") == replace_numbers(past.evening.state)
    past.evening.now_ms += 11_000
    past.do(c.Tick())
    await store.commit(past.change())
    assert past.evening.state.giveaways["g-1"].state is GiveawayState.DRAWN
    assert (await store.not_cut_off("r1"), await store.waiting_draws()) == ([], [])
    book.do(c.EndSession())
    book.do(c.CloseCycle())
    await store.commit(book.change())
    assert await store.rooms() == []


def replace_numbers(state: RoomState) -> RoomState:
    """An earlier session counts nothing of the room's."""
    state.seq = state.n = 0
    return state


# Polls


async def test_a_poll_comes_back_with_the_last_vote_of_each(store: Store) -> None:
    book = a_book(egg())
    book.do(question())
    for name, key in (("张姐", "1"), ("李叔", "2"), ("张姐", "2")):
        book.say(key, VOTES, by=viewer(name))
    loaded = await kept(store, book)
    assert set(loaded.votes["p-1"].values()) == {"2"}
    book.say("1", VOTES, by=viewer("李叔"))
    await kept(store, book)
    book.do(s.ClosePoll(poll_id="p-1"))
    await kept(store, book)
    assert [option.votes for option in book.state.polls["p-1"].options] == [1, 1]


# The picture


async def test_what_is_shown_and_who_is_blocked_come_back(store: Store) -> None:
    book = a_book(egg())
    book.say("几点能提？“快”\\\n", read_as(Intent.QUESTION, route=Route.IGNORE))
    said = book.answered[-1]
    book.do(s.ShowComment(comment_id=said.comment.id, seconds=15, answer="明早八点", comment=said))
    book.do(s.ShowOrderCode(shown=True))
    book.do(s.BlockViewer(comment_id=said.comment.id, comment=said))
    loaded = await kept(store, book)
    assert loaded.session is not None
    assert loaded.session.shown is not None
    assert (loaded.session.order_code, loaded.session.blocked) == (True, (said.comment.viewer.key,))
    for step in (s.HideComment(), s.ShowOrderCode(shown=False), s.UnblockViewer(viewer_key=said.comment.viewer.key)):
        book.do(step)
        await kept(store, book)


@pytest.mark.parametrize("words", ['"state":"drawn"', '","state":"drawn","x":"', "锅%_'到"])
async def test_no_words_of_the_host_make_a_draw_look_drawn(store: Store, words: str) -> None:
    book = a_book(egg())
    book.do(replace(lucky_bag(), rules=replace(RULES, title=words, prize=words)))
    book.do(c.EndSession())
    book.do(c.CloseCycle())
    await store.commit(book.change())
    assert await store.rooms() == ["r1"]
    assert len(await store.waiting_draws()) == 1


async def test_the_record_of_an_evening_has_what_was_on_its_picture(store: Store) -> None:
    book = a_book(egg())
    book.do(flash_deal(countdown=0))
    drawn(book)
    book.do(question())
    await store.commit(book.change())
    record = await store.session("s1")
    assert record is not None
    assert {act.id for act in record.acts} == {"f-1", "g-1", "p-1"}
