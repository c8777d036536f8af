"""How a target is doing, as far as this process knows: counted for Prometheus, and logged a line a delivery."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import structlog

from live.outbound.outcome import Dead, Later, Sent

if TYPE_CHECKING:
    from live.outbound.outcome import Outcome
    from live.outbound.target import Target
    from live.store.deliveries import Delivery

RESULTS = ("sent", "later", "dead", "skipped")


class Watch:
    """Notes what happens to one target's deliveries."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.counts: Counter[str] = Counter()
        self.waiting_since_ms: int | None = None
        self._failing = False
        self._fault: str | None = None

    def tried(self, delivery: Delivery, outcome: Outcome, *, took_ms: int) -> None:
        """Note an attempt. What is given up, and the first failure of a row, are for the host's eyes."""
        result = result_of(outcome)
        self.counts[result] += 1
        tell = _log().warning if isinstance(outcome, Dead) or self._begins_to_fail(outcome) else _log().info
        tell(
            self._sentence(outcome),
            delivery=delivery.id,
            target=delivery.target,
            form=delivery.form,
            room=delivery.room,
            seq=delivery.seq,
            kind=delivery.kind,
            attempt=delivery.attempts + 1,
            result=result,
            ms=took_ms,
        )
        self._failing = not isinstance(outcome, Sent)

    def skipped(self, room: str, events: int, why: str, *, error: Exception | None = None) -> None:
        """Note events of which nothing can be sent."""
        self.counts["skipped"] += events
        _log().error(
            f"{self._title()}：直播间 {room} 有 {events} 条事件发不了：{why}", target=self.target.name, exc_info=error
        )

    def broke(self, error: Exception) -> None:
        """Note a fault of ours, or of the store's: the loop waits and goes on. A store that is away is told of once."""
        fault, self._fault = self._fault, f"{type(error).__name__} {error}"
        if fault == self._fault:
            return
        _log().error(f"{self._title()}：出错了，会自动再试（{error}）", target=self.target.name, exc_info=error)

    def works(self) -> None:
        """Note that all is well again."""
        self._fault = None

    def _begins_to_fail(self, outcome: Outcome) -> bool:
        return isinstance(outcome, Later) and outcome.tried and not self._failing

    def _sentence(self, outcome: Outcome) -> str:
        match outcome:
            case Sent():
                return f"{self._title()}：送到了"
            case Later():
                return f"{self._title()}：暂时没送到，会自动再试：{outcome.why}"
            case Dead():
                return f"{self._title()}：没送到，不再试：{outcome.why}"

    def _title(self) -> str:
        return f"去处 {self.target.name}（{self.target.to}）"


def result_of(outcome: Outcome) -> str:
    """What an outcome is called in logs and metrics."""
    match outcome:
        case Sent():
            return "sent"
        case Later():
            return "later"
        case Dead():
            return "dead"


def _log() -> structlog.stdlib.BoundLogger:
    return structlog.get_logger("live.outbound")  # type: ignore[no-any-return]  # structlog's own type is Any
