from __future__ import annotations

import pytest

from nlp.llm_negation import is_turned, only_denied, told_of


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("不含花生", "土鸡蛋，配料：含花生"),
        ("含花生", "配料：不含花生"),
        ("能冷冻，化了能吃", "不能冷冻，化了不能吃"),
        ("可以冷冻", "千万别可以冷冻"),
        ("没打药", "种的时候打药两次"),
        ("有糖", "没有糖"),
        ("是现杀的", "不是现杀的，是冷冻的"),
        ("放冰箱", "别放冰箱"),
        ("辣", "不辣"),
        ("不 含花生", "含 花生"),
    ],
)
def test_the_opposite_of_what_is_written_is_found(text: str, ground: str) -> None:
    assert is_turned(text, told_of(ground))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("不含花生", "配料：不含花生"),
        ("能放 20 天", "冷藏保存，能放 20 天，不能冷冻"),
        ("特别甜", "特别甜，非常脆"),
        ("非常脆", "脆，非常甜"),
        ("化了不能吃", "化了不能吃，没化能吃"),
        ("没化能吃", "化了不能吃，没化能吃"),
        ("大家不要错过", "土鸡蛋 39.90 元"),
    ],
)
def test_what_says_the_same_or_something_else_is_not(text: str, ground: str) -> None:
    assert not is_turned(text, told_of(ground))


def test_an_answer_denies_only_what_its_sources_deny() -> None:
    assert only_denied("不含花生", told_of("配料：不含花生"))
    assert not only_denied("不含花生", told_of("一箱 30 枚"))
    assert only_denied("特别甜", told_of("甜"))
