"""A source that is fetched from: the loop under test, what it delivered, and waiting for what must come."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from config.settings import SourceSettings
from live.sources.carrier import Delivery, Parcel
from live.sources.fetch import Fetchers, Means, Pace, fetching

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from live.sources.state import SourceState

DEADLINE_S = 20.0
PATIENT = Pace(first_s=0.01, most_s=0.05, open_s=5, close_s=0.5, silence_s=60)
NERVOUS = Pace(first_s=0.01, most_s=0.05, open_s=5, close_s=0.5, silence_s=0.3)


@dataclass(kw_only=True, slots=True)
class Taken:
    """What was delivered, in order."""

    texts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    answers: list[Delivery | Exception] = field(default_factory=list)

    async def deliver(self, _room: str, parcels: Sequence[Parcel]) -> Delivery:
        answer = self.answers.pop(0) if self.answers else Delivery.KEPT
        if isinstance(answer, Exception):
            raise answer
        if answer is Delivery.KEPT:
            comments = [comment for parcel in parcels for comment in parcel.comments]
            self.texts += [comment.text for comment in comments]
            self.ids += [comment.id for comment in comments]
        return answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Rig:
    """Sources that are being fetched from."""

    fetchers: Fetchers
    taken: Taken

    @property
    def state(self) -> SourceState:
        return self.fetchers.states()[0]

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(DEADLINE_S):
            while not holds():  # noqa: ASYNC110  # what is waited for lies in another program or in counters
                await asyncio.sleep(0.005)


@asynccontextmanager
async def a_rig(
    *urls: str, kind: str = "oba", pace: Pace = PATIENT, taken: Taken | None = None, **settings: str
) -> AsyncIterator[Rig]:
    """Fetch from these addresses while the block runs."""
    ticks, taken = count(1_000), taken or Taken()
    means = Means(deliver=taken.deliver, now_ms=lambda: next(ticks), chance=lambda: 0.5, pace=pace)
    sources = [SourceSettings.model_validate({"kind": kind, "room": "main", "url": url} | settings) for url in urls]
    async with fetching(sources, means) as fetchers:
        yield Rig(fetchers=fetchers, taken=taken)
