"""kill -9 at twenty random moments of a replay: afterwards everything is as if nothing had happened."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientError, WSMsgType
from pydantic_core import from_json

from tests.faults.desk import a_desk, batch, bring, frame, sums_of, until, without_sources
from tests.faults.evening import OFFERS, an_evening
from tests.faults.page import Page, page_is_right
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

    from tests.faults.desk import Desk, Json
    from tests.faults.serving import House

COMMENTS = 300
EVENING = an_evening(COMMENTS, seed=7)
WINDOW = 30
"""Comments that may be unacknowledged: a replay of this evening takes dozens of commits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """When the process is killed: once so many comments are sent or acknowledged, and a little later.

    `again` kills it once more, after that share of the time that a start takes.
    """

    number: int
    acked: int = 0
    sent: int = 0
    extra_ms: float = 0
    again: float | None = None

    def __str__(self) -> str:
        start = "" if self.again is None else f"-and-{self.again:.0%}-into-the-start"
        return f"{self.number}-sent{self.sent}-acked{self.acked}-plus{self.extra_ms:.0f}ms{start}"


def moments() -> list[Moment]:
    """Twenty moments: ten by what is acknowledged, ten by what is sent, every fifth with a second kill in the start."""
    random = Random(20260107)  # noqa: S311  # moments are no secret
    return [_moment(random, number) for number in range(20)]


def _moment(random: Random, number: int) -> Moment:
    reached = int((number + random.random()) * COMMENTS / 20)
    again = random.uniform(0.4, 1) if number % 5 == 2 else None
    extra_ms = random.uniform(0, 12)
    if number % 2:
        return Moment(number=number, acked=reached, extra_ms=extra_ms, again=again)
    return Moment(number=number, sent=reached, extra_ms=extra_ms, again=again)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("kill")) as house:
        house.start()
        yield house


@pytest.fixture(scope="module")
def undisturbed(house: House) -> Json:
    """The same evening in a room of its own, with nothing in its way."""
    return asyncio.run(_undisturbed(house))


async def _undisturbed(house: House) -> Json:
    async with a_desk(house, "calm") as desk:
        await desk.open(*OFFERS)
        await bring(desk, EVENING, at_once=7)
        return {"state": await desk.snapshot(), "comments": await desk.comments(), "kinds": await kinds_of(desk)}


async def kinds_of(desk: Desk) -> list[str]:
    """What has happened in the room, from its first event on, but for sources: a kill cuts their lines."""
    seq = (await desk.snapshot())["seq"]
    async with desk.events(since=0) as socket:
        kinds = [(await frame(socket))["kind"] for _ in range(seq)]
    return [kind for kind in kinds if not kind.startswith("source_")]


def orders_of(state: Json) -> list[tuple[object, ...]]:
    """What is promised to whom, in order."""
    return [
        (r["viewer"]["id"], r["offer_id"], r["variant_id"], r["quantity"], r["state"], r["comment_id"])
        for r in state["reservations"]
    ]


def answers_of(comments: list[Json]) -> list[tuple[object, ...]]:
    """What came of each comment, in order."""
    return [(c["n"], c["id"], c["text"], c["intent"], c["route"], c["outcome"]) for c in comments]


def test_the_evening_is_worth_a_test(undisturbed: Json) -> None:
    state, comments = undisturbed["state"], undisturbed["comments"]
    assert {r["state"] for r in state["reservations"]} == {"reserved", "waitlisted", "cancelled"}
    assert {"reserved", "partly_waitlisted", "waitlisted", "changed", "cancelled"} <= {c["outcome"] for c in comments}
    assert {"reservation_promoted", "offer_sold_out"} <= set(undisturbed["kinds"])
    assert len(comments) == state["totals"]["comments"] == COMMENTS
    sums_of(state)


@pytest.mark.parametrize("moment", moments(), ids=str)
async def test_a_kill_changes_nothing(house: House, undisturbed: Json, moment: Moment) -> None:
    page = Page()
    async with a_desk(house, f"room-{moment.number}") as desk:
        await desk.open(*OFFERS)
        acked = await replay_until_killed(house, desk, page, moment)
        await start_again(house, moment)
        kept = [c["id"] for c in await desk.comments()]
        sent = [c["id"] for c in EVENING]
        assert kept == sent[: len(kept)], "what is kept is a beginning of what was sent"
        assert acked <= set(kept), "an acknowledged comment is gone"

        await bring(desk, [c for c in EVENING if c["id"] not in acked], at_once=11)
        state, comments = await desk.snapshot(), await desk.comments()
        assert orders_of(state) == orders_of(undisturbed["state"])
        assert answers_of(comments) == answers_of(undisturbed["comments"])
        assert state["totals"] == undisturbed["state"]["totals"]
        assert await kinds_of(desk) == undisturbed["kinds"]
        sums_of(state)

        await bring(desk, EVENING)
        again = await desk.snapshot()
        assert without_sources(again) == without_sources(state), "the same comments again change nothing"
        assert await desk.comments() == comments
        await page_is_right(desk, page)


async def replay_until_killed(house: House, desk: Desk, page: Page, moment: Moment) -> set[str]:
    """Send the evening until the moment has come; the ids that were acknowledged by then."""
    acked: set[str] = set()
    sent: set[str] = set()
    watching = asyncio.create_task(page.watch(desk))
    await until(lambda: page.view is not None)
    async with desk.ingest() as socket:
        sending = asyncio.create_task(send(socket, acked, sent))
        hearing = asyncio.create_task(hear(socket, acked))
        await until(lambda: len(acked) >= moment.acked and len(sent) >= moment.sent)
        await asyncio.sleep(moment.extra_ms / 1000)
        house.kill()
        sending.cancel()
        await asyncio.gather(sending, hearing, watching, return_exceptions=True)
    return acked


async def send(socket: ClientWebSocketResponse, acked: set[str], sent: set[str]) -> None:
    random = Random(11)  # noqa: S311  # the sizes of frames are no secret
    place = 0
    with suppress(ClientError, ConnectionError):
        while place < COMMENTS:
            items = EVENING[place : place + random.randint(1, 6)]
            await until(lambda: len(sent) - len(acked) < WINDOW)
            sent.update(c["id"] for c in items)
            await socket.send_json(items[0] if len(items) == 1 else batch(items))
            place += len(items)


async def hear(socket: ClientWebSocketResponse, acked: set[str]) -> None:
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            answer = from_json(message.data)
            assert answer["type"] == "ack", answer
            acked.update(answer["ids"])


async def start_again(house: House, moment: Moment) -> None:
    if moment.again is not None:
        await kill_in_the_start(house, moment.again)
    await asyncio.to_thread(house.start)


async def kill_in_the_start(house: House, share: float) -> None:
    house.spawn()
    await asyncio.sleep(share * house.start_s)
    house.kill()


async def test_the_rooms_of_all_those_evenings_are_still_right(house: House, undisturbed: Json) -> None:
    for moment in moments():
        async with a_desk(house, f"room-{moment.number}") as desk:
            assert orders_of(await desk.snapshot()) == orders_of(undisturbed["state"])


@pytest.mark.parametrize("share", [0.7, 0.9])
async def test_a_kill_in_the_middle_of_the_very_first_start_leaves_a_shop_that_starts(
    house: House, tmp_path: Path, share: float
) -> None:
    with a_house(tmp_path) as another:
        another.start_s = house.start_s
        await kill_in_the_start(another, share)
        await asyncio.to_thread(another.start)
        async with a_desk(another, "main") as desk:
            await desk.open(*OFFERS)
            await bring(desk, EVENING[:20])
            assert len(await desk.comments()) == 20
