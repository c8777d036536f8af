from __future__ import annotations

import pytest

from live.sources.luoxi import feed
from tests.sources.tools import RECEIVED_MS, activity, comment, fault, read, recorded

SAID = {"type": "comment", "username": "观众甲", "content": "3号一份", "data": {}}


def test_a_comment_is_known_by_its_fingerprint_and_its_writer_by_the_name() -> None:
    found = comment(feed, SAID)
    assert (found.platform, found.text, found.at_ms) == ("douyin", "3号一份", RECEIVED_MS)
    assert (found.id[:3], found.viewer.key) == ("fp-", "douyin/name/观众甲")


@pytest.mark.parametrize(
    ("named", "platform"),
    [
        ("快手", "kuaishou"),
        ("视频号", "wechat_channels"),
        ("拼多多", "other:pinduoduo"),
        ("没见过", "douyin"),
        (5, "douyin"),
    ],
)
def test_the_platform_is_the_frames_own_or_else_the_configured_one(named: object, platform: str) -> None:
    assert comment(feed, SAID | {"platform": named}).platform == platform


def test_a_paid_comment_is_a_comment() -> None:
    assert comment(feed, SAID | {"type": "super_chat"}).text == "3号一份"


@pytest.mark.parametrize(
    ("kind", "deed"), [("gift", "gift"), ("like", "like"), ("entrance", "enter"), ("follow", "follow")]
)
def test_a_deed_is_an_activity(kind: str, deed: str) -> None:
    assert activity(feed, {"type": kind, "username": "甲"}).kind == deed


def test_the_greeting_is_nothing_and_an_unknown_kind_is_counted() -> None:
    assert read(feed, {"type": "info", "content": "ws连接成功"}).faults == ()
    assert fault(feed, {"type": ["x"]}) == "type: unknown: list"


def test_the_recorded_frames_are_read() -> None:
    found = [each for frame in recorded("luoxi_userscript.jsonl") for each in read(feed, frame).comments]
    assert [(each.platform, each.text) for each in found] == [("douyin", "3号一份"), ("kuaishou", "3号一份")]
