from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_body import MAX_BYTES, Completion, most_bytes, read_body
from tests.nlp.llm.server import completion


def chunk(text: str, finish: str | None = None) -> str:
    return "data: " + json.dumps({"choices": [{"delta": {"content": text}, "finish_reason": finish}]}) + "\n\n"


def test_a_whole_answer_is_read_with_what_it_cost() -> None:
    body = json.dumps(completion("好", sent=7, answered=3)).encode()
    assert read_body(body) == Completion(text="好", is_cut=False, sent=7, answered=3)


def test_an_answer_that_was_too_long_for_its_tokens_is_cut() -> None:
    found = read_body(json.dumps(completion("半", finish="length")).encode())
    assert found is not None
    assert found.is_cut


def test_the_pieces_of_a_stream_are_joined() -> None:
    found = read_body((": hello\n\n" + chunk("你") + chunk("好", "stop") + "data: [DONE]\n\n").encode())
    assert found == Completion(text="你好", is_cut=False, sent=None, answered=None)


def test_line_ends_inside_a_piece_do_not_break_it() -> None:
    piece = json.dumps({"choices": [{"delta": {"content": "一\u2028二\x85三"}}]}, ensure_ascii=False)
    found = read_body(f"\ufeffdata: {piece}\r\n\r\ndata: [DONE]\r\n".encode())
    assert found is not None
    assert (found.text, found.is_cut) == ("一\u2028二\x85三", False)


@pytest.mark.parametrize("end", ["", chunk("", "length")])
def test_a_stream_that_does_not_end_well_is_cut(end: str) -> None:
    found = read_body((chunk("半") + end).encode())
    assert found is not None
    assert found.is_cut


def test_a_stream_that_only_says_that_it_is_done_is_whole() -> None:
    found = read_body((chunk("好") + "data: [DONE]\n\n").encode())
    assert found is not None
    assert not found.is_cut


@pytest.mark.parametrize(
    "usage",
    [None, [], {"prompt_tokens": -1, "completion_tokens": True}, {"prompt_tokens": 10**30, "completion_tokens": "7"}],
)
def test_a_count_that_cannot_be_is_not_believed(usage: object) -> None:
    found = read_body(json.dumps(completion("好") | {"usage": usage}).encode())
    assert found is not None
    assert (found.sent, found.answered) == (None, None)


@pytest.mark.parametrize("body", [b"", b"7", b"[]", b"{}", b"<html>", b'{"error": {}}', b"\xff", b"[" * 100_000])
def test_what_is_no_completion_is_none(body: bytes) -> None:
    assert read_body(body) is None


@pytest.mark.parametrize("choices", [7, [], [7], [{}], [{"message": 7}], [{"message": {"content": ["a"]}}]])
def test_what_is_missing_is_empty(choices: object) -> None:
    found = read_body(json.dumps({"choices": choices}).encode())
    assert found is not None
    assert found.text == ""


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise(body: bytes) -> None:
    read_body(body)
    read_body(b"data: " + body)


def test_a_body_may_be_as_long_as_the_tokens_that_were_asked_for() -> None:
    assert most_bytes(300) == MAX_BYTES
    assert most_bytes(8_000) > 8_000 * 300
