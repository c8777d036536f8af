"""The reader of comments: from a text and what the host shows to a classification.

The way of a comment: fold (`nlp.fold`), scan (`nlp.scan`), read (`nlp.reading`), resolve (`nlp.resolve`), judge (`nlp.judge`),
and where the rules do not know, the model (`nlp.model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.catalogue import Catalogue, build_catalogue
from nlp.facts import gather
from nlp.judge import Case, Verdict, judge
from nlp.prompts import answer
from nlp.reading import Reader
from nlp.resolve import resolve
from nlp.scan import scan
from nlp.tokens import Tag
from nlp.types import Classification, Evidence, Intent, Route, Stage

if TYPE_CHECKING:
    from nlp.types import Context

__all__ = ["Catalogue", "Classifier", "Thresholds", "build_catalogue"]

ORDER_INTENTS = frozenset({Intent.BUY, Intent.CHANGE, Intent.CANCEL})


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """From which confidence an order is booked at once (`auto`)."""

    auto: float = 0.9


class Classifier:
    """Classifies comments against one compiled catalogue; pure, and never raises on any text."""

    def __init__(self, catalogue: Catalogue, *, thresholds: Thresholds | None = None) -> None:
        self._catalogue = catalogue
        self._thresholds = thresholds or Thresholds()

    def warm(self) -> None:
        """Load now what would otherwise load at first use."""

    def classify(self, text: str, context: Context) -> Classification:
        """Classify one comment."""
        catalogue = self._catalogue
        folded = catalogue.folding.fold(text)
        tokens = scan(folded, catalogue)
        verdict = None
        if context.prompt:
            verdict = answer(folded, tokens, context.prompt, catalogue)
        if verdict is None:
            reader = Reader(tokens)
            drafts = reader.read()
            facts = gather(tokens, folded)
            pointed = facts.has(Tag.THIS)
            pinned = context.pinned if context.pinned in catalogue.offers else None
            case = Case(
                facts=facts,
                orders=tuple(resolve(draft, catalogue, pinned, is_pointed=pointed) for draft in drafts if draft.is_named or draft.is_counted or draft.op is not None),
                left_out=frozenset(reader.left_out), pinned=pinned, has_offers=bool(catalogue.offers), text=folded,
            )
            verdict = judge(case)
        verdict = verdict or Verdict(intent=Intent.CHAT)
        route = Route.IGNORE if verdict.intent not in ORDER_INTENTS else Route.CONFIRM if verdict.doubts else Route.AUTO
        return Classification(
            intent=verdict.intent, topic=verdict.topic, confidence=0.9, route=route, actions=verdict.actions,
            evidence=(), stage=Stage.RULES, reason=next(iter(sorted(verdict.doubts)), ""),
        )
