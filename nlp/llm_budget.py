"""The budget: requests, tokens and money within the last minute and the last twelve hours. The time comes with each call.

What a question may cost at most is taken before it is asked, and corrected when its cost is known, so that questions
at once cannot go beyond the bounds together.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.llm_types import Spend

if TYPE_CHECKING:
    from nlp.llm_types import Bounds

MINUTE_MS = 60_000
EVENING_MS = 12 * 3_600_000


@dataclass(kw_only=True, slots=True, eq=False)
class Charge:
    """What one question was charged, until its cost is known and from then on."""

    at_ms: int
    spend: Spend


class Window:
    """The charges of the last `length_ms`, and their sum."""

    def __init__(self, length_ms: int, most: Spend) -> None:
        self._length_ms, self._most = length_ms, most
        self._charges: deque[Charge] = deque()
        self.sum = Spend()

    def forget(self, now_ms: int) -> None:
        """Let go of what is too long ago to count."""
        while self._charges and self._charges[0].at_ms <= now_ms - self._length_ms:
            self.sum = self.sum.minus(self._charges.popleft().spend)

    def has_room(self, spend: Spend) -> bool:
        """Whether *spend* fits beside what counts."""
        return self.sum.plus(spend).within(self._most)

    def add(self, charge: Charge) -> None:
        """Count a charge."""
        self._charges.append(charge)
        self.sum = self.sum.plus(charge.spend)

    def correct(self, charge: Charge, spend: Spend, now_ms: int) -> None:
        """Count *spend* in the place of what *charge* was; what is too long ago counts no more."""
        if charge.at_ms > now_ms - self._length_ms:
            self.sum = self.sum.plus(spend).minus(charge.spend)


class Budget:
    """What may still be spent. Charges must be taken in the order of time."""

    def __init__(self, bounds: Bounds) -> None:
        self._windows = (Window(MINUTE_MS, bounds.minute), Window(EVENING_MS, bounds.evening))

    def take(self, now_ms: int, most: Spend) -> Charge | None:
        """Charge what a question may cost at most, or None where that is more than is left."""
        for window in self._windows:
            window.forget(now_ms)
        if not all(window.has_room(most) for window in self._windows):
            return None
        charge = Charge(at_ms=now_ms, spend=most)
        for window in self._windows:
            window.add(charge)
        return charge

    def settle(self, charge: Charge, spend: Spend, now_ms: int) -> None:
        """Put what a question did cost in the place of what it was charged."""
        for window in self._windows:
            window.forget(now_ms)
            window.correct(charge, spend, now_ms)
        charge.spend = spend

    def spent(self, now_ms: int) -> tuple[Spend, Spend]:
        """What counts now: within the minute, and within the evening."""
        for window in self._windows:
            window.forget(now_ms)
        minute, evening = self._windows
        return minute.sum, evening.sum
