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


def test_a_mix_up_that_is_to_be_avoided_corrects_nothing() -> None:
    found = read("核桃要两袋，莫跟别个的搞混了")
    assert (found.intent, told(found)) == (Intent.BUY, ["set walnut - 2"])


@pytest.mark.parametrize("text", ["核桃别拿坏的", "特别要说一下核桃"])
def test_any_other_forbidding_withdraws_nothing(text: str) -> None:
    assert read(text).intent is not Intent.CANCEL


@pytest.mark.parametrize("text", ["再便宜两块我拿三袋", "好想囤两袋啊", "拍了拍了 一盒肥牛", "肥牛是2盒不是3盒"])
def test_bargains_longings_reports_and_corrections_of_the_host_book_nothing(text: str) -> None:
    assert read(text, pinned="walnut").route is Route.IGNORE
