from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from live.domain.comment import Comment
from live.domain.viewer import identify
from live.sources.carrier import MOST_HELD, Carrier, Delivery, Parcel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence


@dataclass(kw_only=True, slots=True)
class Line:
    """A line that answers as it is told, and takes nothing while its door is shut."""

    answers: list[Delivery | Exception] = field(default_factory=list)
    batches: list[list[str]] = field(default_factory=list)
    told: list[tuple[Delivery, int]] = field(default_factory=list)
    door: asyncio.Event = field(default_factory=asyncio.Event)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, room: str, parcels: Sequence[Parcel]) -> Delivery:
        assert room == "main"
        self.batches.append([comment.id for parcel in parcels for comment in parcel.comments])
        self.called.set()
        await self.door.wait()
        answer = self.answers.pop(0) if self.answers else Delivery.KEPT
        if isinstance(answer, Exception):
            raise answer
        return answer

    def tell(self, delivery: Delivery, comments: int) -> None:
        self.told.append((delivery, comments))


def parcel(*ids: str) -> Parcel:
    writer = identify(platform="p", user_id="u", name="张姐", cause="c")
    comments = tuple(Comment(platform="p", id=id_, viewer=writer, text="要", at_ms=1) for id_ in ids)
    return Parcel(comments=comments, received_ms=1)


@asynccontextmanager
async def carrying(line: Line) -> AsyncIterator[Carrier]:
    carrier = Carrier("main", line.deliver, tell=line.tell, pause_s=0.0)
    task = asyncio.create_task(carrier.run())
    try:
        async with asyncio.timeout(20):
            yield carrier
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_comments_are_delivered_in_order_in_batches_that_gather_meanwhile() -> None:
    line = Line()
    async with carrying(line) as carrier:
        await carrier.put(parcel("1"))
        await line.called.wait()
        for id_ in ("2", "3"):
            await carrier.put(parcel(id_))
        line.door.set()
        await carrier.emptied()
    assert line.batches == [["1"], ["2", "3"]]
    assert line.told == [(Delivery.KEPT, 1), (Delivery.KEPT, 2)]


async def test_a_batch_is_of_bounded_size_but_a_message_is_never_cut() -> None:
    line = Line()
    line.door.set()
    async with carrying(line) as carrier:
        for size in (300, 300, 700):
            await carrier.put(parcel(*map(str, range(size))))
        await carrier.emptied()
    assert [len(batch) for batch in line.batches] == [300, 300, 700]


async def test_what_a_line_could_not_take_is_delivered_again_and_nothing_is_left_out() -> None:
    line = Line(answers=[Delivery.AWAY, Delivery.AWAY])
    line.door.set()
    async with carrying(line) as carrier:
        await carrier.put(parcel("1", "2"))
        await carrier.emptied()
    assert line.batches == [["1", "2"]] * 3
    assert line.told == [(Delivery.AWAY, 2), (Delivery.AWAY, 2), (Delivery.KEPT, 2)]


async def test_what_came_to_a_closed_room_is_told_and_let_go() -> None:
    line = Line(answers=[Delivery.CLOSED])
    line.door.set()
    async with carrying(line) as carrier:
        await carrier.put(parcel("1"))
        await carrier.emptied()
    assert (line.batches, line.told) == ([["1"]], [(Delivery.CLOSED, 1)])


async def test_while_too_much_is_held_nothing_more_is_taken_in() -> None:
    line = Line()
    async with carrying(line) as carrier:
        await carrier.put(parcel(*map(str, range(MOST_HELD))))
        waiting = asyncio.create_task(carrier.put(parcel("more")))
        await line.called.wait()
        assert not waiting.done()
        line.door.set()
        await waiting
        await carrier.emptied()
    assert line.batches[-1] == ["more"]


async def test_a_failure_loses_nothing_that_was_held() -> None:
    line = Line(answers=[RuntimeError("broken")])
    line.door.set()
    carrier = Carrier("main", line.deliver, tell=line.tell)
    await carrier.put(parcel("1"))
    with pytest.raises(RuntimeError, match="broken"):
        await carrier.run()
    again = asyncio.create_task(carrier.run())
    await asyncio.wait_for(carrier.emptied(), 20)
    again.cancel()
    assert line.batches == [["1"], ["1"]]


async def test_a_message_without_comments_is_nothing_to_deliver() -> None:
    carrier = Carrier("main", Line().deliver, tell=Line().tell)
    await carrier.put(parcel())
    await asyncio.wait_for(carrier.emptied(), 20)
