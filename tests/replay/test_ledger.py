from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.replay.ledger import Ledger, Overloaded
from live.replay.log import Posting
from tests.replay.shop import ack, error


def posting(comment_id: str | None) -> Posting:
    return Posting(wire="{}", id=comment_id, at_ms=None)


def ledger_of(*frames: str) -> Ledger:
    """Frames of comments with ids of one letter."""
    ledger = Ledger()
    for frame in frames:
        ledger.note_sent([posting(comment_id) for comment_id in frame])
    return ledger


def test_a_comment_is_open_until_it_is_acknowledged() -> None:
    ledger = ledger_of("ab")
    ledger.note_answer(ack("a"))
    assert (ledger.sent, ledger.acknowledged, ledger.open) == (2, 1, 1)
    assert [each.id for each in ledger.unanswered()] == ["b"]


def test_a_refused_comment_is_not_sent_again() -> None:
    ledger = ledger_of("ab")
    ledger.note_answer(error("invalid_comment", "text: is required", "a"))
    assert [each.id for each in ledger.unanswered()] == ["b"]
    assert ledger.refusals == {"invalid_comment：text: is required": 1}


def test_an_error_without_an_id_is_about_the_oldest_frame() -> None:
    ledger = ledger_of("ab", "cd")
    ledger.note_answer(ack("a"))
    ledger.note_answer(error("invalid_frame", "items"))
    assert ledger.rejected == 1
    assert [each.id for each in ledger.unanswered()] == ["c", "d"]


def test_a_service_that_asks_for_patience_refuses_nothing() -> None:
    ledger = ledger_of("a")
    with pytest.raises(Overloaded, match="磁盘已满"):
        ledger.note_answer(error("overloaded", "磁盘已满", "a"))
    assert ledger.open == 1


def test_other_frames_wait_for_no_answer() -> None:
    ledger = Ledger()
    ledger.note_sent([posting(None)])
    assert (ledger.sent, ledger.open) == (0, 0)


@pytest.mark.parametrize(
    "answer", ['{"type":"hello"}', "5", "[]", '{"type":"ack","ids":[5,null,"x"]}', '{"type":"ack"}', error("x", "y")]
)
def test_an_answer_of_an_unknown_kind_changes_nothing(answer: str) -> None:
    ledger = Ledger()
    ledger.note_answer(answer)
    assert ledger.answered == 0


@given(
    frames=st.lists(st.text("abc", min_size=1, max_size=4), max_size=6),
    answers=st.lists(st.sampled_from("abc"), max_size=30),
)
def test_sent_is_always_acknowledged_and_rejected_and_open(frames: list[str], answers: list[str]) -> None:
    ledger = ledger_of(*frames)
    for n, comment_id in enumerate(answers):
        ledger.note_answer(ack(comment_id) if n % 3 else error("room_closed", "x", comment_id))
        assert ledger.sent == ledger.acknowledged + ledger.rejected + ledger.open
    assert len(ledger.unanswered()) == ledger.open
    assert json.dumps([each.id for each in ledger.unanswered()])
