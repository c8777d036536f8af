from __future__ import annotations

import json

import pytest

from live.outbound.outcome import Dead, Later, Sent
from live.outbound.post import Reply
from live.outbound.robot_words import judge
from tests.outbound.factories import why


def said(code: object, message: str = "…", status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps({"errcode": code, "errmsg": message}).encode())


def test_zero_in_a_200_has_arrived() -> None:
    assert judge(said(0, "ok")) == Sent()


@pytest.mark.parametrize("code", [45009, 45033])
def test_too_often_slows_down_for_a_minute(code: int) -> None:
    found = judge(said(code))
    assert isinstance(found, Later)
    assert (found.after_ms, found.tried) == (60_000, True)


def test_a_robot_that_is_not_there_is_given_up_with_the_mend() -> None:
    found = judge(said(93000, "invalid webhook url, hint: [17_x], from ip: 1.2.3.4"))
    assert isinstance(found, Dead)
    assert "重新复制 Webhook 地址" in found.why


@pytest.mark.parametrize("code", [40058, 44004, 45002, 40007, 93008])
def test_a_message_that_is_never_taken_is_given_up_with_what_was_said(code: int) -> None:
    found = judge(said(code, "markdown.content exceed max length 4096, hint: [1], more info at …"))
    assert isinstance(found, Dead)
    assert found.why.endswith(f"（errcode {code}：markdown.content exceed max length 4096）")


@pytest.mark.parametrize("code", [-1, 6000, 50001, 600001])
def test_a_failure_of_theirs_is_tried_again(code: int) -> None:
    assert isinstance(judge(said(code, "system busy")), Later)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"ok":true}', b'{"errcode":"0"}', b"[" * 100_000, b"\xff"])
def test_an_answer_in_another_form_is_not_taken_for_a_yes(body: bytes) -> None:
    assert isinstance(judge(Reply(status=200, body=body)), Later)


def test_another_status_than_200_is_never_a_yes() -> None:
    assert isinstance(judge(said(0, status=202)), Later)
    assert isinstance(judge(said(0, status=404)), Dead)
    assert isinstance(judge(said(0, status=502)), Later)


def test_what_was_said_is_kept_short_and_in_one_line() -> None:
    assert len(why(judge(said(40001, "x\n" * 5_000)))) < 200
