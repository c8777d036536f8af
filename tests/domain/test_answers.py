from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.answers import known_answer
from live.domain.question import Suggestion
from nlp.asking import Asking
from nlp.types import Topic
from tests.domain.desk_factories import SWEET, keep
from tests.domain.factories import CUTOFF_MS, Evening, an_evening, egg, viewer
from tests.domain.stage_factories import flash_deal

FACTS = {"口感": "蛋香浓，不腥", "产地": "王大叔农场", "保质期": "15 天"}


def about(topic: Topic, *terms: str, offer: str | None = "egg") -> Asking:
    return Asking(topic=topic, offer=offer, terms=tuple(sorted(terms)))


def answer(evening: Evening, asking: Asking) -> Suggestion | None:
    return known_answer(evening.state, asking, evening.now_ms)


def text(evening: Evening, asking: Asking) -> str | None:
    found = answer(evening, asking)
    return None if found is None else found.text


def test_the_price_is_the_one_of_the_moment() -> None:
    evening, price = an_evening(), about(Topic.PRICE, "价格")
    assert text(evening, price) == "39.90 元一箱"
    evening.do(flash_deal(price_fen=990, countdown=0))
    assert text(evening, price) == "秒杀价 9.90 元一箱"


def test_the_stock_is_what_is_left() -> None:
    evening, stock = an_evening(egg(quota=3)), about(Topic.STOCK, "有货")
    assert text(evening, stock) == "还剩 3 箱"
    evening.buys(3)
    assert text(evening, stock) == "订完了，还要的可以排队"


def test_when_and_where_goods_are_fetched_is_said_in_words_of_the_day() -> None:
    evening = an_evening()
    assert text(evening, about(Topic.PICKUP, "提货", "时间", offer=None)) == "明天 16:00 起提货，在东门便利店"
    evening.now_ms += 24 * 60 * 60_000
    assert text(evening, about(Topic.PICKUP, "提货", "时间", offer=None)) == "今天 16:00 起提货，在东门便利店"


def test_how_to_order_is_told_while_orders_are_taken() -> None:
    evening, how = an_evening(), about(Topic.HOW_TO_ORDER, "下单")
    assert text(evening, how) == "评论里打“1号要2箱”就行，今天 23:00 截单"
    evening.now_ms = CUTOFF_MS
    assert text(evening, how) is None


def test_until_when_one_can_order_is_told_until_then() -> None:
    evening, until = an_evening(), about(Topic.HOW_TO_ORDER, "截单", "时间", offer=None)
    assert text(evening, until) == "今天 23:00 截单"
    evening.now_ms = CUTOFF_MS
    assert text(evening, until) is None


@pytest.mark.parametrize(("topic", "term"), [(Topic.PRICE, "价格"), (Topic.STOCK, "有货")])
def test_what_is_asked_of_no_goods_is_not_guessed(topic: Topic, term: str) -> None:
    assert answer(an_evening(), about(topic, term, offer=None)) is None


@pytest.mark.parametrize(
    ("topic", "terms"),
    [(Topic.PRICE, ("便宜",)), (Topic.STOCK, ("颜色",)), (Topic.PICKUP, ("代取",)), (Topic.PRICE, ("价格", "每斤"))],
)
def test_a_figure_beside_the_question_is_no_answer(topic: Topic, terms: tuple[str, ...]) -> None:
    assert answer(an_evening(), about(topic, *terms)) is None


def test_a_fact_of_the_goods_answers_what_it_is_about_and_nothing_else() -> None:
    evening = an_evening(replace(egg(), facts=FACTS))
    found = answer(evening, about(Topic.QUALITY, "产地"))
    assert found == Suggestion(text="王大叔农场", source="fact", key="产地")
    assert answer(evening, about(Topic.QUALITY, "咸")) is None


def test_a_kept_answer_goes_before_all_else() -> None:
    evening = an_evening(replace(egg(), facts={"口感": "甜"}))
    evening.do(keep("糖度 14"))
    found = answer(evening, SWEET)
    assert found is not None
    assert (found.text, found.source) == ("糖度 14", "faq")


def test_of_a_room_without_a_session_nothing_is_known() -> None:
    evening = Evening()
    for topic in Topic:
        assert answer(evening, about(topic, "甜", offer=None)) is None


def test_no_question_takes_anything_from_the_stock() -> None:
    evening = an_evening()
    evening.asks("还有吗", about(Topic.STOCK, "有货"), by=viewer())
    evening.do(c.Tick())
    assert evening.offer().available == 10
