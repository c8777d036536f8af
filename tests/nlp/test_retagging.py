"""Words that mean something else for what stands beside them."""

from __future__ import annotations

import pytest

from nlp.types import Intent, Route
from tests.nlp.shop import read, told


@pytest.mark.parametrize(
    "text", ["莫取消莫取消，我两袋核桃照旧", "别把我的删了", "可别给我退了", "哎别取消 核桃照旧给我发"]
)
def test_a_forbidden_withdrawal_changes_nothing(text: str) -> None:
    found = read(text)
    assert (found.intent, found.route) == (Intent.CHAT, Route.IGNORE)


@pytest.mark.parametrize("text", ["红枣多一箱", "我那红枣多一箱", "给我拿多一箱红枣"])
def test_more_before_an_amount_adds(text: str) -> None:
    assert told(read(text)) == ["add jujube - 1"]


@pytest.mark.parametrize("text", ["红枣我收一箱", "红枣凑一箱", "先占一箱红枣", "红枣上一箱"])
def test_a_letter_that_often_takes_does_so_before_an_amount(text: str) -> None:
    assert told(read(text)) == ["set jujube - 1"]


def test_alike_of_something_else_makes_nothing_of_each_kind() -> None:
    assert told(read("毛巾灰的订两条，我跟闺女个头一样大")) == ["set towel grey 2"]


@pytest.mark.parametrize("text", ["核桃两袋让我老公捎回来", "核桃两袋叫俺儿子拿回来"])
def test_a_relative_who_is_sent_has_not_brought_it_yet(text: str) -> None:
    assert told(read(text)) == ["set walnut - 2"]
