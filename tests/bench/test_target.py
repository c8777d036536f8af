from __future__ import annotations

import os
from typing import TYPE_CHECKING

from live.bench.target import rss_mb, the_floor, the_service

if TYPE_CHECKING:
    import pytest


async def test_the_settings_of_the_shop_do_not_reach_the_service_that_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twenty thousand comments of nobody would end in the shop's own database."""
    monkeypatch.setenv("LIVE_DATABASE__URL", "postgresql://127.0.0.1:1/the_shops_own")
    monkeypatch.setenv("LIVE_SERVER__PORT", "1")
    async with the_service() as target:
        assert set(target.tokens) == {"host", "ingest", "overlay"}


async def test_the_floor_tells_its_address() -> None:
    async with the_floor() as url:
        assert url.startswith("http://127.0.0.1:")


def test_the_memory_of_a_process_that_is_gone_is_not_known() -> None:
    assert rss_mb(2**22 + 1) is None
    assert rss_mb(os.getpid()) != 0
