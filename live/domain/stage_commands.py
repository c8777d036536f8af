"""Orders about what happens on the picture: flash deals, draws, polls, and what the host shows there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment
    from live.domain.giveaway import Beacon, DrawRules
    from live.domain.shown import ShownAs


@dataclass(frozen=True, kw_only=True, slots=True)
class StartFlashSale:
    """Announce a flash deal: after the countdown it sells `quota` of an offer at `price_fen`, for some seconds."""

    flash_id: str
    offer_id: str
    price_fen: int
    quota: int
    per_viewer_limit: int | None = None
    seconds: int
    countdown_seconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseFlashSale:
    """Hold a running flash deal; the time left stands still."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ResumeFlashSale:
    """Go on with a paused flash deal."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtendFlashSale:
    """Give a flash deal more time, or more units for those who wait."""

    offer_id: str
    seconds: int = 0
    quantity: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class StopFlashSale:
    """End a flash deal before its time; what was sold stands."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenGiveaway:
    """Publish the rules of a draw and take entries. `seed` and `salt` are fresh 32 bytes each, hex."""

    giveaway_id: str
    rules: DrawRules
    seconds: int
    seed: str
    salt: str
    beacon: Beacon | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawGiveaway:
    """Close the list now; the winners follow by themselves as soon as the witness is there."""

    giveaway_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RedrawGiveaway:
    """Draw again for prizes that were forfeited; the first drawing stands beside it."""

    giveaway_id: str
    forfeited: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimGiveaway:
    """A winner has come for their prize."""

    giveaway_id: str
    entry_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BringRandomness:
    """The beacon's round that a draw waits for. Not in the contract: nobody can say it by hand."""

    giveaway_id: str
    round: int
    randomness: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPoll:
    """Ask the room a question; `options` are (key, label)."""

    poll_id: str
    question: str
    options: tuple[tuple[str, str], ...]
    seconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosePoll:
    """End a poll before its time."""

    poll_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowComment:
    """Put a comment on the picture; `comment` is what the room's owner has found under `comment_id`."""

    comment_id: str
    shown_as: ShownAs | None = None
    answer: str | None = None
    seconds: int
    comment: AnsweredComment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HideComment:
    """Take the comment off the picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowOrderCode:
    """Put the code of the order page on the picture, or take it off."""

    shown: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockViewer:
    """Let the comments of a comment's writer do nothing; `comment` as in `ShowComment`."""

    comment_id: str
    comment: AnsweredComment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnblockViewer:
    """Take a block back."""

    viewer_key: str


StageCommand = (
    StartFlashSale
    | PauseFlashSale
    | ResumeFlashSale
    | ExtendFlashSale
    | StopFlashSale
    | OpenGiveaway
    | DrawGiveaway
    | RedrawGiveaway
    | ClaimGiveaway
    | BringRandomness
    | OpenPoll
    | ClosePoll
    | ShowComment
    | HideComment
    | ShowOrderCode
    | BlockViewer
    | UnblockViewer
)
"""The part of the union of all orders that is about the picture."""
