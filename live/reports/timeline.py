"""Comments and reservations along the clock: minutes for the record, and coarser steps for a picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.reports.figures import Minute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.comment import AnsweredComment
    from live.domain.reservation import Reservation

MINUTE_MS = 60_000
MOST_STEPS = 75
"""More bars than this are too thin to tell apart on a phone."""

STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440)
"""Minutes a step that people can read off a clock."""


def minutes_of(comments: Iterable[AnsweredComment], reservations: Iterable[Reservation]) -> tuple[Minute, ...]:
    """The minutes of our own clock in which something happened, in order; nothing is left out."""
    reservations = tuple(reservations)
    received = Counter(_minute(c.received_ms) for c in comments)
    made = Counter(_minute(r.made_ms) for r in reservations)
    quantity: Counter[int] = Counter()
    for reservation in reservations:
        quantity[_minute(reservation.made_ms)] += reservation.quantity
    return tuple(
        Minute(at_ms=at, comments=received[at], reservations=made[at], quantity=quantity[at])
        for at in sorted(received.keys() | made.keys())
    )


def _minute(at_ms: int) -> int:
    return at_ms - at_ms % MINUTE_MS


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The broadcast in equal steps, gaps filled; `outside` is what came before or after it."""

    step_minutes: int
    steps: tuple[Minute, ...]
    outside: Minute


def course_of(minutes: Sequence[Minute], start_ms: int, end_ms: int) -> Course:
    """Cut a broadcast into at most `MOST_STEPS` steps (days-long ones: into days)."""
    first = _minute(start_ms)
    length = max(1, -(-(end_ms - first) // MINUTE_MS))
    size = next((s for s in STEPS if length <= s * MOST_STEPS), STEPS[-1])
    number = -(-length // size)
    places = [(minute.at_ms - first) // (size * MINUTE_MS) for minute in minutes]
    within = [(place, minute) for place, minute in zip(places, minutes, strict=True) if 0 <= place < number]
    outside = [minute for place, minute in zip(places, minutes, strict=True) if not 0 <= place < number]
    steps = [_sum(first + i * size * MINUTE_MS, [m for place, m in within if place == i]) for i in range(number)]
    return Course(step_minutes=size, steps=tuple(steps), outside=_sum(end_ms, outside))


def _sum(at_ms: int, minutes: Iterable[Minute]) -> Minute:
    minutes = tuple(minutes)
    return Minute(
        at_ms=at_ms,
        comments=sum(m.comments for m in minutes),
        reservations=sum(m.reservations for m in minutes),
        quantity=sum(m.quantity for m in minutes),
    )
