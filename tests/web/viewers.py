"""Phones of viewers: each a browser of its own, with its cookies, on the real service."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, CookieJar

from tests.web.shop import EGG, LATER, ROOM, START, STILL_LATER, Json, frame, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

    from tests.web.shop import Shop

POINTS = [{"id": "p1", "name": "东门便利店", "address": "人民路 18 号"}, {"id": "p2", "name": "西街粮油店"}]
CYCLE = {"cutoff_at": LATER, "pickup_at": STILL_LATER, "pickup_points": POINTS}
TOFU: Json = {
    "id": "tofu",
    "number": 3,
    "title": "石磨豆腐 2 斤",
    "price": "6.80",
    "quota": 24,
    "per_viewer_limit": 4,
    "variants": [{"id": "firm", "name": "老豆腐", "quota": 3}, {"id": "soft", "name": "嫩豆腐"}],
}
EVENING: Json = START | {"offers": [EGG | {"quota": 10}, TOFU], "cycle": CYCLE}

_keys = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone:
    """A browser on the shop's page."""

    shop: Shop
    client: ClientSession
    session_id: str = ""

    async def get(self, path: str) -> tuple[int, Json]:
        """Ask for JSON."""
        async with self.client.get(f"{self.shop.base}{path}") as answer:
            return answer.status, await answer.json(content_type=None)

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Json]:
        """Post JSON as our own page does."""
        ours = {"Origin": self.shop.base, "Idempotency-Key": f"key-of-this-order-{next(_keys)}"} | headers
        async with self.client.post(f"{self.shop.base}{path}", json=body, headers=ours) as answer:
            return answer.status, await answer.json(content_type=None)

    async def orders(self, *lines: tuple[str, int], **more: Any) -> tuple[int, Json]:
        """Order by the form: (offer or offer/variant, quantity)."""
        headers = more.pop("headers", {})
        wanted = [{"offer_id": name.partition("/")[0], "quantity": quantity} for name, quantity in lines]
        for line, (name, _) in zip(wanted, lines, strict=True):
            if "/" in name:
                line["variant_id"] = name.partition("/")[2]
        body = {"session_id": await self.session(), "name": "东门王姐", "lines": wanted} | more
        return await self.post(f"/api/v1/shops/{ROOM}/orders", body, **headers)

    async def session(self) -> str:
        """The id of the session whose list is shown."""
        _, told = await self.get(f"/api/v1/shops/{ROOM}")
        return str(told["shop"]["session"]["id"])

    async def buys(self, *lines: tuple[str, int], **more: Any) -> Json:
        """Order by the form; it must be taken. What this browser has then."""
        status, told = await self.orders(*lines, **more)
        assert status == 200, told
        mine: Json = told["mine"]
        return mine

    async def changes(self, code: str, body: Json, **headers: str) -> tuple[int, Json]:
        """Change something on the page of a code."""
        return await self.post(f"/api/v1/baskets/{code}/changes", body, **headers)

    async def basket(self, code: str) -> Json:
        """What the page of a code shows; the code must be somebody's."""
        status, told = await self.get(f"/api/v1/baskets/{code}")
        assert status == 200, told
        shown: Json = told["basket"]
        return shown

    def hears(self, path: str) -> AbstractAsyncContextManager[ClientWebSocketResponse]:
        """Listen as a page does."""
        return self.client.ws_connect(f"{self.shop.base}{path}", headers={"Origin": self.shop.base})


@asynccontextmanager
async def a_phone(shop: Shop) -> AsyncIterator[Phone]:
    """Somebody's phone, which opens the shop's page."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        async with client.get(f"{shop.base}/shop/{ROOM}") as answer:
            assert answer.status == 200
        yield Phone(shop=shop, client=client)


@asynccontextmanager
async def an_evening(folder: Path, **server: Any) -> AsyncIterator[tuple[Shop, Phone, Phone]]:
    """A shop on air, and two phones."""
    async with open_shop(folder, **server) as shop:
        await shop.done(EVENING)
        async with a_phone(shop) as one, a_phone(shop) as other:
            yield shop, one, other


def only(part: Json, title: str = "土鸡蛋 30 枚") -> Json:
    """The one line of these goods."""
    [line] = [each for each in part["lines"] if each["title"] == title]
    found: Json = line
    return found


def short(part: Json) -> list[tuple[str, int, int]]:
    """The lines of a part as (state, quantity, waiting)."""
    return [(line["state"], line["quantity"], line["waiting"]) for line in part["lines"]]


async def told(socket: ClientWebSocketResponse, name: str) -> Any:
    """The next frame of a name, and what it tells."""
    while True:
        heard = await frame(socket)
        if heard["type"] == name:
            return heard[name]
