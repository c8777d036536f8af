"""From comments to what the room talked about and how it reached us."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from live.domain.orders import Outcome
from live.reports.figures import (
    Arrival,
    CommentCounts,
    ConfirmQueue,
    QuestionGroup,
    WaitingComment,
    WeakIdentities,
)
from live.reports.privacy import mask_numbers
from live.reports.sales import shown_name
from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from live.domain.comment import AnsweredComment
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation

LATE_MS = 10_000
"""A comment that arrives later than this has missed its moment: the host has gone on to something else."""


def counts_of(comments: Sequence[AnsweredComment]) -> CommentCounts:
    """How often each intent, topic, route and outcome occurred."""
    read = [c.classification for c in comments]
    intents = Counter(r.intent.value for r in read)
    return CommentCounts(
        by_intent={intent.value: intents[intent.value] for intent in Intent},
        by_topic=_most_first(_topic(c) for c in comments if c.classification.intent is Intent.QUESTION),
        by_route=_most_first(c.route for c in comments),
        by_outcome=_most_first(c.outcome for c in comments),
    )


def _most_first(values: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _topic(comment: AnsweredComment) -> str:
    return (comment.classification.topic or Topic.OTHER).value


def questions_of(comments: Iterable[AnsweredComment], offers: Sequence[Offer]) -> tuple[QuestionGroup, ...]:
    """What viewers asked, by topic and offer, the most asked first. The hosts' own questions do not count."""
    names = offer_names(offers)
    grouped: defaultdict[tuple[str, str | None], list[AnsweredComment]] = defaultdict(list)
    for comment in comments:
        if comment.classification.intent is Intent.QUESTION and comment.outcome != Outcome.HOST:
            grouped[_topic(comment), offer_named(comment.comment.text, names)].append(comment)
    titles = {offer.id: offer.title for offer in offers}
    groups = [_question_group(topic, offer_id, titles, asked) for (topic, offer_id), asked in grouped.items()]
    return tuple(sorted(groups, key=lambda g: (-g.count, g.first_asked_ms, g.topic)))


def _question_group(
    topic: str, offer_id: str | None, titles: Mapping[str, str], asked: Sequence[AnsweredComment]
) -> QuestionGroup:
    first = min(asked, key=lambda c: c.n)
    return QuestionGroup(
        topic=topic,
        offer_id=offer_id,
        offer_title=titles.get(offer_id) if offer_id else None,
        count=len(asked),
        first_asked_ms=first.received_ms,
        example=mask_numbers(first.comment.text),
    )


def offer_names(offers: Iterable[Offer]) -> tuple[tuple[str, str], ...]:
    """All (name, offer id) by which a comment may call an offer, the longest first: "土鸡蛋" before "鸡蛋"."""
    pairs = {(name.casefold(), offer.id) for offer in offers for name in _names(offer) if name}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _names(offer: Offer) -> Iterator[str]:
    yield offer.title
    yield from offer.aliases
    if offer.number is not None:
        yield f"{offer.number}号"


def offer_named(text: str, names: Iterable[tuple[str, str]]) -> str | None:
    """The offer that a text calls by its longest name; None where it calls none. "12号" is not "2号"."""
    folded = text.casefold()
    return next((offer_id for name, offer_id in names if _calls(folded, name)), None)


def _calls(text: str, name: str) -> bool:
    before, found, _ = text.partition(name)
    return bool(found) and not (name[0].isdigit() and before[-1:].isdigit())


def confirm_of(comments: Iterable[AnsweredComment], *, mask_names: bool) -> ConfirmQueue:
    """What was put to the host, and what came of it."""
    comments = tuple(comments)
    outcomes = Counter(c.outcome for c in comments)
    waiting = (c for c in comments if c.outcome == Outcome.NEEDS_CONFIRMATION)
    return ConfirmQueue(
        accepted=outcomes[Outcome.ACCEPTED],
        dismissed=outcomes[Outcome.DISMISSED],
        waiting=tuple(_waiting(c, mask_names=mask_names) for c in waiting),
    )


def _waiting(comment: AnsweredComment, *, mask_names: bool) -> WaitingComment:
    return WaitingComment(
        n=comment.n,
        viewer_name=shown_name(comment.comment.viewer.name, mask_names=mask_names),
        text=mask_numbers(comment.comment.text),
        received_ms=comment.received_ms,
        reason=comment.reason,
    )


def weak_of(comments: Iterable[AnsweredComment], reservations: Iterable[Reservation]) -> WeakIdentities:
    """How much came from viewers whom the platform hides."""
    held = [r.holds for r in reservations if r.viewer.weak and r.holds]
    return WeakIdentities(
        comments=sum(c.comment.viewer.weak for c in comments), reservations=len(held), quantity=sum(held)
    )


def arrival_of(comments: Sequence[AnsweredComment]) -> Arrival:
    """How long comments took to reach us. A source whose clock is ahead counts as no delay."""
    delays = sorted(max(0, c.received_ms - c.comment.at_ms) for c in comments)
    outcomes = Counter(c.outcome for c in comments)
    return Arrival(
        late=sum(delay > LATE_MS for delay in delays),
        delay_p50_ms=nearest_rank(delays, 50),
        delay_p95_ms=nearest_rank(delays, 95),
        delay_max_ms=nearest_rank(delays, 100),
        after_cutoff=outcomes[Outcome.CUTOFF_PASSED],
        after_end=outcomes[Outcome.SESSION_ENDED],
    )


def nearest_rank(ordered: Sequence[int], percentile: int) -> int | None:
    """The value below or at which `percentile` per cent of the ordered values lie; None of no values."""
    return ordered[max(0, -(-len(ordered) * percentile // 100) - 1)] if ordered else None
