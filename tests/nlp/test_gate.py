"""Whether an order may be booked unasked."""

from __future__ import annotations

import pytest

from nlp.classifier import Classifier, Thresholds, build_catalogue
from nlp.gate import booking_confidence
from nlp.types import Context, Intent, Route
from tests.nlp.shop import OFFERS, read


@pytest.mark.parametrize(
    "text", ["要核桃帘两袋", "给嘚核桃留两袋", "那啥嘚核桃来两袋", "蜂蜜崴留一瓶", "6号喽嗮留一袋"]
)
def test_a_letter_not_understood_before_or_within_an_order_is_asked_after(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize("text", ["核桃拿两袋熬糊糊", "来两袋核桃磨粉", "蜂蜜来一瓶润嗓子"])
def test_what_an_order_known_in_full_is_for_needs_no_understanding(text: str) -> None:
    assert read(text).route is Route.AUTO


@pytest.mark.parametrize("text", ["核桃两袋 88块", "来两袋核桃，五十块给你", "三十块的话核桃两袋"])
def test_money_left_over_beside_an_order_is_asked_after(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize("text", ["+1", "两瓶", "2瓶", "三瓶哈", "➕2"])
def test_a_bare_amount_of_what_is_shown_gives_the_model_nothing_to_object_to(text: str) -> None:
    assert read(text, "honey").route is Route.AUTO


@pytest.mark.parametrize("ordering", [0.0, 0.3, 0.5, 0.9, 1.0])
def test_what_is_left_over_keeps_an_order_from_being_booked_however_sure_the_model_is(ordering: float) -> None:
    left, clean = (booking_confidence(ordering, left_over=each) for each in (True, False))
    assert 0 < left < clean < 1
    assert left < Thresholds().auto


def test_an_order_that_leaves_nothing_over_is_booked_where_the_model_sees_an_order_too() -> None:
    low, high = (booking_confidence(each, left_over=False) for each in (0.45, 0.55))
    assert low < Thresholds().auto < high


def test_a_doubt_never_leaves_the_confidence_of_a_booking() -> None:
    found = read("核桃三十袋")
    assert found.route is Route.CONFIRM
    assert found.confidence < Thresholds().auto


@pytest.mark.parametrize(
    "text",
    [
        "核桃买两袋，过年摆盘好看", "蜂蜜订两瓶，老头子就认这个味儿", "下午茶正愁没着落，核桃我报名一袋", "盐水鸭来一只，家里几个小的抢着吃", "核桃来两袋，办公室一抢就没",
        "核桃两袋，一袋炖汤一袋送人", "核桃凑一袋，红枣搬两箱", "买袋核桃送我妈，她念叨好久了", "蜂蜜三瓶，留着做果酱用的",
    ],
)  # fmt: skip
def test_a_reason_beside_a_clear_order_stands_in_nobodys_way(text: str) -> None:
    found = read(text)
    assert (found.intent, found.route) == (Intent.BUY, Route.AUTO)


@pytest.mark.parametrize(
    "text",
    [
        "核桃来两袋，开玩笑的",
        "核桃来两袋吗，过年摆盘好看",
        "核桃来两袋，骗你的",
        "核桃来两袋，上次的都坏了",
        "核桃要两袋，上回少给我一袋",
    ],
)
def test_what_speaks_against_an_order_is_not_taken_for_its_reason(text: str) -> None:
    assert read(text).route is not Route.AUTO


def test_a_host_who_dares_more_may_say_so() -> None:
    bold = Classifier(build_catalogue(OFFERS), thresholds=Thresholds(auto=0.4))
    assert read("哏要核桃两袋").route is Route.CONFIRM
    assert bold.classify("哏要核桃两袋", Context()).route is Route.AUTO
