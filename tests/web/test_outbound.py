from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from live.outbound.metrics import OutboundCollector
from live.outbound.run import Tools, sending
from live.parts import now_ms
from live.reports.plain_table import write_table
from live.store.sqlite import SqliteStore
from live.web.outbound import outbound_mount
from tests.outbound.factories import system
from tests.outbound.rig import AT_ONCE, outbound_settings, until
from tests.outbound.servers import SECRET, a_receiver
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.outbound.run import Outbound
    from tests.outbound.servers import Receiver
    from tests.web.shop import Json, Shop


class Sender:
    """Stands for what sends until there is a service that it can send for."""

    outbound: Outbound

    async def report(self) -> Json:
        return await self.outbound.report()

    async def retry(self, delivery_id: str) -> bool:
        return await self.outbound.retry(delivery_id)


@asynccontextmanager
async def a_shop_that_sends(folder: Path, receiver: Receiver) -> AsyncIterator[tuple[Shop, Outbound]]:
    sender = Sender()
    async with open_shop(folder, mounts=[outbound_mount(sender, OutboundCollector((), now_ms))]) as shop:
        store = SqliteStore(folder / "linbo.db")
        tools = Tools(now_ms=now_ms, chance=lambda: 1.0, write_table=write_table, pace=AT_ONCE)
        try:
            async with sending(outbound_settings(system(receiver.base)), shop.service, store, tools) as sender.outbound:
                yield shop, sender.outbound
        finally:
            await store.close()


async def ask(shop: Shop, path: str = "", *, post: bool = False, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    method = "POST" if post else "GET"
    async with shop.client.request(method, f"{shop.base}/api/v1/outbound{path}", headers=headers) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def test_a_shop_that_sends_nothing_has_no_targets(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await ask(shop) == (200, {"targets": [], "dead": []})
        status, told = await ask(shop, "/d-1/retry", post=True)
        assert (status, told["code"]) == (404, "unknown_delivery")


async def test_dead_letters_are_shown_and_sent_when_the_host_says_so(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.statuses = [404]
        async with a_shop_that_sends(tmp_path, receiver) as (shop, outbound):
            await shop.start()
            line = outbound.lines[0]
            await until(lambda: len(receiver.got) == 2 and line.watch.waiting_since_ms is None)
            _, told = await ask(shop)
            assert [(t["name"], t["state"], t["delivered"], t["dead"]) for t in told["targets"]] == [
                ("erp", "ok", 2, 1)
            ]
            (dead,) = told["dead"]
            assert (dead["kind"], dead["error"][:8]) == ("session_started", "HTTP 404")
            assert await ask(shop, f"/{dead['id']}/retry", post=True) == (200, {"id": dead["id"], "state": "waiting"})
            await until(lambda: len(receiver.got) == 3 and line.watch.waiting_since_ms is None)
            assert (await ask(shop))[1]["dead"] == []
            assert SECRET not in str(told)


async def test_only_the_host_may_look_and_try_again(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.overlay, shop.tokens.ingest, "wrong"):
            assert (await ask(shop, token=token))[0] == 401
            assert (await ask(shop, "/d-1/retry", post=True, token=token))[0] == 401
