from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.streams.line import Batch, Line, Part
from tests.streams.examples import arrivals

if TYPE_CHECKING:
    from random import Random


def batch(tag: str, size: int) -> Batch[str]:
    return Batch(arrivals(*(f"{tag}-{n}" for n in range(size))), tag)


@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12),
    limits=st.lists(st.integers(1, 5), min_size=1, max_size=6),
    chance=st.randoms(use_true_random=False),
)
def test_every_comment_is_given_out_once_in_order_and_every_batch_is_settled_once(
    sizes: list[int], limits: list[int], chance: Random
) -> None:
    line: Line[str] = Line(bound=1)
    for n, size in enumerate(sizes):
        line.put(batch(str(n), size))
    out: list[str] = []
    parts: list[tuple[Part[str], ...]] = []
    while line:
        given_out, its_parts = line.gather(limits[len(parts) % len(limits)])
        out += [each.comment.id for each in given_out]
        parts.append(its_parts)
    assert out == [f"{n}-{i}" for n, size in enumerate(sizes) for i in range(size)]
    assert line.count == sum(sizes)
    chance.shuffle(parts)
    settled = [tag for its_parts in parts for tag in line.settle(its_parts)]
    assert sorted(settled) == sorted(map(str, range(len(sizes))))
    assert line.count == 0


async def test_a_full_line_lets_in_in_the_order_of_asking() -> None:
    line: Line[str] = Line(bound=2)
    await line.enter(batch("a", 2))
    later = [asyncio.create_task(line.enter(batch(tag, 1))) for tag in "bcd"]
    await asyncio.sleep(0)
    assert line.count == 2
    taken: list[str] = []
    while len(taken) < 5:
        given_out, parts = line.gather(1)
        taken += [each.comment.id for each in given_out]
        line.settle(parts)
    await asyncio.gather(*later)
    assert taken == ["a-0", "a-1", "b-0", "c-0", "d-0"]


async def test_who_waits_outside_is_counted_until_they_give_up() -> None:
    line: Line[str] = Line(bound=1)
    await line.enter(batch("a", 1))
    outside = asyncio.create_task(line.enter(batch("b", 2)))
    await asyncio.sleep(0)
    assert line.in_line().comments == 3
    outside.cancel()
    await asyncio.gather(outside, return_exceptions=True)
    assert line.in_line().comments == 1
    line.settle(line.gather(1)[1])
    assert (line.in_line().comments, line.in_line().oldest_ms) == (0, None)


async def test_a_batch_larger_than_the_line_is_let_in_when_it_is_alone() -> None:
    line: Line[str] = Line(bound=2)
    await line.enter(batch("a", 1))
    large = asyncio.create_task(line.enter(batch("b", 5)))
    await asyncio.sleep(0)
    assert not large.done()
    line.settle(line.gather(1)[1])
    await large
    assert line.count == 5


async def test_who_stops_waiting_outside_is_not_in_line_and_holds_up_nobody() -> None:
    line: Line[str] = Line(bound=2)
    await line.enter(batch("a", 1))
    gone = asyncio.create_task(line.enter(batch("b", 2)))
    await asyncio.sleep(0)
    small = asyncio.create_task(line.enter(batch("c", 1)))
    await asyncio.sleep(0)
    gone.cancel()
    await small
    assert [each.comment.id for each in line.gather(9)[0]] == ["a-0", "c-0"]


async def test_a_closed_line_tells_the_reason_to_all_who_wait() -> None:
    line: Line[str] = Line(bound=1)
    await line.enter(batch("a", 1))
    line.gather(1)
    outside = asyncio.create_task(line.enter(batch("b", 1)))
    taking = asyncio.create_task(line.filled())
    await asyncio.sleep(0)
    assert line.close(RuntimeError("over")) == ["a"]
    for waiting in (outside, taking, line.enter(batch("c", 1)), line.filled()):
        with pytest.raises(RuntimeError, match="over"):
            await waiting


def test_an_empty_line_gives_out_nothing() -> None:
    line: Line[str] = Line(bound=1)
    assert line.gather(9) == ((), ())


def test_a_closed_line_names_each_batch_once_that_is_not_settled_whole() -> None:
    line: Line[str] = Line(bound=1)
    for tag in ("settled", "in work", "split", "in line"):
        line.put(batch(tag, 2))
    parts = [line.gather(limit)[1] for limit in (2, 2, 1)]
    line.settle(parts[0])
    assert line.close(RuntimeError("over")) == ["in work", "split", "in line"]
