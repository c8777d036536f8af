"""The roll of sources, room by room: who brings comments, and, asked at any moment, how well each is heard.

"Connected" is not "listening": a source counts as heard by what it says. It is silent when it is connected and has said
nothing for its time, and away when it is not connected any more. Nothing here knows a clock: the same calls with the
same times give the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.domain.source import Hearing, Source
from live.sources.pulse import Pulse

if TYPE_CHECKING:
    from live.sources.frame import Frame

SILENT_AFTER_MS = 90_000
"""How long a source may say nothing where the settings do not say otherwise."""

AWAY_AFTER_MS = 20_000
"""How long a source may be gone: tools and networks come back by themselves within seconds."""

_POSTS_UNTIL_KNOWN = 3
_POSTED_BEFORE_MS = 10 * 60_000


@dataclass(kw_only=True, slots=True)
class Line:
    """One source of a room. `expected`: it is in the settings, or was there before a restart, so its absence is told.

    `changed_ms`: when its first connection came, or its last one went. `posts`: it has no connection, it posts.
    """

    id: str
    name: str
    expected: bool = False
    posts: bool = False
    changed_ms: int
    connections: int = 0
    pulse: Pulse = field(default_factory=Pulse)
    platforms: dict[str, None] = field(default_factory=dict)

    def joined(self, at_ms: int) -> None:
        """A connection is there; a second one beside it changes nothing."""
        if not self.connections:
            self.changed_ms = at_ms
        self.connections += 1

    def left(self, at_ms: int) -> None:
        """A connection is gone."""
        self.connections -= 1
        if not self.connections:
            self.changed_ms = at_ms

    def heard(self, at_ms: int, frame: Frame) -> None:
        """It has said something: comments, or only how many watch. What is not understood at all is no sign of life."""
        if frame.faults and not (frame.comments or frame.activities or frame.presence):
            return
        self.pulse.heard(at_ms, len(frame.comments))
        for comment in frame.comments[:1]:
            self.platforms.setdefault(comment.platform)

    def as_heard(self, began_ms: int, now_ms: int, silent_after_ms: int) -> Source | None:
        """The source as it is for an evening that began then; None where there is nothing to say of it."""
        if not self._of_this_evening(began_ms):
            return None
        if not self.connections and not self.posts:
            gone_ms = max(self.changed_ms, began_ms)
            return self._source(Hearing.AWAY, gone_ms) if now_ms - gone_ms >= AWAY_AFTER_MS else None
        last_ms = max(self.changed_ms, self.pulse.last_message_ms or 0, began_ms)
        silent = now_ms - last_ms >= self.pulse.patience_ms(silent_after_ms)
        return self._source(Hearing.SILENT if silent else Hearing.LISTENING, last_ms)

    def _of_this_evening(self, began_ms: int) -> bool:
        if self.expected or self.connections:
            return True
        if not self.posts:
            return self.changed_ms >= began_ms
        lately = (self.pulse.last_message_ms or 0) >= began_ms - _POSTED_BEFORE_MS
        return lately and self.pulse.messages >= _POSTS_UNTIL_KNOWN

    def _source(self, state: Hearing, since_ms: int) -> Source:
        return Source(
            id=self.id,
            name=self.name,
            platform=next(iter(self.platforms)) if len(self.platforms) == 1 else None,
            state=state,
            since_ms=since_ms,
            last_comment_ms=self.pulse.last_comment_ms,
            per_hour=self.pulse.per_hour(),
        )


class Roll:
    """The lines of every room; a line stays for as long as the process runs, and there are as many as kinds of tools."""

    def __init__(self, *, silent_after_ms: int = SILENT_AFTER_MS) -> None:
        self._silent_after_ms = silent_after_ms
        self._rooms: dict[str, dict[str, Line]] = {}

    def line(self, room: str, id: str, name: str, *, at_ms: int, expected: bool = False, posts: bool = False) -> Line:  # noqa: A002  # the field is called id
        """The line of a source, made where there is none yet; who is expected once stays so."""
        lines = self._rooms.setdefault(room, {})
        line = lines.setdefault(id, Line(id=id, name=name, changed_ms=at_ms, posts=posts))
        line.expected = line.expected or expected
        return line

    def heard(self, room: str, *, began_ms: int, now_ms: int) -> list[Source]:
        """How well the sources of a room are heard, for an evening that began then."""
        lines = self._rooms.get(room, {}).values()
        found = (line.as_heard(began_ms, now_ms, self._silent_after_ms) for line in lines)
        return [source for source in found if source is not None]
