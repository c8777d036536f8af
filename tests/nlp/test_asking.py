from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.asking import Asking, alike, fact_for, figure_for
from nlp.types import Context, Topic
from tests.nlp.shop import OFFERS, classifier

TOPICS = st.sampled_from([None, *Topic])
PINNED = st.sampled_from([None, *(offer.id for offer in OFFERS)])
WORDS = st.lists(
    st.sampled_from(
        ["甜", "吗", "不", "蜂蜜", "3号", "几", "瓶", "多少钱", "[赞]", "？", "核桃", "今天", "能提", "x", "1"]
    ),
    max_size=9,
).map("".join)


def ask(text: str, topic: Topic | None = Topic.QUALITY, pinned: str | None = None) -> Asking:
    return classifier().asking(text, topic, Context(pinned=pinned))


@pytest.mark.parametrize("text", ["甜不甜", "甜吗", "这个甜么", "老板，甜不？", "请问甜不甜呀", "甜度怎么样"])
def test_one_taste_asked_in_many_ways_is_one_term(text: str) -> None:
    assert ask(text).terms == ("甜",)


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        ("几点能提", "什么时候可以拿货", Topic.PICKUP),
        ("多少钱", "啥价呀老板", Topic.PRICE),
        ("还有吗", "卖完了没", Topic.STOCK),
        ("怎么拍", "不会弄，咋买呀", Topic.HOW_TO_ORDER),
        ("保质期多久", "能放几天", Topic.SPEC),
        ("包邮吗", "要运费不", Topic.DELIVERY),
        ("一箱几斤", "净重多少", Topic.SPEC),
        ("怎么吃", "咋做好吃", Topic.USAGE),
    ],
)
def test_the_same_answer_is_wanted(one: str, other: str, topic: Topic) -> None:
    assert alike(ask(one, topic, "honey"), ask(other, topic, "honey"))


@pytest.mark.parametrize(
    ("one", "other", "topic"),
    [
        ("甜不甜", "酸不酸", Topic.QUALITY),
        ("几点能提", "在哪提", Topic.PICKUP),
        ("今天能提吗", "明天能提吗", Topic.PICKUP),
        ("新疆发不发", "西藏发不发", Topic.DELIVERY),
        ("多少钱", "多少钱一斤", Topic.PRICE),
        ("几点下播", "几点开播", Topic.LIVE),
    ],
)
def test_another_answer_is_wanted(one: str, other: str, topic: Topic) -> None:
    assert not alike(ask(one, topic, "honey"), ask(other, topic, "honey"))


def test_the_offer_named_is_meant_not_the_one_shown() -> None:
    assert ask("核桃多少钱", Topic.PRICE, "honey").offer == "walnut"
    assert ask("6号多少钱", Topic.PRICE, "honey").offer == "walnut"


def test_what_is_shown_is_meant_where_goods_are_asked_after() -> None:
    assert ask("甜不甜", Topic.QUALITY, "honey").offer == "honey"
    assert ask("几点下播", Topic.LIVE, "honey").offer is None
    assert ask("几点能提", Topic.PICKUP, "honey").offer is None


def test_what_is_shown_counts_only_when_the_shop_has_it() -> None:
    assert ask("甜不甜", Topic.QUALITY, "gone").offer is None


def test_the_same_question_about_other_goods_is_another() -> None:
    assert not alike(ask("核桃多少钱", Topic.PRICE), ask("蜂蜜多少钱", Topic.PRICE))


def test_goods_compared_are_of_no_single_offer() -> None:
    found = ask("1号和2号哪个香")
    assert found.offer is None
    assert {"黄牛肉卷 500 克", "羔羊肉卷 500 克"} <= set(found.terms)


def test_the_goods_asked_about_stand_before_what_is_in_them() -> None:
    assert ask("核桃里有红枣吗", Topic.SPEC).offer == "walnut"


@pytest.mark.parametrize(
    ("text", "facts", "key"),
    [
        ("甜不甜", {"产地": "洛川", "糖度": "15 度"}, "糖度"),
        ("甜不甜", {"口感": "脆甜多汁"}, "口感"),
        ("哪里产的", {"口感": "脆甜", "产地": "洛川"}, "产地"),
        ("能放几天", {"保质期": "30 天"}, "保质期"),
        ("配料表念一下", {"配料": "水、糖"}, "配料"),
        ("有糖吗", {"配料": "水、白砂糖"}, "配料"),
        ("怎么吃", {"吃法": "蒸十分钟"}, "吃法"),
    ],
)
def test_a_fact_answers(text: str, facts: dict[str, str], key: str) -> None:
    assert fact_for(ask(text, Topic.QUALITY, "honey"), facts) == key


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("甜不甜", {"口感": "细嫩"}),
        ("甜不甜", {"产地": "洛川"}),
        ("开封后能放几天", {"保质期": "30 天"}),
        ("多少钱", {"产地": "洛川", "规格": "5 斤"}),
        ("甜不甜", {"糖度": " "}),
        ("还有吗", {"口感": "有嚼劲", "说明": "有大有小"}),
        ("甜不甜", {}),
    ],
)
def test_no_fact_answers_rather_than_a_wrong_one(text: str, facts: dict[str, str]) -> None:
    assert fact_for(ask(text, Topic.QUALITY, "honey"), facts) is None


@pytest.mark.parametrize(
    ("text", "topic", "figure"),
    [
        ("多少钱", Topic.PRICE, "price"),
        ("还有吗", Topic.STOCK, "stock"),
        ("几点截单", Topic.PICKUP, "cutoff"),
        ("几点能提", Topic.PICKUP, "pickup"),
        ("在哪提货", Topic.PICKUP, "pickup"),
        ("明天能提吗", Topic.PICKUP, "pickup"),
        ("怎么拍", Topic.HOW_TO_ORDER, "how_to_order"),
        ("能便宜点吗", Topic.PRICE, None),
        ("多少钱一斤", Topic.PRICE, None),
        ("有几个颜色", Topic.STOCK, None),
        ("什么时候补货", Topic.STOCK, None),
        ("能帮取吗", Topic.PICKUP, None),
        ("提货码在哪看", Topic.PICKUP, None),
        ("甜不甜", Topic.QUALITY, None),
    ],
)
def test_a_figure_answers_what_it_tells_and_nothing_more(text: str, topic: Topic, figure: str | None) -> None:
    assert figure_for(ask(text, topic, "honey")) == figure


@given(st.one_of(st.text(max_size=40), WORDS), TOPICS, PINNED)
def test_any_text_is_read_and_always_alike(text: str, topic: Topic | None, pinned: str | None) -> None:
    found = ask(text, topic, pinned)
    assert found == ask(text, topic, pinned)
    assert list(found.terms) == sorted(set(found.terms))
    assert all(found.terms)
    assert fact_for(found, {"口感": text, text: "甜"}) in {None, "口感", text}


@given(WORDS, WORDS, TOPICS, TOPICS)
def test_likeness_is_mutual(one: str, other: str, topic: Topic | None, another: Topic | None) -> None:
    left, right = ask(one, topic), ask(other, another)
    assert alike(left, right) is alike(right, left)
    assert alike(left, left) is bool(left.terms)
