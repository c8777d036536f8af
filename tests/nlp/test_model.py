from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from nlp.catalogue import build_catalogue
from nlp.features import cue_trie, features, masked
from nlp.model import INTENTS, ModelError, load_model, softmax
from nlp.scan import scan
from nlp.training.examples import Example, own_examples, write_out
from nlp.training.train import dumps, train
from nlp.types import Intent, Topic
from tests.nlp.shop import OFFERS

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = build_catalogue(OFFERS)


def seen(text: str) -> list[int]:
    return features(text, scan(text, CATALOGUE), CATALOGUE.cues, text, has_offers=True)


def example(text: str, intent: Intent, topic: Topic | None = None) -> Example:
    return Example(features=tuple(seen(text)), intent=intent, topic=topic, weight=1.0, key=text)


EXAMPLES = [
    example("甜吗", Intent.QUESTION, Topic.QUALITY), example("多少钱", Intent.QUESTION, Topic.PRICE),
    example("坏了", Intent.COMPLAINT), example("烂了", Intent.COMPLAINT), example("多钱啊", Intent.QUESTION, Topic.PRICE),
]  # fmt: skip


def test_the_same_lines_give_the_same_weights_bit_for_bit() -> None:
    assert dumps(train(EXAMPLES)) == dumps(train(EXAMPLES))


def test_training_learns_its_lines() -> None:
    model = train(EXAMPLES)
    assert model.guess(seen("坏了")).best()[0] is Intent.COMPLAINT
    assert model.topic(seen("多少钱")) is Topic.PRICE


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    model = train(EXAMPLES)
    path.write_text(dumps(model), encoding="ascii")
    assert load_model(path) == model


def test_weights_for_other_intents_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    value = json.loads(dumps(train(EXAMPLES)))
    path.write_text(json.dumps({**value, "intents": ["buy"]}), encoding="ascii")
    with pytest.raises(ModelError, match="other intents"):
        load_model(path)


def test_the_weights_of_the_product_load_and_are_small() -> None:
    model = load_model()
    assert set(model.guess(seen("晚上好")).intents) == set(INTENTS)
    assert len(model.intents.rows) + len(model.topics.rows) < 40_000


def test_probabilities_add_up_to_one() -> None:
    assert sum(softmax([3.0, -2.0, 800.0])) == pytest.approx(1)


def test_names_and_numbers_are_masked() -> None:
    text = "核桃两袋68块草莓灰的"
    assert masked(text, scan(text, CATALOGUE)) == "OQMAV"


def test_features_hold_no_words() -> None:
    assert all(isinstance(feature, int) for feature in seen("核桃多少钱"))


def test_a_cue_word_may_stand_in_several_sections() -> None:
    trie = cue_trie({"a": ("福袋",), "b": ("福袋",)})
    assert trie["福"]["袋"][""][1] == "a b"


def test_every_training_line_can_be_written_out() -> None:
    found = own_examples()
    assert {each.intent for each in found} == set(Intent)
    assert {each.topic for each in found if each.topic} == set(Topic)
    assert not [each.key for each in found if "(" in each.key or "|" in each.key]


def test_a_pattern_becomes_one_of_its_combinations() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    assert write_out("(甲|乙)丙", chance) in {"甲丙", "乙丙"}
