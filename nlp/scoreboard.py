"""An evaluation as JSON and as text for a terminal: pure rendering."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from nlp.types import Intent
from nlp.wire import action_dict, classification_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.evaluate import Evaluation, Outcome

WORST_SHOWN = 20


def as_dict(evaluation: Evaluation) -> dict[str, object]:
    """The evaluation as one JSON object, shares as numbers from 0 to 1."""
    return {
        "lines": evaluation.lines,
        "intents": {
            str(intent): {"precision": each.precision, "recall": each.recall, "f1": each.f1, "support": each.support}
            for intent, each in evaluation.intents.items()
        },
        "macro_f1": evaluation.macro_f1,
        "accuracy": evaluation.accuracy,
        "topic_accuracy": evaluation.topic_accuracy,
        "action_exact": evaluation.action_exact,
        "auto_precision": evaluation.auto_precision,
        "auto_coverage": evaluation.auto_coverage,
        "false_orders": evaluation.false_orders,
        "comments_per_second": evaluation.comments_per_second,
        "confusion": [
            {"labelled": str(labelled), "found": str(found), "lines": count}
            for (labelled, found), count in sorted(evaluation.confusion.items())
        ],
        "worst": [_outcome_dict(each) for each in evaluation.worst[:WORST_SHOWN]],
    }


def _outcome_dict(outcome: Outcome) -> dict[str, object]:
    return {
        "line": outcome.line.number,
        "id": outcome.line.id,
        "text": outcome.line.text,
        "labelled": {
            "intent": str(outcome.label.intent),
            "topic": outcome.label.topic and str(outcome.label.topic),
            "actions": [action_dict(each) for each in outcome.label.actions],
            "auto_ok": outcome.label.auto_ok,
        },
        "found": classification_dict(outcome.found),
    }


def as_table(evaluation: Evaluation) -> str:
    """The evaluation as text: the scores, each intent, the confusion matrix and the worst lines."""
    parts = [_totals(evaluation), _intents(evaluation), _confusion(evaluation), _worst(evaluation)]
    return "\n\n".join(part for part in parts if part)


def _totals(evaluation: Evaluation) -> str:
    shares = ("accuracy", "macro_f1", "topic_accuracy", "action_exact", "auto_precision", "auto_coverage")
    rows = [(name, f"{getattr(evaluation, name):.4f}") for name in shares]
    rows += [("false_orders", str(evaluation.false_orders)), ("lines", str(evaluation.lines))]
    if evaluation.comments_per_second is not None:
        rows.append(("comments_per_second", f"{evaluation.comments_per_second:.0f}"))
    return _grid(rows)


def _intents(evaluation: Evaluation) -> str:
    rows = [("intent", "precision", "recall", "f1", "support")]
    rows += [
        (str(intent), f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}", str(each.support))
        for intent, each in evaluation.intents.items()
    ]
    return _grid(rows)


def _confusion(evaluation: Evaluation) -> str:
    seen = [intent for intent in Intent if any(intent in pair for pair in evaluation.confusion)]
    rows = [("labelled \\ found", *(str(intent) for intent in seen))]
    rows += [(str(row), *(str(evaluation.confusion.get((row, column), 0)) for column in seen)) for row in seen]
    return _grid(rows) if seen else ""


def _worst(evaluation: Evaluation) -> str:
    return "\n".join(_worst_line(each) for each in evaluation.worst[:WORST_SHOWN])


def _worst_line(outcome: Outcome) -> str:
    mark = "!" if outcome.is_auto and not outcome.is_right_auto else " "
    wanted, got = _actions(outcome.label.actions), _actions(outcome.found.actions)
    labelled = "/".join(filter(None, (str(outcome.label.intent), outcome.label.topic, wanted)))
    found = "/".join(filter(None, (str(outcome.found.intent), outcome.found.topic, got)))
    return f"{mark} {outcome.line.id} {outcome.line.text}  {labelled} -> {found} ({outcome.found.route})"


def _actions(actions: Sequence[object]) -> str:
    return ",".join(
        ":".join(str(getattr(each, name)) for name in ("op", "offer", "variant", "quantity")) for each in actions
    )


def _grid(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    """Columns of a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
