from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.service import hearing
from live.service.hearing import expect, look, watching
from live.service.view import view_of
from live.sources.frame import Frame
from live.sources.roll import AWAY_AFTER_MS, SILENT_AFTER_MS, Roll
from tests.service.rig import ROOM, Shop, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from live.sources.roll import Line


def line_of(shop: Shop, roll: Roll) -> Line:
    line = roll.line(ROOM, "ws", "评论接口", at_ms=shop.clock())
    line.joined(shop.clock())
    return line


async def looked(shop: Shop, roll: Roll, *, after_ms: int = 0) -> list[str]:
    """Let time pass and look; what the room tells then."""
    before = len(shop.kinds())
    shop.clock.now_ms += after_ms
    await look(shop.service, roll, shop.clock())
    return shop.kinds()[before:]


@asynccontextmanager
async def an_evening(folder: Path) -> AsyncIterator[tuple[Shop, Roll]]:
    async with a_shop(folder) as shop:
        await shop.open()
        yield shop, Roll()


async def test_a_source_that_falls_silent_and_comes_back_is_told_of_once_each(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        line = line_of(shop, roll)
        assert await looked(shop, roll) == ["source_connected"]
        assert await looked(shop, roll, after_ms=SILENT_AFTER_MS - 1) == []
        assert await looked(shop, roll, after_ms=1) == ["source_silent"]
        assert await looked(shop, roll, after_ms=60_000) == []
        line.heard(shop.clock(), Frame())
        assert await looked(shop, roll) == ["source_restored"]
        [source] = shop.snapshot()["sources"]
        assert (source["id"], source["state"], source["missed"]) == ("ws", "listening", 0)


async def test_the_estimate_of_a_gap_is_what_the_time_before_would_have_brought(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        line = line_of(shop, roll)
        for _ in range(60):
            shop.clock.now_ms += 10_000
            line.heard(shop.clock(), Frame(comments=(shop.comment("好的"),)))
        assert await looked(shop, roll) == ["source_connected"]
        assert await looked(shop, roll, after_ms=5 * 60_000) == ["source_silent"]
        assert abs(shop.snapshot()["sources"][0]["per_hour"] - 360) <= 36
        shop.clock.now_ms += 5 * 60_000
        line.heard(shop.clock(), Frame())
        assert await looked(shop, roll) == ["source_restored"]
        assert abs(shop.snapshot()["sources"][0]["missed"] - 60) <= 6


async def test_the_state_and_the_events_are_the_next_snapshot_and_the_same_after_a_restart(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        before = view_of(await shop.store.load_room(ROOM))
        told = len(shop.events())
        line = line_of(shop, roll)
        await looked(shop, roll)
        await looked(shop, roll, after_ms=SILENT_AFTER_MS)
        line.left(shop.clock())
        await looked(shop, roll, after_ms=AWAY_AFTER_MS)
        for event in shop.events()[told:]:
            before.apply(event.kind, event.data)
        state = shop.snapshot()
        assert before.snapshot() == state
        assert view_of(await shop.store.load_room(ROOM)).snapshot() == state
        assert state["sources"][0]["state"] == "away"
    async with a_shop(tmp_path) as again:
        assert again.snapshot() == state


async def test_a_source_that_does_not_come_back_after_a_restart_is_missed(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        line_of(shop, roll)
        await looked(shop, roll)
    async with a_shop(tmp_path) as again:
        roll = Roll()
        expect(again.service, roll, again.clock())
        assert await looked(again, roll) == []
        assert await looked(again, roll, after_ms=AWAY_AFTER_MS) == ["source_silent"]


async def test_when_nothing_is_on_nothing_is_said(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        line_of(shop, roll)
        await shop.do(c.EndSession())
        assert await looked(shop, roll, after_ms=10 * SILENT_AFTER_MS) == []
        await shop.open(session_id="s2")
        assert await looked(shop, roll) == ["source_connected"]
        assert await looked(shop, roll, after_ms=SILENT_AFTER_MS) == ["source_silent"]


async def test_a_look_at_what_is_known_gives_the_owner_no_work(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, roll):
        line_of(shop, roll)
        await looked(shop, roll)
        seq = shop.service.seq(ROOM)
        for _ in range(50):
            await looked(shop, roll)
        assert shop.service.seq(ROOM) == seq


async def until_told(shop: Shop, kind: str) -> None:
    async with asyncio.timeout(10):
        while kind not in shop.kinds():  # noqa: ASYNC110  # what is waited for happens in the watcher's own time
            await asyncio.sleep(0.005)


async def test_the_watcher_looks_by_itself_and_survives_what_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hearing, "LOOK_EVERY_S", 0.001)
    async with an_evening(tmp_path) as (shop, roll):
        asked = count()

        def now_ms() -> int:
            if next(asked) == 1:
                raise OSError("the clock is away")
            return shop.clock()

        line_of(shop, roll)
        async with watching(shop.service, roll, now_ms):
            await until_told(shop, "source_connected")
        assert "could not be looked at" in caplog.text
