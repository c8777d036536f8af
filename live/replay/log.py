"""A recorded log, line by line: what can be sent, and what cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from live.domain.comment import Comment
from live.sources.contract import parse, read_comment, read_object
from live.sources.frame import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LARGEST_BYTES = 250_000
"""One comment beyond this fits into no frame."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """One comment, or one other frame (`id` is None: no answer is awaited), as JSON. `at_ms` is its recorded moment."""

    wire: str
    id: str | None
    at_ms: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFault:
    """A line, or a comment in it, that cannot be sent."""

    line: int
    detail: str


def read_log(log: Path | Iterable[str | bytes], *, now_ms: Callable[[], int]) -> Iterator[Posting | LineFault]:
    """Read a log of frames (section 2 of the contract), one a line; empty lines are passed over.

    A comment without an id gets its fingerprint for one, so that it can be resent and its ack be known. Raises OSError.
    """
    if isinstance(log, Path):
        with log.open("rb") as lines:
            yield from read_log(lines, now_ms=now_ms)
        return
    for number, line in enumerate(log, 1):
        if line.strip():
            yield from _read_line(number, line, now_ms())


def _read_line(number: int, line: str | bytes, now_ms: int) -> Iterator[Posting | LineFault]:
    try:
        frame = parse(line)
    except (ValueError, RecursionError) as error:
        yield LineFault(line=number, detail=f"must be JSON ({error})")
        return
    items = _comments_of(frame)
    if items is None:
        yield _other(number, frame, now_ms)
    else:
        yield from (_comment(number, item, now_ms) for item in items)


def _comments_of(frame: object) -> list[object] | None:
    """The comments of a line; None where it is another kind of frame."""
    match frame:
        case {"type": "comment"}:
            return [frame]
        case {"type": "batch", "items": list(items)}:
            return items
        case _:
            return None


def _comment(number: int, item: object, now_ms: int) -> Posting | LineFault:
    comment = read_comment(item, received_ms=now_ms)
    if not isinstance(comment, Comment):
        return LineFault(line=number, detail=comment.detail)
    fields: dict[str, Any] = item  # type: ignore[assignment]  # only an object is read as a comment
    at_ms = None if fields.get("at") is None else comment.at_ms
    return _posting(number, fields | {"type": "comment", "id": comment.id}, comment.id, at_ms)


def _other(number: int, frame: object, now_ms: int) -> Posting | LineFault:
    read = read_object(frame, limits=Limits(), received_ms=now_ms)
    if read.faults:
        return LineFault(line=number, detail=read.faults[0].detail)
    moments = [each.at_ms for each in (*read.activities, read.presence) if each is not None]
    return _posting(number, frame, None, moments[0] if moments else None)


def _posting(number: int, frame: object, comment_id: str | None, at_ms: int | None) -> Posting | LineFault:
    wire = to_json(frame)
    if len(wire) > LARGEST_BYTES:
        return LineFault(line=number, detail=f"at most {LARGEST_BYTES} bytes")
    return Posting(wire=wire.decode(), id=comment_id, at_ms=at_ms)
