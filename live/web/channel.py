"""The pages of one room, and its latest events for those who come back."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from live.web.told import View, comment_frame
from live.web.topics import wants, wants_comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.comment import AnsweredComment
    from live.web.page import Page
    from live.web.told import Told
    from live.web.topics import Topics

KEPT_EVENTS = 1000
"""How many events of a room are at hand in memory; older ones are read from the store."""

Group = tuple[View, frozenset[str]]
"""Pages that are told the same."""


class Channel:
    """A room's loudspeaker. `seq` is the number of the last event that was told."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self._recent: deque[Told] = deque(maxlen=KEPT_EVENTS)
        self._groups: dict[Group, set[Page]] = {}

    @property
    def pages(self) -> int:
        """How many pages are open."""
        return sum(map(len, self._groups.values()))

    def pages_of(self, view: View) -> int:
        """How many pages of this view are open."""
        return sum(len(members) for (each, _), members in self._groups.items() if each is view)

    def after(self, seq: int) -> list[Told] | None:
        """The events after `seq`; None when not all of them are at hand."""
        first = self._recent[0].seq if self._recent else self.seq + 1
        if not first - 1 <= seq <= self.seq:
            return None
        return [told for told in self._recent if told.seq > seq]

    def join(self, page: Page) -> None:
        """Tell a page what comes from now on."""
        self._groups.setdefault((page.view, page.topics), set()).add(page)

    def leave(self, page: Page) -> None:
        """Stop telling a page."""
        group = (page.view, page.topics)
        members = self._groups.get(group, set())
        members.discard(page)
        if not members:
            self._groups.pop(group, None)

    def tell(self, events: Sequence[Told], comments: Sequence[AnsweredComment]) -> list[Page]:
        """Write one batch to every page, one write each; gives back those that were dropped for not reading."""
        self._recent.extend(events)
        if events:
            self.seq = events[-1].seq
        said = _CommentFrames(comments)
        lost: list[Page] = []
        for (view, topics), members in self._groups.items():
            batch = joined(events, view, topics) + said.of(view, topics)
            lost.extend(page for page in members if not self._tell_one(page, batch, events, said))
        for page in lost:
            self.leave(page)
        return lost

    def tell_hosts(self, frame: bytes) -> None:
        """Write a frame to every host page, whatever its topics."""
        hosts = [page for (view, _), members in self._groups.items() if view is View.HOST for page in members]
        for page in hosts:
            if not page.write(frame):
                self.leave(page)

    def _tell_one(self, page: Page, batch: bytes, events: Sequence[Told], said: _CommentFrames) -> bool:
        if events and page.seq >= events[0].seq:
            # Its snapshot was ahead of this batch: the same events must not come twice.
            later = [told for told in events if told.seq > page.seq]
            batch = joined(later, page.view, page.topics) + said.of(page.view, page.topics)
        page.seq = max(page.seq, self.seq)
        return page.write(batch) if batch else True


class _CommentFrames:
    """The comment frames of a batch, encoded when the first host page wants them, and then once."""

    def __init__(self, comments: Sequence[AnsweredComment]) -> None:
        self._comments = comments
        self._frames: bytes | None = None

    def of(self, view: View, topics: Topics) -> bytes:
        if view is View.PUBLIC or not wants_comments(topics):
            return b""
        if self._frames is None:
            self._frames = b"".join(map(comment_frame, self._comments))
        return self._frames


def joined(events: Sequence[Told], view: View, topics: Topics) -> bytes:
    """The frames of those events that are wanted, in one piece."""
    return b"".join(told.frame(view) for told in events if wants(topics, told.kind))
