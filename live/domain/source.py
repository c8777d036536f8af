"""A source: what brings a session its comments, and whether it can be relied on at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOUR_MS = 60 * 60_000


class Hearing(StrEnum):
    """How well a source is heard: it brings comments, it is connected and says nothing, or it is gone."""

    LISTENING = "listening"
    SILENT = "silent"
    AWAY = "away"


HEARING_TRANSITIONS: Mapping[Hearing, frozenset[Hearing]] = {
    Hearing.LISTENING: frozenset({Hearing.SILENT, Hearing.AWAY}),
    Hearing.SILENT: frozenset({Hearing.LISTENING, Hearing.AWAY}),
    Hearing.AWAY: frozenset({Hearing.LISTENING, Hearing.SILENT}),
}
"""The one table of a source's states, held by `RoomState.apply`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One source of a session.

    Attributes:
        name: what the host calls it, in Chinese ("oba-live-tool").
        platform: whose comments it brings; None for several, or not known yet.
        since_ms: since when it is as it is; of a silent one since its last word, for that is where the gap begins.
        last_comment_ms: when its last comment came; None for never.
        per_hour: comments it brought an hour before it was last judged: what a gap may cost.
        missed: how many comments the gap that has just ended may have cost; None where none has ended.
    """

    id: str
    name: str
    platform: str | None = None
    state: Hearing
    since_ms: int
    last_comment_ms: int | None = None
    per_hour: int = 0
    missed: int | None = None


def estimated_gap(per_hour: int, gap_ms: int) -> int:
    """How many comments a gap may have cost, rounded up: whoever wrote one is owed the doubt."""
    return -(-per_hour * max(0, gap_ms) // _HOUR_MS)
