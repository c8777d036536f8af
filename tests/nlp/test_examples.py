from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from nlp.training.examples import (
    OWN_CATALOGS,
    OWN_LABELLED,
    labelled_examples,
    own_examples,
    own_files,
    room_lines,
    trainable,
    write_out,
)
from nlp.training.shops import training_shops
from nlp.types import Intent, Topic
from nlp.wire import load_catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.types import CatalogueOffer

LABELLED = {"id": "1", "text": "甜吗", "intent": "question", "topic": "quality", "catalog": "none"}


def test_every_training_line_can_be_written_out() -> None:
    found = own_examples()
    assert {each.intent for each in found} == set(Intent)
    assert {each.topic for each in found if each.topic} == set(Topic)


def test_a_topic_stands_on_questions_and_on_nothing_else() -> None:
    assert all((each.topic is not None) == (each.intent is Intent.QUESTION) for each in own_examples())


def test_no_line_stands_twice_with_different_labels() -> None:
    labels: dict[str, str] = {}
    for path in own_files():
        for line in path.read_text(encoding="utf-8").splitlines():
            label, colon, pattern = line.partition(": ")
            if colon and not line.startswith("#"):
                assert labels.setdefault(pattern, label) == label, pattern


def test_a_pattern_becomes_one_of_its_combinations() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    assert write_out("(甲|乙)丙", {}, chance) in {"甲丙", "乙丙"}


def test_a_capital_letter_becomes_a_word_of_the_shop() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    assert write_out("O甜吗", {"O": ("核桃",)}, chance) == "核桃甜吗"


def test_a_mark_chooses_the_shop(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("# why\nchat: 好\nchat: +好\nchat: -好\n", encoding="utf-8")
    first, vouchers, empty = own_examples([path])
    assert first.features == vouchers.features != empty.features


def test_the_vouchers_are_known_by_name_in_their_shop() -> None:
    assert "火锅餐" in training_shops()["+"].catalogue.names


def test_lines_held_back_are_not_trained_on() -> None:
    lines = [json.dumps({**LABELLED, "held": True}), json.dumps(LABELLED), ""]
    assert len(trainable(lines)) == 1


def test_a_line_under_an_open_prompt_teaches_nothing() -> None:
    prompt = {"keyword": "1", "meaning": "claim", "ref_id": None}
    lines = trainable([json.dumps({**LABELLED, "prompt": prompt}), json.dumps(LABELLED)])
    assert len(labelled_examples(lines, {})) == 1


def test_our_own_labelled_lines_name_only_catalogues_that_are_at_hand() -> None:
    offers: dict[str, list[CatalogueOffer]] = {"none": []}
    offers |= {name: each for path in OWN_CATALOGS for name, each in load_catalogues(path).items()}
    for path in OWN_LABELLED:
        lines = trainable(path.read_text(encoding="utf-8").splitlines())
        assert {each.label.catalog for each in lines} <= offers.keys()
        assert labelled_examples(lines, offers)


def test_labels_of_rooms_find_their_texts_where_they_are_at_hand(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    rows = [{**LABELLED, "room": "a.jsonl"}, {**LABELLED, "id": "2", "room": "gone.jsonl"}]
    labels.write_text("\n".join(json.dumps({**row, "text": None}) for row in rows), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"type": "comment", "id": "1", "text": "辣吗"}), encoding="utf-8")
    assert [each.line.text for each in room_lines(tmp_path, labels)] == ["辣吗"]
