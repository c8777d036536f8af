from __future__ import annotations

import json

from nlp.types import Intent
from tests.nlp.test_evaluate import ASKED, FALSE, RIGHT, TOPIC, run

FOUND = run(RIGHT, ASKED, FALSE, TOPIC)


def test_the_object_holds_every_metric_and_is_json() -> None:
    value = json.loads(json.dumps(FOUND.as_dict()))
    assert {
        "accuracy", "macro_f1", "topic_accuracy", "action_exact", "auto_precision", "auto_coverage", "false_orders",
        "comments_per_second", "intents", "confusion", "worst", "lines",
    } == set(value)  # fmt: skip
    assert set(value["intents"]) == {str(intent) for intent in Intent}
    assert {"labelled": "chat", "found": "buy", "lines": 1} in value["confusion"]


def test_the_table_shows_the_scores_the_matrix_and_the_wrong_lines() -> None:
    table = FOUND.as_table()
    assert "auto_precision  0.5000" in table
    assert "labelled \\ found" in table
    assert "! c c  chat -> buy/set:walnut:None:2 (auto)" in table


def test_columns_line_up_under_wide_characters() -> None:
    rows = FOUND.as_table().split("\n\n")[1].splitlines()
    assert len({row.index(row.split()[1]) for row in rows}) == 1
