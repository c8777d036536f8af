"""Moments on the wire (RFC 3339 with an offset) and inside (milliseconds since the epoch)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST_MS = (datetime(9999, 1, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND
"""A day in the year 9999 leaves room for every time zone."""


def to_ms(at: str) -> int:
    """Turn a moment of RFC 3339 form into milliseconds. Raises ValueError where there is no such moment."""
    at_ms = (datetime.fromisoformat(at.upper()) - _EPOCH) // _MILLISECOND
    if 0 <= at_ms < _LATEST_MS:
        return at_ms
    raise ValueError("must lie between the years 1970 and 9998")
