from __future__ import annotations

import pytest

from live.sources.dycast import feed
from tests.sources.tools import activity, comment, fault, read, recorded

SAID = {"id": "7426", "method": "WebcastChatMessage", "user": {"id": "MS4w", "name": "观众"}, "content": "要一份"}


def test_a_comment_has_the_platforms_ids() -> None:
    found = comment(feed, [SAID])
    assert (found.platform, found.id, found.text, found.viewer.key) == ("douyin", "7426", "要一份", "douyin/id/MS4w")


def test_a_hidden_writer_stays_weak() -> None:
    assert comment(feed, [SAID | {"user": {"id": "111111", "name": "薛***"}}]).viewer.weak
    assert comment(feed, [SAID | {"user": None}]).viewer.weak


def test_the_frame_about_the_room_is_nothing() -> None:
    found = read(feed, {"roomId": "7338", "title": "t", "nickname": "小店", "status": 2})
    assert (found.comments, found.faults) == ((), ())


@pytest.mark.parametrize(
    ("method", "deed"),
    [
        ("WebcastGiftMessage", "gift"),
        ("WebcastLikeMessage", "like"),
        ("WebcastMemberMessage", "enter"),
        ("WebcastSocialMessage", "follow"),
    ],
)
def test_a_deed_is_an_activity(method: str, deed: str) -> None:
    done = activity(feed, [SAID | {"method": method, "gift": {"count": 4}}])
    assert (done.kind, done.count) == (deed, 4)


def test_what_is_not_understood_is_counted_and_the_rest_is_taken() -> None:
    found = read(feed, [{"method": "WebcastNewMessage"}, 5, {"method": "WebcastControlMessage"}, SAID])
    assert [each.detail for each in found.faults] == ["method: unknown: WebcastNewMessage", "frame: must hold objects"]
    assert len(found.comments) == 1
    assert fault(feed, "text") == "frame: must be a list, not text"


def test_the_recorded_frames_are_read() -> None:
    frames = [read(feed, frame) for frame in recorded("dycast.jsonl")]
    assert [found.text for frame in frames for found in frame.comments] == ["要一份"]
    assert [done.kind for frame in frames for done in frame.activities] == ["enter"]
