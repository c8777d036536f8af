"""The log of comments."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from live.domain.comment import AnsweredComment
from live.service.journal import Journal
from nlp.types import Intent
from tests.domain.factories import EVENING_MS, comment, read_as, set_to

if TYPE_CHECKING:
    import pytest


def answered(text: str) -> AnsweredComment:
    return AnsweredComment(
        n=7,
        session_id="s1",
        comment=comment(text),
        classification=read_as(Intent.BUY, set_to(2)),
        route="auto",
        outcome="reserved",
        reason="",
        received_ms=EVENING_MS,
    )


def test_a_line_says_what_came_of_a_comment_and_how_long_it_took(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tests.journal"):
        Journal(logging.getLogger("tests.journal")).note("r1", [answered("要两箱鸡蛋")], now_ms=EVENING_MS + 12)
    line = json.loads(caplog.messages[0])
    assert (line["n"], line["outcome"], line["ms"]) == (7, "reserved", 12)


def test_neither_text_nor_name_nor_number_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tests.journal"):
        Journal(logging.getLogger("tests.journal")).note("r1", [answered("打 13800001111")], now_ms=EVENING_MS)
    assert "13800001111" not in caplog.text
    assert "张姐" not in caplog.text


def test_a_batch_is_one_record_with_a_line_a_comment(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tests.journal"):
        Journal(logging.getLogger("tests.journal")).note("r1", [answered("要"), answered("要")], now_ms=EVENING_MS)
    assert [len(message.splitlines()) for message in caplog.messages] == [2]
