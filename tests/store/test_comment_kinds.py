"""What each comment of a session is, read without its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import commands as c
from nlp.types import Intent, Route
from tests.domain.factories import egg, read_as, set_to
from tests.store.book import a_book, next_evening

if TYPE_CHECKING:
    from live.store.port import Store


async def test_each_comment_is_told_by_its_place_its_class_and_what_came_of_it(store: Store) -> None:
    book = a_book(egg())
    book.say("要两箱", read_as(Intent.BUY, set_to(2)), id="m-a")
    book.say("甜不甜", read_as(Intent.QUESTION, route=Route.IGNORE), id="m-b")
    book.say("多来点", read_as(Intent.BUY, set_to(3), route=Route.CONFIRM), id="m-c")
    await store.commit(book.change())
    found = await store.comment_kinds("s1")
    assert [(kind.n, kind.key[1], kind.intent, kind.outcome) for kind in found] == [
        (1, "m-a", "buy", "reserved"),
        (2, "m-b", "question", found[1].outcome),
        (3, "m-c", "buy", "needs_confirmation"),
    ]
    book.do(c.AcceptComment(comment_id="m-c"))
    await store.commit(book.change())
    assert [kind.outcome for kind in await store.comment_kinds("s1")][2] == "accepted"


async def test_the_comments_of_another_evening_are_not_among_them(store: Store) -> None:
    book = a_book(egg())
    book.say("要两箱", read_as(Intent.BUY, set_to(2)))
    await store.commit(book.change())
    await next_evening(store, book, egg())
    book.say("晚上好", read_as(Intent.CHAT, route=Route.IGNORE))
    await store.commit(book.change())
    assert book.state.session is not None
    assert [kind.n for kind in await store.comment_kinds(book.state.session.id)] == [2]
    assert [kind.n for kind in await store.comment_kinds("s1")] == [1]
    assert await store.comment_kinds("nobody's") == []
