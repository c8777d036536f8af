"""A worker that takes one delivery and then hangs, to be killed: python -m tests.streams.worker URL NAMESPACE ROOM."""

from __future__ import annotations

import asyncio
import sys

from live.streams.redis import RedisStream
from tests.streams.examples import ids


async def main(url: str, namespace: str, room: str) -> None:
    stream = RedisStream(url, consumer="doomed", namespace=namespace)
    await stream.start()
    delivery = await stream.take(room, 500)
    print(" ".join(ids(delivery)), flush=True)  # noqa: T201  # how the test hears of it
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
