from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.obs.clock import Place, Reading, place, read_clock, timecode

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUR_MS = 3_600_000


def test_a_moment_is_found_by_counting_back() -> None:
    reading = Reading(at_ms=1_000_000, stream_ms=HOUR_MS, record_ms=20_000)
    assert place(reading, 990_000) == Place(stream_ms=HOUR_MS - 10_000, record_ms=10_000)
    assert place(reading, 980_000) == Place(stream_ms=HOUR_MS - 20_000, record_ms=0)


def test_what_was_before_the_beginning_is_not_in_it() -> None:
    reading = Reading(at_ms=1_000_000, stream_ms=HOUR_MS, record_ms=20_000)
    assert place(reading, 979_999).record_ms is None
    assert reading.began_ms == 1_000_000 - HOUR_MS


def test_where_nothing_runs_there_is_no_place_and_no_beginning() -> None:
    reading = Reading(at_ms=5, stream_ms=None, record_ms=None)
    assert (reading.began_ms, place(reading, 5)) == (None, Place(stream_ms=None, record_ms=None))


@pytest.mark.parametrize(
    ("stream", "record", "found"),
    [
        ({"outputActive": True, "outputDuration": 1500.7}, {"outputActive": False, "outputDuration": 0}, (1500, None)),
        ({"outputActive": False}, {"outputActive": True, "outputDuration": 9, "outputPaused": True}, (None, None)),
        ({"outputActive": False}, {"outputActive": True, "outputDuration": 9, "outputPaused": False}, (None, 9)),
        ({}, {"outputActive": True, "outputDuration": None}, (None, None)),
    ],
)
async def test_both_clocks_are_read_and_one_that_stands_still_counts_as_none(
    stream: dict[str, Any], record: dict[str, Any], found: tuple[int | None, int | None]
) -> None:
    times = iter([100, 120])

    async def ask(kind: str, _: Mapping[str, object] | None) -> dict[str, Any]:
        return {"GetStreamStatus": stream, "GetRecordStatus": record}[kind]

    reading = await read_clock(ask, lambda: next(times))
    assert (reading.at_ms, reading.stream_ms, reading.record_ms) == (110, *found)


def test_a_place_is_written_as_obs_writes_it() -> None:
    assert [timecode(ms) for ms in (0, 61_001, 36_000_000)] == ["00:00:00.000", "00:01:01.001", "10:00:00.000"]


@given(st.integers(min_value=0, max_value=100 * HOUR_MS))
def test_a_timecode_says_its_milliseconds_exactly(ms: int) -> None:
    hours, minutes, seconds = timecode(ms).split(":")
    assert (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000) == ms
