"""The floor: what the machine does with nothing but receiving a frame, decoding it and `jieba.lcut` of its text.

Run as `python -m live.bench.floor`: prints its port, answers the last comment of a run, ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import sys

import jieba
from aiohttp import WSMsgType, web


async def receive(request: web.Request) -> web.WebSocketResponse:
    """Take frames; say so when one with `"last": true` has been cut."""
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        frame = json.loads(message.data)
        jieba.lcut(frame["text"])
        if frame.get("last"):
            await socket.send_str(json.dumps({"type": "ack", "ids": [frame["id"]]}))
    return socket


async def serve() -> None:
    """Serve on a free port of the loopback address until standard input closes."""
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    app = web.Application()
    app.add_routes([web.get("/ws/ingest", receive)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)  # noqa: T201  # how the benchmark learns the port
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    from live.app import run

    run(serve())
