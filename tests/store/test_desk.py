"""The host's desk survives a reload: questions with their askers, kept answers, what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import desk_commands as d
from nlp.types import Intent, Route
from tests.domain.desk_factories import SWEET, keep
from tests.domain.factories import egg, read_as, set_to, viewer
from tests.store.book import a_book, next_evening

if TYPE_CHECKING:
    from live.domain.state import RoomState
    from live.store.port import Store
    from tests.store.book import Book


async def kept(store: Store, book: Book) -> RoomState:
    """Write what has happened, read the room back and find it as it is in memory, in its order."""
    await store.commit(book.change())
    loaded = await store.load_room(book.state.room)
    assert loaded == book.state
    assert list(loaded.questions) == list(book.state.questions)
    assert list(loaded.faq) == list(book.state.faq)
    assert list(loaded.pending) == list(book.state.pending)
    return loaded


def ask(book: Book, *names: str) -> None:
    for name in names:
        book.answered.append(book.evening.asks("甜不甜", SWEET, by=viewer(name)))
        book.evening.now_ms += 1000


async def test_questions_and_their_askers_are_read_back(store: Store) -> None:
    book = a_book(egg())
    ask(book, "张姐", "李叔", "张姐")
    loaded = await kept(store, book)
    (question,) = loaded.questions.values()
    assert question.askers == 2
    ask(book, "李叔", "王婶")
    book.do(d.AnswerQuestion(question_id=question.id, text="甜", show=True, keep=True, seconds=15))
    loaded = await kept(store, book)
    assert [(each.askers, each.answer) for each in loaded.questions.values()] == [(3, "甜")]


async def test_a_session_s_record_has_its_questions(store: Store) -> None:
    book = a_book(egg())
    ask(book, "张姐")
    await kept(store, book)
    record = await store.session("s1")
    assert record is not None
    assert record.questions == tuple(book.state.questions.values())


async def test_kept_answers_are_the_room_s_and_outlive_its_evenings(store: Store) -> None:
    book = a_book(egg())
    book.do(keep("甜"))
    await kept(store, book)
    await next_evening(store, book, egg())
    loaded = await kept(store, book)
    (faq,) = loaded.faq.values()
    book.do(d.KeepFaq(question="新鲜吗", answer="当天的", asking=SWEET, faq_id=faq.id))
    await kept(store, book)
    book.do(d.DropFaq(faq_id=faq.id))
    assert not (await kept(store, book)).faq


async def test_another_room_has_answers_of_its_own(store: Store) -> None:
    book = a_book(egg())
    book.do(keep("甜"))
    await kept(store, book)
    assert not (await store.load_room("r2")).faq


async def test_what_was_taken_back_waits_for_the_host_again(store: Store) -> None:
    book = a_book(egg())
    book.say("多来点", read_as(Intent.BUY, set_to(2), route=Route.CONFIRM), id="m-a")
    book.say("多来点", read_as(Intent.BUY, set_to(3), route=Route.CONFIRM), id="m-b")
    await kept(store, book)
    book.do(c.AcceptComment(comment_id="m-a"))
    await kept(store, book)
    book.do(d.UndoComment(comment_id="m-a"))
    assert [id_ for _, id_ in (await kept(store, book)).pending] == ["m-a", "m-b"]


async def test_what_is_set_aside_and_who_is_of_the_shop_are_the_session_s(store: Store) -> None:
    book = a_book(egg())
    book.say("我是小李", read_as(Intent.CHAT, route=Route.IGNORE), by=viewer("小李"), id="m-a")
    found = book.answered[-1]
    book.do(d.AddHost(comment_id="m-a", comment=found))
    book.do(d.SetAsideComment(comment_id="m-a", comment=found))
    book.do(d.UpdateScript(script={"sections": [{"id": "s1", "kind": "opening", "points": ["大家好"]}]}))
    loaded = await kept(store, book)
    assert loaded.session is not None
    assert loaded.session.set_aside == ("wechat_channels/m-a",)
    assert loaded.session.hosts[-1] == "u-小李"
