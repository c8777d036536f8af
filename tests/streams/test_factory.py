from __future__ import annotations

import pytest

from live.streams.factory import open_stream
from live.streams.memory import MemoryStream
from live.streams.port import StreamUnavailable
from live.streams.redis import RedisStream


def test_without_an_address_the_line_is_in_this_process() -> None:
    assert isinstance(open_stream(), MemoryStream)


def test_with_an_address_the_line_is_in_redis() -> None:
    assert isinstance(open_stream("redis://127.0.0.1:6379/0"), RedisStream)


@pytest.mark.parametrize("url", ["localhost:6379", "http://127.0.0.1", "redis://127.0.0.1:port", ""])
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(StreamUnavailable, match="应写成 redis://127"):
        open_stream(url)
