"""Moments as people say them, in Beijing time."""

from __future__ import annotations

from datetime import datetime

from live.service.wire import CHINA

_WEEKDAYS = "一二三四五六日"


def moment(at: datetime) -> str:
    """A day and a time: "1月7日 周三 21:30"."""
    here = at.astimezone(CHINA)
    return f"{here.month}月{here.day}日 周{_WEEKDAYS[here.weekday()]} {here:%H:%M}"


def moment_of(at_ms: int) -> str:
    """The same for milliseconds since the epoch."""
    return moment(datetime.fromtimestamp(at_ms / 1000, CHINA))
