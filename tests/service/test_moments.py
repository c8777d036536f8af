from __future__ import annotations

from datetime import UTC, datetime

from live.service.moments import moment, moment_of
from tests.domain.factories import EVENING_MS


def test_a_moment_is_said_in_beijing_time() -> None:
    assert moment(datetime(2026, 1, 7, 16, 5, tzinfo=UTC)) == "1月8日 周四 00:05"
    assert moment_of(EVENING_MS) == "1月7日 周三 20:00"
