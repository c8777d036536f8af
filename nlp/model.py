"""The model beside the rules: two linear classifiers over the same features, one for the intent, one for the topic.

It decides where no rule knows, and it is heard where a rule is not sure. The weights are small whole numbers made by
`nlp.training.train`; the same lines give the same weights, bit for bit.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    """The probabilities of every intent."""

    intents: Mapping[Intent, float]

    def best(self, among: Sequence[Intent] = INTENTS) -> tuple[Intent, float]:
        """The most probable of some intents, with its share among them."""
        total = sum([self.intents[each] for each in among]) or 1.0
        intent = max(among, key=self.intents.__getitem__)
        return intent, self.intents[intent] / total


@dataclass(frozen=True, kw_only=True, slots=True)
class Linear:
    """One linear classifier: for each feature a row of whole numbers, one a class; `scale` makes them logits."""

    rows: Mapping[int, tuple[int, ...]]
    bias: tuple[int, ...]
    scale: float

    def weigh(self, features: Sequence[int]) -> list[float]:
        """The probability of each class for hashed features (`nlp.features`)."""
        found, scale = self.rows.get, self.scale
        known = [row for feature in features if (row := found(feature)) is not None]
        return softmax([total * scale for total in map(sum, zip(self.bias, *known, strict=True))])


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """The classifier of intents and, for what turns out to be a question, that of topics."""

    intents: Linear
    topics: Linear

    def guess(self, features: Sequence[int]) -> Guess:
        """The probabilities of the intents."""
        return Guess(intents=dict(zip(INTENTS, self.intents.weigh(features), strict=True)))

    def topic(self, features: Sequence[int]) -> Topic:
        """The most probable topic."""
        shares = self.topics.weigh(features)
        return TOPICS[shares.index(max(shares))]


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
    return Model(
        intents=_linear(value["intent_weights"], len(INTENTS)), topics=_linear(value["topic_weights"], len(TOPICS))
    )


def _linear(value: Mapping[str, Any], width: int) -> Linear:
    flat = value["rows"]
    rows = {flat[at]: tuple(flat[at + 1 : at + 1 + width]) for at in range(0, len(flat), width + 1)}
    return Linear(rows=rows, bias=tuple(value["bias"]), scale=value["scale"])
