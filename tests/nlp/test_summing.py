from __future__ import annotations

import pytest

from nlp.types import Route
from tests.nlp.shop import actions, read


@pytest.mark.parametrize(
    "text",
    [
        "毛巾三条，两条灰的一条粉的", "三条毛巾 两条灰色一条粉色", "要3条毛巾，灰的两条，粉的一条", "毛巾来三条，灰色2条粉色1条",
    ],
)  # fmt: skip
def test_parts_that_add_up_to_the_whole_are_the_order(text: str) -> None:
    found = read(text)
    assert actions(text) == ["set towel grey 2", "set towel pink 1"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["鸭子两只，一只杀一只不杀", "两只鸭子，一只切块一只整的"])
def test_parts_without_a_variant_only_say_how(text: str) -> None:
    assert actions(text) == ["set duck - 2"]


@pytest.mark.parametrize("text", ["毛巾三条，两条灰的两条粉的", "核桃两袋，红枣一箱，蜂蜜一瓶"])
def test_what_does_not_add_up_stays_as_it_was_said(text: str) -> None:
    assert len(actions(text)) == 3
