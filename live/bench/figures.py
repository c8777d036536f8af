"""The figures of a run, as section 7 of the contract names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.bench.reading import ReadingCost


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What was measured. Rates are a second, latencies milliseconds, memory megabytes."""

    ingest_per_second: float
    floor_per_second: float
    latency: dict[str, float]
    reserve_per_second: float
    oversold: int
    lost: int
    duplicated: int
    fanout_pages: int
    fanout_per_second: float
    fanout_latency: dict[str, float]
    rss_mb: float | None
    reading: ReadingCost

    @property
    def broken(self) -> bool:
        """Whether a promise did not hold under load."""
        return bool(self.oversold or self.lost or self.duplicated)

    def as_dict(self) -> dict[str, object]:
        """The JSON object of section 7."""
        return {
            "ingest_comments_per_second": round(self.ingest_per_second),
            "floor_comments_per_second": round(self.floor_per_second),
            "ratio_to_floor": round(self.ingest_per_second / self.floor_per_second, 3),
            "latency_ms": self.latency,
            "reserve_per_second": round(self.reserve_per_second),
            "oversold": self.oversold,
            "lost": self.lost,
            "duplicated": self.duplicated,
            "fanout": {
                "pages": self.fanout_pages,
                "events_per_second": round(self.fanout_per_second, 1),
                "latency_ms": self.fanout_latency,
            },
            "rss_mb": self.rss_mb,
            "reading": self.reading.as_dict(),
        }


def percentiles(values: list[float]) -> dict[str, float]:
    """p50, p95 and p99 of milliseconds. Raises ValueError when nothing was heard: silence is no latency."""
    if not values:
        raise ValueError("没有一条评论上了屏，量不出延迟")
    ordered = sorted(values)
    return {name: round(_at(ordered, share), 2) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}


def table(figures: Figures) -> str:
    """The figures for a person."""
    latency, fan = figures.latency, figures.fanout_latency
    ratio = figures.ingest_per_second / figures.floor_per_second
    return "\n".join(
        (
            f"收评论            {figures.ingest_per_second:>10,.0f} 条/秒（地板的 {ratio:.2f} 倍）",
            f"从收到到上屏      p50 {latency['p50']} ms · p95 {latency['p95']} ms · p99 {latency['p99']} ms",
            f"抢同一个商品      {figures.reserve_per_second:>10,.0f} 条/秒",
            f"{figures.fanout_pages} 个页面        每页 {figures.fanout_per_second:.1f} 个事件/秒 · p99 {fan['p99']} ms",
            f"读懂一条评论      {figures.reading.classify_us:>10.1f} 微秒（jieba 分词的 {figures.reading.ratio:.2f} 倍）",
            f"超卖 {figures.oversold} · 丢失 {figures.lost} · 重复 {figures.duplicated} · 内存 {figures.rss_mb or '—'} MB",
        )
    )


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
