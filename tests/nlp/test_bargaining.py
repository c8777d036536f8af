"""Prices haggled over, jokes and other things that no host should be asked about."""

from __future__ import annotations

import pytest

from nlp.types import Intent, Route, Topic
from tests.nlp.shop import actions, read


@pytest.mark.parametrize(
    "text",
    [
        "68再让让 我拿两瓶",
        "便宜点 来两瓶",
        "少5块来两瓶",
        "再少五块我拿两瓶",
        "抹个零 来两瓶",
        "两瓶减5块行不",
        "给个批发价 来两瓶",
        "让利点 我要两瓶",
    ],
)
def test_a_price_haggled_over_is_a_question(text: str) -> None:
    assert read(text, "honey").intent is Intent.QUESTION


@pytest.mark.parametrize("text", ["买三瓶搭一瓶成不", "拿五瓶送一瓶行不", "邮费你掏，我就要四瓶"])
def test_a_gift_asked_for_is_a_question_of_the_promotion(text: str) -> None:
    found = read(text, "honey")
    assert (found.intent, found.topic) == (Intent.QUESTION, Topic.PROMOTION)


@pytest.mark.parametrize("text", ["有点贵 先来一瓶", "贵了点 来一瓶吧", "便宜的那种来一瓶", "不便宜 也来一瓶"])
def test_a_word_about_the_price_beside_an_order_haggles_over_nothing(text: str) -> None:
    assert read(text, "honey").intent is Intent.BUY


@pytest.mark.parametrize(
    "text",
    [
        "来个男朋友",
        "来个大哥",
        "来个老婆",
        "来首歌",
        "来一瓶主播的笑容",
        "两瓶发霉了",
        "两瓶都坏了",
        "老婆不让我要两瓶",
        "来十个亿",
    ],
)
def test_jokes_and_complaints_order_nothing(text: str) -> None:
    assert read(text, "honey").route is Route.IGNORE


@pytest.mark.parametrize(
    "text", ["侬帮我留一袋核桃好伐", "帮我留一袋核桃得唔得", "给我留一袋核桃可好", "核桃来一袋妥不"]
)
def test_a_nod_asked_for_in_dialect_is_put_to_the_host(text: str) -> None:
    found = read(text)
    assert actions(text) == ["set walnut - 1"]
    assert found.route is Route.CONFIRM


@pytest.mark.parametrize(
    "text",
    [
        "核桃两袋，地址还是粮站3号院",
        "核桃两袋 电话还是那个",
        "核桃两袋 多少钱到时候再算",
        "核桃两袋还犹豫啥",
        "核桃两袋 看娃爱吃不",
    ],
)
def test_what_only_sounds_like_a_question_stops_no_order(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.BUY
    assert actions(text) == ["set walnut - 2"]


@pytest.mark.parametrize(
    "text",
    [
        "鸭子一只切块",
        "鸭子一只杀好",
        "鸭子来一只，剁小块",
        "鸭子一只收拾干净",
        "鸭子一只炖汤",
        "鸭子煲汤来一只",
        "鸭子一只 不要发错",
    ],
)
def test_how_it_is_to_be_prepared_changes_no_order(text: str) -> None:
    assert actions(text) == ["set duck - 1"]


@pytest.mark.parametrize("text", ["核桃两袋，洁侧灵四瓶", "核桃两袋 那个啥三瓶"])
def test_an_amount_of_something_unknown_is_never_passed_over(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize("text", ["王芳 两瓶", "两瓶 王芳", "两瓶，送人的嘛"])
def test_a_few_words_beside_an_amount_do_not_hide_it(text: str) -> None:
    assert actions(text, "honey") == ["set honey - 2"]


@pytest.mark.parametrize("text", ["这个两瓶", "那个 两瓶", "这款来两瓶", "这个要两瓶"])
def test_this_and_an_amount_are_so_much_of_this(text: str) -> None:
    found = read(text, "honey")
    assert actions(text, "honey") == ["set honey - 2"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["张三 6号2袋 粮站小区", "李四 6号两袋", "6号2袋 王五"])
def test_a_name_beside_a_number_is_no_list(text: str) -> None:
    assert len(actions(text)) == 1
