from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.shop import ROOM, buyers, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop


async def post(shop: Shop, body: object, *, room: str = ROOM, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.ingest if token is None else token)
    async with shop.client.post(f"{shop.base}/ingest?room={room}", json=body, headers=headers) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def test_a_frame_over_http_is_acknowledged_when_it_is_durable(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert await post(shop, comment("m-1")) == (200, {"type": "ack", "ids": ["m-1"]})
        status, ack = await post(shop, {"type": "batch", "items": buyers(500)})
        assert (status, len(ack["ids"])) == (200, 500)
        assert len(await shop.service.comments_after(ROOM, 0, 1000)) == 501


async def test_what_is_no_comment_is_acknowledged_too(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert await post(shop, {"type": "presence", "viewers": 312}) == (200, {"type": "ack", "ids": []})


async def test_every_fault_is_answered_and_the_good_ones_are_taken(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        items = [comment("good"), comment("long", "长" * 501), {"type": "comment", "id": "empty"}]
        status, told = await post(shop, {"type": "batch", "items": items})
        assert (status, told["type"], told["acknowledged"]) == (422, "error", ["good"])
        assert [fault["id"] for fault in told["errors"]] == ["long", "empty"]
        assert (told["code"], told["id"]) == ("invalid_comment", "long")
        assert [stored["id"] for stored in await shop.service.comments_after(ROOM, 0, 10)] == ["good"]


async def test_a_room_without_a_session_is_closed(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, comment("m-1"))
        assert (status, told["code"], told["id"]) == (422, "room_closed", "m-1")
        assert told["acknowledged"] == []


async def test_garbage_is_an_invalid_frame(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, ["nonsense"])
        assert (status, told["code"]) == (422, "invalid_frame")


async def test_above_256_kib_is_413(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, comment("m-1", "x" * 300 * 1024))
        assert (status, told["code"]) == (413, "too_large")


async def test_only_the_ingest_token_brings_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.host, shop.tokens.overlay, "", "wrong"):
            assert (await post(shop, comment("m-1"), token=token))[0] == 401


async def test_what_is_no_room_name_is_422(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, comment("m-1"), room="No Room")
        assert (status, told["code"]) == (422, "invalid_room")
