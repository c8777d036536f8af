from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from live.domain import commands as c
from live.service.grounds import lines_for, offers_of
from live.service.view import RoomView, view_of
from nlp.types import Topic
from tests.domain.desk_factories import SWEET, keep
from tests.domain.factories import an_evening, apple, egg

if TYPE_CHECKING:
    from tests.domain.factories import Evening

FACTS = {"产地": "王大叔农场", "保质期": "15 天"}


def an_asked_evening() -> Evening:
    evening = an_evening(egg(limit=5), apple())
    evening.do(c.UpdateOffer(offer_id="egg", changes={"facts": FACTS}))
    evening.asks("甜不甜", SWEET)
    return evening


def lines(view: RoomView, topic: Topic = Topic.QUALITY, offer_id: str | None = "egg") -> dict[str, str]:
    asked: dict[str, Any] = {"topic": topic, "offer_id": offer_id}
    return {line.id: line.text for line in lines_for(view, asked)}


def test_the_lines_are_the_facts_of_the_goods_and_the_times_of_the_cycle() -> None:
    assert lines(view_of(an_asked_evening().state)) == {
        "商品资料·产地": "土鸡蛋 30 枚，产地：王大叔农场",
        "商品资料·保质期": "土鸡蛋 30 枚，保质期：15 天",
        "价格": "土鸡蛋 30 枚 39.90 元一箱",
        "限购": "土鸡蛋 30 枚每人限购 5 箱",
        "截单时间": "1月7日 23:00 截单，截单前能改、能退",
        "提货时间": "1月8日 16:00 起提货",
        "自提点·东门便利店": "自提点 东门便利店，东门路 1 号",
    }


def test_a_question_about_no_goods_rests_on_the_cycle_and_on_what_is_kept_for_all() -> None:
    evening = an_asked_evening()
    evening.do(keep("当天现捡"))
    evening.do(keep("蛋香", offer_id="egg"))
    found = lines(view_of(evening.state), Topic.PICKUP, None)
    assert list(found) == ["截单时间", "提货时间", "自提点·东门便利店", "常见问题·甜不甜"]
    assert found["常见问题·甜不甜"] == "当天现捡"


def test_kinds_of_goods_are_named() -> None:
    assert lines(view_of(an_asked_evening().state), offer_id="apple")["规格"] == "红富士苹果有大果、小果"


@pytest.mark.parametrize("topic", [Topic.LIVE, Topic.ORDER_STATUS, Topic.STOCK])
def test_what_no_line_can_answer_has_none(topic: Topic) -> None:
    assert lines(view_of(an_asked_evening().state), topic) == {}


def test_a_room_without_a_session_has_nothing_to_say() -> None:
    assert lines(RoomView(room="r1")) == {}


def test_the_offers_are_those_that_the_reader_knows() -> None:
    evening = an_asked_evening()
    found = {offer.id: offer for offer in offers_of(view_of(evening.state))}
    assert (found["egg"].price_fen, found["egg"].facts) == (3990, FACTS)
    assert [variant.name for variant in found["apple"].variants] == ["大果", "小果"]
