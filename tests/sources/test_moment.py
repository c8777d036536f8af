from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.sources.moment import to_ms


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(9998, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis adds the zone
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_is_the_same_in_every_time_zone(at: datetime, offset_minutes: int) -> None:
    there = at.astimezone(timezone(timedelta(minutes=offset_minutes)))
    assert to_ms(there.isoformat()) == to_ms(at.isoformat())


def test_milliseconds_count_from_the_epoch_and_never_round_up() -> None:
    assert to_ms("1970-01-01T00:00:00.001999Z") == 1


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"])
def test_a_moment_beyond_what_calendars_hold_is_refused(at: str) -> None:
    with pytest.raises(ValueError, match="between the years"):
        to_ms(at)
