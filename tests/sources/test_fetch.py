"""The loops against a WebSocket server in this process; `test_oba_server.py` runs them against the real library."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from websockets.asyncio.server import serve

from live.sources.carrier import Delivery
from live.sources.state import Status
from tests.sources.rig import NERVOUS, Taken, a_rig
from tests.sources.tools import recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from websockets.asyncio.server import ServerConnection


@dataclass(kw_only=True, slots=True)
class Tool:
    """A tool that is a WebSocket server."""

    url: str = ""
    clients: list[ServerConnection] = field(default_factory=list)
    received: list[str | bytes] = field(default_factory=list)

    async def accept(self, client: ServerConnection) -> None:
        self.clients.append(client)
        async for message in client:
            self.received.append(message)

    async def say(self, frame: object, *, to: int = -1) -> None:
        await self.clients[to].send(json.dumps(frame))


@asynccontextmanager
async def a_tool(port: int = 0) -> AsyncIterator[Tool]:
    tool = Tool()
    async with serve(tool.accept, "127.0.0.1", port) as server:
        tool.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield tool


def said(number: int, text: str = "要2个") -> dict[str, object]:
    return {
        "msg_type": "comment",
        "msg_id": str(number),
        "nick_name": "阿狸",
        "content": text,
        "time": 1_745_000_000_000,
    }


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_what_a_tool_says_is_delivered_in_order() -> None:
    async with a_tool() as tool, a_rig(tool.url) as rig:
        await rig.until(lambda: tool.clients)
        for number in range(1, 51):
            await tool.say(said(number))
        await rig.until(lambda: len(rig.taken.ids) == 50)
        assert rig.taken.ids == [str(number) for number in range(1, 51)]
        await rig.until(lambda: rig.state.kept == 50)
        assert (rig.state.status, rig.state.strange) == (Status.LISTENING, 0)
        assert rig.state.last_message_ms is not None


async def test_where_nothing_listens_the_host_is_told_and_it_is_tried_until_something_does() -> None:
    port = free_port()
    async with a_rig(f"ws://127.0.0.1:{port}") as rig:
        await rig.until(lambda: rig.state.status is Status.NOT_LISTENING)
        assert "开始监听" in rig.state.detail
        async with a_tool(port) as tool:
            await rig.until(lambda: tool.clients)
            await tool.say(said(1))
            await rig.until(lambda: rig.taken.ids == ["1"])
            assert rig.state.status is Status.LISTENING
        await rig.until(lambda: rig.state.status is Status.NOT_LISTENING)


async def test_a_silent_connection_is_replaced_before_it_is_closed() -> None:
    async with a_tool() as tool, a_rig(tool.url, pace=NERVOUS) as rig:
        await rig.until(lambda: len(tool.clients) >= 2)
        await tool.say(said(1), to=1)
        await rig.until(lambda: rig.taken.ids == ["1"])
        await asyncio.wait_for(tool.clients[0].wait_closed(), 20)
        assert rig.state.status is Status.LISTENING


async def test_what_the_silent_connection_brings_in_its_last_moment_is_taken() -> None:
    tool = Tool()

    async def accept(client: ServerConnection) -> None:
        if tool.clients:  # the second call: the first connection says something before the second is answered
            await tool.say(said(7), to=0)
        await tool.accept(client)

    async with serve(accept, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with a_rig(url, pace=NERVOUS) as rig:
            await rig.until(lambda: rig.taken.ids)
            assert rig.taken.ids[0] == "7"


async def test_nothing_is_ever_sent_to_a_tool() -> None:
    async with a_tool() as tool, a_rig(tool.url, kind="barrage_grab", pace=NERVOUS) as rig:
        await rig.until(lambda: len(tool.clients) >= 3)
        assert tool.received == []


async def test_a_message_that_is_not_understood_is_counted_and_the_connection_stays() -> None:
    async with a_tool() as tool, a_rig(tool.url) as rig:
        await rig.until(lambda: tool.clients)
        await tool.clients[0].send("no json")
        await tool.clients[0].send(b"\xff")
        await tool.say({"msg_type": "newer"})
        await tool.say(said(1))
        await rig.until(lambda: rig.taken.ids == ["1"])
        assert (rig.state.strange, rig.state.fault, len(tool.clients)) == (3, "msg_type: unknown: newer", 1)


async def test_the_platform_and_the_broadcast_are_those_of_the_settings() -> None:
    data = {"MsgId": 1, "User": {"Id": 5, "NickName": "甲"}, "Content": "要", "RoomId": 42}
    async with a_tool() as tool, a_rig(tool.url, kind="barrage_grab", platform_room="42") as rig:
        await rig.until(lambda: tool.clients)
        await tool.say({"Type": 3, "Data": data | {"RoomId": 43, "MsgId": 2}})
        await tool.say({"Type": 3, "Data": data})
        await rig.until(lambda: rig.taken.ids == ["1"])
        assert rig.state.fault == "room: 43 is not 42"


async def test_to_a_closed_room_nothing_is_kept_and_the_source_stays_connected() -> None:
    taken = Taken(answers=[Delivery.CLOSED])
    async with a_tool() as tool, a_rig(tool.url, taken=taken) as rig:
        await rig.until(lambda: tool.clients)
        await tool.say(said(1))
        await rig.until(lambda: rig.state.closed == 1)
        await tool.say(said(2))
        await rig.until(lambda: taken.ids == ["2"])
        assert len(tool.clients) == 1


async def test_a_broken_source_is_logged_and_tried_again_and_the_others_go_on() -> None:
    taken = Taken(answers=[RuntimeError("broken")])
    async with a_tool() as tool, a_tool() as other, a_rig(tool.url, other.url, taken=taken) as rig:
        await rig.until(lambda: tool.clients and other.clients)
        await tool.say(said(1))
        await rig.until(lambda: rig.state.status is Status.ERROR or taken.ids)
        await other.say(said(2))
        await rig.until(lambda: sorted(taken.ids) == ["1", "2"])
        await rig.until(lambda: [state.status for state in rig.fetchers.states()] == [Status.LISTENING] * 2)


async def test_what_is_no_websocket_is_an_error_that_says_to_look_at_the_port() -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail ready\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, a_rig(url) as rig:
        await rig.until(lambda: rig.state.status is Status.ERROR)
        assert "端口" in rig.state.detail


async def test_what_was_read_is_delivered_before_the_loops_end() -> None:
    taken = Taken(answers=[Delivery.AWAY])
    async with a_tool() as tool:
        async with a_rig(tool.url, taken=taken) as rig:
            await rig.until(lambda: tool.clients)
            await tool.say(said(1))
            await rig.until(lambda: not taken.answers)
        assert taken.ids == ["1"]


async def test_what_the_block_raises_comes_out_as_it_is() -> None:
    with pytest.raises(OSError, match="port is taken"):
        async with a_rig("ws://127.0.0.1:9"):
            raise OSError("port is taken")


async def test_recorded_frames_of_every_dialect_come_through() -> None:
    frames = [*recorded("dbg_haodong.jsonl"), *recorded("dbg_wushuaihua.jsonl"), *recorded("aiobs.jsonl")]
    async with a_tool() as tool, a_rig(tool.url, kind="barrage_grab") as rig:
        await rig.until(lambda: tool.clients)
        for frame in frames:
            await tool.say(frame)
        await rig.until(lambda: len(rig.taken.texts) == 3)
        assert rig.taken.texts == ["1号2份", "流量呢", "谢谢"]
        assert rig.state.strange == 0
