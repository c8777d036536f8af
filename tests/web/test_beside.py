"""Houses beside ours: what is addressed to one goes there, and comes back when it is over."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import ClientSession, web

from live.web.beside import BESIDE, House, path_of
from live.web.prefix import PrefixRunner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def app_that_says(name: str) -> web.Application:
    app = web.Application()
    hold = asyncio.Event()

    async def say(request: web.Request) -> web.Response:
        return web.Response(text=f"{name} {request.path_qs} {request.get(BESIDE, '-')}")

    async def wait(_request: web.Request) -> web.Response:
        await hold.wait()
        return web.Response()

    app.router.add_get("/wait", wait)
    app.router.add_route("*", "/{tail:.*}", say)
    return app


@asynccontextmanager
async def street(prefix: str = "") -> AsyncIterator[tuple[str, dict[str, House], ClientSession]]:
    """Our application, one beside it for the room `live`, and somebody who asks."""
    houses: dict[str, House] = {}
    other = web.AppRunner(app_that_says("beside"))
    await other.setup()
    assert other.server is not None
    ours = PrefixRunner(app_that_says("ours"), prefix=prefix, houses=houses)
    await ours.setup()
    await web.TCPSite(ours, "127.0.0.1", 0).start()
    houses["live"] = House(server=other.server)
    async with ClientSession() as client:
        yield f"http://127.0.0.1:{ours.addresses[0][1]}", houses, client
    await ours.cleanup()
    await other.cleanup()


async def said(client: ClientSession, url: str) -> str:
    async with client.get(url) as answer:
        return await answer.text()


async def test_what_is_under_its_path_goes_to_the_house_and_the_rest_is_ours() -> None:
    async with street() as (base, _, client):
        assert await said(client, f"{base}/rehearsal/live/api/x?a=%20b") == f"beside /api/x?a=%20b {path_of('live')}"
        for path in ("/api/x", "/rehearsal/other/api/x", "/rehearsal/live", "/x/rehearsal/live/y", "/rehearsal/LIVE/x"):
            assert (await said(client, base + path)).startswith(f"ours {path}")


async def test_a_proxys_path_is_cut_off_first() -> None:
    async with street("/linbo") as (base, _, client):
        assert await said(client, f"{base}/linbo/rehearsal/live/x") == f"beside /x {path_of('live')}"
        assert await said(client, f"{base}/linbo/x") == "ours /x -"


async def test_one_connection_may_ask_both() -> None:
    async with street() as (base, houses, client):
        assert (await said(client, f"{base}/rehearsal/live/x")).startswith("beside")
        assert (await said(client, f"{base}/x")).startswith("ours")
        del houses["live"]
        assert (await said(client, f"{base}/rehearsal/live/x")).startswith("ours")


async def test_who_waits_for_an_answer_gets_one_when_the_house_is_over() -> None:
    async with street() as (base, houses, client):
        asking = asyncio.create_task(said_with_status(client, f"{base}/rehearsal/live/wait"))
        async with asyncio.timeout(20):
            houses["live"].over.set()
            status, text = await asking
        assert (status, "rehearsal_over" in text) == (410, True)


async def said_with_status(client: ClientSession, url: str) -> tuple[int, str]:
    async with client.get(url) as answer:
        return answer.status, await answer.text()
