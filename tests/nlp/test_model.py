from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.catalogue import build_catalogue
from nlp.features import cue_trie, features, masked
from nlp.model import INTENTS, ModelError, dumps, load_model, pack, softmax, unpack
from nlp.scan import scan
from nlp.training.examples import Example
from nlp.training.fitting import train
from nlp.types import Intent, Topic
from tests.nlp.shop import OFFERS

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = build_catalogue(OFFERS)


def seen(text: str) -> set[int]:
    return features(text, scan(text, CATALOGUE), CATALOGUE.cues, text, has_offers=True)


def example(text: str, intent: Intent, topic: Topic | None = None) -> Example:
    return Example(features=tuple(sorted(seen(text))), intent=intent, topic=topic, weight=1.0)


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


@given(st.lists(st.lists(st.integers(-127, 127), min_size=3, max_size=3), min_size=1, max_size=50))
def test_a_sum_of_packed_rows_is_the_packed_sum(rows: list[list[int]]) -> None:
    assert unpack(sum(pack(row) for row in rows), 3) == [sum(column) for column in zip(*rows, strict=True)]


def test_probabilities_add_up_to_one() -> None:
    assert sum(softmax([3.0, -2.0, 800.0])) == pytest.approx(1)


def test_names_and_numbers_are_masked() -> None:
    text = "核桃两袋68块草莓灰的"
    assert masked(text, scan(text, CATALOGUE)) == "OQMAV"


def test_what_asks_is_seen_apart_from_what_states() -> None:
    assert seen("发货吗") & seen("甜不甜") - seen("发货了")


def test_signs_at_the_end_hide_no_ending() -> None:
    assert seen("到了吗") - seen("到了吗？？") <= seen("到了吗")
    assert seen("甜吗[赞]") & seen("苦吗!!!") & seen("酸吗 ")


def test_emoji_are_features_of_their_own() -> None:
    assert seen("好😀") - seen("好 ")


def test_features_hold_no_words() -> None:
    assert all(isinstance(feature, int) for feature in seen("核桃多少钱"))


def test_a_cue_word_may_stand_in_several_sections() -> None:
    assert cue_trie({"a": ("福袋",), "b": ("福袋",)}) == {"福袋": [("", ("@a", "@b"))]}


def test_a_cue_word_of_more_letters_is_met_whole_or_not_at_all() -> None:
    cues = cue_trie({"a": ("几点关门",)})
    met, missed = (
        features(text, scan(text, CATALOGUE), cues, text, has_offers=True) for text in ("几点关门", "几点关心门")
    )
    without = [features(text, scan(text, CATALOGUE), {}, text, has_offers=True) for text in ("几点关门", "几点关心门")]
    assert met != without[0]
    assert missed == without[1]
