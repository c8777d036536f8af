"""How things are said to a group: days and times, quantities, and nothing that a group reads as a command."""

from __future__ import annotations

from datetime import datetime

from live.service.wire import CHINA

_WEEKDAYS = "一二三四五六日"

_MARKUP = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀", "\n": " ", "\r": " "})
"""What WeCom's markdown takes for a colour, a mention, a link, bold or code; one line stays one line."""


def plain(text: str) -> str:
    """A text that somebody else wrote, so that markdown shows it as it is."""
    return text.translate(_MARKUP).strip()


def moment(at: datetime) -> str:
    """A day and a time as people say it: "1月7日 周三 21:30"."""
    here = at.astimezone(CHINA)
    return f"{here.month}月{here.day}日 周{_WEEKDAYS[here.weekday()]} {here:%H:%M}"


def day(at_ms: int) -> str:
    """A day for the name of a file: "0108"."""
    return f"{datetime.fromtimestamp(at_ms / 1000, CHINA):%m%d}"
