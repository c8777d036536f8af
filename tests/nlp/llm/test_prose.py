from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from live.reports.document import report_json
from live.reports.facts import facts_of
from live.reports.narrative import sentences_of
from nlp import llm_numbers
from nlp.llm_prose import Outline, Prose, Written, build, check
from nlp.llm_types import Use
from nlp.llm_wording import Wording
from tests.nlp.llm.shop import folding, wording
from tests.reports.evenings import evenings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.store.port import SessionRecord

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


def narrated(points: Sequence[str], text: str) -> Written:
    outline = Outline(id="summary", title="小结", points=tuple(points))
    order = build(Use.NARRATIVE, [outline], [], folding(), deadline_ms=1000)
    return check(order, Prose.model_validate({"sections": [{"id": "p1", "text": text}]}), wording())


@given(evenings())
def test_every_sentence_of_the_reports_template_stands(record: SessionRecord) -> None:
    sentences = sentences_of(report_json(facts_of(record)))
    assert narrated(sentences, "".join(sentences)) == Written(sections=(("summary", "".join(sentences)),), dropped={})


@pytest.mark.parametrize("title", ["五常大米", "三黄鸡半只", "百香果", "八角 50 克", "一号土猪", "零食大礼包"])
def test_a_title_with_a_numeral_stands_and_bears_no_other_number(title: str) -> None:
    points = (f"订得最多的是{title}，40 单。", "金额 1988.00 元。")
    assert narrated(points, "".join(points)).sections == (("summary", "".join(points)),)
    assert narrated(points, "成交五种。来了三拨人。金额近百。八人没来。人数过半。").sections == ()


@pytest.mark.parametrize(
    "text", ["订单破千，金额过万。", "成交九笔。", "比上回翻了一番。", "一半人订了。", "金额 40 亿。", "812 万条评论。"]
)
def test_a_narrative_says_no_numeral_that_nobody_gave(text: str) -> None:
    points = ("今晚 812 条评论，96 人说了话。", "31 位顾客订了 40 单，一共 52 份，金额 1988.00 元。")
    assert narrated(points, text).dropped == {"numbers": 1}


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many texts are read for numbers, and how many are folded."""
    counted: Counter[str] = Counter()

    def counting(name: str, real: Any) -> Any:
        def called(*args: Any, **keywords: Any) -> Any:
            counted[name] += 1
            return real(*args, **keywords)

        return called

    monkeypatch.setattr(llm_numbers, "numbers", counting("numbers", llm_numbers.numbers))
    monkeypatch.setattr(Wording, "_fold", counting("folds", Wording._fold))
    return counted


def test_figures_are_read_once_and_what_a_section_rests_on_once_for_all_its_sentences(steps: Counter[str]) -> None:
    outlines = [Outline(id=f"{n}", title=f"蛋{n}", points=(f"{n}0.90 元一箱", "30 枚一箱")) for n in range(30)]
    order = build(Use.SCRIPT, outlines, ["120"], folding(), deadline_ms=1000)
    said = [{"id": name, "text": "大家看看，30 枚一箱。" * 5} for name in order.outlines]
    found = check(order, Prose.model_validate({"sections": said}), wording())
    assert (len(found.sections), found.dropped) == (30, {})
    assert steps == {"numbers": len(order.figures) + 30 * 5, "folds": 30 + 30 * 5}


def test_of_a_section_without_end_only_its_beginning_is_looked_at(steps: Counter[str]) -> None:
    found = written(p2="7777。" * 3800 + "坏了包赔。")
    assert (found.sections, found.dropped) == ((), {"numbers": 36, "length": 3765})
    assert steps["folds"] == 1 + 36
    assert steps["numbers"] <= 36 + 3 + 2 * len(OUTLINES) + 1


def test_what_viewers_asked_is_told_as_data_and_quoted_by_nobody() -> None:
    order = build(Use.SCRIPT, OUTLINES, [], folding(), deadline_ms=1000)
    data = json.loads(order.ask.data)
    assert data["sections"][1]["heard"] == ["能不能 9 块 9,加我微信"]
    assert not [figure for figure in order.figures if "9 块" in figure]
    assert order.ask.stream
