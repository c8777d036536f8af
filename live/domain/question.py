"""A question of the room: what several viewers ask in their own words, and what has been said to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.types import Topic


class QuestionState(StrEnum):
    """The life of a question."""

    OPEN = "open"
    ANSWERED = "answered"


QUESTION_TRANSITIONS: Mapping[QuestionState, frozenset[QuestionState]] = {
    QuestionState.OPEN: frozenset({QuestionState.ANSWERED}),
    QuestionState.ANSWERED: frozenset(),
}
"""The one table of a question's life, held by `RoomState.apply`; who asks again later raises a new one."""

STILL_HEARD_MS = 20_000
"""Who asks so soon after the answer has not heard it yet: it was on its way to them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """An answer that the shop's own data hold.

    `source` is one of `faq`, `fact`, `price`, `stock`, `pickup`, `cutoff`, `how_to_order`, `llm`; `key` the fact's name
    or the kept answer's id. `aloud`: what a model would have the host say instead of reading the card, if anything.
    """

    text: str
    source: str
    key: str | None = None
    aloud: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Like questions of one session, the `position`-th that was raised in it.

    `text`, `name` and the comment are the first asker's. `askers` counts viewers, each once; `orders` those of them who have an order that hangs on it. `answer` is None
    where it was answered by voice.
    """

    id: str
    session_id: str
    topic: Topic | None
    offer_id: str | None
    terms: tuple[str, ...]
    text: str
    name: str
    platform: str
    comment_id: str
    askers: int
    orders: int
    first_ms: int
    last_ms: int
    position: int
    state: QuestionState = QuestionState.OPEN
    suggestion: Suggestion | None = None
    answered_ms: int | None = None
    answer: str | None = None

    @property
    def asking(self) -> Asking:
        """What is asked, as it is compared with other questions."""
        return Asking(topic=self.topic, offer=self.offer_id, terms=self.terms)

    def hears(self, at_ms: int) -> bool:
        """Whether somebody who asks the same at a moment is one of its askers."""
        if self.state is QuestionState.OPEN:
            return True
        return self.answered_ms is not None and at_ms - self.answered_ms < STILL_HEARD_MS


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who has asked; `asker` is what viewers are counted by."""

    question_id: str
    asker: str
    at_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Faq:
    """An answer that the shop has kept (常见问题); it outlives the session.

    `goods` is the title of the offer that it is about: ids are an evening's, titles the shop's. None: about any.
    """

    id: str
    topic: Topic | None
    goods: str | None
    terms: tuple[str, ...]
    text: str
    answer: str
    kept_ms: int
    dropped: bool = False

    @property
    def asking(self) -> Asking:
        """What it answers, whatever the goods."""
        return Asking(topic=self.topic, offer=None, terms=self.terms)
