"""A replay's result in words for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.replay.result import ReplayResult

MOST_FAULTS = 20


def summary(result: ReplayResult, *, name: str) -> str:
    """Tell what came of replaying the file `name`: the counts, why comments were refused, which lines were not sent."""
    return "\n".join([_counts(result), *_refusals(result), *_faults(result, name)])


def _counts(result: ReplayResult) -> str:
    return (
        f"发送 {result.sent} 条，确认 {result.acknowledged} 条，拒绝 {result.rejected} 条；"
        f"用时 {result.seconds:.1f} 秒，每秒 {result.rate:.0f} 条。"
    )


def _refusals(result: ReplayResult) -> list[str]:
    return [f"拒绝 {refusal.count} 条，{refusal.reason}" for refusal in result.refusals]


def _faults(result: ReplayResult, name: str) -> list[str]:
    told = [f"{name} 第 {fault.line} 行没有发送：{fault.detail}" for fault in result.faults[:MOST_FAULTS]]
    untold = len(result.faults) - MOST_FAULTS
    return [*told, f"还有 {untold} 处没有发送。"] if untold > 0 else told
