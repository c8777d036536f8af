from __future__ import annotations

import json

import pytest

from live.web.views import public_event, public_snapshot

VIEWER = {"key": "kuaishou:u-77", "platform": "kuaishou", "id": "u-77", "name": "张大姐", "weak": False}
RESERVATION = {
    "id": "r1",
    "session_id": "s1",
    "viewer": VIEWER,
    "offer_id": "egg",
    "variant_id": None,
    "quantity": 2,
    "unit_price": "39.90",
    "state": "reserved",
    "pickup_code": "PICKUP77",
    "comment_id": "comment-77",
    "position": 1,
    "reason": "她说明天来拿",
}
PENDING = {
    "n": 1,
    "id": "comment-77",
    "user": {"id": "u-77", "name": "张大姐"},
    "text": "鸡蛋来点儿",
    "reason": "没说几箱",
}
SESSION = {
    "id": "s1",
    "title": "周三晚场",
    "state": "running",
    "hosts": ["梅姐本人"],
    "script": {"cues": ["先讲鸡蛋"]},
    "policy": {"repeat": "ask"},
    "cycle": {"pickup_points": [{"id": "p1", "name": "东门便利店"}]},
}
TOTALS = {"comments": 5, "buyers": 2, "reserved_quantity": 3, "amount": "119.70"}
OFFER = {"id": "egg", "title": "土鸡蛋", "quota": 3, "variants": [{"id": "l", "name": "大号", "aliases": ["大的"]}]}
HIDDEN = ["u-77", "张大姐", "PICKUP77", "她说明天来拿", "鸡蛋来点儿", "没说几箱", "梅姐本人", "先讲鸡蛋", "119.70"]
STATE = {
    "seq": 9,
    "room": "main",
    "session": SESSION,
    "prompt": None,
    "offers": [OFFER],
    "reservations": [RESERVATION],
    "confirmations": [PENDING],
    "totals": TOTALS,
}
EVENT = {
    "comment_id": "comment-77",
    "reservation": RESERVATION,
    "comment": PENDING,
    "session": SESSION,
    "offer": OFFER,
    "totals": TOTALS,
}


@pytest.mark.parametrize("shown", [public_event(EVENT), public_snapshot(STATE)], ids=["event", "snapshot"])
def test_nothing_of_anybody_is_left(shown: dict[str, object]) -> None:
    text = json.dumps(shown, ensure_ascii=False)
    assert [hidden for hidden in HIDDEN if hidden in text] == []


def test_what_the_picture_needs_is_there() -> None:
    shown = public_event(EVENT)
    assert shown["reservation"] == {
        "id": "r1",
        "offer_id": "egg",
        "variant_id": None,
        "quantity": 2,
        "state": "reserved",
        "position": 1,
        "viewer": {"name": "张*"},
    }
    assert shown["offer"] == {"id": "egg", "title": "土鸡蛋", "quota": 3, "variants": [{"id": "l", "name": "大号"}]}
    assert shown["totals"] == {"comments": 5, "buyers": 2, "reserved_quantity": 3}


def test_a_field_that_nobody_has_listed_stays_hidden() -> None:
    event = {"reservation": {**RESERVATION, "phone": "13800000000"}, "customer": {"phone": "13800000000"}}
    assert "138" not in json.dumps(public_event(event))


def test_an_event_of_the_confirm_queue_shows_its_cause_and_not_a_word_of_it() -> None:
    assert public_event({"comment_id": "comment-77", "comment": PENDING}) == {"comment_id": "comment-77"}


def test_of_an_earlier_evening_the_picture_learns_nothing_but_that_it_was_one() -> None:
    assert public_event(EVENT | {"earlier_session": "s0"}) == {"earlier_session": "s0"}


def test_an_empty_room_has_an_empty_picture() -> None:
    shown = public_snapshot(
        {"seq": 0, "room": "new", "session": None, "prompt": None, "offers": [], "reservations": []}
    )
    assert (shown["session"], shown["offers"], shown["totals"]) == (None, [], {})


def test_state_plus_event_looks_the_same_on_both_ways() -> None:
    """The public view of a state with an object replaced is the public state with the public object replaced."""
    changed = {**RESERVATION, "quantity": 5}
    after = public_snapshot({**STATE, "reservations": [changed]})
    assert after["reservations"] == [public_event({"reservation": changed})["reservation"]]
