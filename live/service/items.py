"""What comes before the owner of a room: commands and comments, in the order in which they came in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.domain.commands import Command, StartSession
from live.domain.stage_commands import OpenGiveaway
from live.streams.port import Arrival

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator, Sequence

    from live.service.batch import Idempotency
    from live.service.results import Answer


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Asked:
    """A command that waits for its answer; `asked_ms` is its place among the comments.

    `by` is the name of who gives it.
    """

    command: Command
    asked_ms: int
    cause: str
    idempotency: Idempotency | None
    answer: asyncio.Future[Answer]
    by: str | None = None


class CommandFailed(Exception):  # noqa: N818  # a signal to answer and go on
    """A command met a fault of ours; what it had changed is to be read again."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.cause)
        self.asked = asked


Item = Asked | Arrival

TICK: Sequence[Item] = ()
"""The piece of work that looks at the clock. It stands alone: what it ends belongs to the session that is running."""


def in_order(asked: Sequence[Asked], arrivals: Sequence[Arrival]) -> list[Item]:
    """Commands among the comments by the time they came in: a "1" from before "扣1" was asked for claims nothing.

    Each line keeps its own order, whatever the clock says: it may be set back in the middle of the evening.
    """
    items: list[Item] = []
    waiting = deque(asked)
    for arrival in arrivals:
        while waiting and waiting[0].asked_ms < arrival.received_ms:
            items.append(waiting.popleft())
        items.append(arrival)
    return [*items, *waiting]


def came_ms(item: Item) -> int:
    """When it came in, by the service's clock."""
    return item.asked_ms if isinstance(item, Asked) else item.received_ms


def begins(items: Sequence[Item]) -> bool:
    """Whether a session begins here, or a bag for who has not won lately: what other rooms have left is read by then."""
    first = next(iter(items), None)
    return first is not None and _looks_back(first)


def _looks_back(item: Item) -> bool:
    if not isinstance(item, Asked):
        return False
    command = item.command
    if isinstance(command, OpenGiveaway):
        return command.rules.not_won_within_days is not None
    return isinstance(command, StartSession)


def pieces(items: Sequence[Item]) -> Iterator[list[Item]]:
    """A new session empties the room, so it begins a piece of work of its own: no change of the old one is lost.

    So does what must see the other rooms.
    """
    piece: list[Item] = []
    for item in items:
        if piece and _looks_back(item):
            yield piece
            piece = []
        piece.append(item)
    if piece:
        yield piece
