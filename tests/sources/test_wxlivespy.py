from __future__ import annotations

from typing import Any

import pytest

from live.sources.wxlivespy import feed
from tests.sources.tools import RECEIVED_MS, activity, comment, fault, read, recorded

EVENT = {
    "msg_time": 1_703_169_491_593,
    "decoded_type": "comment",
    "msg_id": "finderlive_usermsg_comment_9V1pD_o9h",
    "sec_openid": "v8_06@flstranger",
    "decoded_openid": "o9hHn5",
    "content": "1号 2份",
    "nickname": "小满",
    "seq": "11",
}


def body(*events: object, **live: object) -> dict[str, Any]:
    return {
        "host_info": {"finder_username": "v2_06@finder"},
        "live_info": {"live_id": "2042", "online_count": 7} | live,
        "events": list(events),
    }


def without(*names: str, **changes: object) -> dict[str, Any]:
    return {name: value for name, value in (EVENT | changes).items() if name not in names}


def test_a_comment_is_known_by_its_message_id_and_its_writer_by_the_id_that_stays() -> None:
    found = comment(feed, body(EVENT))
    assert (found.platform, found.id) == ("wechat_channels", "finderlive_usermsg_comment_9V1pD_o9h")
    assert (found.text, found.at_ms) == ("1号 2份", 1_703_169_491_593)
    assert found.viewer.key == "wechat_channels/id/host:o9hHn5"


def test_before_2024_the_id_is_good_for_one_session_and_meets_no_other() -> None:
    assert comment(feed, body(without("decoded_openid"))).viewer.key == "wechat_channels/id/session:v8_06@flstranger"


def test_without_a_message_id_the_number_in_the_broadcast_names_a_comment() -> None:
    assert comment(feed, body(without("msg_id"))).id == "2042:11"
    assert comment(feed, body(without("msg_id"), live_id=None)).id.startswith("fp-")


def test_comments_come_in_the_order_of_their_numbers() -> None:
    later, sooner = without(seq="12", msg_id="b", content="改成3份"), without(seq="9", msg_id="a")
    assert [found.id for found in read(feed, body(later, sooner)).comments] == ["a", "b"]
    unnumbered = without("seq", msg_id="c")
    assert [found.id for found in read(feed, body(later, unnumbered, sooner)).comments] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("kind", "deed", "count"),
    [
        ("enter", "enter", 1),
        ("like", "like", 1),
        ("gift", "gift", 3),
        ("combogift", "gift", 9),
        ("combo_gift", "gift", 9),
    ],
)
def test_a_deed_is_an_activity(kind: str, deed: str, count: int) -> None:
    extra: dict[str, object] = {"gift_num": 3} if deed == "gift" else {}
    if "combo" in kind:
        extra["combo_product_count"] = 9
    done = activity(feed, body(without("content", decoded_type=kind, **extra)))
    assert (done.kind, done.count, done.platform) == (deed, count, "wechat_channels")


@pytest.mark.parametrize("kind", ["levelup", "unknown"])
def test_what_is_known_to_be_nothing_is_nothing(kind: str) -> None:
    found = read(feed, body(without(decoded_type=kind)))
    assert (found.comments, found.activities, found.faults) == ((), (), ())


def test_an_event_of_unknown_shape_is_counted_and_the_others_are_taken() -> None:
    found = read(feed, body({"decoded_type": "newer"}, "text", EVENT))
    assert [each.detail for each in found.faults] == ["decoded_type: unknown: newer", "events: must hold objects"]
    assert len(found.comments) == 1


@pytest.mark.parametrize("frame", [{}, {"events": {}}, []])
def test_a_body_without_events_is_counted(frame: object) -> None:
    assert fault(feed, frame) == "events: must be a list"


def test_how_many_watch_is_told() -> None:
    presence = read(feed, body(EVENT)).presence
    assert presence is not None
    assert (presence.viewers, presence.at_ms) == (7, RECEIVED_MS)
    assert read(feed, body(EVENT, online_count=None)).presence is None


def test_a_missing_live_info_loses_no_comment() -> None:
    assert comment(feed, {"events": [EVENT], "live_info": None}).text == "1号 2份"


def test_the_recorded_body_is_read() -> None:
    (frame,) = recorded("wxlivespy.jsonl")
    found = comment(feed, frame)
    assert (found.text, found.viewer.key) == ("弹幕", "wechat_channels/id/session:v8_060000e2fc50@flstranger")
