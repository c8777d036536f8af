"""How each source that we call is doing: whether it is connected is one thing, whether it brings comments another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from config.settings import SourceSettings
    from live.sources.frame import Fault


class Status(StrEnum):
    """Where a source stands."""

    CONNECTING = "connecting"
    LISTENING = "listening"
    NOT_LISTENING = "not_listening"
    ERROR = "error"


TROUBLED = frozenset({Status.NOT_LISTENING, Status.ERROR})
"""The host has to do something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """One source as it is now.

    Attributes:
        number: its place in the settings, from 1.
        url: its address without password and query.
        detail: what is the matter and what to do, in Chinese.
        since_ms: since when it has this status.
        last_message_ms: when it last said anything at all; None for never.
        kept: comments that are durable.
        closed: comments not taken, because the room had no session.
        strange: messages, or parts of them, that were not understood; `fault` is the last of them.
    """

    number: int
    kind: str
    room: str
    url: str
    status: Status
    detail: str
    since_ms: int
    last_message_ms: int | None
    kept: int
    closed: int
    strange: int
    fault: str | None

    def silent_ms(self, now_ms: int) -> int | None:
        """How long nothing has come; None where nothing ever came."""
        return None if self.last_message_ms is None else max(0, now_ms - self.last_message_ms)


class Watch:
    """Notes what happens to one source, and logs what changes."""

    def __init__(self, number: int, source: SourceSettings, now_ms: Callable[[], int]) -> None:
        self._number = number
        self._source = source
        self._now_ms = now_ms
        self._status, self._detail, self._since_ms = Status.CONNECTING, "正在连接", now_ms()
        self._last_message_ms: int | None = None
        self._counts: Counter[str] = Counter()
        self._fault: str | None = None
        self.messages = 0

    def state(self) -> SourceState:
        """The source as it is now."""
        return SourceState(
            number=self._number,
            kind=self._source.kind,
            room=self._source.room,
            url=place_of(self._source.url),
            status=self._status,
            detail=self._detail,
            since_ms=self._since_ms,
            last_message_ms=self._last_message_ms,
            kept=self._counts["kept"],
            closed=self._counts["closed"],
            strange=self._counts["strange"],
            fault=self._fault,
        )

    def became(self, status: Status, detail: str, *, error: BaseException | None = None) -> None:
        """Note where the source stands; `error` is a fault of ours, whose trace goes to the log."""
        if (status, detail) == (self._status, self._detail):
            return
        if status is not self._status:
            self._since_ms = self._now_ms()
        self._status, self._detail = status, detail
        tell = _log().warning if status in TROUBLED else _log().info
        tell(f"{self._title()}：{detail}", status=status.value, exc_info=error)

    def heard(self, received_ms: int, faults: Sequence[Fault]) -> None:
        """Note a message; the first that is not understood is logged, the others are counted."""
        self.messages += 1
        self._last_message_ms = received_ms
        for fault in faults:
            self._counts["strange"] += 1
            if self._fault is None:
                _log().warning(f"{self._title()}：有一条消息看不懂，已跳过（以后只计数）", fault=fault.detail)
            self._fault = fault.detail

    def delivered(self, outcome: str, comments: int) -> None:
        """Note what became of comments."""
        self._counts[outcome] += comments

    def _title(self) -> str:
        return f"来源 {self._number} {self._source.kind}（直播间 {self._source.room}，{place_of(self._source.url)}）"


def place_of(url: str) -> str:
    """Write an address for a person to read: no user, no password, no query, which may hold tokens."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _log() -> structlog.stdlib.BoundLogger:
    return structlog.get_logger("live.sources")  # type: ignore[no-any-return]  # structlog's own type is Any
