from __future__ import annotations

from typing import TYPE_CHECKING

from live.service.lags import KEPT_SECONDS, Lag, Lags
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.rig import Shop


async def said(shop: Shop, *, ago_ms: int) -> None:
    """A comment that came in so long ago is committed now."""
    await (await shop.service.ingest(ROOM, [shop.comment("好的")], shop.clock() - ago_ms))


async def test_a_room_is_as_quick_as_its_newest_batch_and_as_slow_as_the_worst_of_the_minute(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        lags = Lags(shop.clock)
        shop.service.subscribe(lags.note)
        await shop.open()
        assert lags.of(ROOM) is None, "what the host does is no comment"
        for ago_ms in (40, 700, 30):
            await said(shop, ago_ms=ago_ms)
        assert lags.of(ROOM) == Lag(last_ms=30, worst_ms=700)
        assert lags.of("elsewhere") is None
        shop.clock.now_ms += 10_000
        await said(shop, ago_ms=5)
        assert lags.of(ROOM) == Lag(last_ms=5, worst_ms=700)
        shop.clock.now_ms += (KEPT_SECONDS - 5) * 1000
        assert lags.of(ROOM) == Lag(last_ms=5, worst_ms=5)
        shop.clock.now_ms += KEPT_SECONDS * 1000
        assert lags.of(ROOM) is None


async def test_a_clock_that_is_set_back_makes_no_comment_early(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        lags = Lags(shop.clock)
        shop.service.subscribe(lags.note)
        await shop.open()
        await said(shop, ago_ms=-3_000)
        assert lags.of(ROOM) == Lag(last_ms=0, worst_ms=0)
