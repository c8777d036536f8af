from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.lexicon import LEXICON_FOLDER, LexiconError
from nlp.llm_wording import Fault, load_wording
from tests.nlp.llm.shop import folding, wording

if TYPE_CHECKING:
    from pathlib import Path

SAID = "土鸡蛋 30 枚一箱，冷藏保存 20 天，坏了包赔，明天 17:00 前到店自提，品牌 SUNRISE"


@pytest.mark.parametrize(
    "text",
    [
        "土鸡蛋 30 枚一箱，冷藏能放 20 天",
        "坏了包赔，放心拿",
        "最晚明天 17:00 前来拿",
        "最后一批，第一次买的朋友看看",
        "冷藏保存 5~7 天（没开封的）",
        "是 SUNRISE 的，一箱 30 枚",
        "今晚就讲到这里，大家早点休息！",
    ],
)
def test_plain_words_that_the_data_bears_stand(text: str) -> None:
    assert wording().fault(text, SAID) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("好\u200b吃", Fault.HIDDEN),
        ("好\u202e吃", Fault.HIDDEN),
        ("<b>好吃</b>", Fault.MARKUP),
        ("＜b＞好吃", Fault.MARKUP),
        ("&lt;b", Fault.MARKUP),
        ("[好吃](x)", Fault.MARKUP),
        ("**好吃**", Fault.MARKUP),
        ("# 好吃", Fault.MARKUP),
        ("`好吃`", Fault.MARKUP),
        ("onclick=x", Fault.MARKUP),
        ("见 http://a", Fault.LINK),
        ("见 www。a", Fault.LINK),
        ("见 a.com", Fault.LINK),
        ("见 ａ．ｃｎ", Fault.LINK),
        ("见 shop点top", Fault.LINK),
        ("见 10.0.0.1", Fault.LINK),
        ("写信 a@b", Fault.LINK),
        ("加微信", Fault.CONTACT),
        ("加 微。信", Fault.CONTACT),
        ("加薇信", Fault.CONTACT),
        ("＋Ｖ信", Fault.CONTACT),
        ("私信主播", Fault.CONTACT),
        ("打 13812345678", Fault.CONTACT),
        ("打一三八一二三四五六七八", Fault.CONTACT),
        ("找 abc888888", Fault.CONTACT),
        ("最好吃", Fault.FORBIDDEN),
        ("全县第 一", Fault.FORBIDDEN),
        ("能治疗咳嗽", Fault.FORBIDDEN),
        ("能治療咳嗽", Fault.FORBIDDEN),
        ("降血糖", Fault.FORBIDDEN),
        ("國家級", Fault.FORBIDDEN),
        ("根、治", Fault.FORBIDDEN),
        ("最后最好", Fault.FORBIDDEN),
        ("还剩三箱", Fault.UNSAID),
        ("保证新鲜", Fault.UNSAID),
        ("全部打折", Fault.UNSAID),
        ("有机的", Fault.UNSAID),
        ("孕妇能吃", Fault.UNSAID),
    ],
)
def test_what_may_not_be_said_is_told_by_the_first_rule_that_it_breaks(text: str, fault: Fault) -> None:
    assert wording().fault(text, SAID) is fault


def test_every_forbidden_word_is_caught_in_a_sentence_and_with_gaps_in_it() -> None:
    for word in wording().never:
        assert wording().fault(f"这个{word}哦", "") is not None
        assert wording().fault(f"这个{' '.join(word)}哦", "") is not None


def test_a_promise_stands_only_on_the_words_that_make_it_however_long_they_are() -> None:
    assert wording().fault("坏了包赔", "x" * 1200 + "坏了包赔") is None
    assert wording().fault("x" * 5 + "，坏了包赔", "坏了找我们") is Fault.UNSAID


def test_what_hides_behind_a_long_text_is_found() -> None:
    assert wording().fault("好" * 700 + "全国第一", "") is Fault.FORBIDDEN


def test_a_host_may_add_words(tmp_path: Path) -> None:
    text = (LEXICON_FOLDER / "advertising.toml").read_text(encoding="utf-8")
    (tmp_path / "advertising.toml").write_text(text.replace("never = [", 'never = [\n  "倍儿香",', 1), encoding="utf-8")
    assert load_wording(folding(), tmp_path).fault("倍儿香", "") is Fault.FORBIDDEN


@pytest.mark.parametrize(
    "text", ["never = [", "never = []", 'never = "最"', 'never=[""]\nharmless=[]\nonly_if_said=[]\ncontact=[]', "x = 1"]
)
def test_a_list_that_cannot_be_used_is_told_with_its_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "advertising.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"advertising\.toml"):
        load_wording(folding(), tmp_path)
