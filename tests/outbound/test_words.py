from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from live.outbound.words import day, moment, plain
from tests.domain.factories import EVENING_MS


def test_a_moment_is_said_in_beijing_time() -> None:
    assert moment(datetime(2026, 1, 7, 16, 5, tzinfo=UTC)) == "1月8日 周四 00:05"
    assert day(EVENING_MS) == "0107"


@given(st.text())
def test_nothing_that_markdown_reads_is_left_of_a_strangers_text(text: str) -> None:
    assert not set("<>[]*`\n\r") & set(plain(text))
    assert len(plain(text)) <= len(text)
