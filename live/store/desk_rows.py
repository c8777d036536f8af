"""Questions, their askers and kept answers to rows and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from live.domain.question import Asker, Faq, Question, QuestionState, Suggestion
from nlp.types import Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.store.rows import Row

Fields = dict[str, Any]


def question_row(question: Question) -> Row:
    """A row of `question`."""
    return question.session_id, question.id, question.position, to_json(question).decode()


def question_from(data: str) -> Question:
    """Read a row of `question`."""
    fields: Fields = from_json(data)
    suggestion = fields["suggestion"]
    return Question(
        **{
            **fields,
            "topic": _topic(fields),
            "terms": tuple(fields["terms"]),
            "state": QuestionState(fields["state"]),
            "suggestion": None if suggestion is None else Suggestion(**suggestion),
        }
    )


def asker_row(asker: Asker) -> Row:
    """A row of `asker`."""
    return asker.question_id, asker.asker, asker.at_ms


def asker_from(row: Sequence[Any]) -> Asker:
    """Read a row of `asker`."""
    question_id, asker, at_ms = row
    return Asker(question_id=question_id, asker=asker, at_ms=at_ms)


def faq_row(room: str, faq: Faq) -> Row:
    """A row of `faq`."""
    return room, faq.id, faq.kept_ms, to_json(faq).decode()


def faq_from(data: str) -> Faq:
    """Read a row of `faq`."""
    fields: Fields = from_json(data)
    return Faq(**{**fields, "topic": _topic(fields), "terms": tuple(fields["terms"])})


def _topic(fields: Fields) -> Topic | None:
    return None if fields["topic"] is None else Topic(fields["topic"])
