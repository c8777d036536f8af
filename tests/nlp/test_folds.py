from __future__ import annotations

import json

from nlp.training.examples import labelled_examples, trainable
from nlp.training.folds import FOLDS, Source, cross_validate, fold_of, report
from nlp.types import Intent

TEXTS = {
    "甜吗": "question",
    "辣吗": "question",
    "坏了": "complaint",
    "烂了俩": "complaint",
    "哈哈": "chat",
    "晚上好": "chat",
}


def source() -> Source:
    rows = [
        {"id": text, "text": text, "intent": intent, "topic": "quality" if intent == "question" else None}
        for text, intent in TEXTS.items()
    ]
    return Source(name="few", pairs=labelled_examples(trainable(json.dumps(row) for row in rows), {}))


def test_signs_and_repetition_do_not_part_a_line_from_its_like() -> None:
    assert fold_of("甜吗") == fold_of("甜吗？[赞]甜吗 甜吗!!")


def test_every_line_is_read_once_by_a_model_that_never_saw_it() -> None:
    few = source()
    found = cross_validate([], [few], {})["few"]
    assert sorted(each.line.text for each in found) == sorted(TEXTS)
    assert len({fold_of(text) for text in TEXTS}) <= FOLDS


def test_the_report_names_each_source_and_class() -> None:
    found = report(cross_validate([], [source()], {}))
    assert "== few" in found
    assert f"{Intent.COMPLAINT} " in found
    assert "confidence of the model" in found


def test_nothing_labelled_makes_a_report_of_nothing() -> None:
    assert "lines" in report({})
