"""A rehearsal does not touch the shop: its store, its stock, its baskets, its messages, its log, its pages."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from live.rehearsal.house import FOLDER
from tests.rehearsal.theatre import TONIGHT, Theatre, everything, files_of, log_of, theatre, until
from tests.web.shop import EGG, ROOM, START

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BUYS = log_of(*["要两箱鸡蛋"] * 30, "苹果要3份", "上次的鸡蛋坏了俩", "鸡蛋甜不甜")


async def an_evening_that_was(shop: Theatre) -> None:
    """The same times as tonight: the real cycle has the same id as the rehearsal's would have."""
    await shop.done(START)
    await shop.done({"type": "reserve", "viewer": "张姐", "offer_id": "egg", "quantity": 3})
    await shop.done({"type": "end_session"})


async def sold(shop: Theatre, held: Any, number: int) -> None:
    async def enough() -> bool:
        return bool((await shop.inside(held, "snapshot"))["offers"][0]["reserved"] >= number)

    await until(enough)


async def test_orders_of_a_rehearsal_leave_every_row_of_the_shop_as_it_was(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await an_evening_that_was(shop)
        before, files = everything(tmp_path), files_of(tmp_path)
        _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
        await sold(shop, held, 60)
        inside = await shop.inside(held, "snapshot")
        await shop.ask("POST", f"rehearsal/{ROOM}/api/v1/rooms/{held['room']}/commands", {"type": "end_session"})
        await shop.ask("POST", f"rehearsal/{ROOM}/api/v1/rooms/{held['room']}/commands", {"type": "close_cycle"})
        assert (
            inside["session"]["cycle"]["id"]
            == (await shop.ask("GET", f"api/v1/rooms/{ROOM}/snapshot"))[1]["session"]["cycle"]["id"]
        )
        assert everything(tmp_path) == before
        assert await shop.end()
        assert everything(tmp_path) == before
        assert {name: content for name, content in files_of(tmp_path).items() if name in files} == files
        assert not list((tmp_path / FOLDER).iterdir())


async def test_the_guard_of_the_test_above_bites(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await an_evening_that_was(shop)
        before = everything(tmp_path)
        await shop.done(TONIGHT)
        assert everything(tmp_path) != before


async def test_a_pickup_code_of_a_rehearsal_opens_nothing_in_the_shop(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
        await sold(shop, held, 2)
        code = (await shop.inside(held, "snapshot"))["reservations"][0]["pickup_code"]
        async with shop.client.get(f"{shop.up.base_url}/api/v1/baskets/{code}") as answer:
            assert answer.status == 404
        assert await shop.up.service.owner_of(code) is None


async def test_the_shop_knows_no_room_of_a_rehearsal_and_its_pages_hear_nothing(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await an_evening_that_was(shop)
        heard: list[str] = []
        shop.up.service.subscribe(lambda published: heard.append(published.room))
        async with shop.client.ws_connect(f"{shop.up.base_url}/ws/events?room={ROOM}") as page:
            first = json.loads((await page.receive()).data)
            _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
            await sold(shop, held, 60)
            await shop.end()
            await shop.done({"type": "update_offer", "offer_id": "egg", "title": "鸡蛋"})
            after = json.loads((await page.receive()).data)
        assert after["seq"] == first["seq"] + 1
        assert set(heard) == {ROOM}
        assert not await shop.up.service.exists(held["room"])


async def test_no_message_and_no_webhook_goes_out(tmp_path: Path) -> None:
    came: list[Any] = []

    async def hook(request: web.Request) -> web.Response:
        came.append(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    target = {"name": "erp", "url": url, "secret": "s" * 32}
    try:
        async with theatre(tmp_path, outbound={"webhook": [target]}) as shop:
            await shop.done(START, room="other")
            await until(lambda: _done(bool(came)))
            _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
            await sold(shop, held, 60)
            await shop.end()
            await shop.done({"type": "end_session"}, room="other")
            await until(lambda: _done("session_ended" in json.dumps(came)))
        assert held["room"] not in json.dumps(came)
        assert "reservation_made" not in json.dumps(came)
    finally:
        await runner.cleanup()


async def _done(value: bool) -> bool:
    return value


async def test_no_comment_of_a_rehearsal_is_in_the_shops_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        async with theatre(tmp_path) as shop:
            _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
            await sold(shop, held, 60)
            await shop.end()
    assert "要两箱鸡蛋" not in caplog.text
    assert '"intent":"buy"' not in caplog.text


async def test_a_page_of_the_rehearsal_is_let_go_and_finds_the_way_back(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        _, held = await shop.rehearse(recording={"source": "log", "text": BUYS})
        base = f"{shop.up.base_url}/rehearsal/{ROOM}"
        async with shop.client.get(f"{shop.up.base_url}/{held['console']}") as console:
            assert console.status == 200
        async with shop.client.ws_connect(f"{base}/ws/events?room={held['room']}") as page:
            assert json.loads((await page.receive()).data)["type"] == "snapshot"
            ending = asyncio.create_task(shop.end())
            async with asyncio.timeout(20):
                while (await page.receive()).type is WSMsgType.TEXT:
                    pass
            assert await ending
        async with shop.client.get(f"{shop.up.base_url}/{held['console']}") as over:
            assert over.status == 410
            assert f'href="../../../console/{ROOM}"' in await over.text()
        status, problem = await shop.ask("GET", f"rehearsal/{ROOM}/api/v1/rooms/{held['room']}/snapshot")
        assert (status, problem["code"]) == (410, "rehearsal_over")


async def test_what_a_kill_has_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / FOLDER / "old"
    left.mkdir(parents=True)
    (left / "rehearsal.db").write_bytes(b"x")
    async with theatre(tmp_path):
        assert not left.exists()


async def test_pictures_of_tonight_are_seen_in_the_rehearsal_and_the_shops_stay(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        jpeg = b"\xff\xd8\xff\xe0" + b"egg" * 100
        async with shop.client.post(f"{shop.up.base_url}/api/v1/pictures", data=jpeg) as answer:
            name = (await answer.json())["picture"]
        status, _ = await shop.rehearse(start=TONIGHT | {"offers": [EGG | {"picture": name}]})
        assert status == 200
        async with shop.client.get(f"{shop.up.base_url}/rehearsal/{ROOM}/pictures/{name}") as picture:
            assert await picture.read() == jpeg
        await shop.end()
        async with shop.client.get(f"{shop.up.base_url}/pictures/{name}") as picture:
            assert await picture.read() == jpeg
