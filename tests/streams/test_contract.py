"""What every kind of stream does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.streams.port import InLine, StreamUnavailable
from tests.streams.examples import arrival, arrivals, ids, numbered

if TYPE_CHECKING:
    from live.streams.port import Stream
    from tests.streams.conftest import OpenStream


async def take_all(stream: Stream, count: int, *, limit: int = 500) -> list[str]:
    taken: list[str] = []
    while len(taken) < count:
        delivery = await stream.take("kfc", limit)
        await stream.done(delivery)
        taken += ids(delivery)
    return taken


async def test_comments_come_out_as_they_went_in(open_stream: OpenStream) -> None:
    stream = await open_stream()
    sent = [arrival("m-1", text="要两箱鸡蛋 \N{EGG} “大的”\n"), arrival("m-2", text="𠮷")]
    await stream.append("kfc", sent)
    delivery = await stream.take("kfc", 500)
    assert list(delivery.arrivals) == sent
    assert delivery.room == "kfc"


async def test_comments_come_out_in_order(open_stream: OpenStream) -> None:
    stream = await open_stream()
    for comment_id in numbered(50):
        await stream.append("kfc", arrivals(comment_id))
    assert await take_all(stream, 50) == numbered(50)


async def test_all_that_is_there_comes_at_once(open_stream: OpenStream) -> None:
    stream = await open_stream()
    for comment_id in numbered(20):
        await stream.append("kfc", arrivals(comment_id))
    assert ids(await stream.take("kfc", 500)) == numbered(20)


async def test_a_delivery_keeps_to_the_limit_and_loses_nothing(open_stream: OpenStream) -> None:
    stream = await open_stream()
    await stream.append("kfc", arrivals(*numbered(7)))
    assert [ids(await stream.take("kfc", 3)) for _ in range(3)] == [
        ["m-0", "m-1", "m-2"],
        ["m-3", "m-4", "m-5"],
        ["m-6"],
    ]


async def test_what_is_done_is_accepted(open_stream: OpenStream) -> None:
    stream = await open_stream()
    accepted = await stream.append("kfc", arrivals(*numbered(5)))
    await take_all(stream, 5, limit=2)
    await accepted


async def test_an_empty_append_is_accepted(open_stream: OpenStream) -> None:
    stream = await open_stream()
    await (await stream.append("kfc", []))


async def test_rooms_do_not_mix(open_stream: OpenStream) -> None:
    stream = await open_stream()
    await stream.append("kfc", arrivals("m-1"))
    await stream.append("steak", arrivals("m-2"))
    assert ids(await stream.take("steak", 500)) == ["m-2"]
    assert ids(await stream.take("kfc", 500)) == ["m-1"]


async def test_a_take_waits_for_the_first_comment(open_stream: OpenStream) -> None:
    stream = await open_stream()
    taking = asyncio.create_task(stream.take("kfc", 500))
    await asyncio.sleep(0)
    await stream.append("kfc", arrivals("m-1"))
    assert ids(await taking) == ["m-1"]


async def test_a_take_that_is_given_up_loses_nothing(open_stream: OpenStream) -> None:
    stream = await open_stream()
    taken: list[str] = []
    for comment_id in numbered(30):
        taking = asyncio.create_task(stream.take("kfc", 500))
        await stream.append("kfc", arrivals(comment_id))
        for _ in range(len(taken) % 7):
            await asyncio.sleep(0)
        taking.cancel()
        taken += [each for result in await asyncio.gather(taking, return_exceptions=True) for each in _ids(result)]
    assert taken + await take_all(stream, 30 - len(taken)) == numbered(30)


def _ids(result: object) -> list[str]:
    return [] if isinstance(result, BaseException) else ids(result)  # type: ignore[arg-type]  # a delivery or a cancellation


async def test_deliveries_may_be_settled_in_any_order(open_stream: OpenStream) -> None:
    stream = await open_stream()
    accepted = [await stream.append("kfc", arrivals(comment_id)) for comment_id in numbered(3)]
    deliveries = [await stream.take("kfc", 1) for _ in range(3)]
    for delivery in reversed(deliveries):
        await stream.done(delivery)
    await asyncio.gather(*accepted)


async def test_a_full_line_makes_the_sources_wait_and_loses_nothing(open_stream: OpenStream) -> None:
    stream = await open_stream(bound=5)
    appended: list[str] = []

    async def append_all() -> None:
        for comment_id in numbered(60):
            await stream.append("kfc", arrivals(comment_id))
            appended.append(comment_id)

    appending = asyncio.create_task(append_all())
    taken: list[str] = []
    while len(taken) < 60:
        delivery = await stream.take("kfc", 2)
        assert len(appended) - len(taken) <= 5 + 2 + 1, "the line, what gathers for it, and the one just let in"
        taken += ids(delivery)
        await stream.done(delivery)
    await appending
    assert taken == numbered(60)


async def until_in_line(stream: Stream, wanted: InLine) -> None:
    """What has just been written to Redis may be counted on both sides of it for a moment."""
    async with asyncio.timeout(10):
        while stream.in_line("kfc") != wanted:  # noqa: ASYNC110  # the writer works in its own time
            await asyncio.sleep(0.005)


async def test_what_is_not_worked_is_counted_with_the_moment_of_its_first(open_stream: OpenStream) -> None:
    stream = await open_stream()
    assert stream.in_line("kfc") == InLine()
    for ms, comment_id in enumerate(numbered(3), 1_000):
        await stream.append("kfc", [arrival(comment_id, received_ms=ms)])
    deliveries = [await stream.take("kfc", 1) for _ in range(3)]
    for done, delivery in enumerate(deliveries):
        await until_in_line(stream, InLine(comments=3 - done, oldest_ms=1_000 + done))
        await stream.done(delivery)
    assert stream.in_line("kfc") == InLine()
    assert stream.in_line("steak") == InLine()


async def test_a_closed_stream_takes_nothing_in_and_gives_nothing_out(open_stream: OpenStream) -> None:
    stream = await open_stream()
    await stream.append("kfc", arrivals("m-1"))
    await stream.close()
    with pytest.raises(StreamUnavailable, match="服务正在停止"):
        await stream.append("kfc", arrivals("m-2"))
    with pytest.raises(StreamUnavailable, match="服务正在停止"):
        await stream.take("kfc", 500)


async def test_who_waits_for_comments_is_told_when_the_stream_closes(open_stream: OpenStream) -> None:
    stream = await open_stream()
    taking = asyncio.create_task(stream.take("kfc", 500))
    for _ in range(100):
        await asyncio.sleep(0)
    await stream.close()
    with pytest.raises(StreamUnavailable, match="服务正在停止"):
        await taking
