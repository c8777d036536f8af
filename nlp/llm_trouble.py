"""What an HTTP status of an endpoint means, and how long to leave it alone."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

from nlp.llm_types import Unanswered, Why

KEY_WAIT_MS = 60_000
"""A wrong key does not mend itself within seconds, and asking again and again may lock it."""

LIMITED_WAIT_MS = 10_000
MAX_WAIT_MS = 300_000
MAX_DETAIL = 200

_KEY = frozenset({401, 402, 403})
_NOT_THERE = frozenset({404, 405, 410})
_LIMITED = frozenset({429})
_FIRST_OF_SERVERS = 500


class HttpRefusal(Exception):  # noqa: N818  # it says what came
    """An answer with another status than 200: the status, the head of the body, and `Retry-After` as it was sent."""

    def __init__(self, status: int, body: bytes, retry_after: str | None) -> None:
        super().__init__(f"HTTP {status}")
        self.status, self.retry_after = status, retry_after
        self.message = body.decode("utf-8", errors="replace")


def trouble_of(refusal: HttpRefusal, now_ms: int) -> Unanswered:
    """Say why there is no answer; `detail` holds the status and the first words of the body."""
    status = refusal.status
    detail = " ".join(f"HTTP {status} {refusal.message}".split())[:MAX_DETAIL]
    if status in _KEY or status in _NOT_THERE:
        why = Why.KEY if status in _KEY else Why.REFUSED
        return Unanswered(why=why, detail=detail, retry_after_ms=KEY_WAIT_MS)
    if status in _LIMITED:
        wait = retry_after_ms(refusal.retry_after, now_ms)
        return Unanswered(why=Why.LIMITED, detail=detail, retry_after_ms=LIMITED_WAIT_MS if wait is None else wait)
    if status >= _FIRST_OF_SERVERS:
        return Unanswered(why=Why.BROKEN, detail=detail, retry_after_ms=retry_after_ms(refusal.retry_after, now_ms))
    return Unanswered(why=Why.REFUSED, detail=detail)


def retry_after_ms(value: str | None, now_ms: int) -> int | None:
    """Read `Retry-After` (RFC 9110: seconds, or a date), at most five minutes; None where it says nothing."""
    if value is None:
        return None
    told = value.strip()
    wait = int(told) * 1000 if told.isascii() and told.isdigit() and len(told) < 10 else _until(told, now_ms)  # noqa: PLR2004  # more digits are no waiting time
    return None if wait is None else max(0, min(wait, MAX_WAIT_MS))


def _until(told: str, now_ms: int) -> int | None:
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000) - now_ms
