from __future__ import annotations

import pytest
from pydantic_core import from_json, to_json

from live.service.results import Answer
from live.web.viewer_access import readable, typed_code


@pytest.mark.parametrize(
    "text",
    [
        "K7M49XQ2PLWT",
        "k7m49xq2plwt",
        "K7M4 9XQ2 PLWT",
        "k7m4-9xq2-plwt",
        "Ｋ７Ｍ４９ＸＱ２ＰＬＷＴ",
        " K7M4–9XQ2–PLWT\n",
    ],
)
def test_small_letters_spaces_and_dashes_make_no_other_code(text: str) -> None:
    assert typed_code(text) == "K7M49XQ2PLWT"


@pytest.mark.parametrize("text", ["", "提货码", "\x00", "x" * 10_000, "../..", "%2e%2e", "' OR 1=1 --"])
def test_whatever_is_typed_becomes_something_that_a_database_may_be_asked(text: str) -> None:
    code = typed_code(text)
    assert len(code) <= 40
    assert code == "" or (code.isascii() and code.isalnum())


@pytest.mark.parametrize(
    ("detail", "read"),
    [("pickup_code：没有这个提货码", "没有这个提货码"), ("土鸡蛋：每人限购 5 箱", "土鸡蛋：每人限购 5 箱")],
)
def test_a_refusal_for_viewers_names_no_field(detail: str, read: str) -> None:
    told = readable(Answer(status=409, body=to_json({"code": "x", "detail": detail})))
    assert (told.status, from_json(told.body)) == (409, {"code": "x", "detail": read})
