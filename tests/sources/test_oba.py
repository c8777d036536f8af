from __future__ import annotations

from typing import Any

import pytest

from live.sources.feed import Context
from live.sources.oba import feed
from tests.sources.tools import RECEIVED_MS, activity, comment, fault, read, recorded

SAID = {"msg_id": "7426", "nick_name": "阿狸", "content": "要2个", "msg_type": "comment", "time": 1_745_000_000_000}
WECHAT = SAID | {"msg_type": "wechat_channel_live_msg", "user_id": "v8_06@flstranger"}


def test_a_comment_is_of_the_platform_that_was_configured_and_known_by_its_name() -> None:
    found = comment(feed, SAID, Context(platform="kuaishou", received_ms=RECEIVED_MS))
    assert (found.platform, found.id, found.text, found.at_ms) == ("kuaishou", "7426", "要2个", 1_745_000_000_000)
    assert (found.viewer.key, found.viewer.id, found.viewer.weak) == ("kuaishou/name/阿狸", None, False)


def test_an_id_of_wechat_channels_is_good_for_one_session() -> None:
    found = comment(feed, WECHAT)
    assert (found.platform, found.viewer.id) == ("wechat_channels", "session:v8_06@flstranger")


def test_a_reply_in_wechat_channels_has_no_id_and_may_be_a_buyers() -> None:
    reply = {name: value for name, value in WECHAT.items() if name != "user_id"}
    found = comment(feed, reply)
    assert (found.viewer.key, found.from_host) == ("wechat_channels/name/阿狸", False)


@pytest.mark.parametrize(("kind", "platform"), [("xiaohongshu_comment", "xiaohongshu"), ("taobao_comment", "taobao")])
def test_an_id_of_xiaohongshu_or_taobao_stays(kind: str, platform: str) -> None:
    found = comment(feed, SAID | {"msg_type": kind, "user_id": "5f00"})
    assert (found.platform, found.viewer.key) == (platform, f"{platform}/id/5f00")


def test_a_masked_name_stays_weak_though_it_has_an_id() -> None:
    assert comment(feed, SAID | {"msg_type": "taobao_comment", "user_id": "p1", "nick_name": "t**b"}).viewer.weak


@pytest.mark.parametrize(("kind", "deed"), [("room_enter", "enter"), ("room_like", "like"), ("room_follow", "follow")])
def test_a_deed_is_an_activity(kind: str, deed: str) -> None:
    done = activity(feed, {"msg_type": kind, "msg_id": "a1", "nick_name": "大壮", "user_id": "123", "time": 1})
    assert (done.kind, done.platform, done.id, done.at_ms) == (deed, "douyin", "a1", RECEIVED_MS)
    assert done.viewer is not None
    assert done.viewer.key == "douyin/id/123"


@pytest.mark.parametrize("kind", ["live_order", "subscribe_merchant_brand_vip", "ecom_fansclub_participate"])
def test_an_order_paid_on_the_platform_is_no_reservation(kind: str) -> None:
    found = read(feed, SAID | {"msg_type": kind})
    assert (found.comments, found.activities, found.faults) == ((), (), ())


@pytest.mark.parametrize("kind", [None, "newer_kind", 5, [], {}])
def test_an_unknown_kind_is_counted(kind: Any) -> None:
    assert fault(feed, SAID | {"msg_type": kind}).startswith("msg_type: unknown: ")


def test_the_recorded_frames_are_read() -> None:
    frames = [
        read(feed, frame) for name in ("douyin", "wechat", "xhs_taobao") for frame in recorded(f"oba_{name}.jsonl")
    ]
    said = [found for frame in frames for found in frame.comments]
    assert [found.text for found in said] == ["要2个", "1号 2份", "好的", "想要", "拍了"]
    assert [found.platform for found in said] == [
        "douyin",
        "wechat_channels",
        "wechat_channels",
        "xiaohongshu",
        "taobao",
    ]
    assert [fault for frame in frames for fault in frame.faults] == []
