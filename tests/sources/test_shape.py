from __future__ import annotations

import pytest

from live.sources import shape

RECEIVED_MS = 1_767_787_300_000


def test_an_id_is_text_whether_a_tool_sends_text_or_a_number() -> None:
    assert shape.identifier(7_338_697_347_818_230_818) == "7338697347818230818"
    assert shape.identifier(" m-1 ") == "m-1"


@pytest.mark.parametrize("value", [None, "", "\u200b", True, 1.5, [], {}, "x" * 201, pytest.param(10**5000, id="huge")])
def test_what_nobody_uses_as_an_id_is_none(value: object) -> None:
    assert shape.identifier(value) is None


def test_a_message_id_of_0_is_none() -> None:
    assert [shape.message_id(value) for value in (0, "0", 7)] == [None, None, "7"]


def test_an_id_of_a_session_never_meets_one_that_stays() -> None:
    assert shape.scoped("session", "v8_1") == "session:v8_1"
    assert shape.scoped("host", "v8_1") == "host:v8_1"
    assert shape.scoped("session", None) is None


def test_an_id_that_everybody_has_is_left_as_it_is() -> None:
    assert shape.scoped("session", "111111") == "111111"


def test_a_path_that_leads_nowhere_is_none() -> None:
    assert shape.inner({"a": {"b": 1}}, "a", "b") == 1
    nowhere: list[object] = [{}, {"a": 1}, [], None]
    assert [shape.inner(value, "a", "b") for value in nowhere] == [None] * 4


def test_a_text_is_cleaned_and_cut() -> None:
    assert shape.text(" 鸡\u200b蛋\n两箱 ", 10) == "鸡蛋 两箱"
    assert shape.text("长" * 600, 500) == "长" * 500
    assert shape.text(5, 10) == ""


@pytest.mark.parametrize(
    ("value", "at_ms"),
    [
        (1_729_138_622, 1_729_138_622_000),
        (1_729_138_622_123, 1_729_138_622_123),
        (0, RECEIVED_MS),
        (-5, RECEIVED_MS),
        (10**30, RECEIVED_MS),
        ("1729138622", RECEIVED_MS),
        (True, RECEIVED_MS),
        (None, RECEIVED_MS),
    ],
)
def test_a_time_is_in_seconds_or_milliseconds_or_it_is_the_moment_of_arrival(value: object, at_ms: int) -> None:
    assert shape.moment_ms(value, RECEIVED_MS) == at_ms


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), ("12", 12), (2**40, None), ("x", None), (True, None), (2.5, None), ("９", None)]
)
def test_a_whole_number_is_one_that_every_database_takes(value: object, number: int | None) -> None:
    assert shape.whole(value) == number


def test_something_happens_at_least_once() -> None:
    assert [shape.count_of(value) for value in (None, 0, -3, 5, "7")] == [1, 1, 1, 5, 7]
