"""Values of foreign JSON, which may be of any type and any length, made into what a comment holds."""

from __future__ import annotations

from live.domain.viewer import SHARED_IDS
from live.sources.clean import clean
from live.sources.models import ID_CHARACTERS, INT32

_SECONDS_BELOW = 100_000_000_000
"""Some tools write seconds, some milliseconds, some both: up to here it must be seconds (the year 5138)."""

_ID_BITS = 128
"""Numbers beyond are no ids, and Python refuses to write the longest of them."""

_EARLIEST_MS = 1_262_304_000_000
"""2010: before that nobody streamed; such a time is a default value, not a time."""

_LATEST_MS = 4_102_444_800_000
"""2100."""


def inner(value: object, *path: str | int) -> object:
    """Follow a path into nested objects; None where it leads nowhere."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def text(value: object, most: int) -> str:
    """Clean a text and cut it to `most` characters; what is no text is ""."""
    return clean(value[: 2 * most])[:most].rstrip() if isinstance(value, str) else ""


def word(value: object) -> str:
    """Read a name of a kind ("comment"); what is no text is ""."""
    return value if isinstance(value, str) else ""


def identifier(value: object) -> str | None:
    """Write an id, which tools send as text or as a number; None for none and for what nobody uses as an id."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _ID_BITS:
        value = str(value)
    own = clean(value) if isinstance(value, str) else ""
    return own if 0 < len(own) <= ID_CHARACTERS else None


def message_id(value: object) -> str | None:
    """Write a comment's id; 0 stands for none."""
    own = identifier(value)
    return None if own == "0" else own


def scoped(scope: str, user_id: str | None) -> str | None:
    """Say how long an id is good for, so that one that is dealt anew each session never meets one that stays.

    An id that a platform hands to everybody is left as it is: it must be known as such.
    """
    return user_id if user_id is None or user_id in SHARED_IDS else f"{scope}:{user_id}"


def whole(value: object) -> int | None:
    """Read a whole number that every database takes; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(INT32)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -INT32 <= value <= INT32 else None


def count_of(value: object) -> int:
    """Read how often; at least once."""
    return max(1, whole(value) or 1)


def moment_ms(value: object, received_ms: int) -> int:
    """Read a time in seconds or milliseconds; `received_ms` where there is none that can be."""
    if isinstance(value, bool) or not isinstance(value, int):
        return received_ms
    at_ms = value * 1000 if 0 < value < _SECONDS_BELOW else value
    return at_ms if _EARLIEST_MS < at_ms < _LATEST_MS else received_ms
