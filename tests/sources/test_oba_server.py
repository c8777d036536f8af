"""The loop against the WebSocket server that oba-live-tool is built on (npm `ws`), called as oba-live-tool calls it."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from live.sources.state import Status
from tests.sources.node import program
from tests.sources.rig import NERVOUS, a_rig
from tests.sources.tools import recorded

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

ANSWER_S = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Oba:
    """The program, steered over its standard input: each command has one line for an answer."""

    process: Process
    port: int

    async def do(self, command: str) -> str:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{command}\n".encode())
        await stdin.drain()
        return (await asyncio.wait_for(stdout.readline(), ANSWER_S)).decode().strip()

    async def say(self, frame: object) -> str:
        """Send a frame to every client that the server knows; "sent to 1"."""
        return await self.do(f"send {json.dumps(frame, ensure_ascii=False)}")

    async def say_when_heard(self, frame: object) -> None:
        """Send a frame as soon as the server has a client."""
        async with asyncio.timeout(ANSWER_S):
            while await self.say(frame) == "sent to 0":  # noqa: ASYNC110  # another program is asked
                await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program(tmp_path_factory.mktemp("oba"), "oba_server.mjs", "ws@8.18.0")


@asynccontextmanager
async def an_oba(server: Path) -> AsyncIterator[Oba]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    node = shutil.which("node")
    assert node is not None
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node, str(server), str(port), stdin=pipe, stdout=pipe)
    try:
        yield Oba(process=process, port=port)
    finally:
        process.kill()
        await process.wait()


def said(number: int) -> dict[str, object]:
    return {"msg_type": "comment", "msg_id": f"m-{number}", "nick_name": "阿狸", "content": "要2个", "time": 1}


async def test_a_comment_comes_through_as_soon_as_the_host_presses_the_button(server: Path) -> None:
    async with an_oba(server) as oba, a_rig(f"ws://127.0.0.1:{oba.port}") as rig:
        await rig.until(lambda: rig.state.status is Status.NOT_LISTENING)
        assert await oba.do("start") == "listening"
        await rig.until(lambda: rig.state.status is Status.LISTENING)
        await oba.say_when_heard(said(1))
        await rig.until(lambda: rig.taken.ids == ["m-1"])


async def test_the_recorded_frames_come_through(server: Path) -> None:
    names = ("oba_douyin.jsonl", "oba_wechat.jsonl", "oba_xhs_taobao.jsonl")
    frames = [frame for name in names for frame in recorded(name)]
    async with an_oba(server) as oba:
        await oba.do("start")
        async with a_rig(f"ws://127.0.0.1:{oba.port}") as rig:
            for frame in frames:
                await oba.say_when_heard(frame)
            await rig.until(lambda: len(rig.taken.texts) == 5)
            assert rig.taken.texts == ["要2个", "1号 2份", "好的", "想要", "拍了"]
            assert rig.state.strange == 0


async def test_a_connection_left_behind_by_a_restart_is_found_out_and_replaced(server: Path) -> None:
    async with an_oba(server) as oba:
        await oba.do("start")
        async with a_rig(f"ws://127.0.0.1:{oba.port}", pace=NERVOUS) as rig:
            await oba.say_when_heard(said(1))
            await rig.until(lambda: rig.taken.ids == ["m-1"])
            assert await oba.do("stop") == "stopped"
            assert await oba.do("start") == "listening"
            heard = await oba.say(said(2)) != "sent to 0"  # the trap: our old connection is open, and nobody's
            await oba.say_when_heard(said(3))
            await rig.until(lambda: rig.taken.ids == ["m-1", *(["m-2"] if heard else []), "m-3"])
            assert rig.state.status is Status.LISTENING


async def test_a_connection_left_behind_by_a_stop_is_told_from_a_quiet_evening(server: Path) -> None:
    async with an_oba(server) as oba:
        await oba.do("start")
        async with a_rig(f"ws://127.0.0.1:{oba.port}", pace=NERVOUS) as rig:
            await rig.until(lambda: rig.state.status is Status.LISTENING)
            await oba.do("stop")
            await rig.until(lambda: rig.state.status is Status.NOT_LISTENING)
            assert "开始监听" in rig.state.detail
