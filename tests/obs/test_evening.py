"""OBS control on an evening of the real service."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import stage_commands as s
from live.obs.marks import read_marks
from live.obs.run import controlling
from tests.domain.stage_factories import flash_deal, lucky_bag
from tests.obs.rig import Evening, settings
from tests.obs.server import FakeObs, until, up
from tests.service.rig import ROOM, Shop, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import Any

    from live.store.port import StoredEvent


@asynccontextmanager
async def an_evening(folder: Path, obs: FakeObs, **more: object) -> AsyncIterator[Shop]:
    """A shop on air with OBS beside it."""
    async with a_shop(folder) as shop:
        await shop.open()

        async def snapshot() -> dict[str, Any]:
            return shop.snapshot()

        async def events_since(seq: int, limit: int) -> list[StoredEvent]:
            return await shop.service.events_since(ROOM, seq, limit)

        stage = replace(
            Evening(folder=folder).stage(),
            room=ROOM,
            snapshot=snapshot,
            events_since=events_since,
            subscribe=shop.service.subscribe,
            now_ms=shop.clock,
        )
        async with controlling(settings(obs.url, **more), stage):
            await until(lambda: "GetRecordStatus" in obs.requests())
            yield shop


async def passes(shop: Shop, seconds: int) -> None:
    """Let time pass; any command makes the room look at the clock."""
    shop.clock.now_ms += seconds * 1000
    await shop.do(c.PinOffer(offer_id="egg"))


async def test_a_flash_deal_has_its_scene_while_it_runs_and_not_while_it_is_announced(tmp_path: Path) -> None:
    async with up(FakeObs(stream_ms=600_000)) as obs, an_evening(tmp_path, obs, flash_scene="秒杀") as shop:
        await shop.do(flash_deal(countdown=10, seconds=60))
        await shop.do(c.PinOffer(offer_id="egg"))
        await until(lambda: "offer_pinned" in [mark.kind for mark in read_marks(tmp_path)])
        assert obs.on_air == "主场景"
        await passes(shop, 11)
        await until(lambda: obs.on_air == "秒杀")
        await passes(shop, 61)
        await until(lambda: obs.on_air == "主场景")
        await until(lambda: "flash_sale_ended" in [mark.kind for mark in read_marks(tmp_path)])
        assert {mark.subject for mark in read_marks(tmp_path) if mark.kind == "flash_sale_started"} == {"f-1"}


async def test_a_draw_is_marked_and_saved(tmp_path: Path) -> None:
    async with up(FakeObs(stream_ms=600_000)) as obs, an_evening(tmp_path, obs, replay_after_s=0) as shop:
        await shop.do(lucky_bag())
        await shop.say(shop.comment("锅到福到"))
        await shop.do(s.DrawGiveaway(giveaway_id="g-1"))
        await passes(shop, 11)
        await until(lambda: any(mark.replay for mark in read_marks(tmp_path)))
    drawn = [(mark.subject, mark.replay) for mark in read_marks(tmp_path) if mark.kind == "giveaway_drawn"]
    assert drawn == [("g-1", ""), ("g-1", "rec/Replay 1.mkv")]


async def test_orders_go_on_while_obs_hangs_and_their_moments_are_marked_later(tmp_path: Path) -> None:
    async with up(FakeObs(stream_ms=600_000)) as obs, an_evening(tmp_path, obs, rush_reservations=8) as shop:
        await until(lambda: len(read_marks(tmp_path)) == 1)
        obs.deaf = True
        await shop.do(c.PinOffer(offer_id="egg"))
        await shop.say(*(shop.comment("要1箱鸡蛋", by=f"客人{number}") for number in range(9)))
        assert shop.kinds().count("reservation_made") == 9
        assert len(read_marks(tmp_path)) == 1
        obs.deaf = False
        for socket in list(obs.sockets):
            socket.transport.abort()  # OBS was ended in the task manager
        await until(lambda: [mark.kind for mark in read_marks(tmp_path)][-2:] == ["offer_pinned", "rush"])
