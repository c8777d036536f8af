from __future__ import annotations

import pytest

from nlp.classifier import Classifier, build_catalogue
from nlp.types import Context, Intent, Prompt, PromptMeaning, Route
from tests.nlp.shop import OFFERS, read, told


@pytest.mark.parametrize("text", ["1", "111", "扣1", "扣1扣1", "1111[赞]", "我扣1了", "1 1 1", "１"])
def test_the_keyword_of_a_claim_is_one(text: str) -> None:
    found = read(text, keyword="1", ref="honey")
    assert told(found) == ["set honey - 1"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize(("text", "count"), [("2", 2), ("扣2", 2), ("3瓶", 3), ("+2", 2), ("两份", 2)])
def test_another_small_number_is_that_quantity(text: str, count: int) -> None:
    assert told(read(text, keyword="1", ref="honey")) == [f"set honey - {count}"]


@pytest.mark.parametrize("text", ["666", "888", "哈哈", "扣1干嘛", "-2"])
def test_other_answers_to_a_claim_claim_nothing(text: str) -> None:
    assert read(text, keyword="1", ref="honey").route is not Route.AUTO


def test_a_claim_of_an_offer_with_flavours_is_asked_after() -> None:
    assert read("1", keyword="1", ref="ball").route is Route.ASK


def test_a_claim_that_names_another_offer_is_that_offer() -> None:
    assert told(read("核桃两袋", keyword="1", ref="honey")) == ["set walnut - 2"]


@pytest.mark.parametrize("text", ["福袋", "福袋福袋", "扣福袋", "中中中"])
def test_the_keyword_of_a_draw_enters_it(text: str) -> None:
    assert read(text, keyword="福袋", meaning="giveaway").intent is Intent.GIVEAWAY


def test_a_draw_keyword_that_sounds_like_an_order_enters_the_draw() -> None:
    assert read("我要核桃", keyword="我要核桃", meaning="giveaway").intent is Intent.GIVEAWAY


@pytest.mark.parametrize("text", ["2", "选二", "b", "B", "2 2 2"])
def test_a_poll_without_known_options_takes_any_key(text: str) -> None:
    assert read(text, keyword="1", meaning="poll").intent is Intent.VOTE


def test_a_poll_with_options_takes_their_keys_and_labels() -> None:
    prompt = Prompt(keyword="A", meaning=PromptMeaning.POLL, ref_id="p", options=(("A", "草莓"), ("B", "蓝莓")))
    ask = Classifier(build_catalogue(OFFERS)).classify
    assert [ask(text, Context(prompt=prompt)).intent for text in ("b", "投草莓", "蓝莓")] == [Intent.VOTE] * 3
    assert ask("c", Context(prompt=prompt)).intent is Intent.CHAT


def test_answers_to_a_presence_call_are_chat() -> None:
    assert read("在呢在呢", keyword="在", meaning="presence").intent is Intent.CHAT
    assert read("111", keyword="1", meaning="presence").intent is Intent.CHAT


@pytest.mark.parametrize(
    ("text", "variant", "count"),
    [
        ("1灰的", "grey", 1), ("扣1灰色", "grey", 1), ("灰色扣1", "grey", 1), ("1 粉色", "pink", 1), ("粉的1", "pink", 1), ("1，要粉的", "pink", 1),
        ("2粉色", "pink", 2), ("灰的2条", "grey", 2), ("打1灰的", "grey", 1), ("111灰的", "grey", 1), ("3条灰的", "grey", 3),
    ],
)  # fmt: skip
def test_a_claim_may_say_which_variant(text: str, variant: str, count: int) -> None:
    found = read(text, keyword="1", ref="towel")
    assert told(found) == [f"set towel {variant} {count}"]
    assert found.route is Route.AUTO


def test_a_claim_of_several_variants_asks_which() -> None:
    assert read("1", keyword="1", ref="towel").route is Route.ASK


def test_the_keyword_twice_may_be_a_number_and_is_put_to_the_host() -> None:
    assert read("11", keyword="1", ref="honey").route is Route.CONFIRM
    assert read("111", keyword="1", ref="honey").route is Route.AUTO


@pytest.mark.parametrize("text", ["1 晚点去拿", "1，给我留着", "扣1 明天来取", "1 老板记上", "1！我也要"])
def test_a_claim_may_say_when_and_where(text: str) -> None:
    found = read(text, keyword="1", ref="honey")
    assert told(found) == ["set honey - 1"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize(
    ("text", "count"),
    [("我扣2，学生也爱喝", 2), ("我也1，放冷柜里", 1), ("扣2 娃也爱喝这个", 2), ("1，孩子就认这口", 1)],
)
def test_a_claim_may_say_why(text: str, count: int) -> None:
    found = read(text, keyword="1", ref="honey")
    assert (told(found), found.route) == ([f"set honey - {count}"], Route.AUTO)


@pytest.mark.parametrize("text", ["1，太贵了不要了", "扣1，我再想想", "1，核桃怎么卖", "我扣2，但是放不下"])
def test_what_speaks_against_a_claim_is_no_reason_for_it(text: str) -> None:
    assert read(text, keyword="1", ref="honey").route is not Route.AUTO


@pytest.mark.parametrize("text", ["1 两瓶", "扣1 2瓶", "1，来两瓶"])
def test_an_amount_behind_a_number_is_put_to_the_host(text: str) -> None:
    found = read(text, keyword="1", ref="honey")
    assert told(found) == ["set honey - 2"]
    assert found.route is Route.CONFIRM


@pytest.mark.parametrize("text", ["蜜 两瓶", "蜜，2瓶", "蜜！两瓶"])
def test_an_amount_behind_a_word_is_the_amount_claimed(text: str) -> None:
    found = read(text, keyword="蜜", ref="honey")
    assert told(found) == ["set honey - 2"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["1 多少钱", "1是啥", "1 有吗？", "不扣1", "我没扣1", "扣1干嘛", "1 手慢了"])
def test_words_about_the_keyword_claim_nothing(text: str) -> None:
    assert read(text, keyword="1", ref="honey").route is Route.IGNORE


@pytest.mark.parametrize(
    ("text", "intent"),
    [("福到 冲", Intent.GIVEAWAY), ("福到！抽我", Intent.GIVEAWAY), ("福到 怎么抽？", Intent.QUESTION)],
)
def test_the_pass_phrase_enters_unless_it_asks(text: str, intent: Intent) -> None:
    assert read(text, keyword="福到", meaning="giveaway").intent is intent


@pytest.mark.parametrize("text", ["我选2，颗粒大的", "2 我选2", "投2", "选2 大的好吃"])
def test_a_vote_may_give_its_reason(text: str) -> None:
    assert read(text, keyword="1", meaning="poll").intent is Intent.VOTE


@pytest.mark.parametrize(
    "text", ["B吧 蒸着吃香", "2吧 红烧的香", "B B B 清蒸才是正道", "a！白的好看", "1 1 1 辣的", "A，省事", "b呗，娃爱吃", "2 2 微辣的下饭", "C啊 这个颜色正", "一吧 清淡点"]
)  # fmt: skip
def test_a_key_first_and_a_remark_behind_it_is_a_vote(text: str) -> None:
    assert read(text, None, "A", "poll").intent is Intent.VOTE


@pytest.mark.parametrize("text", ["2，核桃两袋", "2 来两箱红枣", "1，核桃多少钱", "2 取消核桃"])
def test_an_order_or_a_question_behind_a_number_is_no_vote(text: str) -> None:
    assert read(text, None, "A", "poll").intent is not Intent.VOTE


@pytest.mark.parametrize("text", ["扣一扣一 别漏我", "一 一 别漏了我", "扣一 记得我", "扣1扣1 别忘了我"])
def test_the_keyword_may_be_written_as_a_word(text: str) -> None:
    assert [each.quantity for each in read(text, None, "1", "claim", "walnut").actions] == [1]
