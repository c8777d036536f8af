"""What a room's owner does while its store is away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.store.port import StoreUnavailable
from live.store.sqlite import SqliteStore
from tests.domain.factories import egg
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.domain.state import RoomState
    from live.store.port import Change


class Away(SqliteStore):
    """A store that is away until it is told otherwise; `reads` says whether it can still be read."""

    away = False
    reads = True

    async def commit(self, change: Change) -> None:
        if self.away:
            raise StoreUnavailable("磁盘已满")
        await super().commit(change)

    async def load_room(self, room: str) -> RoomState:
        if self.away and not self.reads:
            raise StoreUnavailable("磁盘已满")
        return await super().load_room(room)


async def ask_during_an_outage(tmp_path: Path, *, reads: bool) -> None:
    store = Away(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        await shop.open(egg(quota=10))
        store.away, store.reads = True, reads
        said = await shop.service.ingest(ROOM, [shop.comment("要两箱鸡蛋")], shop.clock())
        while not shop.troubles:  # noqa: ASYNC110  # the owner tells no event of it
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            status, body = await shop.do(c.Restock(offer_id="egg", quantity=5))
        assert (status, body["code"]) == (503, "store_unavailable")
        assert not said.done()
        store.away = False
        await said
        (eggs,) = shop.snapshot()["offers"]
        assert (eggs["quota"], eggs["reserved"]) == (10, 2), "the comment is kept, the command is not done later"


async def test_a_command_is_refused_while_comments_wait_for_the_store(tmp_path: Path) -> None:
    await ask_during_an_outage(tmp_path, reads=True)


async def test_a_command_is_refused_while_the_store_cannot_even_be_read(tmp_path: Path) -> None:
    await ask_during_an_outage(tmp_path, reads=False)
