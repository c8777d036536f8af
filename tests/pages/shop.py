"""A real shop for the pages: the service as the host starts it, and a hand on its commands and comments."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import ClientSession

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Iterable

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 40.0
POLL_S = 0.05

Json = dict[str, Any]

CYCLE: Json = {
    "cutoff_at": "2099-01-07T21:30:00+08:00",
    "pickup_at": "2099-01-08T10:00:00+08:00",
    "pickup_points": [{"id": "p1", "name": "东门便利店", "address": "人民路 18 号"}],
}

_ids = count(1)


def offer(offer_id: str, number: int, title: str, **more: object) -> Json:
    """An offer with what a test does not care about filled in."""
    return {"id": offer_id, "number": number, "title": title, "unit": "份", "price": "9.90", "quota": 100} | more


EGG = offer("egg", 1, "土鸡蛋 30 枚", aliases=["鸡蛋", "土鸡蛋"], unit="箱", price="39.90", case_size=12)
APPLE = offer("apple", 2, "红富士苹果 5 斤", aliases=["苹果"], unit="袋", price="29.90", quota=3)
TOFU = offer(
    "tofu",
    3,
    "石磨豆腐 2 斤",
    aliases=["豆腐"],
    price="6.80",
    quota=24,
    variants=[
        {"id": "firm", "name": "老豆腐", "aliases": ["老的"], "quota": 14},
        {"id": "soft", "name": "嫩豆腐", "aliases": ["嫩的"], "quota": 10},
    ],
)

LONG_TITLE = "柳树湾何家林下散养一年半老母鸡现杀现送冷链直达带检疫证每只净重三斤半以上整只发货不分切"
EXTREME_OFFERS = [
    offer("hen", 128, LONG_TITLE, aliases=["老母鸡"], unit="只", price="12888.00", quota=10_000, case_size=24),
    offer("tea", 7, "明前龙井特级礼盒装", aliases=["龙井"], unit="礼盒", price="9999999.99", quota=2, case_size=6),
    offer("salt", 9, "盐", unit="包", price="0.50", quota=0),
]
"""The longest words, the largest price and the most and least of everything."""


def start_session(offers: Iterable[Json] = (EGG, APPLE, TOFU), **more: object) -> Json:
    """The command that begins an evening."""
    begin = {"type": "start_session", "title": "今晚接单，明早自提", "offers": list(offers), "cycle": CYCLE}
    return begin | {"hosts": ["梅姐本人"]} | more


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """A running service, with the tokens that it printed."""

    base: str
    tokens: dict[str, str]
    client: ClientSession

    def console(self, room: str, **query: str) -> str:
        """The address of the console with its token, as the host opens it."""
        return f"{self.base}/console/{room}?{urlencode({'token': self.tokens['host']} | query)}"

    def overlay(self, room: str, **query: str) -> str:
        """The address of the overlay, as OBS opens it."""
        return f"{self.base}/overlay/{room}?{urlencode({'token': self.tokens['overlay']} | query)}"

    async def command(self, room: str, body: Json) -> Json:
        """Carry a command out; it must take effect."""
        headers = {"Authorization": f"Bearer {self.tokens['host']}"}
        async with self.client.post(f"{self.base}/api/v1/rooms/{room}/commands", json=body, headers=headers) as answer:
            value: Json = await answer.json(content_type=None)
            if answer.status != 200:
                raise AssertionError(f"{body['type']}: {value}")
            return value

    async def say(self, room: str, *lines: tuple[str, str], platform: str = "wechat_channels") -> None:
        """Have viewers write: (name, text), each with an id of its own."""
        items = [
            {
                "type": "comment",
                "platform": platform,
                "id": f"m-{next(_ids)}",
                "user": {"id": f"u-{name}", "name": name},
                "text": text,
            }
            for name, text in lines
        ]
        headers = {"Authorization": f"Bearer {self.tokens['ingest']}"}
        frame = {"type": "batch", "items": items}
        async with self.client.post(f"{self.base}/ingest?room={room}", json=frame, headers=headers) as answer:
            if answer.status != 200:
                raise AssertionError(await answer.text())

    async def snapshot(self, room: str) -> Json:
        """The state of a room as the service has it."""
        headers = {"Authorization": f"Bearer {self.tokens['host']}"}
        async with self.client.get(f"{self.base}/api/v1/rooms/{room}/snapshot", headers=headers) as answer:
            value: Json = await answer.json()
            return value


@dataclass(kw_only=True, slots=True)
class Service:
    """The service's process, which a test may end and start again on the same port and data."""

    folder: Path
    port: int = 0
    process: Process | None = None
    ready: Json | None = None

    async def start(self) -> Json:
        """Start it and wait until it serves; gives what it wrote to its ready file."""
        ready_file = self.folder / "ready.json"
        ready_file.unlink(missing_ok=True)
        options = ["--data", str(self.folder / "data"), "--port", str(self.port), "--ready-file", str(ready_file)]
        log = (self.folder / "serve.log").open("ab")
        with log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "run_live.py", "serve", *options, cwd=ROOT, stdout=log, stderr=log
            )
        self.ready = await self._wait(self.process, ready_file)
        self.port = int(self.ready["base_url"].rsplit(":", 1)[1])
        return self.ready

    async def stop(self) -> None:
        """End it politely."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    async def _wait(self, process: Process, ready_file: Path) -> Json:
        async with asyncio.timeout(READY_WITHIN_S):
            while (ready := _read(ready_file)) is None:
                if process.returncode is not None:
                    raise AssertionError((self.folder / "serve.log").read_text(encoding="utf-8"))
                await asyncio.sleep(POLL_S)
        return ready


def _read(ready_file: Path) -> Json | None:
    if not ready_file.exists():
        return None
    value: Json = json.loads(ready_file.read_text(encoding="utf-8"))
    return value


@asynccontextmanager
async def open_shop(folder: Path) -> AsyncIterator[tuple[Shop, Service]]:
    """Run a service in `folder` until the block is left."""
    service = Service(folder=folder)
    ready = await service.start()
    try:
        async with ClientSession() as client:
            yield Shop(base=ready["base_url"], tokens=ready["tokens"], client=client), service
    finally:
        await service.stop()
