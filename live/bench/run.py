"""The runs of the benchmark, one after the other on one service, and the figures they give."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, TCPConnector

from live.bench import corpus
from live.bench.figures import Figures, percentiles, table
from live.bench.load import Source, bearer, pages, sources
from live.bench.reading import own_texts, reading_cost, recorded_texts
from live.bench.target import rss_mb, the_floor, the_service

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from live.bench.load import Page
    from live.bench.reading import ReadingCost
    from live.bench.target import Target

PAGES = 10
CONNECTIONS = 4
SATURATED = 20_000
PACED_PER_SECOND = 500
PACED_SECONDS = 10
RUSH = 5_000
FANOUT_PAGES = 100
FANOUT_PER_SECOND = 50
FANOUT_SECONDS = 5
HEARING_SECONDS = 60.0
"""How long a page may take to hear all; what takes longer is broken, not slow."""


def run_bench(*, as_json: bool, log: Path | None = None, catalog: Path | None = None) -> int:
    """Run the benchmark and print its figures; 1 where a comment was lost or doubled or a quota exceeded.

    `log` and `catalog` are comments and offers to read instead of the benchmark's own; 2 where they cannot be read.
    """
    try:
        reading = reading_cost(*(own_texts() if log is None else recorded_texts(log, catalog)))
    except (OSError, ValueError) as error:
        print(f"--texts/--catalog：{error}", file=sys.stderr)  # noqa: T201  # told before anything runs
        return 2
    figures = asyncio.run(measure(reading))
    print(json.dumps(figures.as_dict()) if as_json else table(figures))  # noqa: T201  # the figures are the output
    return 1 if figures.broken else 0


async def measure(reading: ReadingCost) -> Figures:
    """Measure the service, then the floor, with the same frames."""
    frames = list(corpus.frames(SATURATED, prefix="full"))
    async with the_service() as target, client() as session:
        evening = Bench(target=target, session=session, room="evening")
        crowd = Bench(target=target, session=session, room="crowd")
        await evening.start()
        ingest = await evening.saturated(frames)
        latency = await evening.paced()
        reserve = await evening.rush()
        await crowd.start()
        fanout_rate, fanout = await crowd.fanout()
        verdict = together(await evening.verdict(), await crowd.verdict())
        memory = rss_mb(target.pid)
    floor = await floor_rate(frames)
    return Figures(
        ingest_per_second=ingest,
        floor_per_second=floor,
        latency=latency,
        reserve_per_second=reserve,
        fanout_pages=FANOUT_PAGES,
        fanout_per_second=fanout_rate,
        fanout_latency=fanout,
        rss_mb=memory,
        reading=reading,
        **verdict,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """From each comment's sending to its event on a page, and how many events a second a page was told."""

    milliseconds: list[float]
    events_per_second: float


@dataclass(kw_only=True, slots=True)
class Bench:
    """One room of a service under load; `sent` counts what has gone in, `missed` the events that a page was not told."""

    target: Target
    session: ClientSession
    room: str
    sent: int = 0
    missed: int = 0

    async def start(self) -> None:
        """Begin the session that takes the comments."""
        now = datetime.now(UTC)
        cycle = {
            "cutoff_at": (now + timedelta(hours=5)).isoformat(),
            "pickup_at": (now + timedelta(hours=20)).isoformat(),
        }
        body = {"type": "start_session", "title": "bench", "offers": corpus.offers(), "cycle": cycle}
        url = f"{self.target.base_url}/api/v1/rooms/{self.room}/commands"
        async with self.session.post(url, json=body, headers=bearer(self.target.tokens["host"])) as answer:
            answer.raise_for_status()

    async def saturated(self, frames: list[str]) -> float:
        """Comments a second, as fast as they are acknowledged, with pages listening."""
        async with self._pages(PAGES), self._sources(CONNECTIONS) as ins:
            begin = time.perf_counter()
            await _send(ins, frames)
            seconds = time.perf_counter() - begin
        self.sent += len(frames)
        return len(frames) / seconds

    async def paced(self) -> dict[str, float]:
        """Milliseconds from a comment's sending to its reservation's arrival on an overlay, at a steady pace."""
        count = PACED_PER_SECOND * PACED_SECONDS
        waits = await self.told_paced("paced", count, per_second=PACED_PER_SECOND, pages=PAGES, seed=11)
        return percentiles(waits.milliseconds)

    async def rush(self) -> float:
        """Reservations (or places on the waitlist) a second when everybody wants the same thing."""
        frames = list(corpus.rush_frames(RUSH, prefix="rush"))
        async with self._pages(PAGES), self._sources(CONNECTIONS) as ins:
            begin = time.perf_counter()
            await _send(ins, frames)
            seconds = time.perf_counter() - begin
        self.sent += RUSH
        return RUSH / seconds

    async def fanout(self) -> tuple[float, dict[str, float]]:
        """Events a second to each of many pages, and milliseconds from comment to page."""
        count = FANOUT_PER_SECOND * FANOUT_SECONDS
        waits = await self.told_paced(
            "fan", count, per_second=FANOUT_PER_SECOND, pages=FANOUT_PAGES, seed=13, share=1.0
        )
        return waits.events_per_second, percentiles(waits.milliseconds)

    async def told_paced(
        self,
        prefix: str,
        count: int,
        *,
        per_second: float,
        pages: int,
        seed: int = 7,
        share: float = corpus.ORDER_SHARE,
    ) -> Waits:
        """Send at a steady pace to a room that so many pages watch, and wait until all is told."""
        frames = list(corpus.frames(count, prefix=prefix, seed=seed, share=share))
        async with self._pages(pages) as outs, self._sources(1) as ins:
            before = [page.events for page in outs]
            begin = time.perf_counter()
            times = await ins[0].send_paced(frames, per_second=per_second)
            seconds = time.perf_counter() - begin
            await self._until_all_is_heard(outs[0])
            told = sum(page.events - b for page, b in zip(outs, before, strict=True)) / pages
        self.sent += count
        self.missed += outs[0].gaps
        return Waits(milliseconds=_waits(times, outs[0].heard, prefix), events_per_second=told / seconds)

    async def _until_all_is_heard(self, page: Page) -> None:
        """Wait for the slowest: what a page has not heard yet is what its latency is about."""
        last = (await self._get("snapshot"))["seq"]
        async with asyncio.timeout(HEARING_SECONDS):
            await page.until(last)

    async def verdict(self) -> dict[str, int]:
        """What must be nought: promised above quota, acknowledged but not kept (or not told), kept twice."""
        state = await self._get("snapshot")
        over = [max(0, offer["reserved"] - offer["quota"]) for offer in state["offers"]]
        ids = [comment["id"] for comment in await self.kept()]
        return {
            "oversold": sum(over),
            "lost": self.sent - len(set(ids)) + self.missed,
            "duplicated": len(ids) - len(set(ids)),
        }

    async def kept(self) -> list[dict[str, Any]]:
        """All comments that the room has kept."""
        found: list[dict[str, Any]] = []
        n = 0
        while True:
            page = await self._get(f"comments?after={n}&limit=1000")
            if not page["comments"]:
                return found
            found += page["comments"]
            n = page["next"]

    async def _get(self, path: str) -> Any:
        url = f"{self.target.base_url}/api/v1/rooms/{self.room}/{path}"
        async with self.session.get(url, headers=bearer(self.target.tokens["host"])) as answer:
            return await answer.json()

    def _pages(self, count: int) -> AbstractAsyncContextManager[list[Page]]:
        return pages(self.session, self.target.base_url, self.room, self.target.tokens["overlay"], count)

    def _sources(self, count: int) -> AbstractAsyncContextManager[list[Source]]:
        return sources(self.session, self.target.base_url, self.room, self.target.tokens["ingest"], count)


def client() -> ClientSession:
    """A client without the usual limit of 100 connections: every page is one."""
    return ClientSession(connector=TCPConnector(limit=0))


def together(*verdicts: dict[str, int]) -> dict[str, int]:
    """What went wrong in all rooms together."""
    return {name: sum(verdict[name] for verdict in verdicts) for name in verdicts[0]}


async def floor_rate(frames: list[str]) -> float:
    """Comments a second of the floor, with the same frames over as many connections."""
    shares = _shares(frames, CONNECTIONS)
    async with the_floor() as url, client() as session, sources(session, url, "floor", "", CONNECTIONS) as ins:
        begin = time.perf_counter()
        await asyncio.gather(*(_send_to_floor(source, share) for source, share in zip(ins, shares, strict=True)))
        return len(frames) / (time.perf_counter() - begin)


async def _send_to_floor(source: Source, frames: list[str]) -> None:
    last = json.dumps({**json.loads(frames[-1]), "last": True}, ensure_ascii=False)
    for frame in [*frames[:-1], last]:
        await source.socket.send_str(frame)
    await source.socket.receive_str(timeout=60)


async def _send(ins: list[Source], frames: list[str]) -> None:
    await asyncio.gather(*(s.send_all(share) for s, share in zip(ins, _shares(frames, len(ins)), strict=True)))


def _shares(frames: list[str], count: int) -> list[list[str]]:
    return [frames[i::count] for i in range(count)]


def _waits(sent: dict[int, float], heard: dict[str, float], prefix: str) -> list[float]:
    """Milliseconds of each comment that a page heard of."""
    return [(heard[f"{prefix}-{i}"] - at) * 1000 for i, at in sent.items() if f"{prefix}-{i}" in heard]
