"""How things are said to a group: nothing that a group reads as a command."""

from __future__ import annotations

from datetime import datetime

from live.service.wire import CHINA

_MARKUP = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀", "\n": " ", "\r": " "})
"""What WeCom's markdown takes for a colour, a mention, a link, bold or code; one line stays one line."""


def plain(text: str) -> str:
    """A text that somebody else wrote, so that markdown shows it as it is."""
    return text.translate(_MARKUP).strip()


def day(at_ms: int) -> str:
    """A day for the name of a file: "0108"."""
    return f"{datetime.fromtimestamp(at_ms / 1000, CHINA):%m%d}"
