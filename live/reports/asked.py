"""From the questions of an evening to how they were answered: how many, how fast, and which were not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.question import QuestionState
from live.reports.figures import Answering, Unanswered
from live.reports.privacy import mask_numbers
from live.reports.talk import nearest_rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.question import Question


def answering_of(questions: Sequence[Question]) -> Answering:
    """Work out how the questions of one session were answered; those without an answer come by their askers."""
    done = [each for each in questions if each.state is QuestionState.ANSWERED]
    waits = sorted(_waits(done))
    return Answering(
        raised=len(questions),
        answered=len(done),
        voiced=sum(each.answer is None for each in done),
        askers=sum(each.askers for each in questions),
        heard=sum(each.askers for each in done),
        wait_p50_ms=nearest_rank(waits, 50),
        wait_p90_ms=nearest_rank(waits, 90),
        unanswered=_unanswered(questions),
    )


def _waits(done: Iterable[Question]) -> Iterable[int]:
    return (max(0, each.answered_ms - each.first_ms) for each in done if each.answered_ms is not None)


def _unanswered(questions: Iterable[Question]) -> tuple[Unanswered, ...]:
    left = [each for each in questions if each.state is QuestionState.OPEN]
    left.sort(key=lambda each: (-each.askers, each.first_ms, each.id))
    return tuple(
        Unanswered(text=mask_numbers(each.text), askers=each.askers, orders=each.orders, first_asked_ms=each.first_ms)
        for each in left
    )
