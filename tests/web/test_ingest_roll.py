"""Who calls us is on the roll of sources: a connection while it lasts, a tool that posts from its third post."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.domain.source import Hearing
from live.parts import now_ms
from live.sources.roll import AWAY_AFTER_MS, SILENT_AFTER_MS
from live.web.keys import ROLL
from tests.web.shop import ROOM, acknowledged, bring, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.domain.source import Source
    from tests.web.shop import Shop


def heard(shop: Shop, *, later_ms: int = 0) -> list[Source]:
    return shop.app[ROLL].heard(ROOM, began_ms=now_ms() - 1_000, now_ms=now_ms() + later_ms)


def states(shop: Shop, *, later_ms: int = 0) -> dict[str, Hearing]:
    return {source.id: source.state for source in heard(shop, later_ms=later_ms)}


async def gone(shop: Shop) -> None:
    """Wait until the service has seen the connection go."""
    async with asyncio.timeout(10):
        while states(shop):  # noqa: ASYNC110  # the server ends its side in its own time
            await asyncio.sleep(0.005)


async def test_a_source_is_listened_to_while_it_is_connected_and_away_when_it_left(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json(comment("m-1"))
            await acknowledged(source, 1)
            [seen] = heard(shop)
            assert (seen.id, seen.name, seen.platform, seen.state) == ("ws", "评论接口", "kuaishou", Hearing.LISTENING)
            assert seen.last_comment_ms is not None
            assert states(shop, later_ms=SILENT_AFTER_MS) == {"ws": Hearing.SILENT}
        await gone(shop)
        assert states(shop, later_ms=AWAY_AFTER_MS) == {"ws": Hearing.AWAY}


async def test_two_connections_are_one_source_until_both_have_left(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as one:
            async with shop.ingest():
                pass
            await one.send_json(comment("m-1"))
            await acknowledged(one, 1)
            assert states(shop) == {"ws": Hearing.LISTENING}
        await gone(shop)


async def test_a_tool_that_opens_a_socket_is_known_by_its_name(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        url = f"{shop.base}/ws/ingest/dycast?room={ROOM}&token={shop.tokens.ingest}"
        async with shop.client.ws_connect(url) as socket:
            await socket.send_str("[]")
            async with asyncio.timeout(10):
                while not heard(shop):  # noqa: ASYNC110  # the server begins in its own time
                    await asyncio.sleep(0.005)
            assert [(source.id, source.name) for source in heard(shop)] == [("dycast", "dycast")]


@pytest.mark.parametrize("posts", [1, 2, 3])
async def test_what_posts_is_a_source_from_its_third_post(tmp_path: Path, posts: int) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        url = f"{shop.base}/ingest?room={ROOM}"
        for number in range(posts):
            headers = shop.bearer(shop.tokens.ingest)
            async with shop.client.post(url, json=comment(f"m-{number}"), headers=headers) as answer:
                assert answer.status == 200
        assert states(shop) == ({"post": Hearing.LISTENING} if posts == 3 else {})


async def test_a_room_that_is_not_on_hears_its_source_all_the_same(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        async with shop.ingest() as source:
            await source.send_json(comment("m-1"))
            await source.receive_json(timeout=20)
            assert states(shop) == {"ws": Hearing.LISTENING}
        await shop.start()
        await bring(shop, [comment("m-2")])
