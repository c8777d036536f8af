from __future__ import annotations

import pytest

from nlp.types import Intent, Route
from tests.nlp.shop import read, told


@pytest.mark.parametrize(
    "text",
    [
        "李哥两瓶",
        "老王要两瓶",
        "小陈来一瓶",
        "张大姐两瓶",
        "王婶也要一瓶",
        "隔壁老刘要一瓶",
        "孙姐说要两瓶",
        "老赵要两瓶",
    ],
)
def test_what_a_named_person_wants_is_put_to_the_host(text: str) -> None:
    found = read(text, "honey")
    assert found.intent is Intent.BUY
    assert found.route is Route.CONFIRM


@pytest.mark.parametrize("text", ["俺老孙来一瓶", "我老李要一瓶", "俺小王也来一瓶", "咱老张要一瓶"])
def test_who_names_themselves_orders_for_themselves(text: str) -> None:
    found = read(text, "honey")
    assert told(found) == ["set honey - 1"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize(
    "text", ["给老婆来一瓶", "给媳妇来一瓶", "给我妈来一瓶", "给孩子拿一瓶", "给爸妈来一瓶", "给闺女留一瓶"]
)
def test_a_relative_may_be_the_reason_for_an_order(text: str) -> None:
    found = read(text, "honey")
    assert told(found) == ["set honey - 1"]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["给邻居来一瓶", "帮我妈带一瓶", "替我姐要一瓶", "我妈也要一瓶", "给同事捎一瓶"])
def test_an_order_for_another_account_is_put_to_the_host(text: str) -> None:
    assert read(text, "honey").route is Route.CONFIRM


@pytest.mark.parametrize("text", ["老主顾来一瓶", "小包装的来一瓶"])
def test_an_old_or_small_something_is_nobody(text: str) -> None:
    assert read(text, "honey").reason != "替别人要的，请确认"
