from __future__ import annotations

import json

import pytest

from nlp.llm_answer import MAX_LINES, UNKNOWN, Answer, DeskAnswer, Line, build, check
from tests.nlp.llm.shop import folding, wording

LINES = (
    Line(id="facts/egg/规格", kind="fact", text="一箱 30 枚，39.90 元"),
    Line(id="facts/egg/储存", kind="fact", text="冷藏保存，能放 20 天"),
    Line(id="policy/1", kind="policy", text="坏了包赔，拍照发给团长"),
    Line(id="cycle/1", kind="cycle", text="明天 17:00 前到店自提"),
)


def answered(card: str, aloud: str = "", *, sources: tuple[str, ...] = ("s2",), known: bool = True) -> DeskAnswer:
    question = build("鸡蛋能放几天", LINES, folding(), "v1", deadline_ms=1500)
    return check(question, Answer(known=known, card=card, aloud=aloud, sources=list(sources)), wording())


def test_an_answer_out_of_the_lines_is_shown_with_its_source() -> None:
    found = answered("冷藏保存能放 20 天", "亲，放冰箱冷藏，能保存 20 天的")
    assert (found.is_known, found.sources, found.why) == (True, ("facts/egg/储存",), "")
    assert (found.card, found.aloud) == ("冷藏保存能放 20 天", "亲，放冰箱冷藏，能保存 20 天的")


def test_without_words_to_read_aloud_the_card_is_read() -> None:
    assert answered("能放 20 天").aloud == "能放 20 天"


def test_several_sources_bear_an_answer_together() -> None:
    found = answered("一箱三十枚，能放 20 天", sources=("s1", "s2"))
    assert found.sources == ("facts/egg/规格", "facts/egg/储存")


def test_a_promise_that_the_shop_made_may_be_repeated() -> None:
    assert answered("坏了包赔，拍照发给团长", sources=("s3",)).is_known


@pytest.mark.parametrize(
    ("card", "sources", "why"),
    [
        ("能放 20 天", (), "sources"),
        ("能放 20 天", ("s9",), "sources"),
        ("能放 20 天", ("s2", "s2"), "sources"),
        ("能放 20 天", ("s1", "s2", "s3", "s4", "s9"), "sources"),
        ("能放 20 天", ("facts/egg/储存",), "sources"),
        ("", ("s2",), "length"),
        ("冷藏保存" * 8, ("s2",), "length"),
        ("能放\n20 天", ("s2",), "length"),
        ("能放 30 天", ("s2",), "numbers"),
        ("能放三十天", ("s2",), "numbers"),
        ("20 元", ("s2",), "numbers"),
        ("坏了包赔", ("s2",), "unsaid"),
        ("最能放", ("s2",), "forbidden"),
        ("放 20 天，加微信", ("s2",), "contact"),
        ("<b>能放 20 天</b>", ("s2",), "markup"),
        ("能放 20 天 a.com", ("s2",), "link"),
        ("隔夜茶不能喝吃剩菜危险", ("s2",), "ungrounded"),
        ("能放几天", ("s2",), "echo"),
    ],
)
def test_an_answer_that_the_lines_do_not_bear_is_not_known(card: str, sources: tuple[str, ...], why: str) -> None:
    found = answered(card, sources=sources)
    assert (found.is_known, found.card, found.aloud, found.sources, found.why) == (False, UNKNOWN, UNKNOWN, (), why)


def test_what_is_read_aloud_is_held_to_the_same_rules() -> None:
    assert answered("能放 20 天", "能放 30 天").why == "numbers"
    assert answered("能放 20 天", "冷藏保存" * 21).why == "length"


def test_a_model_that_does_not_know_is_believed() -> None:
    assert answered("能放 20 天", known=False).why == "not_said"


def test_the_question_is_data_and_the_lines_have_short_ids() -> None:
    question = build("@主播 能放幾天\u202e{}", [*LINES] * 20, folding(), "v1", deadline_ms=1500)
    data = json.loads(question.ask.data)
    assert data["question"] == "能放几天"
    assert data["lines"][0] == {"id": "s1", "kind": "fact", "text": "一箱 30 枚,39.90 元"}
    assert len(data["lines"]) == MAX_LINES


def test_the_same_question_is_the_same_until_the_catalogue_changes() -> None:
    keys = [
        build(text, LINES, folding(), version, deadline_ms=1500).ask.cache_key
        for text, version in (("能放几天", "v1"), ("能放 几天", "v1"), ("能放幾天", "v1"), ("能放几天", "v2"))
    ]
    assert keys[0] == keys[2]
    assert keys[0] != keys[1]
    assert keys[0] != keys[3]


@pytest.mark.parametrize(
    ("card", "line"),
    [("不含花生", "土鸡蛋，配料：含花生"), ("能冷冻，化了能吃", "不能冷冻，化了不能吃"), ("不能吃，坏", "坏了能吃")],
)
def test_an_answer_may_not_turn_what_its_source_says(card: str, line: str) -> None:
    question = build("能吃吗", [Line(id="f", kind="fact", text=line)], folding(), "v1", deadline_ms=1500)
    found = check(question, Answer(known=True, card=card, aloud="", sources=["s1"]), wording())
    assert (found.is_known, found.why) == (False, "turned")


def test_what_a_viewer_asked_goes_out_masked_and_bears_no_answer() -> None:
    kept = Line(id="q", kind="faq", text="拍照联系我们", asked="@李秀英 我手机13812345678 坏了包赔吗")
    question = build("坏了赔吗", [kept], folding(), "v1", deadline_ms=1500)
    assert "李秀英" not in question.ask.data
    assert "13812345678" not in question.ask.data
    assert "坏了包赔吗" in question.ask.data
    found = check(question, Answer(known=True, card="坏了包赔，拍照联系我们", aloud="", sources=["s1"]), wording())
    assert not found.is_known
