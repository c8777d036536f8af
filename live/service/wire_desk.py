"""Questions and kept answers as JSON objects: for hosts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.question import QuestionState
from live.service.wire_values import maybe_rfc3339, rfc3339

if TYPE_CHECKING:
    from live.domain.question import Faq, Question, Suggestion
    from live.service.wire_values import Json


def question(value: Question) -> Json:
    """A question, who asked it first, how many do, and what may be said to it."""
    return {
        "id": value.id,
        "session_id": value.session_id,
        "topic": value.topic,
        "offer_id": value.offer_id,
        "terms": list(value.terms),
        "text": value.text,
        "name": value.name,
        "platform": value.platform,
        "comment_id": value.comment_id,
        "askers": value.askers,
        "orders": value.orders,
        "first_at": rfc3339(value.first_ms),
        "last_at": rfc3339(value.last_ms),
        "state": value.state.value,
        "suggestion": None if value.suggestion is None else suggestion(value.suggestion),
        "answered_at": maybe_rfc3339(value.answered_ms),
        "answer": value.answer,
        "voice": value.state is QuestionState.ANSWERED and value.answer is None,
    }


def suggestion(value: Suggestion) -> Json:
    """An answer that the shop's own data hold, and where from."""
    return {"text": value.text, "source": value.source, "key": value.key, "aloud": value.aloud}


def faq(value: Faq) -> Json:
    """A kept answer; `dropped` once it is gone."""
    return {
        "id": value.id,
        "topic": value.topic,
        "goods": value.goods,
        "terms": list(value.terms),
        "text": value.text,
        "answer": value.answer,
        "kept_at": rfc3339(value.kept_ms),
        "dropped": value.dropped,
    }
