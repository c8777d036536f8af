"""The decision: the rules' verdict weighed with the model's guess into intent, confidence and route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.gate import booking_confidence
from nlp.resolve import Doubt
from nlp.types import Classification, Intent, Route, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.case import Verdict
    from nlp.model import Guess
    from nlp.types import Topic

ORDER_INTENTS = (Intent.BUY, Intent.CHANGE, Intent.CANCEL)
OTHER_INTENTS = tuple(intent for intent in Intent if intent not in ORDER_INTENTS)

_PHRASES = {
    Intent.QUESTION: "在问问题", Intent.COMPLAINT: "在反映问题", Intent.GIVEAWAY: "参加抽奖", Intent.VOTE: "参加投票",
    Intent.WISH: "想要上新或补货", Intent.BOUGHT: "说已经买了", Intent.PRAISE: "夸商品", Intent.SPAM: "疑似广告或骂人",
    Intent.CHAT: "闲聊", Intent.BUY: "下单", Intent.CHANGE: "改单", Intent.CANCEL: "退单",
}  # fmt: skip
#: The viewer can answer these, the others are for the host.
_ASKABLE = frozenset({Doubt.VARIANT, Doubt.OFFER, Doubt.SEVERAL})


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """`auto`: least confidence of an order booked at once; `veto`: least share of the model to overrule an unsure rule."""

    auto: float = 0.9
    veto: float = 0.7


def decide(
    verdict: Verdict | None, guess: Guess, thresholds: Thresholds, topic: Callable[[], Topic], *, is_prompted: bool
) -> Classification:
    """Weigh the rules' verdict, if there is one, with the model's guess; `topic` tells the topic, should it be a question."""
    if verdict is None:
        return _by_model(guess, topic)
    if verdict.intent not in ORDER_INTENTS:
        return _other(verdict, guess, topic)
    if is_prompted:
        return _order(verdict, 0.99, thresholds)
    _, share = guess.best(OTHER_INTENTS)
    ordering = sum(guess.intents[intent] for intent in ORDER_INTENTS)
    unnamed = all(action.offer is None for action in verdict.actions)
    if not verdict.is_firm and (1 - ordering) * share > thresholds.veto * _leniency(verdict, unnamed=unnamed):
        return _by_model(guess, topic)
    return _order(verdict, _confidence(verdict, ordering), thresholds)


def _leniency(verdict: Verdict, *, unnamed: bool) -> float:
    """The more doubtful a rule is, the less the model needs to overrule it; an order known in full is doubtful least."""
    if unnamed:
        return 0.5
    is_known = all(action.offer and action.quantity for action in verdict.actions)
    return 1.0 if is_known or not verdict.doubts else 0.75


def _confidence(verdict: Verdict, ordering: float) -> float:
    """How sure the reading is; with a doubt, of which the host is told, never as sure as without."""
    sure = booking_confidence(ordering, left_over=verdict.left_over, is_plain=verdict.is_plain)
    return min(sure, 0.6) if verdict.doubts else sure


def _order(verdict: Verdict, confidence: float, thresholds: Thresholds) -> Classification:
    route, reason = Route.AUTO, _PHRASES[verdict.intent]
    if verdict.doubts:
        route = Route.ASK if verdict.doubts <= _ASKABLE else Route.CONFIRM
        reason = str(min(verdict.doubts, key=list(Doubt).index))
    elif confidence < thresholds.auto:
        route, reason = Route.CONFIRM, str(Doubt.WORD)
    return Classification(
        intent=verdict.intent, topic=None, confidence=confidence, route=route, actions=verdict.actions,
        evidence=(), stage=Stage.RULES, reason=reason,
    )  # fmt: skip


def _other(verdict: Verdict, guess: Guess, topic: Callable[[], Topic]) -> Classification:
    intent, confidence = verdict.intent, max(0.9, guess.intents[verdict.intent])
    if not verdict.is_firm:
        best, share = guess.best(OTHER_INTENTS)
        intent, confidence = (best, share) if share > 0.6 else (intent, 0.6)  # noqa: PLR2004 - a clear majority
    asked = (verdict.topic or topic()) if intent is Intent.QUESTION else None
    return Classification(
        intent=intent, topic=asked, confidence=confidence, route=Route.IGNORE, actions=(), evidence=(),
        stage=Stage.RULES, reason=_PHRASES[intent],
    )  # fmt: skip


def _by_model(guess: Guess, topic: Callable[[], Topic]) -> Classification:
    intent, share = guess.best(OTHER_INTENTS)
    return Classification(
        intent=intent, topic=topic() if intent is Intent.QUESTION else None, confidence=share, route=Route.IGNORE,
        actions=(), evidence=(), stage=Stage.MODEL, reason=_PHRASES[intent],
    )  # fmt: skip
