"""A poll (投票): "明天上什么？", one vote a viewer, the last one counting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class PollState(StrEnum):
    """The life of a poll."""

    OPEN = "open"
    CLOSED = "closed"


POLL_TRANSITIONS: Mapping[PollState, frozenset[PollState]] = {
    PollState.OPEN: frozenset({PollState.CLOSED}),
    PollState.CLOSED: frozenset(),
}
"""The one table of a poll's life, held by `RoomState.apply`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PollOption:
    """What viewers may vote for, by its key or by its label."""

    key: str
    label: str
    votes: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """A question with its options and how the votes stand."""

    id: str
    session_id: str
    question: str
    options: tuple[PollOption, ...]
    state: PollState
    opened_ms: int
    closes_ms: int
    closed_ms: int | None = None

    @property
    def votes(self) -> int:
        """How many have voted."""
        return sum(option.votes for option in self.options)

    def takes(self, at_ms: int) -> bool:
        """Whether a vote that arrived at a moment counts."""
        return self.state is PollState.OPEN and self.opened_ms <= at_ms < self.closes_ms

    def moved(self, was: str | None, now: str) -> Poll:
        """The poll after somebody's vote went from one option (None: from none) to another."""
        step = {was: -1, now: 1}
        return replace(
            self,
            options=tuple(replace(option, votes=option.votes + step.get(option.key, 0)) for option in self.options),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """The option that a viewer has chosen; `voter` is what votes are counted by."""

    poll_id: str
    voter: str
    key: str
    at_ms: int
