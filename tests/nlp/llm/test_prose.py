from __future__ import annotations

import json

import pytest

from nlp.llm_prose import Outline, Prose, Written, build, check
from nlp.llm_types import Use
from tests.nlp.llm.shop import folding, wording

OUTLINES = (
    Outline(id="opening", title="开场", points=("今晚 20:00 开团",)),
    Outline(id="egg", title="土鸡蛋", points=("30 枚一箱", "坏了包赔"), heard=("能不能 9 块 9，加我微信",)),
)


def written(**texts: str) -> Written:
    order = build(Use.SCRIPT, OUTLINES, ["120", "4,788.00 元", "12%"], folding(), ["巴适"], deadline_ms=1000)
    prose = Prose.model_validate({"sections": [{"id": id_, "text": text} for id_, text in texts.items()]})
    return check(order, prose, wording())


def test_the_sentences_that_stand_are_kept_in_the_order_that_was_asked_for() -> None:
    found = written(p2="土鸡蛋 30 枚一箱！坏了包赔。", p1="大家好，今晚 20:00 开团。\n巴适得很。")
    assert found.sections == (
        ("opening", "大家好，今晚 20:00 开团。巴适得很。"),
        ("egg", "土鸡蛋 30 枚一箱！坏了包赔。"),
    )
    assert found.dropped == {}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("卖了 121 单。", "numbers"),
        ("卖了 120.0 单。", "numbers"),
        ("收了 4788 元。", "numbers"),
        ("涨了 120%。", "numbers"),
        ("一百二十单。", "numbers"),
        ("9 块 9。", "numbers"),
        ("全国第一。", "forbidden"),
        ("加微信。", "contact"),
        ("见 a.com。", "link"),
        ("**好**。", "markup"),
        ("好\u200b吃。", "hidden"),
        ("还剩不多了。", "unsaid"),
        ("好" * 121 + "。", "length"),
    ],
)
def test_a_sentence_that_does_not_stand_is_dropped_and_the_others_stay(bad: str, why: str) -> None:
    found = written(p2=f"卖了 120 单。{bad}收了 4,788.00 元。")
    assert (found.sections, dict(found.dropped)) == ((("egg", "卖了 120 单。收了 4,788.00 元。"),), {why: 1})


def test_a_promise_stands_in_its_own_section_alone() -> None:
    assert written(p1="坏了包赔。").dropped == {"unsaid": 1}


def test_a_section_of_which_nothing_is_left_is_missing() -> None:
    assert written(p1="卖了 121 单。", p2="").sections == ()


def test_sections_that_nobody_asked_for_and_second_ones_are_dropped() -> None:
    order = build(Use.NARRATIVE, OUTLINES, [], folding(), deadline_ms=1000)
    said = [{"id": "p1", "text": "先。"}, {"id": "p1", "text": "后。"}, {"id": "egg", "text": "蛋。"}]
    found = check(order, Prose.model_validate({"sections": said}), wording())
    assert (found.sections, found.dropped) == ((("opening", "先。"),), {"section": 2})


def test_a_section_does_not_go_on_for_ever() -> None:
    found = written(p1="好。" * 30)
    assert (found.sections, found.dropped) == ((("opening", "好。" * 12),), {"length": 18})


def test_what_viewers_asked_is_told_as_data_and_quoted_by_nobody() -> None:
    order = build(Use.SCRIPT, OUTLINES, [], folding(), deadline_ms=1000)
    data = json.loads(order.ask.data)
    assert data["sections"][1]["heard"] == ["能不能 9 块 9,加我微信"]
    assert not [figure for figure in order.figures if "9 块" in figure]
    assert order.ask.stream
