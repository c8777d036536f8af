"""Examples for the model: lines of our own writing, and labelled files that are only read while training."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp.catalogue import build_catalogue
from nlp.evaluate import LabelledLine, labelled_lines
from nlp.features import features
from nlp.scan import tokens_of
from nlp.training.shops import Shop, training_shops
from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nlp.catalogue import Catalogue
    from nlp.types import CatalogueOffer

FOLDER = Path(__file__).parent
#: Labels by room and id; the texts are read where they are at hand.
ROOM_LABELS = FOLDER / "room_labels.jsonl"
#: Labelled lines of our own writing, and the catalogues that they name.
OWN_LABELLED = (FOLDER / "shop_chat.jsonl", FOLDER / "orders.jsonl", FOLDER / "comments.jsonl")
OWN_CATALOGS = (FOLDER / "orders_catalogs.json", FOLDER / "comments_catalogs.json")
_WRITINGS = 20
_OWN_WEIGHT, LABELLED_WEIGHT = 0.3, 1.0
#: Comments that were invented count as our other lines do: real ones are of their own kind (by five folds).
WEIGHT_OF = MappingProxyType({"comments.jsonl": _OWN_WEIGHT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The features of a line with its intent, its topic if it asks, and how much it counts."""

    features: tuple[int, ...]
    intent: Intent
    topic: Topic | None
    weight: float


def own_files() -> list[Path]:
    """The files of lines of our own writing, in a fixed order."""
    return sorted(FOLDER.glob("lines*.txt"))


def own_examples(files: Iterable[Path] | None = None) -> list[Example]:
    """The lines of our own writing, each written out in a few of its combinations."""
    shops = training_shops()
    return [
        _example(text, shop.catalogue, intent, topic, _OWN_WEIGHT)
        for path in (own_files() if files is None else files)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
        for text, intent, topic, shop in _of_line(line, f"{path.name}:{number}", shops)
    ]


def _of_line(line: str, seed: str, shops: Mapping[str, Shop]) -> Iterator[tuple[str, Intent, Topic | None, Shop]]:
    label, _, pattern = line.partition(": ")
    intent, _, topic = label.partition("/")
    chance = random.Random(seed)  # noqa: S311 - repeatable writings, no secret
    mark = pattern[0] if pattern[0] in shops else ""
    shop, bare = shops[mark], pattern.removeprefix(mark)
    for text in dict.fromkeys(write_out(bare, shop.choices, chance) for _ in range(_WRITINGS)):
        yield text, Intent(intent), Topic(topic) if topic else None, shop


def write_out(pattern: str, choices: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """One combination of a pattern: (a|b|) becomes one of its alternatives, a letter of `choices` one of its words."""
    text = ""
    while "(" in pattern:
        head, _, rest = pattern.partition("(")
        options, _, pattern = rest.partition(")")
        text += head + chance.choice(options.split("|"))
    return "".join(chance.choice(choices[letter]) if letter in choices else letter for letter in text + pattern)


def trainable(lines: Iterable[str]) -> list[LabelledLine]:
    """Labelled lines but for those marked `"held": true`, which only measure."""
    return labelled_lines(line for line in lines if not _is_held(line))


def _is_held(line: str) -> bool:
    return bool(line.strip()) and json.loads(line).get("held") is True


def room_lines(rooms: Path, labels: Path = ROOM_LABELS) -> list[LabelledLine]:
    """The labelled comments of real rooms: labels from here, texts from `rooms/ROOM.jsonl`; an absent room is left out."""
    texts: dict[str, str] = {}
    written: list[str] = []
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        path = rooms / label["room"]
        if label["room"] not in texts and path.is_file():
            texts[label["room"]] = ""
            texts.update(_texts(path))
        if label["id"] in texts:
            written.append(json.dumps({**label, "text": texts[label["id"]]}))
    return labelled_lines(written)


def _texts(path: Path) -> dict[str, str]:
    frames = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {frame["id"]: frame["text"] for frame in frames if frame.get("type") == "comment"}


def labelled_examples(
    lines: Sequence[LabelledLine], offers: Mapping[str, Sequence[CatalogueOffer]], weight: float = LABELLED_WEIGHT
) -> list[tuple[LabelledLine, Example]]:
    """Labelled lines with their examples, each of this weight; those under an open prompt teach nothing and are left out."""
    catalogues = {name: build_catalogue(offers.get(name, [])) for name in {each.label.catalog for each in lines}}
    return [
        (
            each,
            _example(each.line.text, catalogues[each.label.catalog], each.label.intent, each.label.topic, weight),
        )
        for each in lines
        if each.line.context.prompt is None
    ]


def _example(text: str, catalogue: Catalogue, intent: Intent, topic: Topic | None, weight: float) -> Example:
    folded = catalogue.folding.fold(text)
    found = features(folded, tokens_of(folded, catalogue), catalogue.cues, text, has_offers=bool(catalogue.offers))
    return Example(features=tuple(sorted(found)), intent=intent, topic=topic, weight=weight)
