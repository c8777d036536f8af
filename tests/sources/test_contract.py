from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.comment import Comment, fingerprint
from live.domain.viewer import Viewer
from live.sources.contract import ack_frame, error_frame
from live.sources.frame import Activity, Fault, FaultCode, Frame, Limits, Presence
from tests.sources.examples import RECEIVED_MS, comment, read

AT_MS = 1_767_787_201_123


def the_comment(frame: object) -> Comment:
    result = read(frame)
    assert result.faults == ()
    (only,) = result.comments
    return only


def the_fault(frame: object) -> Fault:
    result = read(frame)
    assert result.comments == ()
    (only,) = result.faults
    return only


def test_the_comment_of_the_contract_is_read() -> None:
    viewer = Viewer(key="wechat_channels/id/u-1", platform="wechat_channels", id="u-1", name="张姐")
    assert the_comment(comment()) == Comment(
        platform="wechat_channels", id="m-1", viewer=viewer, text="要两箱鸡蛋", at_ms=AT_MS, level=7, badges=("粉丝团",)
    )


def test_only_platform_name_and_text_are_required() -> None:
    read_back = the_comment({"type": "comment", "platform": "douyin", "user": {"name": "张姐"}, "text": "1"})
    assert (read_back.viewer.key, read_back.viewer.id) == ("douyin/name/张姐", None)
    assert (read_back.at_ms, read_back.level, read_back.badges) == (RECEIVED_MS, None, ())


@pytest.mark.parametrize("field", ["id", "at"])
def test_an_optional_field_may_be_null(field: str) -> None:
    assert the_comment(comment(**{field: None})) == the_comment(comment(**{field: ...}))


def test_the_optional_fields_of_a_user_may_be_null() -> None:
    user = {"name": "张姐", "id": None, "level": None, "badges": None}
    assert the_comment(comment(user=user)) == the_comment(comment(user={"name": "张姐"}))


def test_fields_of_other_tools_are_passed_over() -> None:
    assert the_comment(comment(colour="red", user=comment()["user"] | {"avatar": "x"})) == the_comment(comment())


@pytest.mark.parametrize("own", [..., None, ""])
def test_a_comment_without_an_id_is_known_by_its_fingerprint(own: object) -> None:
    expected = fingerprint(platform="wechat_channels", user="u-1", text="要两箱鸡蛋", at_ms=AT_MS)
    assert the_comment(comment(id=own)).id == expected


def test_without_a_moment_the_fingerprint_goes_by_the_arrival() -> None:
    expected = fingerprint(platform="wechat_channels", user="张姐", text="要两箱鸡蛋", at_ms=RECEIVED_MS)
    assert the_comment(comment(id=..., at=..., user={"name": "张姐"})).id == expected


@pytest.mark.parametrize("user", [{"id": "0", "name": "堂***"}, {"name": "堂***"}, {"id": "111111", "name": "张姐"}])
def test_a_weak_identity_is_told_apart_by_its_comment(user: dict[str, str]) -> None:
    viewer = the_comment(comment(user=user)).viewer
    assert viewer.weak
    assert viewer.key == "wechat_channels/weak/m-1"


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"platform": ...}, "platform: is required"),
        ({"platform": "WeChat"}, "platform: 1 to 40 characters of a-z 0-9 _ : -"),
        ({"platform": "x" * 41}, "platform: 1 to 40 characters of a-z 0-9 _ : -"),
        ({"platform": 5}, "platform: must be a string"),
        ({"text": ...}, "text: is required"),
        ({"text": "x" * 501}, "text: at most 500 characters"),
        ({"text": " \n\t\u3000"}, "text: must not be empty"),
        ({"text": "\u200b\u0000"}, "text: must not be empty"),
        ({"text": ["要"]}, "text: must be a string"),
        ({"id": 9_007_199_254_740_993}, "id: must be a string"),
        ({"id": "x" * 201}, "id: at most 200 characters"),
        ({"id": "a\u0000b"}, "id: must not hold control characters"),
        ({"user": ...}, "user: is required"),
        ({"user": "张姐"}, "user: must be an object"),
        ({"user": {}}, "user.name: is required"),
        ({"user": {"name": ""}}, "user.name: must not be empty"),
        ({"user": {"name": "x" * 65}}, "user.name: at most 64 characters"),
        ({"user": {"name": "张姐", "id": 5}}, "user.id: must be a string"),
        ({"user": {"name": "张姐", "level": "7"}}, "user.level: must be a whole number"),
        ({"user": {"name": "张姐", "level": True}}, "user.level: must be a whole number"),
        ({"user": {"name": "张姐", "level": 2**31}}, "user.level: at most 2147483647"),
        ({"user": {"name": "张姐", "badges": "粉丝团"}}, "user.badges: must be a list"),
        ({"user": {"name": "张姐", "badges": [1]}}, "user.badges.0: must be a string"),
        ({"at": "2026-01-07T20:00:01"}, "at: must be RFC 3339 with an offset"),
        ({"at": "昨天"}, "at: must be RFC 3339 with an offset"),
        ({"at": 1_767_787_201}, "at: must be a string"),
        ({"at": "2026-02-30T20:00:01+08:00"}, "at: day is out of range for month"),
        ({"at": "1969-12-31T23:59:59Z"}, "at: must lie between the years 1970 and 9998"),
        ({"at": "9999-12-31T23:59:59Z"}, "at: must lie between the years 1970 and 9998"),
    ],
)
def test_a_bad_field_is_named_with_what_it_should_be(changes: dict[str, Any], detail: str) -> None:
    fault = the_fault(comment(**changes))
    assert fault.code is FaultCode.INVALID_COMMENT
    assert fault.detail.startswith(detail)


def test_all_faults_of_a_comment_are_told_at_once() -> None:
    fault = the_fault(comment(platform="", user={"name": "\u200b"}, text=5, at="2026-13-01T00:00:00Z"))
    assert [part.split(":")[0] for part in fault.detail.split("; ")] == ["platform", "user.name", "text", "at"]
    assert fault.id == "m-1"


@pytest.mark.parametrize("own", [5, None, "", "x" * 201, "a\nb"])
def test_an_id_that_cannot_be_repeated_is_not(own: object) -> None:
    assert the_fault(comment(id=own, text="")).id is None


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"text": "x" * 500}, ("x" * 500, "张姐")),
        ({"text": "  " + "要" * 500 + "\n"}, ("要" * 500, "张姐")),
        ({"text": "鸡蛋\r\n两\x00箱\x1b"}, ("鸡蛋 两箱", "张姐")),
        ({"user": {"name": " 张\u202e姐 "}}, ("要两箱鸡蛋", "张姐")),
        ({"text": "👨\u200d👩\u200d👧 要"}, ("👨\u200d👩\u200d👧 要", "张姐")),
    ],
)
def test_what_nobody_sees_is_taken_out(changes: dict[str, Any], kept: tuple[str, str]) -> None:
    read_back = the_comment(comment(**changes))
    assert (read_back.text, read_back.viewer.name) == kept


@pytest.mark.parametrize("half", ["\\ud83d", "\\udd95", "\ud83d"])
def test_an_emoji_cut_in_two_does_no_harm(half: str) -> None:
    frame = json.dumps(comment(text="要两箱@")).replace("@", half)
    assert the_comment(frame).text == "要两箱"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert the_comment(b"\xef\xbb\xbf" + json.dumps(comment()).encode()) == the_comment(comment())
    assert the_comment("\ufeff" + json.dumps(comment())) == the_comment(comment())


def test_a_viewer_with_many_badges_does_not_lose_an_order() -> None:
    user = {"name": "张姐", "badges": ["b" * 100] * 50}
    assert the_comment(comment(user=user)).badges == ("b" * 64,) * 20


@pytest.mark.parametrize(
    "at", ["2026-01-07T12:00:01.123Z", "2026-01-07t12:00:01.123z", "2026-01-07 20:00:01.123999+08:00"]
)
def test_a_moment_may_be_written_in_any_way_of_rfc_3339(at: str) -> None:
    assert the_comment(comment(at=at)).at_ms == AT_MS


def test_the_good_comments_of_a_batch_are_taken_and_each_bad_one_is_answered() -> None:
    items = [comment(id="a"), comment(id="b", text=""), comment(id="c", type=...), comment(id="d", type="activity"), 5]
    frame = read({"type": "batch", "items": items})
    assert [each.id for each in frame.comments] == ["a", "c"]
    assert [(fault.id, fault.detail) for fault in frame.faults] == [
        ("b", "text: must not be empty"),
        ("d", "type: must be 'comment'"),
        (None, "items.4: must be an object"),
    ]


def test_a_batch_may_be_empty() -> None:
    assert read({"type": "batch", "items": []}) == Frame()


def test_a_batch_holds_up_to_500_comments() -> None:
    assert len(read({"type": "batch", "items": [comment()] * 500}).comments) == 500
    fault = the_fault({"type": "batch", "items": [comment()] * 501})
    assert (fault.code, fault.detail) == (FaultCode.INVALID_FRAME, "items: at most 500 comments")


@pytest.mark.parametrize(
    ("frame", "detail"),
    [
        ("", "frame: must be JSON"),
        ("{", "frame: must be JSON"),
        (b"\xff\xfe", "frame: must be JSON"),
        ("[" * 100_000, "frame: must be JSON"),
        ("1" * 10_000, "frame: must be JSON"),
        ("[]", "frame: must be an object"),
        ("null", "frame: must be an object"),
        ("{}", "type: must be one of comment, batch, activity, presence"),
        ('{"type":"gift"}', "type: must be one of"),
        ('{"type":["comment"]}', "type: must be one of"),
        ('{"type":"batch"}', "items: must be a list"),
        ('{"type":"batch","items":{}}', "items: must be a list"),
        ('{"type":"activity","kind":"dance","platform":"douyin"}', "kind: must be 'enter', 'like'"),
        ('{"type":"activity","kind":"like"}', "platform: is required"),
        ('{"type":"activity","kind":"like","platform":"douyin","count":0}', "count: at least 1"),
        ('{"type":"presence","viewers":-1}', "viewers: at least 0"),
        ('{"type":"presence","viewers":3.5}', "viewers: must be a whole number"),
        ('{"type":"presence"}', "viewers: is required"),
    ],
)
def test_a_frame_that_cannot_be_read_says_why(frame: str | bytes, detail: str) -> None:
    fault = the_fault(frame)
    assert fault.code is FaultCode.INVALID_FRAME
    assert fault.detail.startswith(detail)


@pytest.mark.parametrize("frame", [b" " * 101, " " * 101, "要" * 34, "\ud83d" * 34])
def test_a_frame_above_the_limit_is_not_looked_at(frame: str | bytes) -> None:
    (fault,) = read(frame, limits=Limits(frame_bytes=100)).faults
    assert (fault.code, fault.detail) == (FaultCode.TOO_LARGE, "frame: at most 100 bytes")


def test_a_frame_at_the_limit_is_read() -> None:
    frame = json.dumps(comment(), ensure_ascii=False)
    assert read(frame, limits=Limits(frame_bytes=len(frame.encode()))).comments


def test_an_activity_is_read() -> None:
    frame = {
        "type": "activity",
        "kind": "gift",
        "platform": "douyin",
        "id": "g-1",
        "user": {"name": "张姐"},
        "count": 3,
    }
    viewer = Viewer(key="douyin/name/张姐", platform="douyin", id=None, name="张姐")
    assert read(frame).activities == (
        Activity(kind="gift", platform="douyin", id="g-1", viewer=viewer, count=3, at_ms=RECEIVED_MS),
    )


def test_an_activity_needs_nobody_and_counts_once() -> None:
    (activity,) = read({"type": "activity", "kind": "like", "platform": "douyin"}).activities
    assert (activity.viewer, activity.count) == (None, 1)


def test_a_presence_is_read() -> None:
    frame = {"type": "presence", "viewers": 312, "at": "2026-01-07T20:00:01.123+08:00"}
    assert read(frame).presence == Presence(viewers=312, at_ms=AT_MS)


def test_an_ack_names_the_comments() -> None:
    assert json.loads(ack_frame(["m-1", "鸡蛋"])) == {"type": "ack", "ids": ["m-1", "鸡蛋"]}


def test_an_error_names_the_comment_where_it_has_an_id() -> None:
    fault = Fault(code=FaultCode.INVALID_COMMENT, detail="text: is required", id="m-2")
    answer = {"type": "error", "code": "invalid_comment", "detail": "text: is required"}
    assert json.loads(error_frame(fault)) == answer | {"id": "m-2"}
    assert json.loads(error_frame(Fault(code=fault.code, detail=fault.detail))) == answer


_ANY = (
    st.text()
    | st.sampled_from(["\ud800", "\x00", "comment", "batch", "x" * 600])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
)
_JSON = st.recursive(
    _ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["comment", "batch", "activity", "presence"]) | _JSON,
        **dict.fromkeys(["platform", "id", "text", "at", "items", "kind", "count", "viewers"], _JSON),
        "user": st.dictionaries(st.sampled_from(["name", "id", "level", "badges"]), _JSON) | _JSON,
    },
)


@given(st.binary() | st.text(st.characters()))
def test_no_bytes_make_it_raise(data: str | bytes) -> None:
    read(data)


@given(_FIELDS)
def test_no_object_makes_it_raise_and_every_answer_can_be_sent(fields: dict[str, Any]) -> None:
    for fault in read(json.dumps(fields)).faults:
        error_frame(fault).encode()


@given(st.lists(_FIELDS | st.builds(comment, text=st.text(max_size=5)), max_size=5))
def test_every_comment_of_a_batch_is_taken_or_answered(items: list[dict[str, Any]]) -> None:
    frame = read({"type": "batch", "items": items})
    assert len(frame.comments) + len(frame.faults) == len(items)
    for each in frame.comments:
        assert 0 < len(each.text) <= 500
        (each.text + each.id + each.viewer.name).encode()
