"""The open pages of viewers: each is told what it shows, whole, and a slow or a surplus one harms nobody."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from aiohttp import WSServerHandshakeError
from structlog.testing import capture_logs

from live.service.basket_book import BasketBook
from live.service.results import StoreUnavailable
from live.service.session_view import room_topic, viewer_topic
from live.web import viewer_sockets
from live.web import watching as module
from live.web.keys import SERVICE, WATCHING
from live.web.problems import ProblemRaised
from live.web.watching import Looked, Watcher, Watching
from tests.web.shop import ROOM, open_shop
from tests.web.viewers import EVENING, a_phone, an_evening, short, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.web.shop import Shop

MINE = viewer_topic("page/id/me")


class Wall:
    """A page that keeps what is written to it."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.dropped = False

    def write(self, frames: bytes) -> bool:
        self.heard.append(frames)
        return True

    def write_first(self, frames: bytes) -> None:
        self.heard.append(frames)

    def drop(self) -> None:
        self.dropped = True


def a_watcher(wall: Wall, look: Callable[[], Any], *, address: str = "192.0.2.1", room: str | None = None) -> Watcher:
    async def looks() -> Looked:
        return Looked(name="mine", value=look(), topics=frozenset({MINE}))

    return Watcher(page=wall, address=address, look=looks, room=room)  # type: ignore[arg-type]  # as much of a page as is asked of it


def a_watching(shop: Shop) -> Watching:
    return Watching(BasketBook(shop.app[SERVICE]), lambda: 0)


async def test_a_page_is_told_only_what_concerns_it_and_only_when_it_has_changed(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        watching, wall, seen = a_watching(shop), Wall(), {"n": 1}
        await watching.join(a_watcher(wall, lambda: dict(seen)))
        for topics, changes in (({viewer_topic("other")}, 0), ({MINE}, 0), ({MINE}, 1), ({room_topic("east")}, 1)):
            seen["n"] += changes
            watching.touched(topics)
            await watching.flush()
        assert [json.loads(frame[frame.index(b"{") :])["mine"] for frame in wall.heard] == [{"n": 1}, {"n": 2}]


async def test_what_changes_while_a_page_looks_for_the_first_time_is_told_to_it_too(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        watching, wall, seen, slow = a_watching(shop), Wall(), [1], asyncio.Event()

        async def look() -> Looked:
            value = seen[0]
            await slow.wait()
            return Looked(name="mine", value={"n": value}, topics=frozenset({MINE}))

        watcher = Watcher(page=wall, address="192.0.2.1", look=look)  # type: ignore[arg-type]  # as above
        joining = asyncio.create_task(watching.join(watcher))
        await asyncio.sleep(0)
        seen[0] = 2
        watching.touched({MINE})
        await watching.flush()
        slow.set()
        await joining
        assert [json.loads(frame[frame.index(b"{") :])["mine"]["n"] for frame in wall.heard] == [1, 2]


async def test_a_page_that_fails_is_dropped_and_the_others_are_told(tmp_path: Path) -> None:
    def breaks() -> None:
        raise KeyError("offer")

    async with open_shop(tmp_path) as shop:
        watching, odd, fine, numbers = a_watching(shop), Wall(), Wall(), iter(range(9))
        with capture_logs() as logs:
            await watching.join(a_watcher(odd, breaks))
            await watching.join(a_watcher(fine, lambda: next(numbers)))
            watching.touched({MINE})
            await watching.flush()
        assert odd.dropped
        assert len(fine.heard) == 2
        assert {line["event"] for line in logs} == {"viewer_page_failed"}


async def test_while_the_store_is_away_a_page_keeps_what_it_shows_and_is_told_later(tmp_path: Path) -> None:
    away, seen = [False], [1]

    def look() -> int:
        if away[0]:
            raise StoreUnavailable("硬盘满了")
        return seen[0]

    async with open_shop(tmp_path) as shop:
        watching, wall = a_watching(shop), Wall()
        await watching.join(a_watcher(wall, look))
        seen[0], away[0] = 2, True
        for _ in range(2):
            watching.touched({MINE})
            await watching.flush()
            away[0] = False
        assert not wall.dropped
        assert len(wall.heard) == 2


async def test_there_are_no_more_pages_than_may_be_in_all_and_of_one_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    monkeypatch.setattr(module, "MOST_PAGES_AN_ADDRESS", 2)
    async with open_shop(tmp_path) as shop:
        watching = a_watching(shop)
        watchers = [a_watcher(Wall(), lambda: 1, address=address) for address in ("a", "a", "b")]
        for watcher in watchers:
            watching.admit(watcher.address)
            await watching.join(watcher)
        for address in ("a", "c"):
            with pytest.raises(ProblemRaised) as refused:
                watching.admit(address)
        assert (refused.value.problem.status, refused.value.problem.retry_after_s) == (503, 30)
        watching.leave(watchers[0])
        watching.admit("a")
        for watcher in watchers[1:]:
            watching.leave(watcher)
        assert (watching.pages, watching._addresses, watching._lists) == (0, {}, {})


async def test_a_page_too_many_is_refused_before_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES_AN_ADDRESS", 1)
    async with an_evening(tmp_path) as (_shop, one, other), one.hears(f"/ws/shops/{ROOM}") as page:
        await told(page, "shop")
        with pytest.raises(WSServerHandshakeError) as refused:
            async with other.hears(f"/ws/shops/{ROOM}"):
                pass
        assert refused.value.status == 503


async def test_a_quiet_page_hears_the_time_so_that_it_knows_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE_S", 0.01)
    async with an_evening(tmp_path) as (_shop, one, _other), one.hears(f"/ws/shops/{ROOM}") as page:
        assert await told(page, "nothing") is None


async def test_what_has_changed_of_a_list_is_told_and_nothing_else_of_it(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other), one.hears(f"/ws/shops/{ROOM}") as page:
        await told(page, "shop")
        await one.buys(("egg", 1))
        await told(page, "shop")  # the first change tells the list whole: what it was before is not known
        await one.buys(("egg", 2))
        assert [each["id"] for each in await told(page, "offers")] == ["egg"]


async def test_a_new_evening_takes_the_place_of_the_list_on_every_page(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        await one.buys(("egg", 1))
        async with one.hears(f"/ws/shops/{ROOM}") as page:
            first = await told(page, "shop")
            assert short(await told(page, "mine")) == [("open", 1, 0)]
            await shop.done({"type": "end_session"})
            await shop.done(EVENING)
            again = await told(page, "shop")
            while again["session"]["id"] == first["session"]["id"]:
                again = await told(page, "shop")
            await one.buys(("egg", 2))
            mine = await told(page, "mine")
            while mine is None or mine["session"]["id"] != again["session"]["id"]:
                mine = await told(page, "mine")
            assert short(mine) == [("open", 2, 0)]


async def deaf_page(shop: Shop) -> socket.socket:
    """Open a page by hand that takes in nothing beyond its small receive buffer."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    parts = urlsplit(shop.base)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, (parts.hostname, parts.port))
    request = (
        f"GET /ws/shops/{ROOM} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    await loop.sock_sendall(line, request.encode())
    return line


async def test_a_page_that_never_reads_is_dropped_and_another_hears_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GATHER_S", 0.0)
    monkeypatch.setattr(viewer_sockets, "MOST_UNREAD_BYTES", 4096)
    async with open_shop(tmp_path) as shop, a_phone(shop) as phone:
        await shop.done(EVENING)
        line = await deaf_page(shop)
        async with asyncio.timeout(60), phone.hears(f"/ws/shops/{ROOM}") as page:
            number = 0
            while shop.app[WATCHING].pages != 1 or number == 0:
                number += 1
                facts = {f"说明{n}": "字" * 500 for n in range(50)}
                await shop.done({"type": "update_offer", "offer_id": "egg", "title": f"土鸡蛋{number}", "facts": facts})
                while f"土鸡蛋{number}" not in str((await page.receive(timeout=20)).data):
                    pass
        line.close()
