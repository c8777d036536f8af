"""What each comment is, as a console is told it."""

from __future__ import annotations

from live.domain.comment import CommentKind
from live.service.comment_kinds import kinds_told

SESSION: dict[str, object] = {"id": "s1", "set_aside": ["douyin/c-4"]}


def kind(n: int, intent: str, outcome: str = "none") -> CommentKind:
    return CommentKind(n=n, key=("douyin", f"c-{n}"), intent=intent, outcome=outcome)


def test_comments_are_sorted_by_what_is_to_be_done_about_them() -> None:
    kinds = [
        kind(3, "buy", "reserved"),
        kind(4, "chat"),
        kind(5, "cancel", "needs_confirmation"),
        kind(6, "question"),
        kind(7, "complaint"),
        kind(8, "change", "changed"),
        kind(9, "praise"),
    ]
    assert kinds_told(SESSION, kinds) == {
        "session_id": "s1",
        "first": 3,
        "last": 9,
        "orders": [3, 5, 8],
        "questions": [6],
        "complaints": [7],
        "confirm": [5],
        "hidden": [4],
    }


def test_what_the_shop_s_own_people_write_is_no_order_and_no_question() -> None:
    told = kinds_told(SESSION, [kind(1, "buy", "host"), kind(2, "question", "host")])
    assert (told["orders"], told["questions"]) == ([], [])


def test_without_a_session_there_is_nothing() -> None:
    told = kinds_told(None, [])
    assert (told["session_id"], told["first"], told["last"], told["hidden"]) == (None, None, 0, [])
