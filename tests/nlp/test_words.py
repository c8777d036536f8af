from __future__ import annotations

from functools import lru_cache

import pytest

from nlp.catalogue import build_catalogue
from nlp.classifier import Classifier
from nlp.scan import scan
from nlp.types import CatalogueOffer, Context, Intent, Route
from nlp.words import Segmenter, build_segmenter, has_cut_name
from tests.nlp.shop import OFFERS, told

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


@pytest.mark.parametrize(
    "text",
    [
        "核桃两袋，工地改善伙食",
        "核桃两袋，家里变化大",
        "核桃两袋，我退休了",
        "核桃两袋，正在减肥",
        "核桃两袋，换季了",
        "核桃两袋，加班呢",
        "核桃两袋，刚下岗",
        "核桃两袋，备考吃",
    ],
)
def test_a_verb_inside_a_word_is_no_verb(text: str) -> None:
    reader = Classifier(build_catalogue(OFFERS), segmenter=segmenter())
    found = reader.classify(text, Context())
    assert found.intent is Intent.BUY
    assert told(found) == ["set walnut - 2"]
