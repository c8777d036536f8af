"""What is counted of the model: calls by use and outcome, latency, tokens, money. Plain numbers, for whoever exports them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.llm_types import Answered, Unanswered

if TYPE_CHECKING:
    from pydantic import BaseModel

    from nlp.llm_types import Use

LATENCY_BUCKETS_MS = (100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 30_000)
"""Upper bounds; what took longer than the last stands beyond all of them."""


@dataclass(kw_only=True, slots=True)
class Latency:
    """How long answers took: how many at most so long (`buckets`, not added up), and all together."""

    buckets: Counter[int] = field(default_factory=Counter)
    count: int = 0
    sum_ms: int = 0

    def observe(self, took_ms: int) -> None:
        """Count one answer."""
        self.count += 1
        self.sum_ms += took_ms
        self.buckets[next((bound for bound in LATENCY_BUCKETS_MS if took_ms <= bound), -1)] += 1


@dataclass(kw_only=True, slots=True)
class Counts:
    """The counters of one client. `calls` counts by use and outcome: `ok`, `cached` or a `Why`."""

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    latency: dict[str, Latency] = field(default_factory=dict)
    requests: int = 0
    sent_tokens: int = 0
    answered_tokens: int = 0
    micro_fen: int = 0

    def call(self, use: Use, reply: Answered[BaseModel] | Unanswered, took_ms: int) -> None:
        """Count a question with what came of it."""
        if isinstance(reply, Unanswered):
            self.calls[use.value, reply.why.value] += 1
            return
        self.calls[use.value, "cached" if reply.from_cache else "ok"] += 1
        if not reply.from_cache:
            self.latency.setdefault(use.value, Latency()).observe(took_ms)

    def drop(self, use: Use, reason: str, count: int = 1) -> None:
        """Count what a validator threw away, by its reason."""
        if count:
            self.dropped[use.value, reason] += count
