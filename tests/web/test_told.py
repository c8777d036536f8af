from __future__ import annotations

import json

from live.service.results import Trouble
from live.web.told import Told, View, snapshot_frame, trouble_frame
from tests.web.test_frames import parse

DATA = {"reservation": {"id": "r1", "viewer": {"name": "张大姐", "id": "u-7"}, "pickup_code": "ABC"}, "comment_id": "m"}


def told() -> Told:
    data = json.dumps(DATA, ensure_ascii=False).encode()
    return Told(seq=7, at="2026-01-07T20:00:01.123+08:00", kind="reservation_made", data=data)


def read(frame: bytes) -> dict[str, object]:
    [only] = parse(frame)
    value: dict[str, object] = json.loads(bytes(only.data))
    return value


def test_a_host_gets_the_data_as_it_is() -> None:
    assert read(told().frame(View.HOST)) == {
        "type": "event",
        "seq": 7,
        "at": "2026-01-07T20:00:01.123+08:00",
        "kind": "reservation_made",
        "data": DATA,
    }


def test_everybody_else_gets_it_masked() -> None:
    shown = read(told().frame(View.PUBLIC))
    assert shown["data"] == {"reservation": {"id": "r1", "viewer": {"name": "张*"}}, "comment_id": "m"}
    assert (shown["seq"], shown["kind"]) == (7, "reservation_made")


def test_a_frame_is_made_once_a_view() -> None:
    event = told()
    assert event.frame(View.HOST) is event.frame(View.HOST)
    assert event.frame(View.PUBLIC) is event.frame(View.PUBLIC)


def test_a_snapshot_carries_its_number_on_both_levels() -> None:
    frame = read(snapshot_frame({"seq": 3, "offers": []}, View.HOST))
    assert frame == {"type": "snapshot", "seq": 3, "state": {"seq": 3, "offers": []}}


def test_trouble_has_a_code_and_its_end_has_none() -> None:
    assert read(trouble_frame(Trouble(code="store_unavailable", detail="磁盘满了")))["detail"] == "磁盘满了"
    assert read(trouble_frame(None)) == {"type": "trouble", "code": None, "detail": None}
