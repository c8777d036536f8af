from __future__ import annotations

import json
from typing import Any

import pytest

from live.sources.barrage_grab import feed
from live.sources.feed import Context
from tests.sources.tools import CONTEXT, RECEIVED_MS, activity, comment, fault, read, recorded

USER = {"Id": 1_411_400_097_607_259, "SecUid": "MS4w", "PayLevel": 30, "FansClub": {"ClubName": "熊家人", "Level": 8}}
DATA: dict[str, Any] = {
    "MsgId": 7_338_697_347_818_230_818,
    "Content": "1号2份",
    "RoomId": "7338657",
    "WebRoomId": "516466",
    "Onwer": {"UserId": "77", "SecUid": "MS4wHOST", "Nickname": "小店"},
}


def haodong(kind: int = 1, *, user: dict[str, object] | None = None, **changes: object) -> dict[str, Any]:
    """The dialect of HaoDong108: the data is JSON in a string."""
    writer = USER | {"Nickname": "雅馨"} | (user or {})
    return {"Type": kind, "ProcessName": "直播伴侣", "Data": json.dumps(DATA | {"User": writer} | changes)}


def wushuaihua(kind: int = 3, *, user: dict[str, object] | None = None, **changes: object) -> dict[str, Any]:
    """The dialect of wushuaihua520: the data is an object, and the numbers mean other things."""
    return {"Type": kind, "Data": DATA | {"User": USER | {"NickName": "雅馨"} | (user or {})} | changes}


def aiobs(kind: int = 3, platform: str = "Douyin", **changes: object) -> dict[str, Any]:
    """The dialect of aiobs: a platform, ids as text."""
    user = {"Id": "9218", "DisplayId": "d", "NickName": "观众"}
    data = {"User": user, "IsAnchor": False, "Content": "谢谢", "TimeSpan": 1_729_138_622, "MsgId": "7426"}
    return {"Platform": platform, "Type": kind, "Data": data | changes}


@pytest.mark.parametrize("frame", [haodong(), wushuaihua()])
def test_a_comment_has_its_id_its_writer_and_the_level_of_a_fan(frame: object) -> None:
    found = comment(feed, frame)
    assert (found.platform, found.id, found.text) == ("douyin", "7338697347818230818", "1号2份")
    assert (found.viewer.key, found.viewer.name) == ("douyin/id/MS4w", "雅馨")
    assert (found.level, found.badges, found.at_ms) == (8, ("熊家人", "荣誉等级30"), RECEIVED_MS)


def test_the_dialect_is_told_before_the_number_is_read() -> None:
    assert activity(feed, wushuaihua(1)).kind == "enter"
    assert activity(feed, haodong(3)).kind == "enter"
    assert comment(feed, aiobs()).text == "谢谢"


def test_aiobs_names_the_platform_and_the_time() -> None:
    found = comment(feed, aiobs(platform="Kuaishou"))
    assert (found.platform, found.at_ms, found.viewer.key) == ("kuaishou", 1_729_138_622_000, "kuaishou/id/9218")
    assert comment(feed, aiobs(TimeSpan=1_729_138_622_123)).at_ms == 1_729_138_622_123
    assert comment(feed, aiobs(platform="Huya")).platform == "other:huya"
    assert comment(feed, aiobs(platform="Shipinhao")).viewer.key == "wechat_channels/id/session:9218"


def test_what_the_host_writes_is_the_hosts() -> None:
    assert comment(feed, haodong(user={"SecUid": "MS4wHOST"})).from_host
    assert comment(feed, haodong(user={"Id": 77, "SecUid": ""})).from_host
    assert comment(feed, aiobs(IsAnchor=True)).from_host
    assert not comment(feed, haodong()).from_host


def test_nobody_is_the_host_for_having_no_id() -> None:
    nobody = {"UserId": "0", "SecUid": ""}
    assert not comment(feed, haodong(user={"Id": 0, "SecUid": ""}, Onwer=nobody)).from_host
    assert not comment(feed, haodong(Onwer=None)).from_host


def test_a_writer_whom_the_platform_hides_stays_weak() -> None:
    hidden_users: list[dict[str, object]] = [
        {"Id": 111111, "SecUid": ""},
        {"Id": 0, "SecUid": ""},
        {"Nickname": "薛***"},
    ]
    for hidden in hidden_users:
        assert comment(feed, haodong(user=hidden)).viewer.weak


def test_a_message_id_of_0_is_none() -> None:
    assert comment(feed, haodong(MsgId=0)).id.startswith("fp-")


@pytest.mark.parametrize("pinned", ["7338657", "516466", "77", "MS4wHOST"])
def test_the_comments_of_the_pinned_broadcast_are_taken(pinned: str) -> None:
    here = Context(platform="douyin", received_ms=RECEIVED_MS, only=pinned)
    assert comment(feed, haodong(), here).text == "1号2份"


def test_the_comments_of_another_broadcast_on_the_same_pc_are_counted_not_taken() -> None:
    here = Context(platform="douyin", received_ms=RECEIVED_MS, only="42")
    assert fault(feed, haodong(), here) == "room: 7338657 is not 42"
    assert comment(feed, aiobs(), here).text == "谢谢"


@pytest.mark.parametrize(
    ("frame", "kind", "count"),
    [
        (haodong(2, Count=12), "like", 12),
        (haodong(4), "follow", 1),
        (haodong(5, GiftCount=3), "gift", 3),
        (haodong(8), "share", 1),
        (wushuaihua(2), "follow", 1),
        (wushuaihua(4, Count=5), "like", 5),
        (wushuaihua(5, GiftCount=2), "gift", 2),
        (wushuaihua(6), "share", 1),
    ],
)
def test_a_deed_is_an_activity(frame: object, kind: str, count: int) -> None:
    done = activity(feed, frame)
    assert (done.kind, done.count) == (kind, count)


@pytest.mark.parametrize("frame", [haodong(6, OnlineUserCount=312), wushuaihua(7, OnlineUserCount=312)])
def test_how_many_watch_is_told(frame: object) -> None:
    presence = read(feed, frame).presence
    assert presence is not None
    assert presence.viewers == 312


@pytest.mark.parametrize("frame", [haodong(7), haodong(9, User=None), wushuaihua(8), wushuaihua(9), wushuaihua(10)])
def test_what_is_known_to_be_nothing_is_nothing(frame: object) -> None:
    found = read(feed, frame)
    assert (found.comments, found.activities, found.faults) == ((), (), ())


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (haodong(99), "Type: unknown: 99"),
        ({"Type": "x", "Data": {}}, "Type: unknown: x"),
        ({"Type": 1, "Data": "no json"}, "Data: must be an object"),
        ({"Type": 1, "Data": "[1]"}, "Data: must be an object"),
        ({"Type": 3, "Data": None}, "Data: must be an object"),
        ({}, "Type: unknown: NoneType"),
    ],
)
def test_what_is_not_understood_is_counted(frame: object, said: str) -> None:
    assert fault(feed, frame) == said


def test_the_recorded_frames_are_read() -> None:
    names = ("dbg_haodong.jsonl", "dbg_wushuaihua.jsonl", "aiobs.jsonl")
    frames = [feed(frame, CONTEXT) for name in names for frame in recorded(name)]
    assert [found.text for frame in frames for found in frame.comments] == ["1号2份", "流量呢", "谢谢"]
    assert [done.kind for frame in frames for done in frame.activities] == ["enter"]
    assert [each for frame in frames for each in frame.faults] == []
