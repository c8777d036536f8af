"""Moments, money, weights and viewers as the contract writes them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.viewer import Viewer

Json = dict[str, object]

CHINA = timezone(timedelta(hours=8))
"""China keeps one time without daylight saving, so a fixed offset needs no time zone data on Windows."""


@lru_cache(maxsize=1_000)
def rfc3339(at_ms: int) -> str:
    """Write a moment as the contract does: RFC 3339 with an offset, to the millisecond.

    The comments of a batch share their moments, so the last ones are remembered.
    """
    return datetime.fromtimestamp(at_ms / 1000, CHINA).isoformat(timespec="milliseconds")


def maybe_rfc3339(at_ms: int | None) -> str | None:
    """The same for a moment that may not have come."""
    return None if at_ms is None else rfc3339(at_ms)


def yuan(fen: int) -> str:
    """Write money as a decimal string in CNY: 3990 → "39.90"."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def viewer(value: Viewer) -> Json:
    """A viewer with the key that reservations are counted by."""
    return {"key": value.key, "platform": value.platform, "id": value.id, "name": value.name, "weak": value.weak}


def milli(value: int | None) -> str | None:
    """Write thousandths of a unit as a decimal string: 2130 → "2.13"."""
    if value is None:
        return None
    whole, rest = divmod(value, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
