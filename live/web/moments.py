"""Moments of the wire to the milliseconds of the domain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def ms(moment: datetime) -> int:
    """Milliseconds since the epoch, rounded down, without floats."""
    return (moment - _EPOCH) // _MILLISECOND
