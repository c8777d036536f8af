"""What every kind of store promises, asked of each on the real thing."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.offer import Variant
from live.domain.reservation import ReservationState
from live.domain.session import Policy, Repeat
from live.domain.state import RoomState
from live.store.port import Change, SessionRecord, Stale, StoredResponse, StoreUnavailable
from nlp.types import Action, Classification, Evidence, Intent, Op, PromptMeaning, Route, Stage, Topic
from tests.domain.factories import EVENING_MS, apple, cancel, egg, read_as, set_to, start, stranger, viewer
from tests.store.book import a_book

if TYPE_CHECKING:
    from live.store.port import Store
    from tests.store.book import Book
    from tests.store.conftest import Open

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")
CONFIRM = read_as(Intent.BUY, set_to(2), route=Route.CONFIRM, reason="没说清要几箱")
EVERYTHING = Classification(
    intent=Intent.QUESTION,
    topic=Topic.PICKUP,
    confidence=0.123456789,
    route=Route.ASK,
    actions=(
        Action(op=Op.ADD, offer=None, variant=None, quantity=None),
        Action(op=Op.SET, offer="egg", variant="l", quantity=2**40),
    ),
    evidence=(Evidence(text="几点能提", role="verb"), Evidence(text="“🥚”\\\n\t", role="offer")),
    stage=Stage.LLM,
    reason="问自提时间",
)


async def write(store: Store, book: Book, *responses: StoredResponse) -> Change:
    change = book.change(*responses)
    await store.commit(change)
    return change


async def reload(store: Store, book: Book) -> RoomState:
    """Read the room back and find it as it is in memory, the orders of its dicts too."""
    loaded = await store.load_room(book.state.room)
    assert loaded == book.state
    for mine, its in ((loaded.offers, book.state.offers), (loaded.reservations, book.state.reservations)):
        assert list(mine) == list(its)
    assert list(loaded.pending) == list(book.state.pending)
    return loaded


async def test_a_room_that_was_never_used_is_empty(store: Store) -> None:
    assert await store.load_room("r1") == RoomState(room="r1")
    assert await store.rooms() == []


async def test_a_session_comes_back_with_all_it_was_started_with(store: Store) -> None:
    book = a_book(
        replace(
            egg(),
            number=None,
            facts={"产地": "王大叔农场", "保质期": "15 天"},
            case_size=12,
            min_quantity=3,
            per_viewer_limit=5,
        ),
        apple(),
        policy=Policy(repeat=Repeat.ASK, cancel_by_comment=False, hold_minutes=30, max_auto_quantity=7),
    )
    await write(store, book)
    await reload(store, book)
    assert await store.rooms() == ["r1"]


async def test_a_script_comes_back_whatever_is_in_it(store: Store) -> None:
    book = a_book()
    script = {"段落": [{"讲": "鸡蛋", "分钟": 3.5, "重点": None, "限时": True}]}
    book.state.session = replace(book.evening.events[0].session, script=script)  # type: ignore[type-var]  # a start carries it
    book.evening.events[0] = replace(book.evening.events[0], session=book.state.session)
    await write(store, book)
    await reload(store, book)


async def test_an_empty_room_keeps_its_numbers_without_a_session(store: Store) -> None:
    await store.commit(bare(seq=(0, 3), n=(0, 0)))
    assert await store.load_room("r1") == RoomState(room="r1", seq=3)


async def test_reservations_and_stock_come_back_as_they_were_decided(store: Store) -> None:
    book = a_book(egg(quota=3), apple())
    await write(store, book)
    book.buys(2, by=ZHANG)
    book.buys(2, by=LI)
    book.buys(3, "apple", "l", by=WANG)
    book.buys(4, "apple", "s", by=LI)
    await write(store, book)
    loaded = await reload(store, book)
    assert [(o.reserved, o.waitlisted) for o in loaded.offers.values()] == [(3, 1), (7, 0)]
    assert [v.reserved for v in loaded.offers["apple"].variants] == [3, 4]
    assert [r.viewer.name for r in loaded.waiting("egg")] == ["李叔"]


async def test_a_reservation_is_written_over_by_what_becomes_of_it(store: Store) -> None:
    book = a_book(egg(quota=3))
    book.buys(3, by=ZHANG)
    book.buys(2, by=LI)
    await write(store, book)
    book.do(c.SetQuantity(reservation_id=book.evening.only(ZHANG).id, quantity=1))
    await write(store, book)
    loaded = await reload(store, book)
    assert [(r.quantity, r.state, r.handled) for r in loaded.reservations.values()] == [
        (1, ReservationState.RESERVED, True),
        (2, ReservationState.RESERVED, False),
    ]


async def test_the_open_prompt_comes_back_and_a_closed_one_does_not(store: Store) -> None:
    book = a_book()
    for prompt, keyword in (("p1", "1"), ("p2", "要")):
        book.do(c.OpenPrompt(prompt_id=prompt, keyword=keyword, meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=30))
        await write(store, book)
        await reload(store, book)
    book.do(c.ClosePrompt())
    await write(store, book)
    assert (await reload(store, book)).prompt is None


async def test_what_waits_for_one_tap_comes_back_until_it_is_tapped(store: Store) -> None:
    book = a_book(egg())
    for name in ("m-1", "m-2", "m-3"):
        book.say("要点鸡蛋", CONFIRM, by=stranger(name), id=name)
    await write(store, book)
    assert len((await reload(store, book)).pending) == 3
    book.do(c.DismissComment(comment_id="m-1"))
    book.do(c.AcceptComment(comment_id="m-3"))
    await write(store, book)
    loaded = await reload(store, book)
    assert [p.id for p in loaded.pending.values()] == ["m-2"]
    told = [await store.comment("r1", name) for name in ("m-1", "m-3")]
    assert [(a.outcome, a.reason) for a in told if a] == [("dismissed", "主播处理"), ("accepted", "主播处理")]


async def test_a_tap_does_after_a_restart_what_it_would_have_done_before(store: Store) -> None:
    book = a_book(apple())
    book.buys(1, "apple", "l", by=ZHANG)
    book.say("再来两箱", read_as(Intent.BUY, set_to(2, "apple"), route=Route.CONFIRM), by=ZHANG, id="m-9")
    assert [act.variant for act in book.state.pending["wechat_channels", "m-9"].actions] == ["l"]
    await write(store, book)
    await reload(store, book)


async def test_a_comment_that_is_put_and_tapped_in_one_batch_is_done(store: Store) -> None:
    book = a_book(egg())
    book.say("要点鸡蛋", CONFIRM, id="m-1")
    book.do(c.DismissComment(comment_id="m-1"))
    await write(store, book)
    assert (await reload(store, book)).pending == {}


async def test_a_comment_comes_back_with_all_that_was_understood(store: Store) -> None:
    book = a_book(egg())
    book.say("几点能提“🥚”？\\\n", EVERYTHING, by=replace(ZHANG, id=None, weak=True), id="9" * 64)
    book.say("哈哈哈", read_as(Intent.CHAT, route=Route.IGNORE))
    first = book.answered[0]
    book.answered[0] = replace(first, comment=replace(first.comment, level=7, badges=("粉丝团", "“铁粉”")))
    await write(store, book)
    assert await store.comments_after("r1", 0, 10) == book.answered
    assert await store.comment("r1", "9" * 64) == book.answered[0]


async def test_comments_are_handed_out_in_order_after_any_of_them(store: Store) -> None:
    book = a_book()
    for _ in range(5):
        book.say("哈哈哈", read_as(Intent.CHAT, route=Route.IGNORE))
    await write(store, book)
    assert [a.n for a in await store.comments_after("r1", 2, 2)] == [3, 4]
    assert await store.comments_after("r1", 5, 2) == []
    assert await store.comments_after("r2", 0, 2) == []


async def test_of_two_platforms_comments_with_one_id_the_newest_is_found(store: Store) -> None:
    book = a_book()
    for platform in ("kuaishou", "douyin"):
        book.say("在", read_as(Intent.CHAT, route=Route.IGNORE), by=viewer(platform=platform), id="m-1")
    await write(store, book)
    found = await store.comment("r1", "m-1")
    assert found is not None
    assert found.comment.platform == "douyin"
    assert await store.comment("r1", "m-2") is None
    assert await store.comment("r2", "m-1") is None


async def test_a_comment_is_known_by_platform_and_id_in_its_room_alone(store: Store) -> None:
    book = a_book()
    book.say("在", read_as(Intent.CHAT, route=Route.IGNORE), by=viewer(platform="douyin"), id="m-1")
    await write(store, book)
    keys = [("douyin", "m-1"), ("kuaishou", "m-1"), ("douyin", "m-2")]
    assert await store.known("r1", keys) == {("douyin", "m-1")}
    assert await store.known("r2", keys) == frozenset()
    assert await store.known("r1", []) == frozenset()


async def test_a_comment_of_an_evening_before_is_still_known(store: Store) -> None:
    book = a_book()
    book.say("在", read_as(Intent.CHAT, route=Route.IGNORE), id="m-1")
    book.do(c.EndSession())
    await write(store, book)
    book.do(start(egg(), session_id="s2"))
    await write(store, book)
    assert await store.known("r1", [("wechat_channels", "m-1")]) == {("wechat_channels", "m-1")}
    assert (await reload(store, book)).comments == 0


async def test_an_ended_session_is_shown_until_the_next_begins(store: Store) -> None:
    book = a_book(egg())
    book.buys(2)
    book.do(c.EndSession())
    await write(store, book)
    loaded = await reload(store, book)
    assert loaded.session is not None
    assert not loaded.session.running
    assert await store.rooms() == ["r1"]
    book.do(c.CloseCycle())
    await write(store, book)
    assert await store.rooms() == []
    book.do(start(apple(), session_id="s2"))
    await write(store, book)
    assert list((await reload(store, book)).offers) == ["apple"]


async def test_a_session_is_kept_whole_for_its_report(store: Store) -> None:
    book = a_book(egg(quota=1), apple())
    book.buys(1, by=ZHANG)
    book.buys(1, by=LI)
    book.do(c.EndSession())
    await write(store, book)
    evening = copy(book.state)
    offers, reservations = tuple(evening.offers.values()), tuple(evening.reservations.values())
    book.do(start(session_id="s2"))
    book.say("在", read_as(Intent.CHAT, route=Route.IGNORE))
    await write(store, book)
    assert evening.session is not None
    assert await store.session("s1") == SessionRecord(
        session=evening.session, offers=offers, reservations=reservations, comments=tuple(book.answered[:2])
    )
    assert await store.session("s9") is None


async def test_events_are_handed_out_after_any_of_them(store: Store) -> None:
    book = a_book(egg(), apple())
    change = await write(store, book)
    assert await store.events_since("r1", 0, 100) == list(change.events)
    assert await store.events_since("r1", 1, 1) == [change.events[1]]
    assert await store.events_since("r1", change.seq_after, 100) == []
    assert await store.events_since("r2", 0, 100) == []


async def test_events_with_a_gap_before_them_are_not_handed_out(store: Store) -> None:
    book = a_book(egg())
    change = book.change()
    await store.commit(replace(change, events=change.events[1:]))
    assert await store.events_since("r1", 0, 100) == []
    assert await store.events_since("r1", 1, 100) == list(change.events[1:])


async def test_the_first_answer_to_a_command_is_kept(store: Store) -> None:
    first = StoredResponse(key="k-1", request="ab" * 32, status=409, body='{"code":"没有"}'.encode(), at_ms=EVENING_MS)
    book = a_book()
    await write(store, book, first)
    assert await store.response("r1", "k-1") == first
    assert await store.response("r2", "k-1") is None
    assert await store.response("r1", "k-2") is None
    with pytest.raises(Stale):
        await write(store, book, replace(first, status=200))
    assert await store.response("r1", "k-1") == first


async def test_what_is_committed_is_there_after_a_restart(store: Store, open_another: Open) -> None:
    book = a_book(egg(quota=3), apple())
    book.buys(2)
    await write(store, book)
    await store.close()
    await reload(await open_another(), book)


async def test_a_closed_store_says_so_and_may_be_closed_again(store: Store) -> None:
    await store.close()
    with pytest.raises(StoreUnavailable, match="请"):
        await store.load_room("r1")
    await store.close()


async def test_offers_keep_the_order_in_which_they_were_put_on_the_list(store: Store) -> None:
    book = a_book(*(replace(egg(), id=f"z{9 - i}", number=i, title=f"货{i}", aliases=()) for i in range(1, 4)))
    await write(store, book)
    for name in ("b", "a"):
        book.do(c.AddOffer(offer=replace(apple(), id=name, number=None, title=name)))
        await write(store, book)
    assert list((await reload(store, book)).offers) == ["z8", "z7", "z6", "b", "a"]


async def test_a_quota_is_raised_and_lowered_beside_what_is_reserved(store: Store) -> None:
    book = a_book(apple(quota=5, large=2))
    book.buys(3, "apple", "l")
    await write(store, book)
    book.do(c.Restock(offer_id="apple", variant_id="l", quantity=4))
    await write(store, book)
    await reload(store, book)
    book.do(
        c.UpdateOffer(offer_id="apple", changes={"quota": 3, "title": "小苹果", "case_size": 6, "supplier": "果园"})
    )
    await write(store, book)
    assert (await reload(store, book)).offers["apple"].available == 0


async def test_variants_come_go_and_change_their_kind(store: Store) -> None:
    book = a_book(apple(quota=9, large=4, small=None))
    book.buys(2, "apple", "l")
    book.buys(1, "apple", "s")
    await write(store, book)
    for variants in (
        (Variant(id="s", name="小果", quota=5), Variant(id="l", name="大果", quota=3), Variant(id="m", name="中果")),
        (Variant(id="l", name="大果"), Variant(id="s", name="小", aliases=("小的",), quota=6)),
        (
            Variant(id="x", name="特大", quota=1),
            Variant(id="s", name="小", quota=6),
            Variant(id="l", name="大果", quota=2),
        ),
    ):
        book.do(c.UpdateOffer(offer_id="apple", changes={"variants": variants}))
        await write(store, book)
        loaded = await reload(store, book)
        assert [v.id for v in loaded.offers["apple"].variants] == [v.id for v in variants]


async def test_a_batch_of_an_empty_room_may_be_empty(store: Store) -> None:
    await store.commit(bare(seq=(0, 0), n=(0, 0)))
    await store.commit(bare(seq=(0, 0), n=(0, 0)))
    assert await store.load_room("r1") == RoomState(room="r1")


async def test_rooms_do_not_see_each_other(store: Store) -> None:
    book = a_book(egg(quota=3))
    book.buys(2)
    await write(store, book)
    await store.commit(replace(bare(seq=(0, 1), n=(0, 0)), room="r2"))
    assert await store.load_room("r2") == RoomState(room="r2", seq=1)
    await reload(store, book)


async def test_a_comment_reads_the_same_whoever_wrote_the_cancel(store: Store) -> None:
    book = a_book(egg())
    book.buys(2)
    book.say("不要了", read_as(Intent.CANCEL, cancel()))
    await write(store, book)
    assert (await reload(store, book)).offers["egg"].reserved == 0


def bare(*, seq: tuple[int, int], n: tuple[int, int]) -> Change:
    return Change(room="r1", seq_before=seq[0], seq_after=seq[1], n_before=n[0], n_after=n[1])
