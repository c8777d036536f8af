"""Orders about what comes in: questions and their answers, slips of the finger, who is of the shop, the script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.comment import AnsweredComment
    from nlp.asking import Asking
    from nlp.types import Classification


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerQuestion:
    """A question has been answered: by voice, or with a text that may be shown on the picture and kept."""

    question_id: str
    text: str | None = None
    show: bool = False
    keep: bool = False
    seconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepFaq:
    """Keep an answer for every evening; `faq_id` mends one. `asking` is what the room's owner reads in the question."""

    faq_id: str | None = None
    question: str
    answer: str
    offer_id: str | None = None
    asking: Asking | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DropFaq:
    """Keep an answer no longer."""

    faq_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UndoComment:
    """Take back the tap that has just accepted or dismissed a comment."""

    comment_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddHost:
    """A comment's writer is of the shop; `comment` is what the room's owner has found under `comment_id`."""

    comment_id: str
    comment: AnsweredComment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveHost:
    """Somebody (an id or a name of `LiveSession.hosts`) is not of the shop."""

    host: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetAsideComment:
    """Take a comment out of sight on every console; `comment` as in `AddHost`."""

    comment_id: str
    comment: AnsweredComment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BringBackComment:
    """Show a comment again that was set aside; `comment` as in `AddHost`."""

    comment_id: str
    comment: AnsweredComment | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateScript:
    """Put another script of the evening in the place of this one."""

    script: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviseComment:
    """How a language model reads a comment in the queue. Not in the contract: nobody can say it by hand."""

    key: tuple[str, str]
    read: Classification


@dataclass(frozen=True, kw_only=True, slots=True)
class SuggestAnswer:
    """An answer that a language model has worded out of the shop's data. Not in the contract, as `ReviseComment`.

    `sources` names the lines that it rests on, `aloud` is what the host may say instead of reading `text`.
    """

    question_id: str
    text: str
    sources: str
    aloud: str | None = None


DeskCommand = (
    AnswerQuestion
    | KeepFaq
    | DropFaq
    | UndoComment
    | AddHost
    | RemoveHost
    | SetAsideComment
    | BringBackComment
    | UpdateScript
    | ReviseComment
    | SuggestAnswer
)
"""The part of the union of all orders that is about what comes in."""
