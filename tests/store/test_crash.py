"""`kill -9` of a process that writes: whole batches are there, and all that it had been told are."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from live.store.factory import open_store
from tests.store.writer import BATCH

if TYPE_CHECKING:
    from live.domain.state import RoomState
    from live.store.port import Store

ROOT = Path(__file__).parents[2]


def write_until_killed(url: str, batches: int) -> int:
    """Let a child write and kill it in the midst of the batch after `batches`; returns the last that it was told of."""
    command = [sys.executable, "-m", "tests.store.writer", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [int(child.stdout.readline()) for _ in range(batches)]
        child.kill()
        told += [int(line) for line in child.stdout.read().splitlines()]
    return told[-1]


@pytest.mark.parametrize("batches", [1, 2, 5, 13, 34])
async def test_a_killed_writer_leaves_whole_batches_and_every_one_it_was_told_of(url: str, batches: int) -> None:
    told = await asyncio.to_thread(write_until_killed, url, batches)
    store = open_store(url)
    await store.start()
    state = await store.load_room("r1")
    whole, rest = divmod(state.n, BATCH)
    assert (rest, whole in (told, told + 1)) == (0, True)
    await check(store, state)
    await store.close()


async def check(store: Store, state: RoomState) -> None:
    """Stock, reservations, comments and events tell the same story."""
    assert state.offers["egg"].reserved == len(state.reservations) == state.comments == state.n
    assert [a.n for a in await store.comments_after("r1", 0, 10**6)] == list(range(1, state.n + 1))
    assert [e.seq for e in await store.events_since("r1", 0, 10**6)] == list(range(1, state.seq + 1))
