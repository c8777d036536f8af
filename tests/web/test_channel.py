from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.web.channel import KEPT_EVENTS, Channel, joined
from live.web.told import Told, View


def told(seq: int, kind: str = "offer_restocked") -> Told:
    return Told(seq=seq, at="2026-01-07T20:00:01.123+08:00", kind=kind, data=b"{}")


def numbers(events: list[Told] | None) -> list[int] | None:
    return None if events is None else [event.seq for event in events]


def test_nothing_is_missing_since_the_last_number() -> None:
    assert Channel(5).after(5) == []


def test_what_is_not_at_hand_is_none() -> None:
    channel = Channel(5)
    assert channel.after(4) is None
    assert channel.after(6) is None
    channel.tell([told(6), told(7)], [])
    assert channel.after(4) is None
    assert numbers(channel.after(5)) == [6, 7]


@given(st.integers(0, 50), st.lists(st.integers(0, 400), max_size=8), st.integers(-5, 2100))
def test_what_is_at_hand_is_whole_and_in_order(start: int, batches: list[int], since: int) -> None:
    channel = Channel(start)
    for size in batches:
        channel.tell([told(channel.seq + 1 + n) for n in range(size)], [])
    last = start + sum(batches)
    missing = numbers(channel.after(since))
    if max(start, last - KEPT_EVENTS) <= since <= last:
        assert missing == list(range(since + 1, last + 1))
    else:
        assert missing is None


def test_frames_are_joined_for_those_topics_alone() -> None:
    events = [told(1, "offer_opened"), told(2, "prompt_opened"), told(3, "offer_closed")]
    wanted = events[0].frame(View.PUBLIC) + events[2].frame(View.PUBLIC)
    assert joined(events, View.PUBLIC, frozenset({"offer"})) == wanted
    assert joined(events, View.PUBLIC, frozenset({"reservation"})) == b""
