"""Whatever is said and done over several evenings, restarts among them: everybody who follows knows what is committed."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.night import Night
from tests.service.rig import a_shop

if TYPE_CHECKING:
    from tests.service.night import Step

NIGHTS = int(os.environ.get("LINBO_NIGHTS", "15"))
"""How many random nights a run goes through; more of them for a long search."""

OFTEN = ("say", "order", "change", "collect", "collect", "deliver", "wait")
RARELY = (
    "hand",
    "basket",
    "move",
    "undo",
    "miss",
    "redeem",
    "answer",
    "tap",
    "arrive",
    "close",
    "end",
    "begin",
    "restart",
)

steps = st.tuples(st.sampled_from(OFTEN) | st.sampled_from(RARELY), st.integers(0, 11), st.integers(0, 5))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with empty tables: making them takes longer than a night."""
    folder = tmp_path_factory.mktemp("template")

    async def make() -> None:
        async with a_shop(folder):
            pass

    asyncio.run(make())
    return folder / "linbo.db"


def in_a_shop(template: Path, folder: str) -> Path:
    shutil.copyfile(template, Path(folder) / "linbo.db")
    return Path(folder)


async def live_through(folder: Path, told: list[Step]) -> Night:
    night = Night(folder=folder)
    await night.open()
    try:
        for number, step in enumerate([("begin", 1, 4), ("say", 0, 0), ("order", 1, 3), *told], 1):
            await (night.tell(None) if step[0] == "restart" else night.take(step))
            if number % 5 == 0:
                await night.check()
        await night.check()
    finally:
        await night.close()
    return night


async def live_again(folder: Path, log: Night) -> Night:
    """Tell another service on an empty file the same at the same times."""
    night = Night(folder=folder)
    await night.open()
    try:
        for at_ms, what in log.log:
            night.now_ms = at_ms
            await night.tell(what)
        await night.check()
    finally:
        await night.close()
    return night


@given(told=st.lists(steps, min_size=15, max_size=45))
@settings(
    max_examples=NIGHTS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_every_night_is_known_to_all_and_happens_again_as_it_happened(template: Path, told: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as once, tempfile.TemporaryDirectory() as again:
        first = asyncio.run(live_through(in_a_shop(template, once), told))
        second = asyncio.run(live_again(in_a_shop(template, again), first))
    assert second.told == first.told
    assert second.page == first.page
