"""Runs the loops of all targets beside the service, and tells the host how they are doing."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.outbound.line import Line, Means, Pace
from live.outbound.post import open_client
from live.outbound.report import outbound_json
from live.outbound.target import Books, group, system

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    import aiohttp

    from config.settings import OutboundSettings
    from live.outbound.target import Target
    from live.outbound.watch import Watch
    from live.service.results import Published
    from live.service.service import Service
    from live.service.wire import Json
    from live.store.deliveries import DeliveryStore
    from live.store.port import Store

GOODBYE_S = 2.0
"""How long a stopping service waits for what is being sent."""

MOST_DEAD = 100
"""How many dead letters are listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What sending works with beside the service: a clock, chance (0 to 1), who writes spreadsheets, how patient it is."""

    now_ms: Callable[[], int]
    chance: Callable[[], float]
    write_table: Callable[[str, Sequence[tuple[str, int]], Sequence[Sequence[str | int]]], bytes]
    pace: Pace = field(default_factory=Pace)


class Outbound:
    """The lines of all targets."""

    def __init__(self, lines: Sequence[Line], deliveries: DeliveryStore, now_ms: Callable[[], int]) -> None:
        self.lines = tuple(lines)
        self._deliveries = deliveries
        self._now_ms = now_ms

    @property
    def watches(self) -> tuple[Watch, ...]:
        """How each target is doing, as this process knows it."""
        return tuple(line.watch for line in self.lines)

    def notice(self, published: Published) -> None:
        """Hear what was committed."""
        for line in self.lines:
            line.notice(published)

    async def report(self) -> Json:
        """How each target is doing, and what was given up (`GET /api/v1/outbound`)."""
        targets = [line.target for line in self.lines]
        return outbound_json(targets, await self._deliveries.targets(), await self._deliveries.dead(MOST_DEAD))

    async def retry(self, delivery_id: str) -> bool:
        """Have a delivery tried again now; whether there is one that waits or was given up."""
        target = await self._deliveries.revive(delivery_id, now_ms=self._now_ms())
        for line in self.lines:
            if line.target.name == target:
                line.poke()
        return target is not None


@asynccontextmanager
async def sending(settings: OutboundSettings, service: Service, store: Store, tools: Tools) -> AsyncIterator[Outbound]:
    """Send while the block runs; leaving it ends what is under way, within two seconds.

    No task group: it would wrap what the block raises, and these tasks hold off their own failures.
    """
    async with open_client() as client:
        means = Means(
            deliveries=store.deliveries,
            events_since=store.events_since,
            now_ms=tools.now_ms,
            chance=tools.chance,
            pace=tools.pace,
        )
        targets = _targets(settings, client, store, tools)
        outbound = Outbound([Line(target, means) for target in targets], store.deliveries, tools.now_ms)
        await _register(targets, store.deliveries)
        unsubscribe = service.subscribe(outbound.notice)
        running = [asyncio.create_task(line.run(), name=f"outbound {line.target.name}") for line in outbound.lines]
        try:
            yield outbound
        finally:
            unsubscribe()
            await _end(outbound.lines, running)


def _targets(settings: OutboundSettings, client: aiohttp.ClientSession, store: Store, tools: Tools) -> list[Target]:
    books = Books(read=store.load_session, write_table=tools.write_table)
    groups = [group(each, client, tools.now_ms, books) for each in settings.wecom]
    return [*groups, *(system(each, client, tools.now_ms) for each in settings.webhook)]


async def _register(targets: Sequence[Target], deliveries: DeliveryStore) -> None:
    """Note who hears of what from now on.

    What was taken out of the settings hears of nothing; should it come back, it is not told of the time between.
    """
    rooms = {target.name: target.rooms for target in targets}
    off = [record.name for record in await deliveries.targets() if record.name not in rooms and record.rooms != ()]
    for name, heard in (rooms | dict.fromkeys(off, ())).items():
        await deliveries.register(name, heard)


async def _end(lines: Sequence[Line], running: Sequence[asyncio.Task[None]]) -> None:
    for line in lines:
        line.stop()
    if running:
        await asyncio.wait(running, timeout=GOODBYE_S)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
