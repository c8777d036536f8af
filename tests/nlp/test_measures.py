from __future__ import annotations

import pytest

from nlp.types import Intent, Route
from tests.nlp.shop import actions, read


@pytest.mark.parametrize(
    "text", ["核桃一袋，俩娃抢着吃", "核桃一袋 家里仨孩子", "核桃一袋，两个孩子都爱吃", "核桃一袋，俩老人吃"]
)
def test_people_are_not_counted_as_goods(text: str) -> None:
    assert actions(text) == ["set walnut - 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灰的毛巾俩粉的毛巾仨", ["set towel grey 2", "set towel pink 3"]),
        ("毛巾灰的俩粉的俩", ["set towel grey 2", "set towel pink 2"]),
    ],
)
def test_two_in_one_character_counts_before_any_word(text: str, expected: list[str]) -> None:
    assert actions(text) == expected


@pytest.mark.parametrize("text", ["毛巾两灰一粉", "毛巾2灰1粉", "毛巾灰2粉1"])
def test_an_amount_may_stand_before_its_colour_or_behind_it(text: str) -> None:
    assert actions(text) == ["set towel grey 2", "set towel pink 1"]


@pytest.mark.parametrize("text", ["核桃一袋3斤", "核桃一袋三斤吧", "红枣一箱五斤", "蜂蜜一瓶2斤"])
def test_what_a_pack_weighs_is_no_order(text: str) -> None:
    assert read(text).route is Route.IGNORE


@pytest.mark.parametrize("text", ["大蒜来一块", "红枣来两块", "再切两块红枣"])
def test_a_piece_after_a_verb_is_no_money(text: str) -> None:
    found = read(text)
    assert [each.quantity for each in found.actions] == [None]
    assert found.route is Route.CONFIRM


@pytest.mark.parametrize("text", ["蜂蜜要一个", "土蜂蜜来两个"])
def test_a_vessel_called_a_piece_is_put_to_the_host(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.BUY
    assert found.route is Route.CONFIRM
    assert all(each.quantity for each in found.actions)
