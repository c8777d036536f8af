"""What reading a comment costs beside `jieba.lcut` of the same text: both in one run, turn by turn, nothing remembered."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import jieba

from live.bench import corpus
from nlp.maker import ClassifierMaker
from nlp.types import CatalogueOffer, Context
from nlp.wire import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ROUNDS = 7
OWN_TEXTS = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingCost:
    """Microseconds of processor time a comment, medians over the rounds."""

    texts: int
    classify_us: float
    lcut_us: float

    @property
    def ratio(self) -> float:
        """How many times as much as `jieba.lcut`."""
        return self.classify_us / self.lcut_us

    def as_dict(self) -> dict[str, object]:
        """As a JSON object."""
        return {
            "texts": self.texts,
            "classify_us": round(self.classify_us, 1),
            "lcut_us": round(self.lcut_us, 1),
            "ratio_to_lcut": round(self.ratio, 2),
        }


def reading_cost(texts: Sequence[str], offers: Sequence[CatalogueOffer]) -> ReadingCost:
    """Measure both on the same texts, so that a slow moment of the machine strikes both."""
    maker = ClassifierMaker()
    maker.warm()
    classifier, nothing_shown = maker(offers), Context()
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    rounds = [
        (_seconds(lambda text: classifier.classify(text, nothing_shown), texts), _seconds(jieba.lcut, texts))
        for _ in range(ROUNDS)
    ]
    read, cut = (median(each) for each in zip(*rounds, strict=True))
    each_us = 1e6 / len(texts)
    return ReadingCost(texts=len(texts), classify_us=read * each_us, lcut_us=cut * each_us)


def _seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    begun = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - begun


def own_texts() -> tuple[list[str], list[CatalogueOffer]]:
    """The benchmark's own talk with its own catalogue."""
    goods = enumerate(corpus.GOODS, 1)
    offers = [CatalogueOffer(id=id_, number=number, title=name, unit=unit) for number, (id_, name, unit) in goods]
    return [json.loads(frame)["text"] for frame in corpus.frames(OWN_TEXTS, prefix="read")], offers


def recorded_texts(log: Path, catalog: Path | None) -> tuple[list[str], list[CatalogueOffer]]:
    """The comments of a recorded log (section 2 frames), with the catalogue of a file or none.

    Raises OSError, and ValueError where a file is not what it should be or holds no comment.
    """
    frames = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [frame["text"] for frame in frames if isinstance(frame, dict) and frame.get("type") == "comment"]
    if not texts:
        raise ValueError(f"{log}：没有一条评论")
    return texts, [] if catalog is None else list(load_catalogue(catalog))
