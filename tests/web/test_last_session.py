"""The times of the last evening, moved to the coming days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.service.wire import rfc3339
from live.web.last_session import LEAST_AHEAD_MS, start_body

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
CUTOFF_MS = 1_767_792_600_000  # 2026-01-07 21:30 in China
PICKUP_MS = CUTOFF_MS + 12 * HOUR_MS + HOUR_MS // 2
POLICY = {
    "repeat": "replace",
    "cancel_by_comment": True,
    "hold_minutes": None,
    "max_auto_quantity": 20,
    "max_no_shows": None,
    "bag_points": 1,
}


def body_at(now_ms: int) -> Any:
    cycle = {
        "id": "c",
        "cutoff_at": rfc3339(CUTOFF_MS),
        "pickup_at": rfc3339(PICKUP_MS),
        "pickup_points": [{"id": "p1", "name": "店", "address": "", "ready_at": None}],
    }
    session: dict[str, Any] = {"title": "周三", "cycle": cycle, "policy": POLICY, "hosts": [], "script": None}
    return start_body({"session": session, "offers": []}, now_ms=now_ms)


@pytest.mark.parametrize(
    ("hours", "cutoff", "pickup"),
    [
        (-3, "2026-01-07T21:30", "2026-01-08T10:00"),
        (0, "2026-01-08T21:30", "2026-01-09T10:00"),
        (21, "2026-01-08T21:30", "2026-01-09T10:00"),
        (23.75, "2026-01-09T21:30", "2026-01-10T10:00"),
        (24 * 6, "2026-01-14T21:30", "2026-01-15T10:00"),
    ],
)
def test_the_times_of_day_stay_and_the_days_are_the_next_that_can_be(hours: float, cutoff: str, pickup: str) -> None:
    cycle = body_at(CUTOFF_MS + int(hours * HOUR_MS))["cycle"]
    assert (cycle["cutoff_at"][:16], cycle["pickup_at"][:16]) == (cutoff, pickup)


@given(st.integers(min_value=CUTOFF_MS - DAY_MS, max_value=CUTOFF_MS + 1000 * DAY_MS))
def test_the_cut_off_lies_ahead_and_never_two_days(now_ms: int) -> None:
    cutoff_ms = int(datetime.fromisoformat(body_at(now_ms)["cycle"]["cutoff_at"]).timestamp() * 1000)
    assert LEAST_AHEAD_MS <= cutoff_ms - now_ms < max(DAY_MS + LEAST_AHEAD_MS, CUTOFF_MS - now_ms + 1)


def test_pickup_points_and_policy_come_along_without_what_was_of_that_evening() -> None:
    body = body_at(CUTOFF_MS)
    assert body["cycle"]["pickup_points"] == [{"id": "p1", "name": "店", "address": ""}]
    assert "id" not in body["cycle"]
    assert body["policy"] == POLICY


def test_before_the_first_evening_there_is_none() -> None:
    assert start_body({"session": None, "offers": []}, now_ms=0) is None
