"""Frames as a source sends them."""

from __future__ import annotations

import json
from typing import Any

from live.sources.contract import read_frame
from live.sources.frame import Frame, Limits

RECEIVED_MS = 1_767_787_300_000


def comment(**changes: object) -> dict[str, Any]:
    """The comment of section 2 of the contract. A change to `...` leaves the field out."""
    fields = {
        "type": "comment",
        "platform": "wechat_channels",
        "id": "m-1",
        "user": {"id": "u-1", "name": "张姐", "level": 7, "badges": ["粉丝团"]},
        "text": "要两箱鸡蛋",
        "at": "2026-01-07T20:00:01.123+08:00",
    } | changes
    return {name: value for name, value in fields.items() if value is not ...}


def read(frame: object, *, limits: Limits | None = None) -> Frame:
    data = frame if isinstance(frame, (str, bytes)) else json.dumps(frame)
    return read_frame(data, limits=limits or Limits(), received_ms=RECEIVED_MS)
