"""A page that never reads: it is dropped, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from live.web.channel import KEPT_EVENTS
from live.web.page import MAX_UNREAD_BYTES
from tests.web.shop import ROOM, frame, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop

FACTS = {f"说明{n}": "字" * 500 for n in range(50)}
"""One event of about 75 KB, so that few are needed to fill every buffer on the way."""


async def deaf_page(shop: Shop) -> socket.socket:
    """Open a page by hand that takes in nothing beyond its small receive buffer."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    parts = urlsplit(shop.base)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(line, (parts.hostname, parts.port))
    request = (
        f"GET /ws/events?room={ROOM} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Bearer {shop.tokens.host}\r\n\r\n"
    )
    await loop.sock_sendall(line, request.encode())
    return line


async def one_large_event(shop: Shop, number: int) -> None:
    await shop.done({"type": "update_offer", "offer_id": "egg", "title": f"土鸡蛋{number}", "facts": FACTS})


async def pages(shop: Shop) -> float:
    value = shop.app_metrics.registry.get_sample_value("linbo_pages")
    assert value is not None
    return value


async def until_pages(shop: Shop, number: int) -> None:
    async with asyncio.timeout(10):
        while await pages(shop) != number:  # noqa: ASYNC110  # a metric has nothing to wait on
            await asyncio.sleep(0.01)


async def read_to_the_end(line: socket.socket) -> bytes:
    """Everything that still comes; the line may be cut hard."""
    loop, data = asyncio.get_running_loop(), bytearray()
    try:
        async with asyncio.timeout(10):
            while chunk := await loop.sock_recv(line, 65536):
                data += chunk
    except ConnectionResetError:
        pass
    return bytes(data)


async def test_a_page_that_never_reads_is_dropped_and_the_others_get_everything(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        line = await deaf_page(shop)
        await until_pages(shop, 1)
        async with shop.events() as good:
            seen = (await frame(good))["seq"]
            heard = 0
            while await pages(shop) == 2:
                await one_large_event(shop, heard)
                heard += 1
                assert (await frame(good))["seq"] == seen + heard
                assert heard < KEPT_EVENTS, "the page was never dropped"
            await shop.done({"type": "pin_offer", "offer_id": "egg"})
            assert (await frame(good))["kind"] == "offer_pinned"
        assert b"HTTP/1.1 101" in await read_to_the_end(line)
        line.close()
        dropped = shop.app_metrics.registry.get_sample_value("linbo_pages_dropped_total")
        assert dropped == 1


async def test_a_page_that_reads_again_in_time_finds_the_reason(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        line = await deaf_page(shop)
        await until_pages(shop, 1)
        for number in range(KEPT_EVENTS):
            await one_large_event(shop, number)
            if await pages(shop) == 0:
                break
        data = await read_to_the_end(line)
        assert b"\x88\x0a" + (1013).to_bytes(2, "big") + b"too slow" in data
        line.close()


async def test_a_large_snapshot_is_not_falling_behind(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for number in range(3, 20):
            offer = {
                "id": f"o{number}",
                "number": number,
                "title": "土特产",
                "price": "1.00",
                "quota": 1,
                "facts": FACTS,
            }
            await shop.done({"type": "add_offer", "offer": offer})
        state = await shop.snapshot()
        assert len(json.dumps(state, ensure_ascii=False).encode()) > MAX_UNREAD_BYTES
        line = await deaf_page(shop)
        await until_pages(shop, 1)
        await shop.done({"type": "pin_offer", "offer_id": "egg"})
        assert await pages(shop) == 1
        data = bytearray()
        async with asyncio.timeout(10):
            while b"offer_pinned" not in data:
                data += await asyncio.get_running_loop().sock_recv(line, 65536)
        line.close()
