"""Lines of a log."""

from __future__ import annotations

import json


def line(n: int, **changes: object) -> str:
    comment = {
        "type": "comment",
        "platform": "douyin",
        "id": f"m-{n}",
        "user": {"id": f"u-{n}", "name": "张姐"},
        "text": f"要{n}箱鸡蛋",
        "at": f"2026-01-07T20:{n // 60 % 60:02d}:{n % 60:02d}.000+08:00",
    } | changes
    return json.dumps({key: value for key, value in comment.items() if value is not None}, ensure_ascii=False)


def lines(count: int) -> list[str]:
    return [line(n) for n in range(count)]


def ids(count: int) -> list[str]:
    return [f"m-{n}" for n in range(count)]
