"""Five folds: what the whole reader, rules and model, makes of labelled lines that its model was not trained on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from nlp.classifier import Classifier, build_catalogue
from nlp.evaluate import Outcome, score
from nlp.training.fitting import train
from nlp.types import Stage
from nlp.words import build_segmenter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.evaluate import LabelledLine
    from nlp.model import Model
    from nlp.training.examples import Example
    from nlp.types import CatalogueOffer
    from nlp.words import Segmenter

FOLDS = 5
_LEAST_SUPPORT = 10
_EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_NO_LETTER = re.compile(r"\[[^\[\]]*\]|\W")
_REPEATED = re.compile(r"(.+?)\1+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Labelled lines of one origin, each with what the model sees of it."""

    name: str
    pairs: Sequence[tuple[LabelledLine, Example]]


def fold_of(text: str) -> int:
    """The fold of a text: the same for lines that differ only in signs, emoji and repetition."""
    return crc32(_REPEATED.sub(r"\1", _NO_LETTER.sub("", text)).encode()) % FOLDS


def cross_validate(
    own: Sequence[Example], sources: Sequence[Source], offers: Mapping[str, Sequence[CatalogueOffer]]
) -> dict[str, list[Outcome]]:
    """The outcome of every labelled line, by the name of its source, each read with a model that never saw its fold."""
    found: dict[str, list[Outcome]] = {source.name: [] for source in sources}
    segmenter = build_segmenter()
    pairs = [pair for source in sources for pair in source.pairs]
    for fold in range(FOLDS):
        model = train([*own, *(example for line, example in pairs if fold_of(line.line.text) != fold)])
        readers = _readers(pairs, offers, model, segmenter)
        for source in sources:
            held = [line for line, _ in source.pairs if fold_of(line.line.text) == fold]
            found[source.name] += [_outcome(line, readers[line.label.catalog]) for line in held]
    return found


def _readers(
    pairs: Sequence[tuple[LabelledLine, Example]],
    offers: Mapping[str, Sequence[CatalogueOffer]],
    model: Model,
    segmenter: Segmenter,
) -> dict[str, Classifier]:
    names = {line.label.catalog for line, _ in pairs}
    return {name: Classifier(build_catalogue(offers.get(name, [])), model=model, segmenter=segmenter) for name in names}


def _outcome(line: LabelledLine, reader: Classifier) -> Outcome:
    return Outcome(line=line.line, label=line.label, found=reader.classify(line.line.text, line.line.context))


def report(found: Mapping[str, Sequence[Outcome]]) -> str:
    """The figures of each source, of all together, and how far the model's confidence can be believed."""
    everything = [outcome for outcomes in found.values() for outcome in outcomes]
    parts = [f"== {name}\n{_figures(outcomes)}" for name, outcomes in found.items() if outcomes]
    parts.append(f"== all, five folds\n{score(everything).as_table()}")
    parts.append("\n".join(["== confidence of the model, and the share of right intents", *reliability(everything)]))
    return "\n\n".join(parts)


def _figures(outcomes: Sequence[Outcome]) -> str:
    found = score(outcomes)
    large = [each.f1 for each in found.intents.values() if each.support >= _LEAST_SUPPORT]
    classes = "  ".join(
        f"{intent} {each.f1:.2f} ({each.support})" for intent, each in found.intents.items() if each.support
    )
    return (
        f"lines {found.lines}  accuracy {found.accuracy:.4f}  macro-F1 of classes with {_LEAST_SUPPORT} lines "
        f"{sum(large) / max(1, len(large)):.4f}  topic {found.topic_accuracy:.4f}\nF1 (lines): {classes}"
    )


def reliability(outcomes: Sequence[Outcome]) -> list[str]:
    """One row for each band of confidence: lines that the model decided, mean confidence, share of right intents."""
    decided = [each for each in outcomes if each.found.stage is Stage.MODEL]
    rows = []
    for low, high in pairwise(_EDGES):
        band = [each for each in decided if low <= each.found.confidence < high]
        if band:
            mean = sum(each.found.confidence for each in band) / len(band)
            right = sum(each.found.intent is each.label.intent for each in band) / len(band)
            rows.append(
                f"{low:.2f}-{min(high, 1.0):.2f}  lines {len(band):4d}  confidence {mean:.3f}  right {right:.3f}"
            )
    return rows
