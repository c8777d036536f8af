"""What is on its way to others: a line of deliveries a target, and how far each target has read each room.

A target reads the stored events after their commit, so that whoever takes an order never waits for it. What it is to be
sent lies here until it has arrived or is given up; a delivery keeps its id however often it is sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

FARTHEST_MS = 2 * 60 * 60_000
"""Nothing is ever put off for longer: a moment beyond it was written by a clock that has been set back since."""


class DeliveryState(StrEnum):
    """Where a delivery stands. One that has arrived is gone, with all that it held of anybody."""

    WAITING = "waiting"
    SENDING = "sending"
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDelivery:
    """What is to be sent. `id` is the same whenever it is made of the same event; `seq` is None for what no event made.

    `form` says what `body` is (text, markdown, a file called `name`, the JSON of an event); `kind` is the event's.
    """

    id: str
    room: str
    seq: int | None
    kind: str
    form: str
    body: bytes
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What is being sent, or has been given up.

    `n` is its place in the target's line, `attempts` how often it was tried, `next_ms` when it is due; while it is
    `sending`, when that is no longer believed. `body` is empty where it is only listed.
    """

    id: str
    target: str
    n: int
    room: str
    seq: int | None
    kind: str
    form: str
    name: str
    body: bytes
    state: DeliveryState
    attempts: int
    next_ms: int
    made_ms: int
    last_error: str | None

    def is_due(self, now_ms: int) -> bool:
        """Whether it may be tried now."""
        return self.next_ms <= now_ms or self.next_ms > now_ms + FARTHEST_MS


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """A room of which a target has read `read` events while there are `there`."""

    room: str
    read: int
    there: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """What a target makes of a room's events after `before` up to `after`: moved on and put in line together."""

    target: str
    room: str
    before: int
    after: int
    deliveries: tuple[NewDelivery, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """The head of a target's line, ours until `until_ms`; where nothing is due, `next_ms` says when it will be.

    With neither, the line is empty.
    """

    deliveries: tuple[Delivery, ...] = ()
    until_ms: int = 0
    next_ms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What became of a delivery that was taken: arrived (`state` None), to be tried again at `next_ms`, or given up.

    `tried` is False where it was put back untried.
    """

    id: str
    state: DeliveryState | None
    next_ms: int = 0
    tried: bool = True
    error: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetRecord:
    """What is kept of a target: what has arrived so far, the last failure, and what is in its line."""

    name: str
    rooms: tuple[str, ...] | None
    delivered: int
    delivered_ms: int | None
    last_error: str | None
    failed_ms: int | None
    waiting: int
    dead: int
    oldest_ms: int | None


class DeliveryStore(Protocol):
    """The lines of all targets. All methods may raise `StoreUnavailable`."""

    async def register(self, target: str, rooms: Sequence[str] | None) -> None:
        """Note which rooms a target hears of (None: all). Of a room that it did not hear of before, it hears from now on."""

    async def behind(self, target: str) -> list[Behind]:
        """The rooms that have events which the target has not read yet, by name."""

    async def first_kept(self, room: str, seq: int) -> int | None:
        """The number of the first event after `seq` that is still kept."""

    async def feed(self, feed: Feed, *, now_ms: int) -> None:
        """Move the target on and put its deliveries in line, in one transaction. Raises `Stale` if it has moved already."""

    async def take(self, target: str, *, now_ms: int, until_ms: int, limit: int) -> Taken:
        """Take the head of a line for oneself until `until_ms`: what is due, in order, up to the first that is not."""

    async def settle(self, taken: Taken, settled: Sequence[Settled], *, target: str, now_ms: int) -> None:
        """Write what became of deliveries that were taken. What is no longer ours is left alone."""

    async def revive(self, delivery_id: str, *, now_ms: int) -> str | None:
        """Have a delivery that waits or was given up tried again now; its target, or None where there is no such."""

    async def targets(self) -> list[TargetRecord]:
        """All targets that were ever registered, by name."""

    async def dead(self, limit: int) -> list[Delivery]:
        """The deliveries that were given up, the newest first, without their bodies."""

    async def forget(self, target: str, *, before_ms: int) -> int:
        """Drop what was made before a moment and given up; how much that was."""


def rooms_text(rooms: Sequence[str] | None) -> str:
    """Write the rooms of a target as they are kept."""
    return json.dumps(None if rooms is None else sorted(rooms))


def rooms_from(text: str) -> tuple[str, ...] | None:
    """Read the rooms of a target."""
    rooms = json.loads(text)
    return None if rooms is None else tuple(rooms)


def newly_heard(was: str | None, now: Sequence[str] | None, there: Sequence[str]) -> list[str]:
    """Of the rooms that are `there`, those that a target hears of now and did not before (`was` None: it is new)."""
    before: Sequence[str] | None = () if was is None else rooms_from(was)
    return [room for room in there if (now is None or room in now) and not (before is None or room in before)]


def head_of(line: Sequence[Delivery], now_ms: int) -> list[Delivery]:
    """The deliveries at the head of a line that are due, up to the first that is not."""
    head: list[Delivery] = []
    for delivery in line:
        if not delivery.is_due(now_ms):
            break
        head.append(delivery)
    return head
