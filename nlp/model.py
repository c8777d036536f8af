"""The model beside the rules: two linear classifiers over the same features, one for the intent, one for the topic.

It decides where no rule knows, and it is heard where a rule is not sure. The weights are small whole numbers made by
`nlp.training.train`; the same lines give the same weights, bit for bit.
"""

from __future__ import annotations

import json
import math
from array import array
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

WEIGHTS = Path(__file__).parent / "weights.json"
INTENTS = tuple(Intent)
TOPICS = tuple(Topic)
#: The largest weight that the file can hold, either way.
MAX_WEIGHT = 127
_FEATURE_BYTES = 3
_LANE, _HALF = 32, 1 << 31
_LANES = Struct("<16I")
# Added before the lanes are cut apart, so that no lane is below nought and borrows from the next.
_LIFT = sum(_HALF << (_LANE * place) for place in range(16))


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
    """One linear classifier: for each feature a row of whole numbers, one a class; `scale` makes them logits.

    A row is one whole number of many lanes (`pack`): adding two rows is one addition, whatever the number of classes.
    """

    rows: Mapping[int, int]
    bias: int
    scale: float
    width: int

    def weigh(self, features: Collection[int]) -> list[float]:
        """The probability of each class for hashed features (`nlp.features`)."""
        rows, scale = self.rows, self.scale
        total = sum([rows[feature] for feature in features if feature in rows], self.bias)
        return softmax([weight * scale for weight in unpack(total, self.width)])


def pack(weights: Sequence[int]) -> int:
    """Signed weights side by side in one number, in lanes of 32 bits; at most 16 of them."""
    return sum(weight << (_LANE * place) for place, weight in enumerate(weights))


def unpack(total: int, width: int) -> list[int]:
    """The weights of a packed row or of a sum of such."""
    lanes = _LANES.unpack((total + _LIFT).to_bytes(_LANES.size, "little"))
    return [lane - _HALF for lane in lanes[:width]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """The classifier of intents and, for what turns out to be a question, that of topics."""

    intents: Linear
    topics: Linear

    def guess(self, features: Collection[int]) -> Guess:
        """The probabilities of the intents."""
        return Guess(intents=dict(zip(INTENTS, self.intents.weigh(features), strict=True)))

    def topic(self, features: Collection[int]) -> Topic:
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
    """The rows as they stand in the file: three bytes for each feature, and a signed byte for each of its weights."""
    features, weights = b64decode(value["features"]), array("b", b64decode(value["weights"]))
    rows = {
        int.from_bytes(features[_FEATURE_BYTES * at : _FEATURE_BYTES * (at + 1)]): pack(
            weights[width * at : width * (at + 1)]
        )
        for at in range(len(features) // _FEATURE_BYTES)
    }
    return Linear(rows=rows, bias=pack(value["bias"]), scale=value["scale"], width=width)


def dumps(model: Model) -> str:
    """The weights as the text of `weights.json`, the reverse of `load_model`."""
    value = {
        "intents": [str(each) for each in INTENTS],
        "topics": [str(each) for each in TOPICS],
        "intent_weights": _plain(model.intents),
        "topic_weights": _plain(model.topics),
    }
    return json.dumps(value, separators=(",", ":")) + "\n"


def _plain(linear: Linear) -> dict[str, object]:
    features = b"".join(feature.to_bytes(_FEATURE_BYTES) for feature in linear.rows)
    weights = array("b", [weight for row in linear.rows.values() for weight in unpack(row, linear.width)]).tobytes()
    return {
        "scale": linear.scale,
        "bias": unpack(linear.bias, linear.width),
        "features": b64encode(features).decode(),
        "weights": b64encode(weights).decode(),
    }
