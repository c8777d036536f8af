"""The line between ingest and work, as the service needs it.

Embedded, the line is in this process and a comment is durable once its batch is committed; with Redis Streams it is
durable once it is in the stream. `accepted` hides the difference from ingest: it is done when an ack may be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Sequence

    from live.domain.comment import Comment


class StreamUnavailable(Exception):  # noqa: N818  # reads better where it is caught
    """The line cannot take comments now; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A comment with the moment it reached us."""

    comment: Comment
    received_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A micro-batch of one room in order of arrival. `token` names it to `done`; it is the stream's own affair."""

    room: str
    arrivals: tuple[Arrival, ...]
    token: object


@dataclass(frozen=True, kw_only=True, slots=True)
class InLine:
    """What a room has taken in and not worked: how many comments, and when the first of them came; None for none."""

    comments: int = 0
    oldest_ms: int | None = None


class Stream(Protocol):
    """One line a room; in order; at least once."""

    async def start(self) -> None:
        """Connect. Raises `StreamUnavailable`."""

    async def close(self) -> None:
        """Stop taking; what was not `done` is delivered again to the next owner, or was never acknowledged."""

    async def append(self, room: str, arrivals: Sequence[Arrival]) -> Future[None]:
        """Put comments on the room's line, in order; waits while the line is full (back-pressure).

        The future is done when all of the comments are durable, and fails with `StreamUnavailable` if they will not be.
        Raises `StreamUnavailable` when the stream is closed. Whoever stops waiting must expect that they were taken.
        """

    async def take(self, room: str, limit: int) -> Delivery:
        """Wait for comments of a room and take all that are there, at most about `limit`.

        An outage is waited for, not raised. A wait may be cancelled and nothing is lost. Several deliveries of a room
        may be out at once. Raises `StreamUnavailable` when the stream is closed.
        """

    async def done(self, delivery: Delivery) -> None:
        """The batch is committed: acknowledge it.

        An outage is not raised: the acknowledgement is made up for, or the batch is delivered again after a restart.
        """

    def in_line(self, room: str) -> InLine:
        """What the room's line holds, as far as this process knows: what is on its way to it counts, too."""
