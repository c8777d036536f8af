"""Train the model: `python -m nlp.training.train [--labels FILE]… [--catalogs FILE]… [--folds]`.

Reads our own lines (`lines.txt`) and, where given, labelled files; writes `nlp/weights.json`. Plain Python with a fixed
order and whole-number weights: the same lines give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from nlp.model import INTENTS, TOPICS, WEIGHTS, Linear, Model, softmax
from nlp.training.examples import Example, labelled_examples, own_examples
from nlp.wire import load_catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20260107
EPOCHS = 20
RATE = 0.35
DECAY = 2e-4
SCALE = 0.02
FOLDS = 5
_MIN_SEEN = 2
# Rows that move no logit by more than a fifth are left out.
_LEAST_WEIGHT = 10
# A smaller slope would not move a rounded weight.
_LEAST_SLOPE = 1e-3


def train(examples: Sequence[Example], epochs: int = EPOCHS) -> Model:
    """Fit both classifiers."""
    intents = [(each.features, INTENTS.index(each.intent), each.weight) for each in examples]
    topics = [(each.features, TOPICS.index(each.topic), each.weight) for each in examples if each.topic is not None]
    return Model(intents=_fit(intents, len(INTENTS), epochs), topics=_fit(topics, len(TOPICS), epochs))


def _fit(samples: Sequence[tuple[tuple[int, ...], int, float]], width: int, epochs: int) -> Linear:
    """Multinomial logistic regression by stochastic gradient descent with a shrinking rate; then round the weights."""
    seen = Counter(feature for features, _, _ in samples for feature in features)
    rows = {feature: [0.0] * width for feature, count in seen.items() if count >= _MIN_SEEN}
    bias = [0.0] * width
    order = list(range(len(samples)))
    chance = random.Random(SEED)  # noqa: S311 - repeatable order, no secret
    for epoch in range(epochs):
        chance.shuffle(order)
        rate = RATE / (1 + 0.25 * epoch)
        for place in order:
            features, wanted, weight = samples[place]
            known = [rows[feature] for feature in features if feature in rows]
            _step(known, bias, wanted, rate * weight / (1 + len(known)) ** 0.5)
    return _rounded(rows, bias)


def _step(known: Sequence[list[float]], bias: list[float], wanted: int, share: float) -> None:
    slopes = softmax([sum(column) for column in zip(bias, *known, strict=True)])
    slopes[wanted] -= 1.0
    moves = [(place, share * slope) for place, slope in enumerate(slopes) if abs(slope) > _LEAST_SLOPE]
    for row in [*known, bias]:
        for place, move in moves:
            row[place] -= move + DECAY * share * row[place]


def _rounded(rows: dict[int, list[float]], bias: Sequence[float]) -> Linear:
    whole = {feature: tuple(round(each / SCALE) for each in row) for feature, row in sorted(rows.items())}
    return Linear(
        rows={feature: row for feature, row in whole.items() if max(map(abs, row)) >= _LEAST_WEIGHT},
        bias=tuple(round(each / SCALE) for each in bias),
        scale=SCALE,
    )


def dumps(model: Model) -> str:
    """The weights as the text of `weights.json`."""
    value = {
        "intents": [str(each) for each in INTENTS],
        "topics": [str(each) for each in TOPICS],
        "intent_weights": _plain(model.intents),
        "topic_weights": _plain(model.topics),
    }
    return json.dumps(value, separators=(",", ":")) + "\n"


def _plain(linear: Linear) -> dict[str, object]:
    flat = [number for feature, row in linear.rows.items() for number in (feature, *row)]
    return {"scale": linear.scale, "bias": list(linear.bias), "rows": flat}


def fold_figures(own: Sequence[Example], labelled: Sequence[Example]) -> dict[str, float]:
    """Accuracy of intents and topics on labelled lines that were not trained on, five folds by the hash of the text."""
    right = asked = topics_right = 0
    for fold in range(FOLDS):
        held = [each for each in labelled if crc32(each.key.encode()) % FOLDS == fold]
        model = train([*own, *(each for each in labelled if crc32(each.key.encode()) % FOLDS != fold)])
        for each in held:
            guess = model.guess(each.features)
            right += guess.best()[0] is each.intent
            asked += each.topic is not None
            topics_right += each.topic is not None and model.topic(each.features) is each.topic
    return {"intent": right / max(1, len(labelled)), "topic": topics_right / max(1, asked)}


def main(arguments: Sequence[str]) -> int:
    """Train and write the weights, or with `--folds` only print the five-fold figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--catalogs", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    offers = {name: found for path in options.catalogs for name, found in load_catalogues(path).items()}
    labelled = [each for path in options.labels for each in labelled_examples(path, offers)]
    if options.folds:
        sys.stdout.write(json.dumps(fold_figures(own_examples(), labelled)) + "\n")
        return 0
    options.out.write_text(dumps(train([*own_examples(), *labelled])), encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
