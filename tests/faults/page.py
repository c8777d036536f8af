"""A page that goes away and comes back: it checks that no event is missing and keeps the state as every page does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import WSMsgType

from live.service.view import RoomView
from tests.faults.desk import frame

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse

    from tests.faults.desk import Desk, Json


class Page:
    """A page, a host's unless told. `seq` is the last event it knows; `kinds` are all events it was told, in order."""

    def __init__(self, *, role: str = "host") -> None:
        self._role = role
        self.view: RoomView | None = None
        self.kinds: list[str] = []
        self.returns = 0

    @property
    def seq(self) -> int:
        return 0 if self.view is None else self.view.seq

    async def watch(self, desk: Desk) -> None:
        """Listen until the line is cut."""
        async with desk.events(since=self._since(), role=self._role) as socket:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(json.loads(message.data))

    async def catch_up(self, desk: Desk, seq: int) -> None:
        """Come back and listen until an event has been told."""
        self.returns += self.view is not None
        async with desk.events(since=self._since(), role=self._role) as socket:
            await self._listen(socket, seq)

    async def _listen(self, socket: ClientWebSocketResponse, seq: int) -> None:
        while self.seq < seq:
            self._take(await frame(socket))

    def _since(self) -> int | None:
        return None if self.view is None else self.seq

    def _take(self, told: Json) -> None:
        if told["type"] == "snapshot":
            self.view = _view_of(told["state"])
        elif told["type"] == "event":
            self._apply(told)

    def _apply(self, told: Json) -> None:
        assert self.view is not None, "an event before the snapshot"
        assert told["seq"] == self.view.seq + 1, "a gap, or an event twice"
        self.kinds.append(told["kind"])
        self.view.apply(told["kind"], told["data"])


async def page_is_right(desk: Desk, page: Page) -> None:
    """Have a page that was cut off come back: it has everything, without a gap."""
    pinned = await desk.do({"type": "pin_offer", "offer_id": "egg"})
    await page.catch_up(desk, pinned[-1]["seq"])
    assert page.view is not None
    assert page.view.snapshot() == await desk.snapshot()


def _view_of(state: Json) -> RoomView:
    return RoomView(
        room=state["room"],
        seq=state["seq"],
        session=state["session"],
        prompt=state["prompt"],
        offers={o["id"]: o for o in state["offers"]},
        reservations={r["id"]: r for r in state["reservations"]},
        confirmations={f"{c['platform']}/{c['id']}": c for c in state.get("confirmations", ())},
        flash_sales={f["id"]: f for f in state["flash_sales"]},
        giveaways={g["id"]: g for g in state["giveaways"]},
        polls={p["id"]: p for p in state["polls"]},
        shown=state["shown"],
        totals=state["totals"],
    )
