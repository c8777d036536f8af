"""The rows of the crash table, each at the very moment that it names, with a real kill -9."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from live.replay import replay
from tests.faults.desk import a_desk, batch, bring, comment, egg, frame, sums_of, until, without_sources
from tests.faults.evening import OFFERS, an_evening
from tests.faults.page import Page, page_is_right
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.desk import Json
    from tests.faults.serving import House

UNACKNOWLEDGED = "linbo_unacknowledged_comments"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("crash")) as house:
        house.start()
        yield house


def buyers(number: int) -> list[Json]:
    return [comment(f"m-{n}", "要一箱鸡蛋", user=f"u-{n}", name=f"顾客{n}") for n in range(number)]


@contextmanager
def nobody_can_commit(house: House) -> Iterator[None]:
    """Hold the lock of the file, so that the service stands before its commit."""
    holder = sqlite3.connect(house.data / "linbo.db", isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.execute("ROLLBACK")
    finally:
        holder.close()


async def test_before_the_commit_there_is_no_trace_and_the_source_resends(house: House) -> None:
    async with a_desk(house, "before") as desk:
        await desk.open(egg(5))
        before = await desk.snapshot()
        with nobody_can_commit(house):
            async with desk.ingest() as source:
                await source.send_json(batch(buyers(9)))
                await desk.until_gauge(UNACKNOWLEDGED, lambda waiting: waiting == 9)
                house.kill()
        await asyncio.to_thread(house.start)
        assert without_sources(await desk.snapshot()) == without_sources(before)
        assert await desk.comments() == []
        await bring(desk, buyers(9))
        (eggs,) = (await desk.snapshot())["offers"]
        assert (eggs["reserved"], eggs["waitlisted"]) == (5, 4)


async def test_after_the_commit_and_before_the_ack_the_first_answer_stands(house: House) -> None:
    async with a_desk(house, "after") as desk:
        await desk.open(egg(5))
        async with desk.events() as page, desk.ingest() as source:
            await frame(page)
            await source.send_json(comment("m-1", "要两箱鸡蛋"))
            told = await frame(page)
            assert told["kind"] == "reservation_made", "a page is told after the commit, whatever the source has heard"
            house.kill()
        await asyncio.to_thread(house.start)
        before = await desk.snapshot()
        await bring(desk, [comment("m-1", "要五箱鸡蛋")])
        assert without_sources(await desk.snapshot()) == without_sources(before)
        (only,) = await desk.comments()
        assert (only["text"], only["outcome"]) == ("要两箱鸡蛋", "reserved")
        assert before["reservations"] == [told["data"]["reservation"]]


async def test_after_the_ack_what_a_page_was_not_sent_comes_when_it_is_back(house: House) -> None:
    page = Page()
    async with a_desk(house, "unsent") as desk:
        await desk.open(egg(5))
        await page.catch_up(desk, 1)
        await bring(desk, buyers(9))
        acknowledged = await desk.snapshot()
        house.kill()
        await asyncio.to_thread(house.start)
        assert without_sources(await desk.snapshot()) == without_sources(acknowledged)
        await page.catch_up(desk, acknowledged["seq"])
        assert (page.kinds.count("reservation_made"), page.kinds.count("reservation_waitlisted")) == (5, 4)
        await page_is_right(desk, page)


async def test_a_page_that_was_away_misses_nothing(house: House) -> None:
    page = Page()
    async with a_desk(house, "away") as desk:
        await desk.open(egg(5))
        for times in range(4):
            await page.catch_up(desk, (await desk.snapshot())["seq"])
            await bring(desk, buyers(3 * (times + 1)))
        assert page.returns == 3
        await page_is_right(desk, page)


async def test_a_page_with_a_number_from_nowhere_gets_a_snapshot(house: House) -> None:
    async with a_desk(house, "nowhere") as desk:
        await desk.open(egg(5))
        await bring(desk, buyers(2))
        now = await desk.snapshot()
        async with desk.events(since=now["seq"] + 1000) as page:
            first = await frame(page)
        assert (first["type"], first["seq"], first["state"]) == ("snapshot", now["seq"], now)


async def test_a_command_that_is_sent_again_after_a_kill_gets_its_first_answer(house: House) -> None:
    order = {"type": "reserve", "viewer": {"name": "李婶"}, "offer_id": "egg", "quantity": 2}
    async with a_desk(house, "command") as desk:
        await desk.open(egg(5))
        first = await desk.ask(order, key="k-1")
        house.kill()
        await asyncio.to_thread(house.start)
        assert first[0] == 200
        assert await desk.ask(order, key="k-1") == first
        (eggs,) = (await desk.snapshot())["offers"]
        assert eggs["reserved"] == 2


async def test_the_replay_client_sees_its_log_through_a_kill(house: House) -> None:
    evening = an_evening(300, seed=3)
    log = [json.dumps(said | {"at": at(place)}) for place, said in enumerate(evening)]
    answered: list[int] = []
    async with a_desk(house, "replayed") as desk:
        await desk.open(*OFFERS)
        url, token = f"{house.base_url}/?room=replayed", house.tokens["ingest"]
        replaying = asyncio.create_task(
            replay(log, url=url, token=token, speed=1, on_progress=lambda _, acked, __: answered.append(acked))
        )
        await until(lambda: bool(answered) and answered[-1] >= 60)
        house.kill()
        assert answered[-1] < 300, "the kill came in the middle"
        await asyncio.to_thread(house.start)
        result = await replaying
        assert (result.sent, result.acknowledged, result.rejected) == (300, 300, 0)
        assert [c["id"] for c in await desk.comments()] == [c["id"] for c in evening]
        sums_of(await desk.snapshot())


def at(place: int) -> str:
    """The moment of a comment: a hundred a second."""
    return f"2026-01-07T20:00:{place // 100:02}.{place % 100:02}0+08:00"
