"""How the language model is doing, for Prometheus: asked when it asks, counted in `nlp.llm_counts` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from nlp.llm_counts import LATENCY_BUCKETS_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from nlp.llm_counts import Counts, Latency

_MICRO_FEN_IN_YUAN = 100_000_000


class LlmCollector(Collector):
    """Reads the counts of the client into metrics."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Calls and what validators dropped by their reasons, how long answers took, what was used."""
        counts = self._counts
        calls = CounterMetricFamily("linbo_llm_calls", "Questions, by what came of them.", labels=("use", "result"))
        for call, number in list(counts.calls.items()):
            calls.add_metric(call, number)
        dropped = CounterMetricFamily(
            "linbo_llm_dropped", "Parts of answers that were not believed.", labels=("use", "reason")
        )
        for reason, number in list(counts.dropped.items()):
            dropped.add_metric(reason, number)
        took = HistogramMetricFamily("linbo_llm_latency_seconds", "How long answers took.", labels=("use",))
        for use, latency in list(counts.latency.items()):
            took.add_metric([use], _buckets(latency), latency.sum_ms / 1000)
        tokens = CounterMetricFamily("linbo_llm_tokens", "Tokens, by their way.", labels=("way",))
        tokens.add_metric(["sent"], counts.sent_tokens)
        tokens.add_metric(["answered"], counts.answered_tokens)
        requests = CounterMetricFamily("linbo_llm_requests", "Requests that were sent.", value=counts.requests)
        cost = CounterMetricFamily(
            "linbo_llm_cost_yuan",
            "What was spent by the prices of the settings.",
            value=counts.micro_fen / _MICRO_FEN_IN_YUAN,
        )
        yield from (calls, dropped, took, tokens, requests, cost)


def _buckets(latency: Latency) -> list[tuple[str, float]]:
    """Prometheus adds its buckets up, each with all below it."""
    found: list[tuple[str, float]] = []
    below = 0
    for bound in LATENCY_BUCKETS_MS:
        below += latency.buckets[bound]
        found.append((str(bound / 1000), below))
    return [*found, ("+Inf", latency.count)]
