"""How the targets are doing, for Prometheus: asked when it asks, counted nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from live.outbound.watch import RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prometheus_client.metrics_core import Metric

    from live.outbound.watch import Watch

_LABELS = ("target", "form")


class OutboundCollector(Collector):
    """Reads the watches of the targets into metrics."""

    def __init__(self, watches: Sequence[Watch], now_ms: Callable[[], int]) -> None:
        self._watches = watches
        self._now_ms = now_ms

    def collect(self) -> Iterator[Metric]:
        """What became of the attempts, and how long the head of each line has been waiting."""
        tried = CounterMetricFamily(
            "linbo_outbound_deliveries", "Attempts to send, by what came of them.", labels=(*_LABELS, "result")
        )
        waiting = GaugeMetricFamily(
            "linbo_outbound_waiting_seconds", "Since the oldest unsent delivery was made.", labels=_LABELS
        )
        for watch in self._watches:
            labels = [watch.target.name, watch.target.form]
            for result in RESULTS:
                tried.add_metric([*labels, result], watch.counts[result])
            since_ms = watch.waiting_since_ms
            waiting.add_metric(labels, 0 if since_ms is None else max(0, self._now_ms() - since_ms) / 1000)
        yield from (tried, waiting)
