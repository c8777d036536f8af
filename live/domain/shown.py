"""What the host has put on the picture: a chosen comment, or a question with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ShownAs(StrEnum):
    """How a comment is shown."""

    BUBBLE = "bubble"
    QUESTION = "question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A comment on the picture until `until_ms`; there is one at a time."""

    id: str
    shown_as: ShownAs
    comment_id: str
    platform: str
    name: str
    text: str
    answer: str | None
    shown_ms: int
    until_ms: int
    open: bool = True
