"""What came of a replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.replay.log import LineFault


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why the service refused comments, told once, and how many they were."""

    reason: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayResult:
    """Counts of comments, each once however often it was resent. `faults` are lines that were not sent."""

    sent: int
    acknowledged: int
    rejected: int
    seconds: float
    refusals: tuple[Refusal, ...]
    faults: tuple[LineFault, ...]

    @property
    def rate(self) -> float:
        """Acknowledged comments a second."""
        return self.acknowledged / self.seconds if self.seconds else 0.0


class ReplayFailed(Exception):  # noqa: N818  # reads better where it is caught
    """The log could not be sent to its end; the message says why and what to do, `result` how far it came."""

    def __init__(self, message: str, result: ReplayResult) -> None:
        super().__init__(message)
        self.result = result
