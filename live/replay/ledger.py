"""What was sent and what came back. No sockets: answers in, counts out."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from pydantic_core import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from live.replay.log import Posting


class Overloaded(Exception):  # noqa: N818  # a signal to wait and resend, not a fault
    """The service cannot take comments now; the message is its own."""


class Ledger:
    """Every comment is unanswered from when it is first sent until it is acknowledged or refused."""

    def __init__(self) -> None:
        self.sent = 0
        self.acknowledged = 0
        self.refusals: Counter[str] = Counter()
        self._frames = 0
        self._unanswered: dict[int, tuple[Posting, int]] = {}
        self._by_id: dict[str, deque[int]] = {}

    @property
    def rejected(self) -> int:
        """How many comments were refused for good."""
        return self.refusals.total()

    @property
    def answered(self) -> int:
        """How many comments are settled."""
        return self.acknowledged + self.rejected

    @property
    def open(self) -> int:
        """How many comments wait for their answer."""
        return len(self._unanswered)

    def unanswered(self) -> list[Posting]:
        """What must be sent again over a new connection, in the order in which it was first sent."""
        return [posting for posting, _ in self._unanswered.values()]

    def note_sent(self, frame: Iterable[Posting]) -> None:
        """Take note of a frame that is sent for the first time."""
        self._frames += 1
        for posting in frame:
            if posting.id is not None:
                self._unanswered[self.sent] = (posting, self._frames)
                self._by_id.setdefault(posting.id, deque()).append(self.sent)
                self.sent += 1

    def note_answer(self, data: str | bytes) -> None:
        """Take note of an answer. Raises `Overloaded` where the service asks for patience; ValueError for no JSON."""
        match from_json(data):
            case {"type": "ack", "ids": list(ids)}:
                self.acknowledged += sum(self._settle(comment_id) for comment_id in ids)
            case {"type": "error", "code": "overloaded", **rest}:
                raise Overloaded(str(rest.get("detail", "")))
            case {"type": "error", **rest}:
                self._refuse(rest)
            case _:
                pass  # a kind of answer that a later version may have

    def _refuse(self, error: Mapping[object, object]) -> None:
        reason = f"{error.get('code', 'error')}：{error.get('detail', '')}"
        refused = [error["id"]] if error.get("id") is not None else self._oldest_frame()
        self.refusals[reason] += sum(self._settle(comment_id) for comment_id in refused)

    def _oldest_frame(self) -> Sequence[object]:
        """An error without an id is about a whole frame, and frames are answered in order."""
        frames = iter(self._unanswered.values())
        _, oldest = next(frames, (None, 0))
        return [posting.id for posting, frame in self._unanswered.values() if frame == oldest]

    def _settle(self, comment_id: object) -> bool:
        """Settle the oldest comment of this id; False where none is open (its answer came twice, after a resend)."""
        numbers = self._by_id.get(comment_id) if isinstance(comment_id, str) else None
        if not numbers:
            return False
        del self._unanswered[numbers.popleft()]
        if not numbers:
            del self._by_id[str(comment_id)]
        return True
