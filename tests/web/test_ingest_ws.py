from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from live.web.ingest_acks import MAX_UNACKNOWLEDGED
from tests.web.shop import acknowledged, bring, buyers, comment, frame, open_shop

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_comment_is_acknowledged_and_stored(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json(comment("m-1"))
            assert await frame(source) == {"type": "ack", "ids": ["m-1"]}
        [stored] = await shop.service.comments_after("main", 0, 10)
        assert (stored["id"], stored["text"]) == ("m-1", "要两箱鸡蛋")


async def test_frames_are_read_on_while_earlier_ones_wait_and_acks_come_in_order(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            sent = buyers(300)
            for each in sent:
                await source.send_json(each)
            assert await acknowledged(source, 300) == [each["id"] for each in sent]


async def test_more_than_the_window_is_acknowledged_in_the_end(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        number = MAX_UNACKNOWLEDGED + 1000
        async with shop.ingest() as source:
            for first in range(0, number, 500):
                await source.send_json({"type": "batch", "items": buyers(500, first=first)})
            assert len(set(await acknowledged(source, number))) == number


async def test_the_same_comment_again_is_acknowledged_and_has_no_effect(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, [comment("m-1")])
        before = await shop.snapshot()
        await bring(shop, [comment("m-1")])
        assert await shop.snapshot() == before


async def test_a_room_without_a_session_is_closed_for_each_comment(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.ingest(room="nobody") as source:
        await source.send_json({"type": "batch", "items": [comment("a"), comment("b")]})
        answers = [await frame(source), await frame(source)]
        assert [(a["code"], a["id"]) for a in answers] == [("room_closed", "a"), ("room_closed", "b")]


async def test_a_source_may_stay_connected_before_the_session_starts(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.ingest() as source:
        await source.send_json(comment("early"))
        assert (await frame(source))["code"] == "room_closed"
        await shop.start()
        await source.send_json(comment("on-time"))
        assert await frame(source) == {"type": "ack", "ids": ["on-time"]}


GARBAGE = ["", "hello", "{", "[]", "null", "1e999", '{"type":"nothing"}', '{"type":["comment"]}', "[" * 5000]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
async def test_garbage_is_answered_and_the_connection_stays_open(tmp_path: Path, garbage: str) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_str(garbage)
            assert (await frame(source))["code"] == "invalid_frame"
            await source.send_json(comment("m-1"))
            assert (await frame(source))["type"] == "ack"


async def test_binary_frames_are_read_like_text(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_bytes(json.dumps(comment("m-1")).encode())
            assert (await frame(source))["type"] == "ack"


async def test_the_good_comments_of_a_bad_batch_are_taken(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json({"type": "batch", "items": [comment("good"), comment("bad", "长" * 501)]})
            answers = sorted([await frame(source), await frame(source)], key=lambda a: str(a["type"]))
            assert answers[0] == {"type": "ack", "ids": ["good"]}
            assert (answers[1]["code"], answers[1]["id"]) == ("invalid_comment", "bad")
            assert answers[1]["detail"] == "text: at most 500 characters"


async def test_a_frame_of_300_kib_closes_with_1009(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.ingest() as source:
        await source.send_str("x" * 300 * 1024)
        message = await source.receive(timeout=10)
        assert message.type is WSMsgType.CLOSE
        assert source.close_code == 1009


async def test_a_frame_of_exactly_256_kib_is_read(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.ingest() as source:
        await source.send_str("x" * 256 * 1024)
        assert (await frame(source))["code"] == "invalid_frame"


@pytest.mark.parametrize("token", ["", "wrong", "口令"])
async def test_a_wrong_token_is_401_before_the_upgrade(tmp_path: Path, token: str) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(f"{shop.base}/ws/ingest?room=main&token={token}"):
                pass
        assert refused.value.status == 401


async def test_the_tokens_of_the_host_and_the_overlay_bring_no_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.host, shop.tokens.overlay):
            with pytest.raises(WSServerHandshakeError) as refused:
                async with shop.ingest(token=token):
                    pass
            assert refused.value.status == 401


async def test_the_token_may_stand_in_the_address(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/ws/ingest?room=main&token={shop.tokens.ingest}"
        async with shop.client.ws_connect(url) as source:
            await source.send_json(comment("m-1"))
            assert (await frame(source))["code"] == "room_closed"


@pytest.mark.parametrize("room", ["", "Main", "a/b", "x" * 41, "房间"])
async def test_what_is_no_room_name_is_422(tmp_path: Path, room: str) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.ingest(room=room):
                pass
        assert refused.value.status == 422


async def test_a_source_that_leaves_without_its_acks_leaves_no_trace_behind(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json({"type": "batch", "items": buyers(500)})
        await bring(shop, buyers(500))
        assert (await shop.snapshot())["totals"]["comments"] == 500
        text = await (await shop.client.get(f"{shop.base}/metrics")).text()
        assert "linbo_unacknowledged_comments 0.0" in text


async def test_plain_http_is_told_to_upgrade(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/ws/ingest?room=main", headers=shop.bearer(shop.tokens.ingest))
        assert (answer.status, answer.content_type) == (426, "application/problem+json")


async def test_deflate_is_not_negotiated(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/ws/ingest?room=main&token={shop.tokens.ingest}"
        async with shop.client.ws_connect(url, compress=15) as source:
            assert not source.compress


async def test_many_sources_at_once_lose_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()

        async def source(number: int) -> None:
            async with shop.ingest() as line:
                for each in buyers(50, first=number * 50):
                    await line.send_json(each)
                await acknowledged(line, 50)

        await asyncio.gather(*map(source, range(10)))
        state = await shop.snapshot()
        [egg] = [offer for offer in state["offers"] if offer["id"] == "egg"]
        assert (egg["reserved"], egg["waitlisted"], egg["available"]) == (100, 400, 0)
