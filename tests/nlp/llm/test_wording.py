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
        "每人最多订 3 箱，最多能放 20 天",
        "订得最多的是土鸡蛋，30 枚",
        "长治的、恩施土家族苗族自治州的都有",
        "大家自己领，先到先得",
        "拿回去，火锅里一涮",
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
        ("这蜂蜜能治咳嗽，还治胃病", Fault.FORBIDDEN),
        ("提升免疫力", Fault.FORBIDDEN),
        ("增加抵抗力", Fault.FORBIDDEN),
        ("润肠通便", Fault.FORBIDDEN),
        ("预防感冒", Fault.FORBIDDEN),
        ("对心脏好", Fault.FORBIDDEN),
        ("吃了对眼睛好", Fault.FORBIDDEN),
        ("清热降火", Fault.FORBIDDEN),
        ("软化血管", Fault.FORBIDDEN),
        ("有三高的也吃", Fault.FORBIDDEN),
        ("全县卖得最多的蜂蜜", Fault.FORBIDDEN),
        ("营养最多的蜂蜜", Fault.FORBIDDEN),
        ("全县卖得最多，订的人排队", Fault.FORBIDDEN),
        ("全县销量领先", Fault.FORBIDDEN),
        ("独家供货", Fault.FORBIDDEN),
        ("买一送一", Fault.UNSAID),
        ("买 1 送 1", Fault.UNSAID),
        ("今晚送一瓶", Fault.UNSAID),
        ("坏了给您退钱", Fault.UNSAID),
        ("不满意全额退", Fault.UNSAID),
        ("不好吃不要钱", Fault.UNSAID),
        ("当天发货", Fault.UNSAID),
        ("重新给您寄一瓶", Fault.UNSAID),
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


def test_what_texts_rest_on_is_made_ready_once_for_all_of_them() -> None:
    ground = wording().ground("买一送一，当天 发货，品牌 SUNRISE")
    for text in ("SUNRISE 买一送一", "当天发货", "坏了包赔", "找 abc888888"):
        assert wording().fault(text, ground) is wording().fault(text, "买一送一，当天 发货，品牌 SUNRISE")
    assert wording().fault("买一送一，当天发货", ground) is None


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
