from __future__ import annotations

from functools import lru_cache

import pytest

from nlp.catalogue import build_catalogue
from nlp.classifier import Classifier
from nlp.scan import scan
from nlp.types import CatalogueOffer, Context, Route
from nlp.words import Segmenter, build_segmenter, has_cut_name

CATALOGUE = build_catalogue(
    [CatalogueOffer(id="bamboo", number=1, title="手剥笋", aliases=("手剥", "剥笋"), unit="袋")]
)


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    return build_segmenter()


def test_words_join_to_the_text_again() -> None:
    assert "".join(segmenter().words("要两袋手剥笋，谢谢")) == "要两袋手剥笋，谢谢"


def test_each_segmenter_has_a_tokenizer_of_its_own() -> None:
    assert build_segmenter()._tokenizer is not build_segmenter()._tokenizer


def test_nothing_loads_before_it_is_wanted() -> None:
    assert not build_segmenter()._tokenizer.initialized


@pytest.mark.parametrize(("text", "cut"), [("手剥来两袋", False), ("选手剥来两袋", True)])
def test_a_name_read_out_of_a_longer_word_is_found(text: str, *, cut: bool) -> None:
    assert has_cut_name(text, scan(text, CATALOGUE), segmenter()) is cut


def test_such_a_name_is_not_booked_unasked() -> None:
    text = "选手剥来两袋"
    careless, careful = Classifier(CATALOGUE), Classifier(CATALOGUE, segmenter=segmenter())
    careful.warm()
    assert careless.classify("手剥来两袋", Context()).route is Route.AUTO
    assert careful.classify("手剥来两袋", Context()).route is Route.AUTO
    assert careful.classify(text, Context()).route is not Route.AUTO
