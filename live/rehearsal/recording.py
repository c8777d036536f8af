"""What is replayed: comments and when they came, from the bundled evening, an earlier session or a log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from config.demo import load_evening
from live.domain.comment import Comment
from live.replay.log import LineFault, read_log
from live.sources.contract import parse, read_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.store.port import SessionRecord

MOST_COMMENTS = 20_000
"""More than the longest evening that we know of; the rest is left out."""

LONGEST_GAP_MS = 60_000
"""Nobody waits through a silence in a rehearsal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """Comments in order, each with its milliseconds from the first one; lines of a log that could not be read."""

    comments: tuple[tuple[int, Comment], ...]
    unread: int = 0


def demo_recording() -> Recording:
    """The bundled evening: what its viewers write. The host's taps are the host's own tonight."""
    steps = [step for step in load_evening().steps if step.frame is not None and step.frame.get("type") == "comment"]
    read = [(step.offset_ms, read_comment(step.frame, received_ms=step.offset_ms)) for step in steps]
    return _recording((at_ms, comment) for at_ms, comment in read if isinstance(comment, Comment))


def session_recording(record: SessionRecord) -> Recording:
    """What viewers wrote in a session that is kept, as it came in."""
    return _recording((each.received_ms, each.comment) for each in record.comments)


def log_recording(text: str) -> Recording:
    """A comment log; what has no moment comes with what came before it."""
    at_ms, unread = 0, 0
    comments: list[tuple[int, Comment]] = []
    for posting in read_log(text.splitlines(), now_ms=lambda: 0):
        if isinstance(posting, LineFault):
            unread += 1
        elif posting.id is not None:
            comment = read_comment(parse(posting.wire), received_ms=0)
            at_ms = at_ms if posting.at_ms is None else posting.at_ms
            if isinstance(comment, Comment):
                comments.append((at_ms, comment))
        if len(comments) >= MOST_COMMENTS:
            break
    return replace(_recording(comments), unread=unread)


def _recording(comments: Iterable[tuple[int, Comment]]) -> Recording:
    """In order, from zero, without the long silences."""
    ordered = sorted(comments, key=lambda pair: pair[0])[:MOST_COMMENTS]
    return Recording(
        comments=tuple(zip(_offsets([at_ms for at_ms, _ in ordered]), (c for _, c in ordered), strict=True))
    )


def _offsets(moments: Sequence[int]) -> list[int]:
    offsets: list[int] = []
    for n, at_ms in enumerate(moments):
        gap = at_ms - moments[n - 1] if n else 0
        offsets.append((offsets[-1] if offsets else 0) + min(gap, LONGEST_GAP_MS))
    return offsets
