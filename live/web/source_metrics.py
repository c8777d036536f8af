"""How the sources that the service calls are doing, for Prometheus: asked when it asks, counted nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from live.sources.state import Status
from live.web.keys import METRICS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aiohttp import web
    from prometheus_client.metrics_core import Metric

    from live.sources.state import SourceState

    States = Callable[[], Sequence[SourceState]]

_LABELS = ("source", "kind", "room")


class SourceCollector(Collector):
    """Reads the states of the sources into metrics."""

    def __init__(self, states: States, now_ms: Callable[[], int]) -> None:
        self._states = states
        self._now_ms = now_ms

    def collect(self) -> Iterator[Metric]:
        """One gauge of each status, the age of the last message, and what became of the comments."""
        status = GaugeMetricFamily("linbo_source_status", "1 for the status of a source.", labels=(*_LABELS, "status"))
        silent = GaugeMetricFamily("linbo_source_silent_seconds", "Since the last message of a source.", labels=_LABELS)
        taken = CounterMetricFamily(
            "linbo_source_comments", "Comments of a source, by what became of them.", labels=(*_LABELS, "result")
        )
        for state in self._states():
            labels = [str(state.number), state.kind, state.room]
            for each in Status:
                status.add_metric([*labels, each.value], float(each is state.status))
            silent_ms = state.silent_ms(self._now_ms())
            if silent_ms is not None:
                silent.add_metric(labels, silent_ms / 1000)
            for result, number in (("kept", state.kept), ("closed", state.closed), ("strange", state.strange)):
                taken.add_metric([*labels, result], number)
        yield from (status, silent, taken)


def source_metrics(states: States, now_ms: Callable[[], int]) -> Callable[[web.Application], None]:
    """Make the mount that adds the sources to the application's metrics, and to the health of their rooms."""

    def mount(app: web.Application) -> None:
        app[SOURCES] = states
        app[METRICS].registry.register(SourceCollector(states, now_ms))

    return mount
