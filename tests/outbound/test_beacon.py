from __future__ import annotations

import asyncio
import hashlib
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from live.outbound.beacon import Beacon, Chain, NoBeacon
from live.outbound.post import open_client
from live.outbound.randomness import draw_beacon

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PERIOD_S, GENESIS_S = 3, 1_692_803_367
NOW_MS = (GENESIS_S + 300) * 1000 + 500
NEWEST = 101
"""At NOW_MS: 300 seconds after round 1, a round every 3 seconds."""


def randomness_of(round_: int) -> str:
    return hashlib.sha256(str(round_).encode()).hexdigest()


@dataclass(kw_only=True, slots=True)
class Sky:
    """A beacon that stands still at `newest` until a test moves it; `before` and then `answers` come instead of its own.

    An answer is a status, a body, or a value as JSON; "hang" is none.
    """

    newest: int = NEWEST
    answers: dict[str, Any] = field(default_factory=dict)
    before: dict[str, list[Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    base: str = ""

    async def get(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.asked.append(path)
        first = self.before.get(path)
        answer = first.pop(0) if first else self.answers.get(path)
        if isinstance(answer, int):
            return web.Response(status=answer, headers={"Location": "/elsewhere"})
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        if answer == "hang":
            await asyncio.sleep(30)
        return web.json_response(answer) if answer is not None else self._own(path)

    def _own(self, path: str) -> web.Response:
        if path == "chain/info":
            return web.json_response({"period": PERIOD_S, "genesis_time": GENESIS_S, "hash": "ab" * 32})
        name = path.removeprefix("chain/public/")
        round_ = self.newest if name == "latest" else int(name)
        if round_ > self.newest:
            return web.json_response({"error": "too early"}, status=425)
        return web.json_response({"round": round_, "randomness": randomness_of(round_), "signature": "00"})


@asynccontextmanager
async def a_beacon(*, now_ms: int = NOW_MS, timeout_s: float = 5.0) -> AsyncIterator[tuple[Sky, Beacon]]:
    sky = Sky()
    app = web.Application()
    app.router.add_get("/{path:.*}", sky.get)
    server = web.AppRunner(app, shutdown_timeout=0.1)
    await server.setup()
    try:
        site = web.TCPSite(server, "127.0.0.1", 0)
        await site.start()
        sky.base = f"http://127.0.0.1:{server.addresses[0][1]}/chain/"
        async with open_client() as client:
            yield sky, Beacon(client, sky.base, now_ms=lambda: now_ms, timeout_s=timeout_s)
    finally:
        await server.cleanup()


def test_rounds_are_counted_from_one_at_the_beginning() -> None:
    chain = Chain(period_ms=3_000, genesis_ms=1_000)
    assert [chain.round_at(at) for at in (0, 999, 1_000, 3_999, 4_000)] == [0, 0, 1, 1, 2]
    assert [chain.begins_ms(round_) for round_ in (1, 2)] == [1_000, 4_000]


async def test_the_round_of_a_draw_lies_beyond_the_next_one() -> None:
    async with a_beacon() as (sky, beacon):
        assert await beacon.future_round() == NEWEST + 2
        assert await beacon.randomness(NEWEST + 2) is None
        sky.newest = NEWEST + 2
        assert await beacon.randomness(NEWEST + 2) == randomness_of(NEWEST + 2)


async def test_a_clock_that_is_behind_does_not_choose_a_round_that_is_known() -> None:
    async with a_beacon(now_ms=NOW_MS - 60_000) as (_, beacon):
        assert await beacon.future_round() == NEWEST + 2


@pytest.mark.parametrize("behind_ms", [0, 60_000, -60_000])
async def test_the_rhythm_that_draws_go_by_is_never_behind_the_beacon(behind_ms: int) -> None:
    at_ms = NOW_MS - behind_ms
    async with a_beacon(now_ms=at_ms) as (_, beacon):
        rhythm = await draw_beacon(beacon, "https://beacon.example", at_ms)
        assert rhythm.round_after(at_ms) >= NEWEST + 2


async def test_an_answer_that_was_kept_on_the_way_does_not_either() -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/latest"] = {"round": NEWEST - 10}
        assert await beacon.future_round() == NEWEST + 2


@pytest.mark.parametrize("away_ms", [-3_600_000, 3_600_000])
async def test_a_clock_that_is_an_hour_off_is_told(away_ms: int) -> None:
    async with a_beacon(now_ms=NOW_MS + away_ms) as (_, beacon):
        with pytest.raises(NoBeacon, match="校准时间"):
            await beacon.future_round()


async def test_a_beacon_that_does_not_tell_its_newest_round_is_taken_by_the_clock() -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/latest"] = 404
        assert await beacon.future_round() == NEWEST + 2


async def test_the_rhythm_is_asked_once() -> None:
    async with a_beacon() as (sky, beacon):
        await beacon.future_round()
        await beacon.future_round()
        assert sky.asked.count("chain/info") == 1


@pytest.mark.parametrize(
    "info",
    [
        {},
        [],
        {"period": 0, "genesis_time": 1},
        {"period": True, "genesis_time": 1},
        {"period": 3.5, "genesis_time": 1},
        {"period": 3, "genesis_time": "soon"},
        {"period": 10**9, "genesis_time": 1},
        {"period": 3, "genesis_time": -5},
    ],
)
async def test_what_tells_no_rhythm_is_no_beacon(info: object) -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/info"] = info
        with pytest.raises(NoBeacon, match="beacon_url"):
            await beacon.future_round()


@pytest.mark.parametrize(
    "answer",
    [
        {"round": 7, "randomness": "ab" * 32},
        {"round": True, "randomness": "ab" * 32},
        {"round": 5},
        {"round": 5, "randomness": "ab"},
        {"round": 5, "randomness": "xy" * 32},
        {"round": 5, "randomness": 5},
    ],
)
async def test_what_is_not_the_randomness_of_this_round_is_not_taken(answer: object) -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/5"] = answer
        with pytest.raises(NoBeacon, match="第 5 期"):
            await beacon.randomness(5)


async def test_the_randomness_is_lower_case_as_the_record_wants_it() -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/5"] = {"round": 5, "randomness": "AB" * 32}
        assert await beacon.randomness(5) == "ab" * 32


@pytest.mark.parametrize("status", [301, 400, 429, 500, 503])
async def test_any_other_answer_is_told_with_its_status(status: int) -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/5"] = status
        with pytest.raises(NoBeacon, match=str(status)):
            await beacon.randomness(5)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe", b"null", b'"x"', b'{"round": 5, ' + b" " * 70_000 + b"}"]
)
async def test_rubbish_is_told(body: bytes) -> None:
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/5"] = body
        with pytest.raises(NoBeacon, match="不是 JSON"):
            await beacon.randomness(5)


async def test_a_beacon_that_hangs_is_given_up() -> None:
    async with a_beacon(timeout_s=0.2) as (sky, beacon):
        sky.answers["chain/info"] = "hang"
        with pytest.raises(NoBeacon, match=r"0\.2 秒没有回应"):
            await beacon.chain()


async def test_a_beacon_that_is_not_there_is_told() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    async with open_client() as client:
        with pytest.raises(NoBeacon, match="连不上"):
            await Beacon(client, f"http://127.0.0.1:{port}", now_ms=lambda: NOW_MS).chain()


async def test_what_a_round_brings_is_waited_for_through_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.outbound.beacon.ASK_EVERY_S", 0.01)
    async with a_beacon() as (sky, beacon):
        sky.before["chain/public/101"] = [503, 404, b"not yet"]
        assert await beacon.wait_for(NEWEST, patience_s=10) == randomness_of(NEWEST)
        assert sky.asked.count("chain/public/101") == 4


@pytest.mark.parametrize(("answer", "told"), [(404, "到了时间还没有"), ({"round": 1}, "不是第 101 期"), (503, "503")])
async def test_waiting_ends_with_what_was_the_matter(
    answer: object, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.outbound.beacon.ASK_EVERY_S", 0.01)
    async with a_beacon() as (sky, beacon):
        sky.answers["chain/public/101"] = answer
        with pytest.raises(NoBeacon, match=told):
            await beacon.wait_for(NEWEST, patience_s=0.2)
