"""The fit: multinomial logistic regression by stochastic gradient descent, in plain Python with a fixed order."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from nlp.model import INTENTS, MAX_WEIGHT, TOPICS, Linear, Model, pack, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.training.examples import Example

SEED = 20260107
EPOCHS = 14
RATE = 1.5
DECAY = 1e-2
SCALE = 0.04
#: The weights are the mean of those after each of so many last epochs: less noise than the last alone.
_AVERAGED = 6
#: Lines of our own writing name topics more purely than comments do, and count for more there: by five folds.
_TOPIC_GAIN = 2.0
_MIN_SEEN = 2
# Rows that move no logit by more than a quarter are left out.
_LEAST_LOGIT = 0.25
# A smaller slope would not move a rounded weight.
_LEAST_SLOPE = 1e-3

_Sample = tuple[tuple[int, ...], int, float]


def train(examples: Sequence[Example], epochs: int = EPOCHS) -> Model:
    """Fit both classifiers; the same examples in the same order give the same weights, bit for bit."""
    intents = [(each.features, INTENTS.index(each.intent), each.weight) for each in examples]
    topics = [
        (each.features, TOPICS.index(each.topic), min(1.0, _TOPIC_GAIN * each.weight))
        for each in examples
        if each.topic is not None
    ]
    return Model(intents=_fit(intents, len(INTENTS), epochs), topics=_fit(topics, len(TOPICS), epochs))


def _fit(samples: Sequence[_Sample], width: int, epochs: int) -> Linear:
    seen = Counter(feature for features, _, _ in samples for feature in features)
    rows = {feature: [0.0] * width for feature, count in sorted(seen.items()) if count >= _MIN_SEEN}
    bias = [0.0] * width
    known = [
        ([rows[feature] for feature in features if feature in rows], wanted, weight)
        for features, wanted, weight in samples
    ]
    sums = {feature: [0.0] * width for feature in rows}
    bias_sum = [0.0] * width
    chance = random.Random(SEED)  # noqa: S311 - repeatable order, no secret
    for epoch in range(epochs):
        chance.shuffle(known)
        rate = RATE / (1 + 0.25 * epoch)
        for found, wanted, weight in known:
            _step(found, bias, wanted, rate * weight / (1 + len(found)) ** 0.5)
        if epoch >= epochs - _AVERAGED:
            for feature, row in rows.items():
                _add(sums[feature], row)
            _add(bias_sum, bias)
    return _rounded(sums, bias_sum, min(_AVERAGED, epochs))


def _step(known: Sequence[list[float]], bias: list[float], wanted: int, share: float) -> None:
    slopes = softmax([sum(column) for column in zip(bias, *known, strict=True)])
    slopes[wanted] -= 1.0
    moves = [(place, share * slope) for place, slope in enumerate(slopes) if abs(slope) > _LEAST_SLOPE]
    for row in [*known, bias]:
        for place, move in moves:
            row[place] -= move + DECAY * share * row[place]


def _add(total: list[float], row: Sequence[float]) -> None:
    for place, each in enumerate(row):
        total[place] += each


def _rounded(sums: dict[int, list[float]], bias: Sequence[float], count: int) -> Linear:
    unit = SCALE * count
    return Linear(
        rows={
            feature: pack([max(-MAX_WEIGHT, min(MAX_WEIGHT, round(each / unit))) for each in row])
            for feature, row in sums.items()
            if max(map(abs, row)) >= _LEAST_LOGIT * count
        },
        bias=pack([round(each / unit) for each in bias]),
        scale=SCALE,
        width=len(bias),
    )
