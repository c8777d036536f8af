"""The number in line."""

from __future__ import annotations

from live.domain.line_number import LineNumber, are_lettered


def test_a_number_is_printed_bare_where_no_other_room_has_one() -> None:
    assert str(LineNumber(room=3, position=12)) == "12"


def test_letters_go_on_after_the_last_one_and_numbers_count_as_numbers() -> None:
    assert str(LineNumber(room=27, position=3, lettered=True)) == "AB3"
    assert LineNumber(room=0, position=9) < LineNumber(room=0, position=10) < LineNumber(room=1, position=1)


def test_letters_come_with_the_second_session_that_sells_something() -> None:
    assert not are_lettered([["张姐"], []])
    assert are_lettered([["张姐"], [], ["李叔"]])
