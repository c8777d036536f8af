"""What every feed keeps to, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.sources import barrage_grab, dycast, luoxi, oba, ssn, wxlivespy
from live.sources.feed import Context, Feed, Person, joined, said, shown, strange
from live.sources.frame import Frame, Presence
from tests.sources.tools import RECEIVED_MS

FEEDS: dict[str, Feed] = {
    "oba": oba.feed,
    "wxlivespy": wxlivespy.feed,
    "ssn": ssn.feed,
    "barrage_grab": barrage_grab.feed,
    "luoxi": luoxi.feed,
    "dycast": dycast.feed,
}
KEYS = [
    *("msg_type", "msg_id", "nick_name", "user_id", "content", "time", "events", "decoded_type", "nickname", "seq"),
    *("live_info", "live_id", "online_count", "chatmessage", "chatname", "type", "meta", "messageId", "textonly"),
    *("Type", "Data", "Platform", "User", "Id", "SecUid", "Onwer", "UserId", "Content", "MsgId", "FansClub", "Level"),
    *("username", "platform", "method", "user", "id", "name", "RoomId", "TimeSpan", "OnlineUserCount"),
]
WORDS = [
    *("comment", "room_enter", "live_order", "gift", "like", "enter", "WebcastChatMessage", "WebcastGiftMessage"),
    *("wechat_channel_live_msg", "快手", "Douyin", "twitch", "111111", "0", "要两箱", "<b>要</b>", "{}", "<![x["),
]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)
CONTEXT = Context(platform="douyin", received_ms=RECEIVED_MS, only="9")


@pytest.mark.parametrize("name", FEEDS)
@given(frame=_VALUES)
def test_no_frame_makes_a_feed_raise(name: str, frame: object) -> None:
    found = FEEDS[name](frame, CONTEXT)
    assert all(comment.text and comment.id and comment.viewer.name for comment in found.comments)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("frame", [None, 5, "text", True, [5]])
def test_what_is_no_frame_at_all_is_counted(name: str, frame: object) -> None:
    found = FEEDS[name](frame, CONTEXT)
    assert found.faults
    assert not found.comments


def test_a_comment_without_words_is_nothing() -> None:
    assert said(platform="p", id="1", person=Person(id="u", name="张姐"), text=" \u200b", at_ms=1) == Frame()


def test_two_like_comments_without_an_id_are_one_within_three_seconds() -> None:
    def own(at_ms: int, text: str = "扣1") -> str:
        frame = said(platform="p", id=None, person=Person(id=None, name="张姐"), text=text, at_ms=at_ms)
        return frame.comments[0].id

    assert own(3000) == own(5999)
    assert own(3000) != own(6000)
    assert own(3000) != own(3000, "扣2")


def test_somebody_without_a_name_is_never_taken_for_somebody_else() -> None:
    frames = [said(platform="p", id=id_, person=Person(id=None, name=5), text="要", at_ms=1) for id_ in ("1", "2")]
    first, second = (frame.comments[0].viewer for frame in frames)
    assert first.weak
    assert first.key != second.key


def test_somebody_with_an_id_needs_no_name() -> None:
    viewer = said(platform="p", id="1", person=Person(id="u-1", name=""), text="要", at_ms=1).comments[0].viewer
    assert (viewer.key, viewer.weak, viewer.name) == ("p/id/u-1", False, "匿名")


def test_the_frames_of_one_message_come_together_in_order() -> None:
    one = said(platform="p", id="1", person=Person(id="u", name="n"), text="a", at_ms=1)
    two = said(platform="p", id="2", person=Person(id="u", name="n"), text="b", at_ms=1)
    seen = Frame(presence=Presence(viewers=3, at_ms=1))
    whole = joined([one, strange("what"), two, seen])
    assert [comment.id for comment in whole.comments] == ["1", "2"]
    assert ([fault.detail for fault in whole.faults], whole.presence) == (["what"], seen.presence)


def test_a_foreign_value_is_shown_short_and_without_what_nobody_sees() -> None:
    assert shown("a\u202eb" + "x" * 100) == "ab" + "x" * 38
    values: list[object] = [7, None, [], 1.5]
    assert [shown(value) for value in values] == ["7", "NoneType", "list", "float"]
