"""Examples for the model: lines of our own writing, and labelled files that are only read while training."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.catalogue import build_catalogue
from nlp.evaluate import labelled_lines
from nlp.features import features
from nlp.scan import tokens_of
from nlp.types import CatalogueOffer, CatalogueVariant, Intent, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.catalogue import Catalogue

LINES = Path(__file__).parent / "lines.txt"
_WRITINGS = 20
_OWN_WEIGHT, _LABELLED_WEIGHT = 0.3, 1.0
_OFFERS = ("苹果", "3号", "鸡蛋", "面条", "5号", "双人套餐", "1号链接")
_ABSENT = ("草莓", "荔枝", "小龙虾", "电饭煲", "冰淇淋", "猪蹄", "连衣裙")


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The features of a line with its intent, its topic if it asks, and how much it counts."""

    features: tuple[int, ...]
    intent: Intent
    topic: Topic | None
    weight: float
    key: str


def training_offers() -> list[CatalogueOffer]:
    """A small shop for the lines of our own writing."""
    flavours = (CatalogueVariant(id="plain", name="原味"), CatalogueVariant(id="hot", name="香辣", aliases=("辣的",)))
    rows = (
        ("苹果", "箱", ()),
        ("鸡蛋", "板", ()),
        ("面条", "袋", flavours),
        ("香菇酱", "瓶", ()),
        ("双人套餐", "份", ()),
    )
    return [
        CatalogueOffer(
            id=f"t{number}", number=number, title=title, unit=unit, price_fen=1990 + number, variants=variants
        )
        for number, (title, unit, variants) in enumerate(rows, start=1)
    ]


def own_examples(path: Path = LINES) -> list[Example]:
    """The lines of our own writing, each written out in a few of its combinations."""
    shop, empty = build_catalogue(training_offers()), build_catalogue([])
    found: list[Example] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            found.extend(_of_line(line, number, shop, empty))
    return found


def _of_line(line: str, number: int, shop: Catalogue, empty: Catalogue) -> Iterable[Example]:
    label, _, pattern = line.partition(": ")
    intent, _, topic = label.partition("/")
    chance = random.Random(number)  # noqa: S311 - repeatable writings, no secret
    bare = pattern.startswith("-")
    texts = dict.fromkeys(write_out(pattern.removeprefix("-"), chance) for _ in range(_WRITINGS))
    return [
        _example(text, empty if bare else shop, Intent(intent), Topic(topic) if topic else None, _OWN_WEIGHT)
        for text in texts
    ]


def write_out(pattern: str, chance: random.Random) -> str:
    """One combination of a pattern: (a|b|) becomes one of its alternatives, O an offer, A goods not on offer."""
    text = ""
    while "(" in pattern:
        head, _, rest = pattern.partition("(")
        choices, _, pattern = rest.partition(")")
        text += head + chance.choice(choices.split("|"))
    return "".join(_filled(letter, chance) for letter in text + pattern)


def _filled(letter: str, chance: random.Random) -> str:
    if letter == "O":
        return chance.choice(_OFFERS)
    return chance.choice(_ABSENT) if letter == "A" else letter


def _is_held(line: str) -> bool:
    return bool(line.strip()) and json.loads(line).get("held") is True


def labelled_examples(path: Path, offers: Mapping[str, Sequence[CatalogueOffer]]) -> list[Example]:
    """The lines of a labelled file, but for those marked `"held": true`, which only measure."""
    lines = labelled_lines(line for line in path.read_text(encoding="utf-8").splitlines() if not _is_held(line))
    names = {each.label.catalog for each in lines}
    catalogues = {name: build_catalogue(offers.get(name, [])) for name in names}
    return [
        _example(each.line.text, catalogues[each.label.catalog], each.label.intent, each.label.topic, _LABELLED_WEIGHT)
        for each in lines
        if each.line.context.prompt is None
    ]


def _example(text: str, catalogue: Catalogue, intent: Intent, topic: Topic | None, weight: float) -> Example:
    folded = catalogue.folding.fold(text)
    found = features(folded, tokens_of(folded, catalogue), catalogue.cues, text, has_offers=bool(catalogue.offers))
    return Example(features=tuple(found), intent=intent, topic=topic, weight=weight, key=text)
