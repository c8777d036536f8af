"""The benchmark, small: the same service, sources and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.bench import corpus
from live.bench.run import Bench, client, floor_rate, together
from live.bench.target import the_service
from tests.bench.beside_a_model import rate
from tests.nlp.llm.server import hangs, in_a_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with the_service() as target, client() as session:
        bench = Bench(target=target, session=session, room="small")
        await bench.start()
        yield bench


async def test_what_is_sent_is_kept_once_and_never_oversold(bench: Bench) -> None:
    assert await bench.saturated(list(corpus.frames(300, prefix="full"))) > 0
    assert await bench.verdict() == {"oversold": 0, "lost": 0, "duplicated": 0}


async def test_a_comment_that_was_sent_and_not_kept_is_lost(bench: Bench) -> None:
    bench.sent += 1
    assert (await bench.verdict())["lost"] == 1


async def test_an_event_that_a_page_missed_is_lost(bench: Bench) -> None:
    bench.missed += 1
    assert (await bench.verdict())["lost"] == 1


async def test_every_comment_that_made_an_event_is_in_the_latency(bench: Bench) -> None:
    """A page that is slow must not be measured by what it heard in time."""
    waits = await bench.told_paced("paced", 100, per_second=200, pages=2)
    events = [comment for comment in await bench.kept() if comment["outcome"] in {"reserved", "waitlisted"}]
    assert 0 < len(events) <= len(waits.milliseconds)
    assert waits.events_per_second > 0


async def test_the_floor_takes_all_frames() -> None:
    assert await floor_rate(list(corpus.frames(40, prefix="floor"))) > 0


def test_the_verdicts_of_all_rooms_are_added_up() -> None:
    assert together({"lost": 1, "oversold": 0}, {"lost": 2, "oversold": 0}) == {"lost": 3, "oversold": 0}


async def test_a_model_that_hangs_loses_and_doubles_nothing() -> None:
    with in_a_thread(hangs) as server:
        _, verdict = await rate(server.url, 300)
        server.open.set()
    assert verdict == {"oversold": 0, "lost": 0, "duplicated": 0}
