from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.shop import EGG, ROOM, bring, buyers, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop


async def get(shop: Shop, path: str, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{ROOM}/{path}", headers=headers) as answer:
        assert answer.status != 200 or answer.headers["Cache-Control"] == "no-store"
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def test_comments_are_read_page_by_page_in_order_of_arrival(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, buyers(25))
        seen: list[str] = []
        after = 0
        for _ in range(3):
            _, page = await get(shop, f"comments?after={after}&limit=10")
            seen += [each["id"] for each in page["comments"]]
            after = page["next"]
        assert seen == [f"c-{n}" for n in range(25)]
        assert await get(shop, f"comments?after={after}") == (200, {"comments": [], "next": 25})


async def test_a_room_nobody_has_used_has_no_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await get(shop, "comments") == (200, {"comments": [], "next": 0})


@pytest.mark.parametrize(
    "query", ["limit=1001", "limit=-1", "limit=x", "after=1.5", "after=", "limit=" + "0" * 30 + "9"]
)
async def test_what_is_no_number_is_422(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await get(shop, f"comments?{query}")
        assert (status, told["code"]) == (422, "invalid_query")


async def test_an_overlay_token_gets_the_masked_state(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await shop.done({"type": "reserve", "viewer": "李婶子", "offer_id": "egg", "quantity": 2})
        _, masked = await get(shop, "snapshot", shop.tokens.overlay)
        assert masked["reservations"][0]["viewer"] == {"name": "李*"}
        assert "李婶子" not in str(masked)
        _, whole = await get(shop, "snapshot")
        assert whole["reservations"][0]["viewer"]["name"] == "李婶子"
        assert masked["seq"] == whole["seq"]


async def test_for_every_offer_reserved_and_available_make_the_quota(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await shop.done({"type": "reserve", "viewer": "李婶", "offer_id": "egg", "quantity": 130})
        _, state = await get(shop, "snapshot")
        assert all(o["reserved"] + o["available"] == o["quota"] for o in state["offers"])


async def test_an_offer_of_several_variants_is_not_reserved_without_one(tmp_path: Path) -> None:
    variants = [{"id": "l", "name": "大号"}, {"id": "s", "name": "小号"}]
    order = {"type": "reserve", "viewer": "李婶", "offer_id": "sized", "quantity": 1}
    async with open_shop(tmp_path) as shop:
        await shop.start()
        sized = {**EGG, "id": "sized", "number": 77, "title": "鸭蛋", "aliases": [], "variants": variants}
        await shop.done({"type": "add_offer", "offer": sized})
        answer = await shop.command(order)
        told = await answer.json(content_type=None)
        assert (answer.status, told["code"]) == (404, "unknown_variant")
        assert "大号（l）、小号（s）" in told["detail"]
        await shop.done({**order, "variant_id": "s"})
