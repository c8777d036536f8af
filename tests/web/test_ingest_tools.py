"""Tools that come with frames of their own, over real sockets; `test_wxlivespy_post.py` has a tool's own library post."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from tests.web.shop import ROOM, Json, Shop, frame, open_shop

if TYPE_CHECKING:
    from pathlib import Path

SSN = {
    "chatname": "Ann",
    "chatmessage": "要两箱<b>鸡蛋</b>",
    "type": "youtube",
    "meta": {"messageId": "y-1"},
    "userid": "UC1",
}
LUOXI = {"platform": "快手", "type": "comment", "username": "观众甲", "content": "要两箱鸡蛋", "data": {}}
KUAISHOU = "https://live.kuaishou.com"


def wxlivespy(*events: Json) -> Json:
    return {"host_info": {}, "live_info": {"live_id": "2042"}, "events": list(events)}


def event(seq: int, text: str = "要两箱鸡蛋", **changes: object) -> Json:
    return {
        "msg_time": 1_767_787_300_000,
        "decoded_type": "comment",
        "msg_id": f"w-{seq}",
        "decoded_openid": "o9h",
        "nickname": "张姐",
        "content": text,
        "seq": str(seq),
    } | changes


async def post(shop: Shop, tool: str, body: object, query: str | None = None, **headers: str) -> tuple[int, Json]:
    query = f"room={ROOM}&token={shop.tokens.ingest}" if query is None else query
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} | headers
    async with shop.client.post(f"{shop.base}/ingest/{tool}?{query}", data=data, headers=sent) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def stored(shop: Shop) -> list[Json]:
    return await shop.service.comments_after(ROOM, 0, 100)


async def faults(shop: Shop) -> str:
    text = await (await shop.client.get(f"{shop.base}/metrics")).text()
    return "\n".join(line for line in text.splitlines() if line.startswith("linbo_ingest_faults_total"))


# Over HTTP


async def test_what_wxlivespy_posts_is_acknowledged_when_it_is_durable(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert await post(shop, "wxlivespy", wxlivespy(event(1), event(2, "666"))) == (
            200,
            {"type": "ack", "ids": ["w-1", "w-2"]},
        )
        first = (await stored(shop))[0]
        assert (first["platform"], first["id"], first["outcome"]) == ("wechat_channels", "w-1", "reserved")


async def test_a_compressed_body_is_read(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        body = gzip.compress(json.dumps(wxlivespy(event(1))).encode())
        status, _ = await post(shop, "wxlivespy", body, **{"Content-Encoding": "gzip"})
        assert (status, len(await stored(shop))) == (200, 1)


async def test_a_body_that_swells_beyond_the_limit_is_413(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        status, told = await post(shop, "ssn", gzip.compress(b" " * 5_000_000), **{"Content-Encoding": "gzip"})
        assert (status, told["code"]) == (413, "too_large")


async def test_what_social_stream_ninja_posts_is_taken(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        charset = {"Content-Type": "application/json; charset=utf-8"}
        assert await post(shop, "ssn", SSN, **charset) == (200, {"type": "ack", "ids": ["y-1"]})
        assert [(c["platform"], c["text"]) for c in await stored(shop)] == [("youtube", "要两箱鸡蛋")]


async def test_a_repeated_post_has_no_effect_twice(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for _ in range(2):
            assert (await post(shop, "wxlivespy", wxlivespy(event(1))))[0] == 200
        assert len(await stored(shop)) == 1


async def test_events_of_unknown_shape_are_counted_and_the_others_taken(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        body = wxlivespy({"decoded_type": "newer"}, event(1))
        assert await post(shop, "wxlivespy", body) == (200, {"type": "ack", "ids": ["w-1"]})
        assert 'code="invalid_frame"} 1.0' in await faults(shop)


@pytest.mark.parametrize("body", [b"no json", [1], "text"])
async def test_a_body_that_is_no_object_is_an_invalid_frame(tmp_path: Path, body: object) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        status, told = await post(shop, "ssn", body)
        assert (status, told["type"], told["code"]) == (422, "error", "invalid_frame")


async def test_a_room_without_a_session_is_closed(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, "wxlivespy", wxlivespy(event(1)))
        assert (status, told["code"], told["id"], told["acknowledged"]) == (422, "room_closed", "w-1", [])


async def test_without_a_room_in_the_address_the_only_one_on_air_is_meant(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        query = f"token={shop.tokens.ingest}"
        status, told = await post(shop, "ssn", SSN, query)
        assert (status, told["code"]) == (422, "invalid_room")
        assert "没有直播间在开播" in told["detail"]
        await shop.start()
        assert (await post(shop, "ssn", SSN, query))[0] == 200
        await shop.start(room="second")
        status, told = await post(shop, "ssn", SSN, query)
        assert (status, told["code"]) == (422, "invalid_room")
        assert "main、second" in told["detail"]
        assert "&room=" in told["detail"]


@pytest.mark.parametrize("query", ["room=No+Room", "room="])
async def test_what_is_no_room_name_is_422(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, "ssn", SSN, f"{query}&token={shop.tokens.ingest}")
        assert (status, told["code"]) == (422, "invalid_room")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])
async def test_only_json_is_taken(tmp_path: Path, kind: str) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert (await post(shop, "ssn", SSN, **{"Content-Type": kind}))[0] == 415


async def test_only_the_ingest_token_brings_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for token in (shop.tokens.host, shop.tokens.overlay, "", "wrong"):
            assert (await post(shop, "ssn", SSN, f"room={ROOM}&token={token}"))[0] == 401


async def test_an_unknown_tool_is_told_which_are_known(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, told = await post(shop, "oba", {})
        assert (status, told["code"]) == (404, "unknown_tool")
        assert "wxlivespy、ssn" in told["detail"]


async def test_a_preflight_is_answered_and_allows_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        async with shop.client.options(f"{shop.base}/ingest/ssn") as answer:
            assert answer.status == 204
            assert not [name for name in answer.headers if name.lower().startswith("access-control")]
        async with shop.client.options(f"{shop.base}/ingest/ssn", headers={"Origin": "https://evil.example"}) as answer:
            assert answer.status == 403


async def test_a_browser_extension_may_post_where_one_is_meant_to_and_nowhere_else(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for origin in ("chrome-extension://abcdef", "moz-extension://abc-def"):
            assert (await post(shop, "ssn", SSN, Origin=origin))[0] == 200
            assert (await post(shop, "wxlivespy", wxlivespy(event(1)), Origin=origin))[0] == 403
        assert (await post(shop, "ssn", SSN, "room=main", Origin="chrome-extension://abcdef"))[0] == 401
        for page in ("https://evil.example", "null"):
            assert (await post(shop, "ssn", SSN, Origin=page))[0] == 403


# Over a WebSocket


def socket_url(shop: Shop, tool: str = "luoxi", query: str = "") -> str:
    return f"{shop.base}/ws/ingest/{tool}?room={ROOM}&token={shop.tokens.ingest}{query}"


async def until_stored(shop: Shop, number: int) -> list[Json]:
    async with asyncio.timeout(20):
        while len(found := await stored(shop)) < number:  # noqa: ASYNC110  # the store is asked, it does not tell
            await asyncio.sleep(0.01)
    return found


async def test_what_a_tool_says_is_kept_and_nothing_is_answered(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.client.ws_connect(socket_url(shop)) as tool:
            await tool.send_json({"type": "info", "content": "ws连接成功"})
            await tool.send_json(LUOXI)
            found = await until_stored(shop, 1)
            await tool.send_str("x" * 300 * 1024)  # ends the connection, so that the first thing told is the end
            assert (await tool.receive(timeout=20)).type is WSMsgType.CLOSE
        assert [(c["platform"], c["text"], c["outcome"]) for c in found] == [("kuaishou", "要两箱鸡蛋", "reserved")]


async def test_what_was_said_is_kept_though_the_tool_leaves_at_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.client.ws_connect(socket_url(shop, "dycast")) as tool:
            await tool.send_json({"roomId": "7338", "status": 2})
            messages: list[Any] = [
                {
                    "id": f"d-{n}",
                    "method": "WebcastChatMessage",
                    "user": {"id": f"u{n}", "name": f"客{n}"},
                    "content": "要",
                }
                for n in range(1, 41)
            ]
            for each in messages:
                await tool.send_json([each])
        assert {c["id"] for c in await until_stored(shop, 40)} == {f"d-{n}" for n in range(1, 41)}


async def test_what_is_not_understood_is_counted_and_the_connection_stays(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.client.ws_connect(socket_url(shop)) as tool:
            await tool.send_str("no json")
            await tool.send_json({"type": "newer"})
            await tool.send_json(LUOXI)
            await until_stored(shop, 1)
        assert 'code="invalid_frame"} 2.0' in await faults(shop)


async def test_a_tool_may_stay_connected_before_the_session(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.client.ws_connect(socket_url(shop)) as tool:
        await tool.send_json(LUOXI)
        async with asyncio.timeout(20):
            while "room_closed" not in await faults(shop):  # noqa: ASYNC110  # the metrics are asked
                await asyncio.sleep(0.01)
        await shop.start()
        await tool.send_json(LUOXI | {"content": "要三箱鸡蛋"})
        assert [c["text"] for c in await until_stored(shop, 1)] == ["要三箱鸡蛋"]


async def test_a_page_needs_its_origin_on_the_list_and_lends_its_platform(tmp_path: Path) -> None:
    said = {name: value for name, value in LUOXI.items() if name != "platform"}
    async with open_shop(tmp_path, allowed_origins=[KUAISHOU]) as shop:
        await shop.start()
        async with shop.client.ws_connect(socket_url(shop), headers={"Origin": KUAISHOU}) as tool:
            await tool.send_json(said)
            assert (await until_stored(shop, 1))[0]["platform"] == "kuaishou"
        async with shop.client.ws_connect(socket_url(shop, query="&platform=douyin")) as tool:
            await tool.send_json(said)
            assert (await until_stored(shop, 2))[1]["platform"] == "douyin"
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(socket_url(shop), headers={"Origin": "https://www.tiktok.com"}):
                pass
        assert refused.value.status == 403


@pytest.mark.parametrize(
    ("tool", "query", "status"),
    [("oba", "", 404), ("luoxi", "&platform=快手", 422), ("luoxi", "&platform=" + "x" * 41, 422)],
)
async def test_a_wrong_address_is_refused_before_the_upgrade(
    tmp_path: Path, tool: str, query: str, status: int
) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(socket_url(shop, tool, query)):
                pass
        assert refused.value.status == status


async def test_a_wrong_token_is_refused_before_the_upgrade(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(f"{shop.base}/ws/ingest/luoxi?room={ROOM}&token=wrong"):
                pass
        assert refused.value.status == 401


async def test_a_frame_above_the_limit_closes_the_socket_with_1009(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.client.ws_connect(socket_url(shop)) as tool:
        await tool.send_str("x" * 300 * 1024)
        message = await tool.receive(timeout=20)
        assert (message.type, message.data) == (WSMsgType.CLOSE, 1009)


async def test_the_hosts_page_hears_of_what_a_tool_said(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as page:
            assert (await frame(page))["type"] == "snapshot"
            await post(shop, "wxlivespy", wxlivespy(event(1)))
            assert (await frame(page))["kind"] == "reservation_made"
