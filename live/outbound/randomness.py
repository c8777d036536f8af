"""Brings the beacon's rounds to the draws that wait for them (`draws.beacon_url`), also to those from before a restart.

A beacon that cannot be reached when a draw opens is left out of it: the rules then name the comments as the witness. One
that cannot be reached later is waited for; the round was fixed, and nothing else may take its place.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import aiohttp

from live.domain.giveaway import Beacon as DrawBeacon
from live.domain.stage_commands import BringRandomness
from live.outbound.beacon import ROUNDS_AHEAD, Beacon, NoBeacon
from live.store.port import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from live.domain.commands import Command
    from live.domain.giveaway import Giveaway
    from live.service.beacons import KnownBeacon
    from live.service.results import Answer

LOOK_EVERY_S = 1.0
PATIENCE_S = 30.0
"""How long one try waits beyond the moment of the round; then it is tried again."""

_LOG = logging.getLogger(__name__)


class Drawing(Protocol):
    """What has the draws."""

    async def waiting_draws(self) -> Sequence[tuple[str, Giveaway]]:
        """Closed draws without winners, with their rooms."""

    async def command(self, room: str, command: Command, *, key: str | None, request_hash: str) -> Answer:
        """Have a command carried out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often is looked, and how long is waited; tests are in a hurry."""

    look_every_s: float = LOOK_EVERY_S
    patience_s: float = PATIENCE_S


@asynccontextmanager
async def bringing_randomness(
    url: str | None, service: Drawing, known: KnownBeacon, *, now_ms: Callable[[], int], pace: Pace | None = None
) -> AsyncIterator[None]:
    """Learn the beacon and bring its rounds until the block is left; nothing happens without an address."""
    if url is None:
        yield
        return
    async with aiohttp.ClientSession() as client:
        bringer = _Bringer(Beacon(client, url, now_ms=now_ms), service, pace or Pace())
        tasks = [asyncio.create_task(_learn(bringer, url, known, now_ms)), asyncio.create_task(bringer.run())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _learn(bringer: _Bringer, url: str, known: KnownBeacon, now_ms: Callable[[], int]) -> None:
    """Ask for the rhythm of the chain until it is told; it is never another one."""
    while True:
        try:
            known.beacon = await draw_beacon(bringer.beacon, url, now_ms())
        except NoBeacon as error:
            _LOG.warning("%s；在连上之前，福袋用收口后的评论作公证", error)
            await asyncio.sleep(bringer.pace.patience_s)
        else:
            return


async def draw_beacon(beacon: Beacon, url: str, at_ms: int) -> DrawBeacon:
    """The rhythm by our own clock: where it is behind, a round that it takes for a future one may be known already."""
    chain = await beacon.chain()
    behind = max(0, await beacon.future_round() - ROUNDS_AHEAD - chain.round_at(at_ms))
    return DrawBeacon(url=url, genesis_ms=chain.genesis_ms - behind * chain.period_ms, period_ms=chain.period_ms)


class _Bringer:
    """Waits for one round a draw."""

    def __init__(self, beacon: Beacon, service: Drawing, pace: Pace) -> None:
        self.beacon = beacon
        self.pace = pace
        self._service = service
        self._waiting: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Look for draws that wait, for ever."""
        try:
            while True:
                for room, giveaway in await self._draws():
                    if giveaway.beacon_round is not None and giveaway.id not in self._waiting:
                        wait = self._bring(room, giveaway.id, giveaway.beacon_round)
                        self._waiting[giveaway.id] = asyncio.create_task(wait)
                await asyncio.sleep(self.pace.look_every_s)
        finally:
            for task in self._waiting.values():
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*self._waiting.values(), return_exceptions=True)

    async def _draws(self) -> Sequence[tuple[str, Giveaway]]:
        """The draws that wait; none while the store is away, which is told elsewhere."""
        try:
            return await self._service.waiting_draws()
        except StoreUnavailable:
            return ()

    async def _bring(self, room: str, giveaway_id: str, round_: int) -> None:
        """Bring one round. A store that cannot be written now refuses: the draw is found waiting again."""
        try:
            randomness = await self.beacon.wait_for(round_, patience_s=self.pace.patience_s)
            command = BringRandomness(giveaway_id=giveaway_id, round=round_, randomness=randomness)
            await self._service.command(room, command, key=None, request_hash="")
        except NoBeacon as error:
            _LOG.warning("福袋 %s 还等着：%s", giveaway_id, error)
        finally:
            del self._waiting[giveaway_id]
