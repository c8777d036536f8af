from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.service import lateness
from live.service.lateness import CAUGHT_UP_MS, LATE_MS, look, watching_lateness
from live.store.sqlite import SqliteStore
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from live.store.port import Change
    from tests.service.rig import Shop


class Slow(SqliteStore):
    """A store that writes when it is let."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.let = asyncio.Event()
        self.let.set()
        self.asked = asyncio.Event()

    async def commit(self, change: Change) -> None:
        self.asked.set()
        await self.let.wait()
        await super().commit(change)


@asynccontextmanager
async def a_slow_evening(folder: Path) -> AsyncIterator[tuple[Shop, Slow]]:
    store = Slow(str(folder / "linbo.db"))
    async with a_shop(folder, store=store) as shop:
        await shop.open()
        store.asked.clear()
        yield shop, store
        store.let.set()


def codes(shop: Shop) -> list[str | None]:
    return [None if trouble is None else trouble.code for trouble in shop.troubles]


async def test_a_room_that_falls_behind_is_told_of_once_and_once_more_when_it_has_caught_up(tmp_path: Path) -> None:
    async with a_slow_evening(tmp_path) as (shop, store):
        late: set[str] = set()
        store.let.clear()
        said = await shop.service.ingest(ROOM, [shop.comment("要两箱鸡蛋")], shop.clock())
        await store.asked.wait()
        look(shop.service, late, shop.clock())
        assert codes(shop) == []
        shop.clock.now_ms += LATE_MS
        for _ in range(3):
            look(shop.service, late, shop.clock())
        assert codes(shop) == ["behind"]
        trouble = shop.service.trouble()
        assert trouble is not None
        assert not trouble.stops, "comments are taken all the while"
        assert shop.service.in_line(ROOM).comments == 1
        store.let.set()
        await said
        look(shop.service, late, shop.clock())
        assert codes(shop) == ["behind", None]


async def test_lateness_around_the_bound_does_not_come_and_go(tmp_path: Path) -> None:
    async with a_slow_evening(tmp_path) as (shop, store):
        late = {ROOM}
        store.let.clear()
        said = await shop.service.ingest(ROOM, [shop.comment("好的")], shop.clock())
        await store.asked.wait()
        look(shop.service, late, shop.clock() + CAUGHT_UP_MS)
        assert late == {ROOM}
        look(shop.service, late, shop.clock() + CAUGHT_UP_MS - 1)
        assert late == set()
        store.let.set()
        await said


async def test_an_owner_that_is_at_one_piece_of_work_for_long_counts_although_no_comment_waits(tmp_path: Path) -> None:
    async with a_slow_evening(tmp_path) as (shop, store):
        assert shop.service.busy_ms(ROOM) == 0
        store.let.clear()
        ending = asyncio.create_task(shop.do(c.EndSession()))
        await store.asked.wait()
        shop.clock.now_ms += LATE_MS
        assert shop.service.busy_ms(ROOM) == LATE_MS
        look(shop.service, set(), shop.clock())
        assert codes(shop) == ["behind"]
        store.let.set()
        assert (await ending)[0] == 200
        assert shop.service.busy_ms(ROOM) == 0


async def test_the_watcher_looks_by_itself_and_survives_what_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lateness, "LOOK_EVERY_S", 0.001)
    async with a_slow_evening(tmp_path) as (shop, store):
        asked = count()

        def now_ms() -> int:
            if next(asked) == 0:
                raise OSError("the clock is away")
            return shop.clock() + LATE_MS

        store.let.clear()
        said = await shop.service.ingest(ROOM, [shop.comment("好的")], shop.clock())
        async with asyncio.timeout(10), watching_lateness(shop.service, now_ms):
            while codes(shop) != ["behind"]:  # noqa: ASYNC110  # the watcher looks in its own time
                await asyncio.sleep(0.005)
        assert "could not be looked at" in caplog.text
        store.let.set()
        await said
