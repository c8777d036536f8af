from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.outbound.words import day, plain
from tests.domain.factories import EVENING_MS


def test_a_file_is_named_by_its_day() -> None:
    assert day(EVENING_MS) == "0107"


@given(st.text())
def test_nothing_that_markdown_reads_is_left_of_a_strangers_text(text: str) -> None:
    assert not set("<>[]*`\n\r") & set(plain(text))
    assert len(plain(text)) <= len(text)
