"""The reader of comments: from a text and what the host shows to a classification."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp.types import Action, Classification, Intent, Op, PromptMeaning, Route, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.types import CatalogueOffer, Context


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The offers of a session, compiled for reading."""

    offers: Mapping[str, CatalogueOffer]


def build_catalogue(offers: Sequence[CatalogueOffer]) -> Catalogue:
    """Compile offers once; do it again when the catalogue changes."""
    return Catalogue(offers=MappingProxyType({offer.id: offer for offer in offers}))


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
        prompt = context.prompt
        if prompt and text.strip() == prompt.keyword and prompt.meaning is PromptMeaning.CLAIM:
            action = Action(op=Op.SET, offer=prompt.ref_id, variant=None, quantity=1)
            return _order(Intent.BUY, (action,))
        return Classification(
            intent=Intent.CHAT, topic=None, confidence=0.5, route=Route.IGNORE, actions=(), evidence=(),
            stage=Stage.RULES, reason="闲聊",
        )


def _order(intent: Intent, actions: tuple[Action, ...]) -> Classification:
    return Classification(
        intent=intent, topic=None, confidence=0.99, route=Route.AUTO, actions=actions, evidence=(),
        stage=Stage.RULES, reason="按主播口令下单",
    )
