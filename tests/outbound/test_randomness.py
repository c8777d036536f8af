"""A draw that takes a round of a beacon for its witness, through the whole program and a beacon that keeps real time."""

from __future__ import annotations

import asyncio
import hashlib
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, web

from config.settings import load_settings
from live.app import running
from live.domain.draw_proof import verify

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from live.app import Running

GENESIS_S = 1_700_000_000
START = {
    "type": "start_session",
    "title": "晚场",
    "offers": [],
    "cycle": {"cutoff_at": "2099-01-01T20:00:00+08:00", "pickup_at": "2099-01-02T20:00:00+08:00"},
}
BAG = {
    "type": "open_giveaway",
    "title": "今晚福袋",
    "prize": "铁锅一口",
    "prize_value": "99.00",
    "winners": 1,
    "keyword": "锅到福到",
    "seconds": 600,
    "kind": "lucky_bag",
}


def randomness_of(round_: int) -> str:
    return hashlib.sha256(str(round_).encode()).hexdigest()


@dataclass(kw_only=True, slots=True)
class Beacon:
    """A round a second; `down`: it answers nothing but 503."""

    base: str = ""
    down: bool = False

    async def answer(self, request: web.Request) -> web.Response:
        if self.down:
            return web.Response(status=503)
        name = request.match_info["path"].rpartition("/")[2]
        if name == "info":
            return web.json_response({"period": 1, "genesis_time": GENESIS_S})
        newest = int(time.time()) - GENESIS_S + 1
        round_ = newest if name == "latest" else int(name)
        if round_ > newest:
            return web.json_response({}, status=425)
        return web.json_response({"round": round_, "randomness": randomness_of(round_)})


@asynccontextmanager
async def a_beacon() -> AsyncIterator[Beacon]:
    beacon, app = Beacon(), web.Application()
    app.router.add_get("/{path:.*}", beacon.answer)
    server = web.AppRunner(app, shutdown_timeout=0.1)
    await server.setup()
    try:
        site = web.TCPSite(server, "127.0.0.1", 0)
        await site.start()
        beacon.base = f"http://127.0.0.1:{server.addresses[0][1]}/chain"
        yield beacon
    finally:
        await server.cleanup()


@dataclass(kw_only=True, slots=True)
class Host:
    """Somebody who gives commands and looks at the public record."""

    client: ClientSession
    up: Running

    async def do(self, command: object) -> dict[str, Any]:
        url = f"{self.up.base_url}/api/v1/rooms/live/commands"
        headers = {"Authorization": f"Bearer {self.up.tokens.host}"}
        async with self.client.post(url, json=command, headers=headers) as answer:
            told: dict[str, Any] = await answer.json(content_type=None)
            assert answer.status == 200, told
            return told

    async def open_bag(self) -> dict[str, Any]:
        events = (await self.do(BAG))["events"]
        bag: dict[str, Any] = events[0]["data"]["giveaway"]
        return bag

    async def enter(self, *names: str) -> None:
        headers = {"Authorization": f"Bearer {self.up.tokens.ingest}"}
        items = [
            {"platform": "kuaishou", "id": f"m-{name}", "user": {"id": name, "name": name}, "text": "锅到福到"}
            for name in names
        ]
        url = f"{self.up.base_url}/ingest?room=live"
        async with self.client.post(url, json={"type": "batch", "items": items}, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def record(self, giveaway_id: str) -> dict[str, Any]:
        async with self.client.get(f"{self.up.base_url}/draw/{giveaway_id}.json") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def until(self, giveaway_id: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while not wanted(record := await self.record(giveaway_id)):  # noqa: ASYNC110  # the other end is a server
                await asyncio.sleep(0.2)
        return record


@asynccontextmanager
async def a_host(folder: Path, beacon: Beacon) -> AsyncIterator[Host]:
    settings = load_settings(
        None, {}, {"data_dir": folder, "server": {"port": 0}, "draws": {"beacon_url": beacon.base}}
    )
    async with running(settings) as up, ClientSession() as client:
        yield Host(client=client, up=up)


async def a_bag_with_the_beacon(host: Host) -> dict[str, Any]:
    """Open draws until one knows the beacon: it is learnt within a moment of the start."""
    async with asyncio.timeout(30):
        while "drand" not in (bag := await host.open_bag())["rules"]["how"]:
            await host.do({"type": "end_session"})
            await host.do(START)
    return bag


def drawn(record: dict[str, Any]) -> bool:
    return "rounds" in record


async def test_the_winners_follow_from_a_round_that_nobody_knew_at_closing(tmp_path: Path) -> None:
    async with a_beacon() as beacon, a_host(tmp_path, beacon) as host:
        await host.do(START)
        bag = await a_bag_with_the_beacon(host)
        await host.enter("张姐", "李叔", "赵奶奶")
        (closed,) = (await host.do({"type": "draw_giveaway", "giveaway_id": bag["id"]}))["events"]
        newest = int(time.time()) - GENESIS_S + 1
        assert closed["data"]["giveaway"]["beacon_round"] > newest
        record = await host.until(bag["id"], drawn)
        round_ = record["witness"]["round"]
        assert record["witness"]["randomness"] == randomness_of(round_)
        assert round_ == closed["data"]["giveaway"]["beacon_round"]
        assert len(record["entries"]) == 3
        assert verify(record) == []


async def test_a_draw_waits_for_its_round_through_a_silent_beacon_and_a_restart(tmp_path: Path) -> None:
    async with a_beacon() as beacon:
        async with a_host(tmp_path, beacon) as host:
            await host.do(START)
            bag = await a_bag_with_the_beacon(host)
            await host.enter("张姐")
            beacon.down = True
            await host.do({"type": "draw_giveaway", "giveaway_id": bag["id"]})
            await host.do({"type": "end_session"})
            await host.do(START)
            assert not drawn(await host.record(bag["id"]))
        beacon.down = False
        async with a_host(tmp_path, beacon) as host:
            assert verify(await host.until(bag["id"], drawn)) == []


async def test_without_a_beacon_in_reach_comments_are_the_witness_and_the_rules_say_so(tmp_path: Path) -> None:
    async with a_beacon() as beacon:
        beacon.down = True
        async with a_host(tmp_path, beacon) as host:
            await host.do(START)
            bag = await host.open_bag()
            assert "评论" in bag["rules"]["how"]
            await host.enter("张姐")
            await host.do({"type": "draw_giveaway", "giveaway_id": bag["id"]})
            record = await host.until(bag["id"], drawn)
            assert record["witness"]["kind"] == "comments"
            assert verify(record) == []
