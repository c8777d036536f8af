"""What Prometheus may ask. The registry belongs to one application; nothing is counted per viewer."""

from __future__ import annotations

from collections import Counter as Tally
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.service.results import Published

LAG_BUCKETS_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one application."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self.registry = registry = CollectorRegistry()
        self._comments = Counter(
            "linbo_comments", "Comments that were taken.", ("intent", "route", "outcome"), registry=registry
        )
        self._events = Counter("linbo_events", "Events that were told.", ("kind",), registry=registry)
        self._lag = Histogram(
            "linbo_comment_lag_seconds",
            "From the arrival of the oldest comment of a batch to its telling, after the commit.",
            buckets=LAG_BUCKETS_S,
            registry=registry,
        )
        self._dropped = Counter("linbo_pages_dropped", "Pages dropped for not reading.", registry=registry)
        self._faults = Counter("linbo_ingest_faults", "Frames and comments not taken.", ("code",), registry=registry)
        self.pages = Gauge("linbo_pages", "Pages that listen to events.", registry=registry)
        self.viewer_pages = Gauge("linbo_viewer_pages", "Viewers' pages that listen.", registry=registry)
        self.sources = Gauge("linbo_sources", "Connections that bring comments.", registry=registry)
        self.unacked = Gauge("linbo_unacknowledged_comments", "Comments that wait for their ack.", registry=registry)

    def published(self, published: Published) -> None:
        """Count a committed batch: once a label set, not once a comment."""
        answers = Tally((c.classification.intent, c.route, c.outcome) for c in published.comments)
        for labels, count in answers.items():
            self._comments.labels(*labels).inc(count)
        for kind, count in Tally(event.kind for event in published.events).items():
            self._events.labels(kind).inc(count)
        if published.comments:
            oldest_ms = min(c.received_ms for c in published.comments)
            self._lag.observe(max(0, self._now_ms() - oldest_ms) / 1000)

    def dropped(self, pages: int) -> None:
        """Count pages that were dropped for not reading."""
        self._dropped.inc(pages)

    def fault(self, code: str, count: int = 1) -> None:
        """Count what was not taken."""
        self._faults.labels(code).inc(count)

    def text(self) -> bytes:
        """The exposition, in Prometheus' text format."""
        return generate_latest(self.registry)
