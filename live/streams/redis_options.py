"""What the parts of the Redis stream agree on: terms, names and the order of ids."""

from __future__ import annotations

from dataclasses import dataclass

GROUP = "work"
"""The one consumer group of a room's stream."""

FIELD = b"comments"
"""The one field of an entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """The terms of one `RedisStream`, told there."""

    url: str
    consumer: str
    namespace: str
    entry_comments: int
    max_entries: int
    claim_idle_ms: int
    patience_s: float

    def key(self, room: str) -> str:
        """The stream of a room ("linbo:comments:kfc")."""
        return f"{self.namespace}:comments:{room}"


def broken_key(key: str) -> str:
    """Where entries of a stream are set aside that cannot be read."""
    return f"{key}:broken"


def entry_order(entry_id: bytes) -> tuple[int, int]:
    """Entry ids ("1767787201123-0") compare as numbers, not as text."""
    milliseconds, _, number = entry_id.partition(b"-")
    return int(milliseconds), int(number)


def next_id(entry_id: bytes) -> str:
    """The lowest id above this one."""
    milliseconds, number = entry_order(entry_id)
    return f"{milliseconds}-{number + 1}"
