from __future__ import annotations

import pytest

from nlp.llm_trouble import KEY_WAIT_MS, LIMITED_WAIT_MS, MAX_DETAIL, HttpRefusal, retry_after_ms, trouble_of
from nlp.llm_types import WORDS, Why

NOW_MS = 1_700_000_000_000


@pytest.mark.parametrize(
    ("status", "retry_after", "why", "wait_ms"),
    [
        (400, None, Why.REFUSED, None),
        (422, None, Why.REFUSED, None),
        (302, None, Why.REFUSED, None),
        (204, None, Why.REFUSED, None),
        (401, None, Why.KEY, KEY_WAIT_MS),
        (402, None, Why.KEY, KEY_WAIT_MS),
        (403, None, Why.KEY, KEY_WAIT_MS),
        (404, None, Why.REFUSED, KEY_WAIT_MS),
        (429, None, Why.LIMITED, LIMITED_WAIT_MS),
        (429, "0", Why.LIMITED, 0),
        (429, "12", Why.LIMITED, 12_000),
        (500, None, Why.BROKEN, None),
        (503, "3", Why.BROKEN, 3_000),
    ],
)
def test_each_status_has_its_reason_and_its_wait(
    status: int, retry_after: str | None, why: Why, wait_ms: int | None
) -> None:
    found = trouble_of(HttpRefusal(status, b"no", retry_after), NOW_MS)
    assert (found.why, found.retry_after_ms, found.detail) == (why, wait_ms, f"HTTP {status} no")


@pytest.mark.parametrize(
    ("value", "wait_ms"),
    [
        (None, None),
        ("7", 7_000),
        (" 7 ", 7_000),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10_000),
        ("Tue, 14 Nov 2023 22:13:10 GMT", 0),
        ("Tue, 14 Nov 2023 22:13:30 -0000", 10_000),
        ("99999999", 300_000),
        ("9" * 400, None),
        ("-1", None),
        ("٣", None),
        ("soon", None),
        ("", None),
    ],
)
def test_how_long_to_wait_is_read_as_seconds_or_as_a_date(value: str | None, wait_ms: int | None) -> None:
    assert retry_after_ms(value, NOW_MS) == wait_ms


def test_a_long_message_is_one_short_line() -> None:
    detail = trouble_of(HttpRefusal(500, b"no\n" * 1000 + b"\xff", None), NOW_MS).detail
    assert len(detail) == MAX_DETAIL
    assert "\n" not in detail


def test_every_reason_has_its_words_for_the_host() -> None:
    assert set(WORDS) == set(Why)
