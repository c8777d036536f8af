"""The circuit breaker: who fails again and again is left alone for a while, then asked once to see.

One table says what becomes of which state; `Breaker` adds the count and the time. No clock: the time comes with each call.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Circuit(StrEnum):
    """Closed: asked as usual. Open: not asked. Half open: one question is out to see whether it is well again."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Event(StrEnum):
    """What happens to a circuit."""

    WELL = "well"
    FAILED = "failed"
    FAILED_ENOUGH = "failed_enough"
    PROBED = "probed"
    ABANDONED = "abandoned"


_C, _E = Circuit, Event

TABLE: Mapping[tuple[Circuit, Event], Circuit] = MappingProxyType(
    {
        (_C.CLOSED, _E.WELL): _C.CLOSED,
        (_C.CLOSED, _E.FAILED): _C.CLOSED,
        (_C.CLOSED, _E.FAILED_ENOUGH): _C.OPEN,
        (_C.CLOSED, _E.ABANDONED): _C.CLOSED,
        (_C.OPEN, _E.PROBED): _C.HALF_OPEN,
        # Answers to what was asked before it opened: they prove nothing about now.
        (_C.OPEN, _E.WELL): _C.OPEN,
        (_C.OPEN, _E.FAILED): _C.OPEN,
        (_C.OPEN, _E.FAILED_ENOUGH): _C.OPEN,
        (_C.OPEN, _E.ABANDONED): _C.OPEN,
        (_C.HALF_OPEN, _E.WELL): _C.CLOSED,
        (_C.HALF_OPEN, _E.FAILED): _C.OPEN,
        (_C.HALF_OPEN, _E.FAILED_ENOUGH): _C.OPEN,
        (_C.HALF_OPEN, _E.ABANDONED): _C.OPEN,
    }
)
"""(state, event) → state. `PROBED` comes to an open circuit alone: nothing else asks for a probe."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """`failures` in a row open the circuit, for `first_ms`, then twice as long each time up to `longest_ms`."""

    failures: int = 3
    first_ms: int = 5_000
    longest_ms: int = 120_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Breaker:
    """A circuit with its count of failures in a row, how often it opened in a row, and when it may be tried again."""

    patience: Patience = Patience()
    circuit: Circuit = Circuit.CLOSED
    failures: int = 0
    opened: int = 0
    again_ms: int = 0

    def admits(self, now_ms: int) -> bool:
        """Whether a question may be asked now; an open circuit whose time has come admits one."""
        return self.circuit is Circuit.CLOSED or (self.circuit is Circuit.OPEN and now_ms >= self.again_ms)

    def asked(self) -> Breaker:
        """A question goes out: to an open circuit it is the probe."""
        return self._step(Event.PROBED) if self.circuit is Circuit.OPEN else self

    def well(self) -> Breaker:
        """An answer came."""
        after = self._step(Event.WELL)
        return replace(after, failures=0, opened=0) if after.circuit is Circuit.CLOSED else after

    def failed(self, now_ms: int, *, wait_ms: int | None = None) -> Breaker:
        """No answer, or a bad one. With `wait_ms` the circuit opens at once and for so long: the server said so."""
        failures = self.failures + 1
        enough = wait_ms is not None or failures >= self.patience.failures
        after = replace(self._step(Event.FAILED_ENOUGH if enough else Event.FAILED), failures=failures)
        if after.circuit is Circuit.OPEN and self.circuit is not Circuit.OPEN:
            wait = wait_ms if wait_ms is not None else self._wait_ms()
            return replace(after, opened=self.opened + 1, again_ms=now_ms + wait)
        return after

    def abandoned(self) -> Breaker:
        """A question was taken back before there was an answer: a probe may be made anew."""
        return self._step(Event.ABANDONED)

    def _wait_ms(self) -> int:
        return min(self.patience.first_ms << min(self.opened, 16), self.patience.longest_ms)

    def _step(self, event: Event) -> Breaker:
        return replace(self, circuit=TABLE[self.circuit, event])
