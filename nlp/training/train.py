"""Train the model: `python -m nlp.training.train [--labels FILE]… [--catalogs FILE]… [--rooms FOLDER] [--folds]`.

Reads our own lines (`lines*.txt`, `shop_chat.jsonl`, `orders.jsonl`, `comments.jsonl`) and, where given, labelled files and the texts of labelled rooms; writes
`nlp/weights.json`. The same lines give the same file. `--folds` writes nothing and prints how well the whole reader does on
labelled lines that its model was not trained on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.model import WEIGHTS, dumps
from nlp.training.examples import (
    LABELLED_WEIGHT,
    OWN_CATALOGS,
    OWN_LABELLED,
    WEIGHT_OF,
    labelled_examples,
    own_examples,
    room_lines,
    trainable,
)
from nlp.training.fitting import train
from nlp.training.folds import Source, cross_validate, report
from nlp.wire import load_catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.types import CatalogueOffer


def _sources(options: argparse.Namespace, offers: dict[str, list[CatalogueOffer]]) -> list[Source]:
    """The labelled lines, by where they are from; our own are always among them."""
    files = [*OWN_LABELLED, *options.labels]
    named = [(path.name, trainable(path.read_text(encoding="utf-8").splitlines())) for path in files]
    if options.rooms is not None:
        named.append(("rooms", room_lines(options.rooms)))
    return [
        Source(name=name, pairs=labelled_examples(lines, offers, WEIGHT_OF.get(name, LABELLED_WEIGHT)))
        for name, lines in named
    ]


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--catalogs", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--rooms", type=Path, metavar="FOLDER", help="texts of the rooms in room_labels.jsonl")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Train and write the weights, or with `--folds` only print the five-fold figures."""
    options = _arguments(arguments)
    offers = {
        name: found for path in (*OWN_CATALOGS, *options.catalogs) for name, found in load_catalogues(path).items()
    }
    sources = _sources(options, offers)
    if options.folds:
        sys.stdout.write(report(cross_validate(own_examples(), sources, offers)) + "\n")
        return 0
    labelled = [example for source in sources for _, example in source.pairs]
    options.out.write_text(dumps(train([*own_examples(), *labelled])), encoding="ascii")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
