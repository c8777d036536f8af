"""Targets without anything behind them, for what only looks at them."""

from __future__ import annotations

from live.outbound.target import Target
from live.store.deliveries import TargetRecord


async def _nothing(*_: object) -> list[object]:
    return []


def a_target(name: str = "erp") -> Target:
    return Target(
        name=name,
        form="webhook",
        to="erp.example",
        rooms=None,
        wants=lambda _: True,
        make=_nothing,  # type: ignore[arg-type]  # never called
        send=_nothing,  # type: ignore[arg-type]  # never called
        window=1,
        longest_ms=1_000,
    )


def a_record(name: str = "erp", *, delivered_ms: int | None = None, failed_ms: int | None = None) -> TargetRecord:
    return TargetRecord(
        name=name,
        rooms=None,
        delivered=3,
        delivered_ms=delivered_ms,
        last_error=None if failed_ms is None else "HTTP 503：对方暂时不行",
        failed_ms=failed_ms,
        waiting=2,
        dead=1,
        oldest_ms=1_767_787_200_000,
    )
