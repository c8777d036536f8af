from __future__ import annotations

import asyncio

import pytest

from live.streams.memory import MemoryStream
from live.streams.port import StreamUnavailable
from tests.streams.examples import arrivals, numbered


async def test_a_batch_is_accepted_when_all_of_it_is_done() -> None:
    stream = MemoryStream()
    accepted = await stream.append("kfc", arrivals(*numbered(3)))
    await stream.done(await stream.take("kfc", 2))
    assert not accepted.done()
    await stream.done(await stream.take("kfc", 2))
    await accepted


async def test_comments_in_work_count_against_the_bound() -> None:
    stream = MemoryStream(bound=2)
    await stream.append("kfc", arrivals("m-0", "m-1"))
    delivery = await stream.take("kfc", 2)
    waiting = asyncio.create_task(stream.append("kfc", arrivals("m-2")))
    await asyncio.sleep(0)
    assert not waiting.done()
    await stream.done(delivery)
    await waiting


async def test_a_room_that_is_full_does_not_hold_up_another() -> None:
    stream = MemoryStream(bound=1)
    await stream.append("kfc", arrivals("m-0"))
    await stream.append("steak", arrivals("m-1"))


async def test_what_is_not_done_when_the_stream_closes_was_not_accepted() -> None:
    stream = MemoryStream(bound=2)
    in_work = await stream.append("kfc", arrivals("m-0"))
    await stream.take("kfc", 1)
    in_line = await stream.append("kfc", arrivals("m-1"))
    outside = asyncio.create_task(stream.append("kfc", arrivals("m-2")))
    await asyncio.sleep(0)
    await stream.close()
    for waiting in (in_work, in_line, outside):
        with pytest.raises(StreamUnavailable, match="请再发一次"):
            await waiting


async def test_a_batch_that_fails_tells_its_sources_why() -> None:
    stream = MemoryStream()
    accepted = await stream.append("kfc", arrivals("m-0"))
    await stream.fail(await stream.take("kfc", 1), StreamUnavailable("磁盘已满"))
    with pytest.raises(StreamUnavailable, match="磁盘已满"):
        await accepted


async def test_a_source_that_has_gone_does_not_disturb_the_others() -> None:
    stream = MemoryStream()
    gone = await stream.append("kfc", arrivals("m-0"))
    stays = await stream.append("kfc", arrivals("m-1"))
    gone.cancel()
    await stream.done(await stream.take("kfc", 9))
    await stays
