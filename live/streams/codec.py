"""Comments as the payload of a stream entry: one JSON list for a whole micro-batch, in a fixed order of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from live.domain.comment import Comment
from live.domain.viewer import Viewer
from live.streams.port import Arrival

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 2
"""Goes up when the order of fields changes, so that a worker never misreads what another version wrote."""


class CodecError(ValueError):
    """A stream entry is not what this version writes."""


def encode(arrivals: Iterable[Arrival]) -> bytes:
    """Write a micro-batch."""
    return to_json([VERSION, [_row(arrival) for arrival in arrivals]])


def decode(payload: bytes) -> tuple[Arrival, ...]:
    """Read a micro-batch. Raises `CodecError`."""
    try:
        version, rows = from_json(payload)
        arrivals = tuple(map(_arrival, rows)) if version == VERSION else ()
    except (TypeError, ValueError) as error:
        raise CodecError(f"not a list of comments: {error}") from error
    if not arrivals:
        raise CodecError(f"no comments of version {VERSION}")
    return arrivals


def _row(arrival: Arrival) -> list[object]:
    comment, viewer = arrival.comment, arrival.comment.viewer
    return [
        *(arrival.received_ms, comment.platform, comment.id, comment.text, comment.at_ms, comment.level),
        *(comment.badges, comment.from_host, viewer.key, viewer.platform, viewer.id, viewer.name, viewer.weak),
    ]


def _arrival(row: list[Any]) -> Arrival:
    received_ms, platform, comment_id, text, at_ms, level, badges, from_host, *viewer = row
    comment = Comment(
        platform=platform,
        id=comment_id,
        viewer=_viewer(viewer),
        text=text,
        at_ms=at_ms,
        level=level,
        badges=tuple(badges),
        from_host=from_host,
    )
    return Arrival(comment=comment, received_ms=received_ms)


def _viewer(row: list[Any]) -> Viewer:
    key, platform, viewer_id, name, weak = row
    return Viewer(key=key, platform=platform, id=viewer_id, name=name, weak=weak)
