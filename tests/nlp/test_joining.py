from __future__ import annotations

import pytest

from nlp.types import Intent, Route
from tests.nlp.shop import read, told


@pytest.mark.parametrize("text", ["核桃甭给我留了", "核桃别留啦", "核桃不要给我留了", "核桃莫给俺留了"])
def test_a_forbidden_taking_withdraws(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CANCEL
    assert told(found) == ["cancel walnut - -"]


@pytest.mark.parametrize("text", ["核桃唔使留俾我啦", "核桃唔使留畀我"])
def test_for_me_behind_the_forbidden_verb_changes_nothing(text: str) -> None:
    assert told(read(text)) == ["cancel walnut - -"]


@pytest.mark.parametrize(
    "text", ["莫取消莫取消，我两袋核桃照旧", "别把我的删了", "可别给我退了", "哎别取消 核桃照旧给我发"]
)
def test_a_forbidden_withdrawal_changes_nothing(text: str) -> None:
    found = read(text)
    assert (found.intent, found.route) == (Intent.CHAT, Route.IGNORE)


def test_a_mix_up_that_is_to_be_avoided_corrects_nothing() -> None:
    found = read("核桃要两袋，莫跟别个的搞混了")
    assert (found.intent, told(found)) == (Intent.BUY, ["set walnut - 2"])


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


@pytest.mark.parametrize("text", ["核桃别拿坏的", "特别要说一下核桃"])
def test_any_other_forbidding_withdraws_nothing(text: str) -> None:
    assert read(text).intent is not Intent.CANCEL


@pytest.mark.parametrize("text", ["再便宜两块我拿三袋", "好想囤两袋啊", "拍了拍了 一盒肥牛", "肥牛是2盒不是3盒"])
def test_bargains_longings_reports_and_corrections_of_the_host_book_nothing(text: str) -> None:
    assert read(text, pinned="walnut").route is Route.IGNORE
