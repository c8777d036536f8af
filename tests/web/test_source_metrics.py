from __future__ import annotations

from typing import TYPE_CHECKING

from live.sources.state import SourceState, Status
from live.web.source_metrics import source_metrics
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path


def state(number: int, status: Status, last_message_ms: int | None) -> SourceState:
    return SourceState(
        number=number,
        kind="oba",
        room="main",
        url="ws://127.0.0.1:12354",
        status=status,
        detail="",
        since_ms=0,
        last_message_ms=last_message_ms,
        kept=7,
        closed=2,
        strange=1,
        fault=None,
    )


async def test_prometheus_is_told_how_each_source_is_doing(tmp_path: Path) -> None:
    states = [state(1, Status.LISTENING, 1_000), state(2, Status.NOT_LISTENING, None)]
    async with open_shop(tmp_path, mounts=[source_metrics(lambda: states, lambda: 3_500)]) as shop:
        told = await (await shop.client.get(f"{shop.base}/metrics")).text()
    first, second = 'kind="oba",room="main",source="1"', 'kind="oba",room="main",source="2"'
    assert f'linbo_source_status{{{first},status="listening"}} 1.0' in told
    assert f'linbo_source_status{{{first},status="error"}} 0.0' in told
    assert f'linbo_source_status{{{second},status="not_listening"}} 1.0' in told
    assert f"linbo_source_silent_seconds{{{first}}} 2.5" in told
    assert f"linbo_source_silent_seconds{{{second}}}" not in told
    for result, number in (("kept", 7), ("closed", 2), ("strange", 1)):
        assert f'linbo_source_comments_total{{kind="oba",result="{result}",room="main",source="1"}} {number}.0' in told


async def test_without_sources_nothing_is_said_of_any(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=[source_metrics(list, lambda: 0)]) as shop:
        assert "linbo_source_status{" not in await (await shop.client.get(f"{shop.base}/metrics")).text()
