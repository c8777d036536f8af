"""A configured source in the whole program: from a tool's frame to a reservation."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from websockets.asyncio.server import serve

from config.settings import ServerSettings, Settings, SourceSettings
from live.app import running
from tests.sources.tools import RECEIVED_MS
from tests.web.shop import ROOM, START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from websockets.asyncio.server import ServerConnection

DEADLINE_S = 30.0


@asynccontextmanager
async def a_program(folder: Path, *urls: str) -> AsyncIterator[ClientSession]:
    """The program with these sources, and a host who talks to it."""
    sources = tuple(SourceSettings(kind="oba", room=ROOM, url=url) for url in urls)
    settings = Settings(data_dir=folder, server=ServerSettings(port=0), sources=sources)
    async with running(settings) as up:
        headers = {"Authorization": f"Bearer {up.tokens.host}"}
        async with ClientSession(base_url=up.base_url, headers=headers) as host:
            yield host


async def reservations(host: ClientSession) -> list[dict[str, Any]]:
    async with host.get(f"/api/v1/rooms/{ROOM}/snapshot") as answer:
        found: list[dict[str, Any]] = (await answer.json())["reservations"]
        return found


async def until_metric(host: ClientSession, line: str) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while line not in await (await host.get("/metrics")).text():  # noqa: ASYNC110  # the metrics are asked
            await asyncio.sleep(0.02)


def said(id_: str, text: str) -> str:
    frame = {"msg_type": "comment", "msg_id": id_, "nick_name": "阿狸", "content": text, "time": RECEIVED_MS}
    return json.dumps(frame)


async def test_what_is_said_during_a_session_is_reserved_and_what_is_said_before_is_not(tmp_path: Path) -> None:
    clients: list[ServerConnection] = []

    async def accept(client: ServerConnection) -> None:
        clients.append(client)
        await client.wait_closed()

    async with serve(accept, "127.0.0.1", 0) as tool:
        url = f"ws://127.0.0.1:{next(iter(tool.sockets)).getsockname()[1]}"
        async with a_program(tmp_path, url, "ws://127.0.0.1:9") as host:
            await until_metric(host, f'kind="oba",room="{ROOM}",source="1",status="listening"}} 1.0')
            await clients[0].send(said("m-1", "要五箱鸡蛋"))
            await until_metric(
                host, f'linbo_source_comments_total{{kind="oba",result="closed",room="{ROOM}",source="1"}} 1'
            )
            assert (await host.post(f"/api/v1/rooms/{ROOM}/commands", json=START)).status == 200
            await clients[0].send(said("m-2", "要两箱鸡蛋"))
            await until_metric(
                host, f'linbo_source_comments_total{{kind="oba",result="kept",room="{ROOM}",source="1"}} 1'
            )
            assert [(made["comment_id"], made["quantity"]) for made in await reservations(host)] == [("m-2", 2)]
            await until_metric(host, f'kind="oba",room="{ROOM}",source="2",status="not_listening"}} 1.0')
            assert (await host.get("/readyz")).status == 200
