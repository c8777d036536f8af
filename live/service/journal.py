"""The log of comments: one line a comment at the end of its way, with what came of it and how long it took.

No text, no name and no number of anybody's: what a person wrote stays in the store.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.comment import AnsweredComment


class Journal:
    """Writes the lines of a batch as one record, since a record costs as much as a commit's share of a comment."""

    def __init__(self, logger: logging.Logger) -> None:
        """Take the logger that keeps the lines."""
        self._logger = logger

    def note(self, room: str, comments: Sequence[AnsweredComment], *, now_ms: int) -> None:
        """Log what came of these comments."""
        if comments and self._logger.isEnabledFor(logging.INFO):
            lines = [to_json(_line(room, comment, now_ms)).decode() for comment in comments]
            self._logger.info("%s", "\n".join(lines))


def _line(room: str, comment: AnsweredComment, now_ms: int) -> dict[str, object]:
    read = comment.classification
    return {
        "at": comment.received_ms,
        "room": room,
        "n": comment.n,
        "platform": comment.comment.platform,
        "id": comment.comment.id,
        "intent": read.intent.value,
        "route": comment.route,
        "outcome": comment.outcome,
        "confidence": read.confidence,
        "stage": read.stage.value,
        "ms": now_ms - comment.received_ms,
    }
