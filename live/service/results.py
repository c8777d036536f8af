"""What the service answers and tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.store.port import StoreUnavailable

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment
    from live.service.wire import Json


__all__ = [
    "Answer",
    "BrokenTask",
    "Published",
    "PublishedEvent",
    "RoomClosed",
    "StoreUnavailable",
    "Trouble",
]
"""`StoreUnavailable` is handed on: who asks the service need not know the store."""


class RoomClosed(Exception):  # noqa: N818  # reads better where it is caught
    """The room has no running session, so comments are not taken."""


class BrokenTask(Exception):  # noqa: N818  # reads better where it is caught
    """A task that should run as long as the service has failed; the message names it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedEvent:
    """A committed event: its `data` as a JSON object and, encoded once, as bytes; both as a host sees it."""

    seq: int
    at_ms: int
    at: str
    kind: str
    data: Json
    encoded: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What one committed batch of a room has to tell, in order. `comments` are for hosts alone."""

    room: str
    events: tuple[PublishedEvent, ...]
    comments: tuple[AnsweredComment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer to a command: an HTTP status and its JSON body, already encoded, so that a retry gets the same bytes."""

    status: int
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """Something the host must know now; `None` in place of it means that all is well again.

    `stops`: comments cannot be taken meanwhile. What only a helper of ours cannot do stops nothing.
    """

    code: str
    detail: str
    stops: bool = True
