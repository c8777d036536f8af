from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from nlp.types import Context
from tests.nlp.shop import classifier

if TYPE_CHECKING:
    from types import FrameType

PIECES = (
    "核桃两袋",
    "取消",
    "不要",
    "1、",
    "12",
    "一",
    "啊",
    "不是两袋",
    "再来",
    "换成",
    "[赞]",
    "他说",
    "各一份核桃",
    "1号到",
    "来",
    " 3 ",
    "吗？",
    "+1",
)
#: Twice the text may cost twice the work, and a little for what is done once.
MOST_GROWTH = 2.4


def calls(text: str) -> int:
    count, ask = 0, classifier()

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        ask.classify(text, Context(pinned="honey"))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    half, whole = (piece * 500)[:250], (piece * 500)[:500]
    assert calls(whole) <= MOST_GROWTH * calls(half)


def test_beyond_five_hundred_characters_nothing_costs_more() -> None:
    assert calls("核桃两袋" * 4000) <= 1.1 * calls("核桃两袋" * 125)
