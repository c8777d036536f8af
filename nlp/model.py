"""The model beside the rules: two linear classifiers over the same features, one for the intent, one for the topic.

It decides where no rule knows, and it is heard where a rule is not sure. The weights are small whole numbers made by
`nlp.training.train`; the same lines give the same weights, bit for bit.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEIGHTS = Path(__file__).parent / "weights.json"
INTENTS = tuple(Intent)
TOPICS = tuple(Topic)


class ModelError(ValueError):
    """A weights file that does not fit this version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """The probabilities of every intent and, should it be a question, of every topic."""

    intents: Mapping[Intent, float]
    topics: Mapping[Topic, float]

    def best(self, among: Sequence[Intent] = INTENTS) -> tuple[Intent, float]:
        """The most probable of some intents, with its share among them."""
        total = sum(self.intents[each] for each in among) or 1.0
        intent = max(among, key=lambda each: self.intents[each])
        return intent, self.intents[intent] / total

    @property
    def topic(self) -> Topic:
        """The most probable topic."""
        return max(TOPICS, key=lambda each: self.topics[each])


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """Weights: for each feature a row of whole numbers, the intents' first, then the topics'; `scale` makes them logits."""

    rows: Mapping[int, tuple[int, ...]]
    bias: tuple[int, ...]
    scale: float

    def guess(self, features: Sequence[int]) -> Guess:
        """The probabilities for hashed features (`nlp.features`)."""
        rows = self.rows
        known = [rows[feature] for feature in features if feature in rows]
        totals = [sum(column) for column in zip(self.bias, *known, strict=True)]
        split = len(INTENTS)
        return Guess(
            intents=dict(zip(INTENTS, softmax([each * self.scale for each in totals[:split]]), strict=True)),
            topics=dict(zip(TOPICS, softmax([each * self.scale for each in totals[split:]]), strict=True)),
        )


def softmax(logits: Sequence[float]) -> list[float]:
    """Probabilities for logits."""
    top = max(logits)
    powers = [math.exp(each - top) for each in logits]
    total = sum(powers)
    return [each / total for each in powers]


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights; raises `ModelError` when they were made for other intents or topics, and `OSError`."""
    value = json.loads(path.read_text(encoding="ascii"))
    if value["intents"] != [str(each) for each in INTENTS] or value["topics"] != [str(each) for each in TOPICS]:
        raise ModelError(f"{path}: made for other intents or topics; run python -m nlp.training.train")
    width = len(INTENTS) + len(TOPICS)
    flat = value["rows"]
    rows = {flat[at]: tuple(flat[at + 1 : at + 1 + width]) for at in range(0, len(flat), width + 1)}
    return Model(rows=rows, bias=tuple(value["bias"]), scale=value["scale"])
