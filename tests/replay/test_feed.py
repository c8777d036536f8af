from __future__ import annotations

import json

from live.replay.feed import FRAME_BYTES, Feed, frame_wire
from live.replay.log import LineFault, Posting


def posting(comment_id: str | None, *, at_ms: int | None = 0, size: int = 2) -> Posting:
    return Posting(wire='"' + "x" * (size - 2) + '"', id=comment_id, at_ms=at_ms)


async def frames(*records: Posting | LineFault, speed: float = 0, limit: int = 100) -> list[list[str | None]]:
    feed = Feed(iter(records), speed=speed)
    sent: list[list[str | None]] = []
    while frame := await feed.frame(limit):
        sent.append([each.id for each in frame])
    return sent


async def test_comments_share_a_frame_up_to_the_limit() -> None:
    assert await frames(*(posting(each) for each in "abcde"), limit=2) == [["a", "b"], ["c", "d"], ["e"]]


async def test_a_frame_keeps_below_its_size() -> None:
    assert await frames(posting("a"), posting("b", size=FRAME_BYTES), posting("c")) == [["a"], ["b"], ["c"]]


async def test_other_frames_go_alone() -> None:
    assert await frames(posting("a"), posting(None), posting("b"), posting("c")) == [["a"], [None], ["b", "c"]]


async def test_only_what_is_due_together_shares_a_frame() -> None:
    assert await frames(posting("a"), posting("b"), posting("c", at_ms=20), speed=1) == [["a", "b"], ["c"]]


async def test_a_clock_that_went_back_holds_nothing_up() -> None:
    assert await frames(posting("a", at_ms=10**12), posting("b", at_ms=0), posting("c", at_ms=None), speed=1) == [
        ["a", "b", "c"]
    ]


async def test_faulty_lines_are_kept_and_passed_over() -> None:
    fault = LineFault(line=1, detail="x")
    feed = Feed(iter([fault, posting("a"), fault]), speed=0)
    assert [each.id for each in await feed.frame(9)] == ["a"]
    assert feed.faults == [fault, fault]


def test_a_lone_posting_goes_as_it_is_and_several_as_a_batch() -> None:
    assert frame_wire([posting("a", size=3)]) == '"x"'
    assert json.loads(frame_wire([posting("a", size=3)] * 2)) == {"type": "batch", "items": ["x", "x"]}
