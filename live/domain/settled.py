"""What a tap on the confirm queue has done, kept for a moment so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.comment import PendingComment

UNDO_MS = 60_000
"""A slip of the finger is noticed at once; the console offers ten seconds, the rest is for a slow line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """What a viewer had of one variant before and after, at the price of one flash deal (None: the offer's own)."""

    offer_id: str
    variant_id: str | None
    flash_id: str | None
    before: int
    after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """A comment as it lay in the queue, when it was settled, and what that has moved."""

    comment: PendingComment
    at_ms: int
    moves: tuple[Move, ...] = ()
