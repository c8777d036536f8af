from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st

from live.web.forwarded import Front
from live.web.keys import FRONT, NOW_MS, RATES
from live.web.problems import problem_middleware
from live.web.rate import ADDRESS, KEY, Allowance, Buckets, Limit, Rates, check, client_key, spend

if TYPE_CHECKING:
    from collections.abc import Callable

THREE = Allowance(burst=3, every_ms=1000)


def test_so_many_at_once_and_then_one_at_a_time() -> None:
    buckets = Buckets(THREE)
    assert [buckets.take("a", 5) for _ in range(4)] == [0, 0, 0, 1000]
    assert buckets.take("a", 1004) == 1
    assert buckets.take("a", 1005) == 0
    assert buckets.take("a", 1005) == 1000


def test_a_refused_one_costs_nothing() -> None:
    buckets = Buckets(THREE)
    for _ in range(100):
        buckets.take("a", 0)
    assert buckets.take("a", 1000) == 0


def test_one_client_never_waits_for_another() -> None:
    buckets = Buckets(THREE)
    for _ in range(100):
        buckets.take("a", 0)
    assert buckets.take("b", 0) == 0


def test_asking_how_long_takes_nothing() -> None:
    buckets = Buckets(Allowance(burst=1, every_ms=1000))
    assert [buckets.wait_ms("a", 0) for _ in range(5)] == [0] * 5
    assert buckets.take("a", 0) == 0
    assert buckets.wait_ms("a", 400) == 600


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_for_the_next_one() -> None:
    buckets = Buckets(THREE)
    for _ in range(3):
        buckets.take("a", 86_400_000)
    assert buckets.take("a", 0) == 1000
    assert buckets.take("a", 1000) == 0


def test_what_is_full_again_is_forgotten() -> None:
    buckets = Buckets(THREE)
    for number in range(100):
        buckets.take(f"client {number}", number * 10_000)
    assert len(buckets) <= 2


def test_a_crowd_of_addresses_takes_no_more_than_its_share_of_memory() -> None:
    buckets = Buckets(THREE, most=50)
    for number in range(1000):
        buckets.take(f"client {number}", 0)
    assert len(buckets) == 50


def test_the_client_asked_longest_ago_is_forgotten_first() -> None:
    buckets = Buckets(Allowance(burst=1, every_ms=1000), most=2)
    for client in ("a", "b", "c"):
        buckets.take(client, 0)
    assert [buckets.wait_ms(client, 0) for client in ("a", "b", "c")] == [0, 1000, 1000]


@given(
    burst=st.integers(1, 20),
    every_ms=st.integers(1, 10_000),
    steps=st.lists(st.integers(0, 20_000), min_size=1, max_size=60),
)
def test_nobody_ever_gets_more_than_the_burst_and_what_the_time_brought(
    burst: int, every_ms: int, steps: list[int]
) -> None:
    buckets, now_ms, taken = Buckets(Allowance(burst=burst, every_ms=every_ms)), 0, 0
    for step in steps:
        now_ms += step
        wait_ms = buckets.take("a", now_ms)
        taken += wait_ms == 0
        assert taken <= burst + now_ms // every_ms
        assert 0 <= wait_ms <= every_ms
        if wait_ms:
            assert buckets.wait_ms("a", now_ms + wait_ms) == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_client_is_an_ipv4_address_or_the_64_of_an_ipv6_one(address: str, client: str) -> None:
    assert client_key(address) == client


@pytest.mark.parametrize("limit", Limit)
def test_one_browser_may_do_less_than_all_that_share_its_address(limit: Limit) -> None:
    rates = Rates()
    assert KEY[limit].burst < ADDRESS[limit].burst
    for _ in range(KEY[limit].burst):
        assert rates.take(limit, "203.0.113.7", "browser 1", 0) == 0
    assert rates.take(limit, "203.0.113.7", "browser 1", 0) == KEY[limit].every_ms
    assert rates.take(limit, "203.0.113.7", "browser 2", 0) == 0


def test_a_key_that_has_to_wait_takes_nothing_from_its_address() -> None:
    rates = Rates()
    for _ in range(10_000):
        rates.take(Limit.ORDER, "203.0.113.7", "browser 1", 0)
    assert rates.take(Limit.ORDER, "203.0.113.7", "browser 2", 0) == 0


def application(now_ms: Callable[[], int]) -> web.Application:
    async def order(request: web.Request) -> web.Response:
        spend(request, Limit.ORDER, key=request.query["who"])
        return web.Response()

    async def look(request: web.Request) -> web.Response:
        check(request, Limit.ORDER, key=request.query["who"])
        return web.Response()

    app = web.Application(middlewares=[problem_middleware])
    app[RATES], app[FRONT], app[NOW_MS] = Rates(), Front(), now_ms
    app.add_routes([web.get("/order", order), web.get("/look", look)])
    return app


async def test_too_often_is_a_429_that_says_when_to_come_back_and_keeps_its_word() -> None:
    clock = [1_000_000]
    async with TestClient(TestServer(application(lambda: clock[0]))) as client:
        for _ in range(KEY[Limit.ORDER].burst):
            assert (await client.get("/order?who=a")).status == 200
        refused = await client.get("/order?who=a")
        told = await refused.json(content_type=None)
        assert (refused.status, refused.content_type) == (429, "application/problem+json")
        assert (told["code"], told["title"]) == ("too_many_requests", "太频繁了")
        assert refused.headers["Retry-After"] == "5"
        assert "5 秒" in told["detail"]
        assert (await client.get("/look?who=a")).status == 429
        assert (await client.get("/look?who=b")).status == 200
        clock[0] += 5000
        assert (await client.get("/look?who=a")).status == 200
        assert (await client.get("/order?who=a")).status == 200
