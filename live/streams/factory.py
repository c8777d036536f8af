"""Which line is used: the one in this process, or Redis Streams where an address is given."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from live.streams.memory import MemoryStream

if TYPE_CHECKING:
    from live.streams.port import Stream

BOUND = 20_000


def open_stream(url: str | None = None, *, bound: int = BOUND, consumer: str | None = None) -> Stream:
    """Choose the stream; it connects in `start`.

    `bound` is how many comments a room may hold that are not worked. `consumer` names this process among the workers
    of a Redis and must stay the same over restarts (default: the machine's name). Raises `StreamUnavailable` for an
    address that is none.
    """
    if url is None:
        return MemoryStream(bound=bound)
    from live.streams.redis import RedisStream  # noqa: PLC0415  # 0.2 s that the embedded service need not wait

    return RedisStream(url, consumer=consumer or platform.node() or "linbo", bound=bound)
