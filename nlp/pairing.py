"""Measures how well questions are put together: precision and recall over labelled pairs of comments.

`python -m nlp.pairing PAIRS --comments DIRECTORY --catalogs FILE` prints them for each kind of pair and, with
`--wrong`, the pairs told wrongly. A line of PAIRS is `kind id id 1|0` with tabs between; `#` opens a remark.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.asking import alike
from nlp.classifier import Classifier, build_catalogue
from nlp.types import Context
from nlp.wire import load_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.asking import Asking


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two comments by id, and whether one answer serves both."""

    kind: str
    one: str
    other: str
    is_same: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How pairs were told: joined rightly, joined wrongly, left apart wrongly, left apart rightly."""

    right: int
    wrong: int
    missed: int
    apart: int

    @property
    def precision(self) -> float:
        """Of the pairs joined those that should be."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that should be joined those that are."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of pairs; raises `ValueError` for a line that is none, with its number, and `OSError`."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [_pair(line, f"{path.name} line {number}") for number, line in lines if line and not line.startswith("#")]


def _pair(line: str, where: str) -> Pair:
    match line.split("\t"):
        case [kind, one, other, ("0" | "1") as same]:
            return Pair(kind=kind, one=one, other=other, is_same=same == "1")
        case _:
            raise ValueError(f"{where}: kind, two ids and 0 or 1 with tabs between are needed")


def read_comments(folder: Path, rooms: Iterable[str]) -> dict[str, str]:
    """The texts of the recorded rooms by the ids of the comments. Raises `OSError`."""
    lines = (line for room in rooms for line in (folder / f"{room}.jsonl").read_text(encoding="utf-8").splitlines())
    frames = (json.loads(line) for line in lines)
    return {frame["id"]: frame["text"] for frame in frames if frame.get("type") == "comment"}


def read_asking(text: str, classifier: Classifier) -> Asking:
    """What a comment asks for when nothing is shown, by the topic that the classifier gives it."""
    context = Context()
    return classifier.asking(text, classifier.classify(text, context).topic, context)


def tell(pairs: Iterable[Pair], askings: Mapping[str, Asking]) -> Told:
    """Count how pairs are told."""
    told = [(pair.is_same, alike(askings[pair.one], askings[pair.other])) for pair in pairs]
    return Told(
        right=told.count((True, True)),
        wrong=told.count((False, True)),
        missed=told.count((True, False)),
        apart=told.count((False, False)),
    )


#: The recorded rooms and the catalogues that go with them, by the first part of the comments' ids.
ROOMS = {"dfzx": "dfzx_dev", "kfc": "kfc"}


def askings_of(pairs: Sequence[Pair], comments: Path, catalogs: Path) -> dict[str, Asking]:
    """What each comment of the pairs asks for. Raises what reading the files raises."""
    texts, offers = read_comments(comments, ROOMS.values()), load_catalogues(catalogs)
    readers = {room: Classifier(build_catalogue(offers[room])) for room in ROOMS}
    ids = {id_ for pair in pairs for id_ in (pair.one, pair.other)}
    return {id_: read_asking(texts[id_], readers[id_.partition("-")[0]]) for id_ in sorted(ids)}


def report(pairs: Sequence[Pair], askings: Mapping[str, Asking]) -> str:
    """One line for each kind of pair: how many, precision and recall."""
    kinds = dict.fromkeys(pair.kind for pair in pairs)
    return "\n".join(
        _line(kind, [pair for pair in pairs if kind in {pair.kind, "all"}], askings) for kind in (*kinds, "all")
    )


def _line(kind: str, pairs: Sequence[Pair], askings: Mapping[str, Asking]) -> str:
    told = tell(pairs, askings)
    return f"{kind}: {len(pairs)} pairs, precision {told.precision:.3f}, recall {told.recall:.3f} {told}"


def _main() -> None:
    parser = argparse.ArgumentParser(description="Precision and recall of putting like questions together.")
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--comments", type=Path, required=True, help="folder of the recorded rooms")
    parser.add_argument("--catalogs", type=Path, required=True, help="the catalogues of the rooms")
    parser.add_argument("--wrong", action="store_true", help="print what was told wrongly, by ids and terms")
    given = parser.parse_args()
    pairs = read_pairs(given.pairs)
    askings = askings_of(pairs, given.comments, given.catalogs)
    print(report(pairs, askings))  # noqa: T201 - a program
    for pair in pairs if given.wrong else ():
        one, other = askings[pair.one], askings[pair.other]
        if alike(one, other) is not pair.is_same:
            print(pair.kind, int(pair.is_same), pair.one, one.offer, one.terms, pair.other, other.offer, other.terms)  # noqa: T201 - a program


if __name__ == "__main__":
    _main()
