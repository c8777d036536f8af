from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.comment import Comment
from live.domain.viewer import Viewer
from live.streams.codec import CodecError, decode, encode
from live.streams.port import Arrival

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_MS = st.integers(0, 2**53)
_VIEWERS = st.builds(Viewer, key=_TEXT, platform=_TEXT, id=st.none() | _TEXT, name=_TEXT, weak=st.booleans())
_COMMENTS = st.builds(
    Comment,
    platform=_TEXT,
    id=_TEXT,
    viewer=_VIEWERS,
    text=_TEXT,
    at_ms=_MS,
    level=st.none() | st.integers(-(2**31), 2**31 - 1),
    badges=st.lists(_TEXT, max_size=3).map(tuple),
    from_host=st.booleans(),
)
_ARRIVALS = st.builds(Arrival, comment=_COMMENTS, received_ms=_MS)


@given(st.lists(_ARRIVALS, min_size=1, max_size=5).map(tuple))
def test_what_is_written_is_read(arrivals: tuple[Arrival, ...]) -> None:
    assert decode(encode(arrivals)) == arrivals


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"{}", b"5", b"[1]", b"[1, 5]", b"[1, []]", b"[1, [[]]]", b"[2, [[]]]", b"[2, [[1,2,3]]]", b"\xff"],
)
def test_what_this_version_did_not_write_is_an_error(payload: bytes) -> None:
    with pytest.raises(CodecError):
        decode(payload)
