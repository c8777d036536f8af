"""Makes classifiers that share what is costly: the model's weights and the dictionary of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.classifier import Classifier, Thresholds, build_catalogue
from nlp.model import load_model
from nlp.words import build_segmenter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.types import CatalogueOffer


class ClassifierMaker:
    """Compiles catalogues; one maker serves every room of a process. Making it raises what `load_model` raises."""

    def __init__(self, *, thresholds: Thresholds | None = None) -> None:
        self._thresholds = thresholds
        self._model = load_model()
        self._segmenter = build_segmenter()

    def __call__(self, offers: Sequence[CatalogueOffer]) -> Classifier:
        """Compile a catalogue and put the classifier before it."""
        return Classifier(
            build_catalogue(offers), thresholds=self._thresholds, model=self._model, segmenter=self._segmenter
        )

    def warm(self) -> None:
        """Load the dictionary now (about a second), not at the first comment that wants words."""
        self._segmenter.warm()
