"""How well comments are understood: labelled lines in, the metrics of the public contract (section 5) out.

A labelled line is an input line with `intent`, `topic`, `actions`, `auto_ok` and the name of its `catalog`.
`evaluate` takes any classifying function and has no clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.maker import ClassifierMaker
from nlp.types import Action, Intent, Op, Route, Topic
from nlp.wire import InputLine, WireError, input_lines, load_catalogues, objects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from nlp.classifier import Classifier
    from nlp.types import CatalogueOffer, Classification

ORDER_INTENTS = frozenset({Intent.BUY, Intent.CHANGE, Intent.CANCEL})


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What a line should have been understood as."""

    intent: Intent
    topic: Topic | None
    actions: tuple[Action, ...]
    auto_ok: bool
    catalog: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledLine:
    """A comment with its label."""

    line: InputLine
    label: Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """A labelled comment with what was made of it."""

    line: InputLine
    label: Label
    found: Classification

    @property
    def is_auto(self) -> bool:
        """Whether it was booked without asking."""
        return self.found.route is Route.AUTO and self.found.intent in ORDER_INTENTS

    @property
    def actions_agree(self) -> bool:
        """Whether exactly the labelled actions were found, in their order."""
        return self.found.actions == self.label.actions

    @property
    def is_right_auto(self) -> bool:
        """Whether booking it at once was right in every part."""
        return self.label.auto_ok and self.found.intent is self.label.intent and self.actions_agree


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassScore:
    """Precision, recall, F1 and number of labelled lines of one intent."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """Every metric of the contract, the confusion matrix ((labelled, found), lines) and the wrong lines, worst first."""

    lines: int
    intents: Mapping[Intent, ClassScore]
    macro_f1: float
    accuracy: float
    topic_accuracy: float
    action_exact: float
    auto_precision: float
    auto_coverage: float
    false_orders: int
    confusion: Mapping[tuple[Intent, Intent], int]
    worst: tuple[Outcome, ...]
    comments_per_second: float | None = None

    def as_dict(self) -> dict[str, object]:
        """The evaluation as one JSON object."""
        from nlp.scoreboard import as_dict  # noqa: PLC0415 - the rendering reads these types

        return as_dict(self)

    def as_table(self) -> str:
        """The evaluation as text for a terminal."""
        from nlp.scoreboard import as_table  # noqa: PLC0415 - the rendering reads these types

        return as_table(self)


def evaluate(lines: Iterable[LabelledLine], classify: Callable[[LabelledLine], Classification]) -> Evaluation:
    """Classify every labelled line and score the answers."""
    return score([Outcome(line=each.line, label=each.label, found=classify(each)) for each in lines])


def score(outcomes: Sequence[Outcome]) -> Evaluation:
    """Score classified lines; a share of nothing is 1."""
    confusion = Counter((each.label.intent, each.found.intent) for each in outcomes)
    intents = {intent: _class_score(intent, confusion) for intent in Intent}
    supported = [each.f1 for each in intents.values() if each.support]
    topics = [each for each in outcomes if each.label.topic is not None]
    ordering = [each for each in outcomes if each.label.actions]
    auto = [each for each in outcomes if each.is_auto]
    bookable = [each for each in outcomes if each.label.auto_ok]
    return Evaluation(
        lines=len(outcomes),
        intents=intents,
        macro_f1=_share(sum(supported), len(supported)),
        accuracy=_share(sum(each.label.intent is each.found.intent for each in outcomes), len(outcomes)),
        topic_accuracy=_share(sum(each.label.topic is each.found.topic for each in topics), len(topics)),
        action_exact=_share(sum(each.actions_agree for each in ordering), len(ordering)),
        auto_precision=_share(sum(each.is_right_auto for each in auto), len(auto)),
        auto_coverage=_share(sum(each.is_auto for each in bookable), len(bookable)),
        false_orders=sum(each.is_auto and each.label.intent not in ORDER_INTENTS for each in outcomes),
        confusion=dict(confusion),
        worst=tuple(sorted((each for each in outcomes if _badness(each)), key=_badness, reverse=True)),
    )


def _class_score(intent: Intent, confusion: Mapping[tuple[Intent, Intent], int]) -> ClassScore:
    hits = confusion.get((intent, intent), 0)
    support = sum(count for (labelled, _), count in confusion.items() if labelled is intent)
    claimed = sum(count for (_, found), count in confusion.items() if found is intent)
    f1 = 2 * hits / (support + claimed) if support + claimed else 0.0
    return ClassScore(
        precision=hits / claimed if claimed else 0.0, recall=hits / support if support else 0.0, f1=f1, support=support
    )


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 1.0


def _badness(outcome: Outcome) -> float:
    """Order the wrong lines: a wrong automatic booking first, then the surest of the wrong answers."""
    if outcome.is_auto and not outcome.is_right_auto:
        return 2 + outcome.found.confidence
    if outcome.found.intent is not outcome.label.intent:
        return 1 + outcome.found.confidence
    wrong = not outcome.actions_agree or outcome.found.topic is not outcome.label.topic
    return outcome.found.confidence if wrong else 0.0


def labelled_lines(lines: Iterable[str]) -> list[LabelledLine]:
    """Read labelled JSON Lines; raises `WireError` with every fault."""
    objects = objects_of(lines)
    faults: list[str] = []
    labels = [_label(number, value, faults) for number, value in objects]
    try:
        inputs = input_lines(objects)
    except WireError as error:
        faults = [*error.faults, *faults]
    if faults:
        raise WireError(faults)
    return [LabelledLine(line=line, label=label) for line, label in zip(inputs, labels, strict=True) if label]


def _label(number: int, value: Mapping[str, object], faults: list[str]) -> Label | None:
    try:
        topic = value.get("topic")
        actions = value.get("actions", [])
        return Label(
            intent=Intent(str(value["intent"])),
            topic=None if topic is None else Topic(str(topic)),
            actions=tuple(_action(each) for each in actions) if isinstance(actions, list) else (),
            auto_ok=value.get("auto_ok") is True,
            catalog=str(value.get("catalog", "")),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        faults.append(f"line {number}: not a label: {error}")
        return None


def _action(value: Mapping[str, object]) -> Action:
    offer, variant, quantity = value.get("offer"), value.get("variant"), value.get("quantity")
    return Action(
        op=Op(str(value["op"])),
        offer=None if offer is None else str(offer),
        variant=None if variant is None else str(variant),
        quantity=quantity if isinstance(quantity, int) else None,
    )


def evaluate_file(
    path: Path, catalogs_path: Path | None = None, *, clock: Callable[[], float] | None = None
) -> Evaluation:
    """Evaluate a file of labelled lines; a line without `catalog` has an empty one.

    `clock` (seconds, such as `time.perf_counter`) is read before and after, for `comments_per_second`. Raises `WireError`
    for faults of either file, a catalogue name that is not in the catalogues file among them.
    """
    lines = labelled_lines(path.read_text(encoding="utf-8").splitlines())
    classifiers = _classifiers(lines, path, {} if catalogs_path is None else load_catalogues(catalogs_path))
    began = clock() if clock else 0.0
    found = evaluate(lines, lambda each: classifiers[each.label.catalog].classify(each.line.text, each.line.context))
    if clock is None:
        return found
    return replace(found, comments_per_second=len(lines) / max(clock() - began, 1e-9))


def _classifiers(
    lines: Sequence[LabelledLine], path: Path, offers: Mapping[str, Sequence[CatalogueOffer]]
) -> dict[str, Classifier]:
    names = {each.label.catalog for each in lines}
    if missing := sorted(name for name in names - offers.keys() if name):
        raise WireError([f"{path.name}: no catalogue named {name}; give it with --catalogs" for name in missing])
    make = ClassifierMaker()
    return {name: make(offers.get(name, [])) for name in names}
