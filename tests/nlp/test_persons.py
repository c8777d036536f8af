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


@pytest.mark.parametrize(
    "text", ["核桃我爸那单也取消", "我妈那份核桃不要了", "婆婆那单核桃退了", "我姐那袋核桃不要了", "核桃我婆婆那份取消吧", "闺女那单核桃撤了", "我嫂子那份核桃退掉", "我二叔那单核桃不要了", "公婆那单核桃取消", "俺娘那份核桃改成两袋"]
)  # fmt: skip
def test_what_a_relative_reserved_is_not_altered_unasked(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize(
    "text", ["二叔捎话要一袋核桃", "我妈捎信要两袋核桃", "大伯带话要一袋核桃", "托俺报两袋核桃", "小姨打电话说要一袋核桃", "嫂子微信说要核桃一袋", "我姐嘱咐我报一袋核桃", "三叔传话要核桃一袋", "交代我要两袋核桃", "叫俺订两袋核桃"]
)  # fmt: skip
def test_what_somebody_had_told_is_not_booked_unasked(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize(
    ("text", "count"),
    [("俩娃一人一只鸭子", 2), ("两个孩子一人一只鸭子", 2), ("鸭子仨娃一人一只", 3), ("三个孩子每人一只鸭子", 3), ("俩闺女一人一只鸭子", 2), ("两个儿子各一只鸭子", 2)],
)  # fmt: skip
def test_one_for_each_of_the_writers_counted_children(text: str, count: int) -> None:
    assert told(read(text)) == [f"set duck - {count}"]


@pytest.mark.parametrize(
    "text", ["核桃不用啦 孩他爸买了两袋", "订的核桃免了吧，孩他妈刚扛回来一袋", "核桃取消，我姐送过来两袋", "核桃不要了 婆婆拿回来一袋"]
)  # fmt: skip
def test_what_a_relative_brought_home_is_the_reason_and_no_order(text: str) -> None:
    assert told(read(text)) == ["cancel walnut - -"]


@pytest.mark.parametrize(
    "text", ["梅姐今天给我留两袋核桃", "李哥给我来两袋核桃", "强哥帮我留两袋核桃", "大姐给我留两袋核桃"]
)
def test_who_is_asked_to_keep_it_for_the_writer_is_spoken_to(text: str) -> None:
    found = read(text)
    assert (told(found), found.route) == (["set walnut - 2"], Route.AUTO)


@pytest.mark.parametrize("text", ["强哥要两袋核桃", "给梅姐留两袋核桃", "王姐让我给她留两袋核桃"])
def test_who_takes_it_is_somebody_else(text: str) -> None:
    assert read(text).route is Route.CONFIRM
