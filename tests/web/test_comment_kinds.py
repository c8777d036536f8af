"""`GET /api/v1/rooms/{room}/comments/kinds`: what a console counts and filters by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.shop import ROOM, bring, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop


def line(n: int, text: str, name: str = "") -> Json:
    user = {"id": f"u-{name or n}", "name": name or f"顾客{n}"}
    return {"type": "comment", "platform": "douyin", "id": f"c-{n}", "user": user, "text": text}


async def kinds(shop: Shop, token: str) -> tuple[int, Any]:
    url = f"{shop.base}/api/v1/rooms/{ROOM}/comments/kinds"
    async with shop.client.get(url, headers=shop.bearer(token)) as answer:
        return answer.status, await answer.json(content_type=None)


async def test_a_console_is_told_what_each_comment_is(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        said = ["鸡蛋要2箱", "晚上好", "鸡蛋多少钱一箱", "鸡蛋来点", "鸡蛋坏了两个"]
        await bring(shop, [line(n, text) for n, text in enumerate(said, 1)])
        await bring(shop, [line(6, "鸡蛋要两箱的扣1", "梅姐本人")])
        await shop.done({"type": "set_aside_comment", "comment_id": "c-2"})
        session = (await shop.snapshot())["session"]["id"]
        assert await kinds(shop, shop.tokens.host) == (
            200,
            {
                "session_id": session,
                "first": 1,
                "last": 6,
                "orders": [1, 4],
                "questions": [3],
                "complaints": [5],
                "confirm": [4],
                "hidden": [2],
            },
        )


async def test_a_room_without_a_session_has_none(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await kinds(shop, shop.tokens.host)
        assert (status, told["session_id"], told["first"], told["last"]) == (200, None, None, 0)


async def test_what_viewers_wrote_is_for_the_host_alone(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert (await kinds(shop, shop.tokens.overlay))[0] in {401, 403}
