from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nlp.evaluate import Evaluation, evaluate, evaluate_file, labelled_lines
from nlp.types import Action, Classification, Intent, Op, Route, Stage, Topic
from nlp.wire import WireError

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.evaluate import LabelledLine

BUY = Action(op=Op.SET, offer="walnut", variant=None, quantity=2)
WIRED = {"op": "set", "offer": "walnut", "variant": None, "quantity": 2}


def labelled(text: str, intent: str, *, topic: str | None = None, orders: bool = False, auto: bool = False) -> str:
    return json.dumps({
        "id": text, "text": text, "intent": intent, "topic": topic, "actions": [WIRED] if orders else [], "auto_ok": auto,
    })  # fmt: skip


def answer(
    intent: Intent, *, topic: Topic | None = None, route: Route = Route.IGNORE, orders: bool = False
) -> Classification:
    return Classification(
        intent=intent, topic=topic, confidence=0.8, route=route, actions=(BUY,) if orders else (), evidence=(),
        stage=Stage.RULES, reason="",
    )  # fmt: skip


def run(*pairs: tuple[str, Classification]) -> Evaluation:
    answers = iter([found for _, found in pairs])

    def classify(_line: LabelledLine) -> Classification:
        return next(answers)

    return evaluate(labelled_lines([line for line, _ in pairs]), classify)


RIGHT = (labelled("a", "buy", orders=True, auto=True), answer(Intent.BUY, route=Route.AUTO, orders=True))
ASKED = (labelled("b", "buy", orders=True, auto=True), answer(Intent.BUY, route=Route.CONFIRM, orders=True))
FALSE = (labelled("c", "chat"), answer(Intent.BUY, route=Route.AUTO, orders=True))
TOPIC = (labelled("d", "question", topic="price"), answer(Intent.QUESTION, topic=Topic.STOCK))


def test_each_metric_counts_what_it_says() -> None:
    found = run(RIGHT, ASKED, FALSE, TOPIC)
    assert found.accuracy == 3 / 4
    assert found.auto_precision == 1 / 2
    assert found.auto_coverage == 1 / 2
    assert found.false_orders == 1
    assert found.action_exact == 1
    assert found.topic_accuracy == 0
    assert found.intents[Intent.BUY].precision == 2 / 3
    assert found.intents[Intent.BUY].recall == 1
    assert found.intents[Intent.BUY].support == 2
    assert found.macro_f1 == pytest.approx((0.8 + 0 + 1) / 3)


def test_the_worst_line_is_the_wrong_booking() -> None:
    assert [each.line.id for each in run(TOPIC, RIGHT, FALSE).worst] == ["c", "d"]


def test_a_share_of_nothing_is_one() -> None:
    found = run((labelled("a", "chat"), answer(Intent.CHAT)))
    assert (found.auto_precision, found.auto_coverage, found.topic_accuracy, found.action_exact) == (1, 1, 1, 1)


def test_a_booking_with_a_wrong_quantity_is_wrong() -> None:
    line = labelled("a", "buy", orders=True, auto=True).replace('"quantity": 2', '"quantity": 3')
    assert run((line, RIGHT[1])).auto_precision == 0


def test_faulty_labels_are_told_together() -> None:
    with pytest.raises(WireError) as error:
        labelled_lines(['{"id":"a","text":"b","intent":"shout"}', '{"id":"c","text":5,"intent":"chat"}'])
    assert len(error.value.faults) == 2


def test_a_file_is_evaluated_with_the_catalogues_it_names(tmp_path: Path) -> None:
    lines, catalogs = tmp_path / "lines.jsonl", tmp_path / "catalogs.json"
    line = {**json.loads(RIGHT[0]), "text": "核桃两袋", "catalog": "nuts"}
    lines.write_text(json.dumps(line) + "\n", encoding="utf-8")
    offer = {"id": "walnut", "number": 1, "title": "薄皮核桃", "aliases": ["核桃"], "unit": "袋"}
    catalogs.write_text(json.dumps({"nuts": {"offers": [offer]}}), encoding="utf-8")
    found = evaluate_file(lines, catalogs, clock=iter([10.0, 10.5]).__next__)
    assert found.action_exact == 1
    assert found.comments_per_second == 2


def test_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({**json.loads(RIGHT[0]), "catalog": "nuts"}), encoding="utf-8")
    with pytest.raises(WireError, match="no catalogue named nuts"):
        evaluate_file(lines)
