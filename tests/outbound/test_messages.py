from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.setting_types import GROUP_MESSAGES
from live.domain import commands as c
from live.domain.events import EventKind
from live.outbound.messages import OF_KIND, Style, kinds_for, posts_of
from live.outbound.pieces import size
from live.outbound.wecom import MARKDOWN_BYTES, TEXT_BYTES
from live.reports.plain_table import write_table
from tests.domain.factories import MINUTE_MS, PICKUP_MS, egg, viewer
from tests.outbound.evenings import ALL, a_sold_evening, an_evening, posts, told

CLOSE = c.CloseCycle()


def test_every_message_that_can_be_asked_for_is_made_of_some_event() -> None:
    made = [name for makers in OF_KIND.values() for name, _ in makers]
    assert sorted(made) == sorted(GROUP_MESSAGES) == sorted(ALL)


def test_every_kind_that_makes_a_message_is_one_that_there_is() -> None:
    assert set(OF_KIND) <= set(EventKind)
    assert kinds_for(["arrived"]) == {"goods_ready"}
    assert kinds_for(GROUP_MESSAGES) == set(OF_KIND)


def test_the_summary_of_a_cut_off_says_what_was_ordered_and_when_it_comes() -> None:
    (summary,) = posts(a_sold_evening(), CLOSE, "summary")
    assert summary.form == "markdown"
    assert summary.body.decode().split("\n") == [
        "### 截单小结：周三的晚市",
        "**土鸡蛋 30 枚** 5 箱",
        "**红富士苹果** 大果 1 箱、小果 4 箱",
        "> 共 3 位顾客，1月8日 周四 16:00 起提货",
    ]


def test_what_did_not_come_together_is_said_so() -> None:
    evening = an_evening(replace(egg(quota=100), min_quantity=10))
    evening.buys(2)
    (summary,) = posts(evening, CLOSE, "summary")
    assert '**土鸡蛋 30 枚** <font color="warning">没成团，这次不送</font>' in summary.body.decode()


def test_an_evening_without_orders_has_a_summary_and_nothing_to_pick() -> None:
    (summary,) = posts(an_evening(), CLOSE)
    assert "这一期没有人订。\n> 共 0 位顾客" in summary.body.decode()


def test_the_pick_list_goes_by_pickup_point_with_what_must_lie_there() -> None:
    (text,) = posts(a_sold_evening(), CLOSE, "pick_list")
    assert text.form == "text"
    assert text.body.decode().split("\n") == [
        "拣货单：周三的晚市",
        "1月8日 周四 16:00 起提货",
        "",
        "【东门便利店】2 位：土鸡蛋 30 枚 2 箱、红富士苹果（大果） 1 箱、红富士苹果（小果） 4 箱",
        "1. 张* 土鸡蛋 30 枚 2 箱、红富士苹果（大果） 1 箱",
        "4. 李* 红富士苹果（小果） 4 箱",
        "",
        "【北桥快递站】1 位：土鸡蛋 30 枚 3 箱",
        "2. 王* 土鸡蛋 30 枚 3 箱",
    ]


def test_phones_show_their_last_digits_only_where_the_shop_asks_for_it() -> None:
    (plain,) = posts(a_sold_evening(), CLOSE, "pick_list")
    (asked,) = posts(a_sold_evening(), CLOSE, "pick_list", phone_tails=True)
    assert "尾号" not in plain.body.decode()
    assert "1. 张*（尾号 1234） " in asked.body.decode()
    assert "4. 李* 红" in asked.body.decode()


def test_the_pick_list_comes_as_a_spreadsheet_too() -> None:
    (file,) = posts(a_sold_evening(), CLOSE, "pick_file", phone_tails=True)
    assert (file.form, file.name) == ("file", "拣货单0107.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(file.body))["拣货单"]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [
        ("自提点", "号", "顾客", "手机尾号", "商品", "规格", "数量", "单位"),
        ("东门便利店", 1, "张*", "1234", "土鸡蛋 30 枚", None, 2, "箱"),
        ("东门便利店", 1, "张*", "1234", "红富士苹果", "大果", 1, "箱"),
        ("东门便利店", 4, "李*", None, "红富士苹果", "小果", 4, "箱"),
        ("北桥快递站", 2, "王*", "5678", "土鸡蛋 30 枚", None, 3, "箱"),
    ]


def test_goods_that_arrive_are_told_with_their_place() -> None:
    evening = a_sold_evening()
    evening.do(CLOSE)
    evening.now_ms += MINUTE_MS
    (north,) = posts(evening, c.MarkReady(pickup_point_id="p2"))
    assert north.body.decode().split("\n") == [
        "到货了",
        "北桥快递站：土鸡蛋 30 枚",
        "1月8日 周四 16:00 起提货，来的时候请出示提货码",
    ]
    evening.now_ms += MINUTE_MS
    (rest,) = posts(evening, c.MarkReady())
    assert rest.body.decode().split("\n") == [
        "到货了",
        "东门便利店（东门路 1 号）：土鸡蛋 30 枚、红富士苹果",
        "1月8日 周四 16:00 起提货，来的时候请出示提货码",
    ]


def test_goods_that_come_alone_are_named_and_so_are_those_that_are_late() -> None:
    evening = a_sold_evening()
    evening.do(CLOSE)
    evening.now_ms += MINUTE_MS
    (eggs,) = posts(evening, c.MarkReady(offer_ids=("egg",)))
    lines = eggs.body.decode().split("\n")
    assert lines[1:3] == ["东门便利店（东门路 1 号）：土鸡蛋 30 枚", "北桥快递站：土鸡蛋 30 枚"]
    assert lines[-1] == "还没到的：红富士苹果，到了再通知"


def test_another_pickup_time_is_told_with_its_reason() -> None:
    evening = a_sold_evening()
    evening.do(CLOSE)
    (moved,) = posts(evening, c.MovePickup(pickup_at_ms=PICKUP_MS + 120 * MINUTE_MS, notice="路上下雪，货车晚到"))
    assert moved.body.decode() == "提货时间改了：周三的晚市\n改到 1月8日 周四 18:00\n路上下雪，货车晚到"


@pytest.mark.parametrize("messages", [("arrived",), ("summary", "moved"), ("pick_file",)])
def test_a_group_gets_only_what_it_asked_for(messages: tuple[str, ...]) -> None:
    made = posts(a_sold_evening(), CLOSE, *messages)
    assert len(made) == len({"summary", "pick_file"} & set(messages))


@pytest.mark.parametrize("kind", sorted(set(EventKind) - set(OF_KIND)))
def test_of_all_other_events_a_group_hears_nothing(kind: EventKind) -> None:
    style = Style(messages=frozenset(ALL), phone_tails=True, write_table=write_table)
    assert posts_of(replace(told(a_sold_evening(), CLOSE), kind=kind.value), style) == []


def test_nothing_that_strangers_must_not_see_is_in_any_message() -> None:
    evening = a_sold_evening()
    made = posts(evening, CLOSE, phone_tails=True)
    made += posts(evening, c.MarkReady())
    made += posts(evening, c.MovePickup(pickup_at_ms=PICKUP_MS + MINUTE_MS, notice=""))
    said = "".join(_text(post.form, post.body) for post in made)
    secrets = {word for each in evening.state.reservations.values() for word in (each.pickup_code, each.id)}
    secrets |= {"张姐", "李叔", "王婶", "u-张姐", "39.90", "59.00", "元"}
    assert {word for word in secrets if word in said} == set()
    assert "张*" in said


def _text(form: str, body: bytes) -> str:
    if form != "file":
        return body.decode()
    book = openpyxl.load_workbook(io.BytesIO(body))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_title_cannot_mention_colour_or_link_anything() -> None:
    evening = an_evening(title="<@all>[领奖](http://x)")
    (summary,) = posts(evening, CLOSE, "summary")
    assert "### 截单小结：＜@all＞［领奖］(http://x)" in summary.body.decode()


@given(st.integers(1, 120), st.integers(1, 60))
def test_however_many_come_every_message_fits(people: int, longest: int) -> None:
    evening = an_evening(replace(egg(quota=10_000), title="蛋" * longest))
    for number in range(people):
        evening.buys(1, by=viewer(f"顾客{number}"))
    made = posts(evening, CLOSE, "summary", "pick_list")
    limits = {"text": TEXT_BYTES, "markdown": MARKDOWN_BYTES}
    assert all(size(post.body.decode()) <= limits[post.form] for post in made)
    said = "\n".join(post.body.decode() for post in made)
    assert said.count("顾*") == people
