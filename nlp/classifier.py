"""The reader of comments: from a text and what the host shows to a classification.

The way of a comment: fold (`nlp.fold`), scan (`nlp.scan`), read (`nlp.reading`), resolve (`nlp.resolve`), judge (`nlp.judge`),
and weigh with the model (`nlp.decide`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.asking import Asking, asking
from nlp.availability import asks_when
from nlp.case import Case, Verdict
from nlp.catalogue import Catalogue, build_catalogue
from nlp.decide import Thresholds, decide
from nlp.evidence import cut
from nlp.facts import gather
from nlp.features import features
from nlp.judge import judge
from nlp.model import Model, load_model
from nlp.prompts import answer
from nlp.reading import Reader
from nlp.resolve import Doubt, Resolved, resolve
from nlp.scan import tokens_of
from nlp.streaming import heard, load_stream_words
from nlp.tokens import Tag
from nlp.types import Intent, Route
from nlp.words import has_cut_name, without_hidden_verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.drafts import Draft
    from nlp.facts import Facts
    from nlp.tokens import Token
    from nlp.types import Classification, Context, Topic
    from nlp.words import Segmenter

__all__ = ["Catalogue", "Classifier", "Thresholds", "build_catalogue"]

#: Without one of these no rule has anything to say.
_STIRRING = frozenset(Tag) - {
    Tag.LETTER, Tag.SPACE, Tag.BREAK, Tag.FILLER, Tag.REMARK, Tag.ASKS, Tag.THEN, Tag.NUMBER, Tag.MONEY, Tag.THIS,
    Tag.KIN, Tag.OR, Tag.THIRD, Tag.THIRD_TITLE, Tag.EAGER, Tag.NEVER_MIND,
    Tag.BUT, Tag.SHORT, Tag.ADD, Tag.AGAIN, Tag.REFUSE, Tag.OWN, Tag.NOT, Tag.AGO, Tag.ECHO, Tag.LATER, Tag.CONDITION, Tag.EACH, Tag.KINDS,
    Tag.ANY_OF, Tag.EXCEPT, Tag.ENOUGH, Tag.CORRECTION, Tag.MISS, Tag.FORBID, Tag.BEHALF, Tag.CONCESSION,
}  # fmt: skip


class Classifier:
    """Classifies comments against one compiled catalogue; pure, and never raises on any text.

    `model` is the weights to use (default: those of the product, read here; raises what `load_model` raises). With a
    `segmenter`, best one shared by all classifiers, a name that is cut out of a longer word is not booked unasked.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        thresholds: Thresholds | None = None,
        model: Model | None = None,
        segmenter: Segmenter | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._thresholds = thresholds or Thresholds()
        self._model = model or load_model()
        self._segmenter = segmenter
        self._stream_words = load_stream_words()

    def warm(self) -> None:
        """Load now what would otherwise load at the first comment that wants words."""
        if self._segmenter is not None:
            self._segmenter.warm()

    def classify(self, text: str, context: Context) -> Classification:
        """Classify one comment; of a longer text the first 500 characters count."""
        folded = self._catalogue.folding.fold(text)
        seen_tokens = tokens_of(folded, self._catalogue)
        tokens = without_hidden_verbs(folded, seen_tokens, self._segmenter) if self._segmenter else seen_tokens
        answered = answer(folded, tokens, context.prompt, self._catalogue) if context.prompt else None
        verdict, spans = (answered, [(0, len(folded), "prompt")]) if answered else self._judged(folded, tokens, context)
        seen = features(folded, seen_tokens, self._catalogue.cues, text, has_offers=bool(self._catalogue.offers))
        found = decide(
            verdict, self._model.guess(seen), self._thresholds, lambda: self._model.topic(seen),
            is_prompted=answered is not None,
        )  # fmt: skip
        if found.route is Route.AUTO and self._is_suspect(text, folded, tokens):
            found = replace(found, route=Route.CONFIRM, reason=str(Doubt.UNCLEAR))
        if found.intent is Intent.COMPLAINT:
            spans = heard(folded, seen_tokens, self._stream_words)
        return cut(found, text, folded, spans, self._catalogue.folding)

    def asking(self, text: str, topic: Topic | None, context: Context) -> Asking:
        """What a comment that was classified as a question asks for (`nlp.asking`), before what is pinned."""
        return asking(text, topic, self._catalogue, context.pinned)

    def _is_suspect(self, text: str, folded: str, tokens: Sequence[Token]) -> bool:
        """A name cut out of a longer word, or a comment addressed to somebody (@小芳)."""
        return "@" in text or (self._segmenter is not None and has_cut_name(folded, tokens, self._segmenter))

    def _judged(
        self, folded: str, tokens: Sequence[Token], context: Context
    ) -> tuple[Verdict | None, list[tuple[int, int, str]]]:
        if _STIRRING.isdisjoint([token.tag for token in tokens]) and not asks_when(folded):
            return None, []
        reader = Reader(tokens, folded)
        drafts = reader.read()
        facts = gather(tokens, folded)
        pinned = context.pinned if context.pinned in self._catalogue.offers else None
        case = Case(
            facts=facts,
            orders=self._resolved(drafts, facts, pinned),
            left_out=frozenset(reader.left_out),
            excepted=frozenset(reader.excepted),
            pinned=pinned,
            has_variants=pinned is not None and len(self._catalogue.offers[pinned].variants) > 1,
            has_offers=bool(self._catalogue.offers),
        )
        return judge(case), [span for draft in drafts for span in draft.spans]

    def _resolved(self, drafts: Sequence[Draft], facts: Facts, pinned: str | None) -> tuple[Resolved, ...]:
        pointed = facts.has(Tag.THIS)
        return tuple(
            resolve(draft, self._catalogue, pinned, is_pointed=pointed)
            for draft in drafts
            if draft.is_named or draft.is_counted or draft.op is not None
        )
