"""How well like questions are put together: pairs of our own, and pairs of two real rooms where those are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.asking import Asking, alike
from nlp.pairing import Pair, Told, askings_of, read_pairs, report, tell
from nlp.types import Context
from tests.nlp.shop import classifier

HERE = Path(__file__).parent / "data"
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PAIRS = HERE / "question_pairs.tsv"


def own(text: str, pinned: str | None) -> Asking:
    context = Context(pinned=pinned)
    return classifier().asking(text, classifier().classify(text, context).topic, context)


def own_pairs() -> list[tuple[bool, Asking, Asking]]:
    lines = (HERE / "question_pairs_own.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        (same == "1", own(one, None if pinned == "-" else pinned), own(other, None if pinned == "-" else pinned))
        for same, pinned, one, other in rows
    ]


def test_our_own_pairs_are_told() -> None:
    pairs = own_pairs()
    joined = [same for same, one, other in pairs if alike(one, other)]
    assert len(pairs) >= 90
    assert joined.count(True) / len(joined) >= 0.97
    assert joined.count(True) / sum(same for same, _, _ in pairs) >= 0.9


@pytest.mark.skipif(not DATA.is_dir(), reason="the recorded rooms are not part of the project")
def test_pairs_of_real_rooms_are_told() -> None:
    pairs = read_pairs(PAIRS)
    askings = askings_of(pairs, DATA / "real", DATA / "catalogs.json")
    work, held = ([pair for pair in pairs if pair.kind == kind] for kind in ("work", "held"))
    assert min(len(work), len(held)) >= 100
    assert tell(work, askings).precision >= 0.97
    assert tell(work, askings).recall >= 0.85
    assert tell(held, askings).precision >= 0.92
    assert tell(held, askings).recall >= 0.83
    assert report(pairs, askings).startswith("held: ")


def test_no_comment_stands_in_pairs_worked_with_and_pairs_held_back() -> None:
    pairs = read_pairs(PAIRS)
    work, held = (
        {id_ for pair in pairs if pair.kind == kind for id_ in (pair.one, pair.other)} for kind in ("work", "held")
    )
    assert work
    assert not work & held


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("# remark\nwork\ta\tb\t1\nwork\ta\tb\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv line 3"):
        read_pairs(path)


def test_precision_and_recall_count_pairs() -> None:
    sweet, sour = own("甜不甜", None), own("酸不酸", None)
    askings = {"a": sweet, "b": sweet, "c": sour}
    pairs = [
        Pair(kind="held", one="a", other="b", is_same=True),
        Pair(kind="held", one="b", other="a", is_same=False),
        Pair(kind="held", one="a", other="c", is_same=True),
        Pair(kind="held", one="b", other="c", is_same=False),
    ]
    told = tell(pairs, askings)
    assert told == Told(right=1, wrong=1, missed=1, apart=1)
    assert told.precision == told.recall == 0.5
    assert report(pairs, askings).splitlines()[-1].startswith("all: 4 pairs, precision 0.500, recall 0.500")


def test_nothing_joined_is_no_wrong_join() -> None:
    assert tell([], {}).precision == tell([], {}).recall == 1.0
