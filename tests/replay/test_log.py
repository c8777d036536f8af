from __future__ import annotations

import json

import pytest

from live.replay.log import LARGEST_BYTES, LineFault, Posting, read_log
from tests.replay.examples import line


def read(*log: str | bytes) -> list[Posting | LineFault]:
    return list(read_log(log, now_ms=lambda: 1_767_787_201_123))


def test_a_comment_keeps_its_id_and_its_moment() -> None:
    (posting,) = read(line(1))
    assert posting == Posting(
        wire=json.dumps(json.loads(line(1)), ensure_ascii=False, separators=(",", ":")),
        id="m-1",
        at_ms=1_767_787_201_000,
    )


def test_the_comments_of_a_batch_are_taken_one_by_one() -> None:
    batch = '{"type":"batch","items":[' + line(1) + "," + line(2, text="") + "," + line(3) + "]}"
    first, fault, third = read(batch)
    assert isinstance(first, Posting)
    assert first.id == "m-1"
    assert fault == LineFault(line=1, detail="text: must not be empty")
    assert isinstance(third, Posting)
    assert third.id == "m-3"


def test_a_comment_without_id_and_moment_is_sent_with_the_fingerprint_of_now() -> None:
    (posting,) = read(line(1, id=None, at=None))
    assert isinstance(posting, Posting)
    assert posting.at_ms is None
    assert json.loads(posting.wire)["id"] == posting.id


@pytest.mark.parametrize(
    ("log", "at_ms"),
    [
        ('{"type":"presence","viewers":3,"at":"2026-01-07T20:00:01+08:00"}', 1_767_787_201_000),
        ('{"type":"activity","kind":"like","platform":"douyin"}', 1_767_787_201_123),
    ],
)
def test_other_frames_are_sent_without_waiting_for_an_answer(log: str, at_ms: int) -> None:
    assert read(log) == [Posting(wire=log, id=None, at_ms=at_ms)]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert [fault.line for fault in read("", "\n", "x") if isinstance(fault, LineFault)] == [3]


@pytest.mark.parametrize(
    ("bad", "detail"),
    [
        ("{", "must be JSON"),
        (b"\xff\xfe", "must be JSON"),
        ("5", "must be an object"),
        ('{"text":"x"}', "type: must be one of"),
        ('{"type":"batch","items":{}}', "items: must be a list"),
        ('{"type":"batch","items":[5]}', "must be an object"),
        ('{"type":"presence","viewers":-1}', "viewers: at least 0"),
        (line(1, extra="x" * LARGEST_BYTES), "at most"),
    ],
)
def test_a_line_that_cannot_be_sent_says_why(bad: str | bytes, detail: str) -> None:
    (fault,) = read(bad)
    assert isinstance(fault, LineFault)
    assert detail in fault.detail
