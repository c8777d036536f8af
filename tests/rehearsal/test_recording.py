"""What is replayed."""

from __future__ import annotations

import json

from live.rehearsal.recording import LONGEST_GAP_MS, MOST_COMMENTS, demo_recording, log_recording
from tests.rehearsal.theatre import log_of
from tests.web.shop import comment


def at(moment: str, id_: str) -> str:
    return json.dumps(comment(id_) | {"at": f"2026-01-07T{moment}+08:00"}, ensure_ascii=False)


def test_the_bundled_evening_has_its_comments_in_order_from_zero() -> None:
    comments = demo_recording().comments
    assert len(comments) > 300
    assert comments[0][0] == 0
    assert [offset for offset, _ in comments] == sorted(offset for offset, _ in comments)


def test_a_log_keeps_its_pace_and_loses_its_silences() -> None:
    log = "\n".join((at("20:00:00", "a"), at("20:00:03", "b"), at("21:00:00", "c"), at("21:00:01", "d")))
    assert [offset for offset, _ in log_recording(log).comments] == [
        0,
        3000,
        3000 + LONGEST_GAP_MS,
        4000 + LONGEST_GAP_MS,
    ]


def test_a_log_out_of_order_is_put_into_it() -> None:
    log = "\n".join((at("20:00:05", "b"), at("20:00:00", "a")))
    assert [each.id for _, each in log_recording(log).comments] == ["a", "b"]


def test_comments_without_a_moment_come_at_once() -> None:
    assert [offset for offset, _ in log_recording(log_of("一", "二")).comments] == [0, 0]


def test_a_log_without_end_is_bounded() -> None:
    assert len(log_recording(log_of(*["要"] * (MOST_COMMENTS + 5))).comments) == MOST_COMMENTS
