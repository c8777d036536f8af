"""What a source's frame holds once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.comment import Comment
    from live.domain.viewer import Viewer


class FaultCode(StrEnum):
    """Why a frame or a comment was not taken (section 2 of the contract)."""

    INVALID_FRAME = "invalid_frame"
    INVALID_COMMENT = "invalid_comment"
    TOO_LARGE = "too_large"
    ROOM_CLOSED = "room_closed"
    OVERLOADED = "overloaded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """An answer to what cannot be taken. `detail` names the fields; `id` is the comment's own, where it has one."""

    code: FaultCode
    detail: str
    id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """What a viewer did without words: enter, like, gift, follow or share."""

    kind: str
    platform: str
    id: str | None
    viewer: Viewer | None
    count: int
    at_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """How many are watching."""

    viewers: int
    at_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """All that one frame brought: what can be taken, and what is wrong with the rest."""

    comments: tuple[Comment, ...] = ()
    faults: tuple[Fault, ...] = ()
    activities: tuple[Activity, ...] = ()
    presence: Presence | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How large a frame may be, in bytes, and how many comments it may hold."""

    frame_bytes: int = 256 * 1024
    batch_items: int = 500
