"""Frames of foreign tools: the recorded ones beside the repository, and how tests read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from live.sources.feed import Context

if TYPE_CHECKING:
    from live.domain.comment import Comment
    from live.sources.feed import Feed
    from live.sources.frame import Activity, Frame

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
RECEIVED_MS = 1_767_787_300_000
CONTEXT = Context(platform="douyin", received_ms=RECEIVED_MS)


def recorded(name: str) -> list[Any]:
    """The frames of a recording; the test is skipped where it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"no recording {path}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read(feed: Feed, frame: object, context: Context = CONTEXT) -> Frame:
    """Read a frame as it would come over the wire."""
    return feed(json.loads(json.dumps(frame)), context)


def comment(feed: Feed, frame: object, context: Context = CONTEXT) -> Comment:
    """The one comment of a frame."""
    (one,) = read(feed, frame, context).comments
    return one


def activity(feed: Feed, frame: object, context: Context = CONTEXT) -> Activity:
    """The one activity of a frame."""
    (one,) = read(feed, frame, context).activities
    return one


def fault(feed: Feed, frame: object, context: Context = CONTEXT) -> str:
    """What is said of a frame that brings nothing."""
    found = read(feed, frame, context)
    assert (found.comments, found.activities) == ((), ())
    (one,) = found.faults
    return one.detail
