"""Questions and wishes about what there is."""

from __future__ import annotations

import pytest

from nlp.types import Intent, Topic
from tests.nlp.shop import read


@pytest.mark.parametrize(
    "text",
    ["啥时候上草莓", "什么时候再上点榴莲啊", "几时卖荔枝", "有榴莲吗", "啥时能上防滑垫", "整两袋速冻水饺", "再上点货"],
)
def test_goods_that_the_shop_has_not_are_wished_for(text: str) -> None:
    assert read(text).intent is Intent.WISH


@pytest.mark.parametrize("text", ["啥时候上链接", "什么时候上车", "什么时候上优惠", "核桃啥时候上架"])
def test_what_comes_up_that_is_no_goods_is_not_wished_for(text: str) -> None:
    assert read(text).intent is not Intent.WISH


@pytest.mark.parametrize("text", ["核桃什么时候补货", "5号还有吗", "红枣还有没有"])
def test_goods_on_the_list_are_asked_after(text: str) -> None:
    found = read(text)
    assert (found.intent, found.topic) == (Intent.QUESTION, Topic.STOCK)


def test_what_is_shown_is_asked_after_where_nothing_is_named() -> None:
    found = read("大的还有吗", "walnut")
    assert (found.intent, found.topic) == (Intent.QUESTION, Topic.STOCK)


@pytest.mark.parametrize("text", ["牛肉丸里有没有淀粉", "核桃加没加糖"])
def test_what_is_in_the_goods_is_a_question(text: str) -> None:
    assert read(text).intent is Intent.QUESTION
