from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from live.web.frames import text_frame


def parse(data: bytes) -> list[Frame]:
    """Read frames as a client does, with another library's parser."""
    stream, frames = StreamReader(), []
    stream.feed_data(data)
    while stream.buffer:
        parser = Frame.parse(stream.read_exact, mask=False)
        try:
            next(parser)
        except StopIteration as done:
            frames.append(done.value)
    return frames


@given(st.lists(st.text(max_size=300), max_size=8))
def test_joined_frames_are_read_one_by_one(texts: list[str]) -> None:
    frames = parse(b"".join(text_frame(text.encode()) for text in texts))
    assert [bytes(frame.data).decode() for frame in frames] == texts
    assert all(frame.fin and frame.opcode is Opcode.TEXT for frame in frames)


@pytest.mark.parametrize(("length", "header"), [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
def test_the_header_grows_at_the_borders_of_the_standard(length: int, header: int) -> None:
    data = text_frame(b"x" * length)
    assert len(data) == header + length
    assert bytes(parse(data)[0].data) == b"x" * length
