"""What a viewer wrote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.viewer import Viewer
    from nlp.types import Action, Classification

FINGERPRINT_BUCKET_MS = 3_000
"""Section 2 of the contract: two like comments without an id within this time are one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment as a source brought it. (platform, id) is unique within a room for ever.

    `from_host`: the source itself says that the shop wrote it; such a comment never reserves. It is not stored: the
    outcome of the answer tells it.
    """

    platform: str
    id: str
    viewer: Viewer
    text: str
    at_ms: int
    level: int | None = None
    badges: tuple[str, ...] = ()
    from_host: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The idempotency key within a room."""
        return self.platform, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredComment:
    """A comment with what was understood and what came of it: the answer that stands whatever is resent.

    `n` is its place in the room's order of arrival, from 1. `route` is the one acted on, which may be more careful than
    the classification's own. `outcome` is one of `OUTCOMES`; `reason` says why, in words for the host.
    """

    n: int
    session_id: str
    comment: Comment
    classification: Classification
    route: str
    outcome: str
    reason: str
    received_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentKind:
    """What a stored comment is, without its words: enough to count and to filter ten thousand of them."""

    n: int
    key: tuple[str, str]
    intent: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingComment:
    """A comment that waits for the host's one tap, with the actions that a tap would carry out."""

    n: int
    id: str
    platform: str
    viewer: Viewer
    text: str
    at_ms: int
    intent: str
    actions: tuple[Action, ...]
    reason: str

    @property
    def key(self) -> tuple[str, str]:
        """The comment's key within a room."""
        return self.platform, self.id


def fingerprint(*, platform: str, user: str, text: str, at_ms: int) -> str:
    """Name a comment that came without an id, by section 2 of the contract.

    `user` is the user's id, or the name where there is none.
    """
    bucket = at_ms // FINGERPRINT_BUCKET_MS
    digest = hashlib.sha256("\x1f".join((platform, user, text, str(bucket))).encode())
    return f"fp-{digest.hexdigest()[:24]}"
