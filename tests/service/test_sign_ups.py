from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.service.sign_ups import MOST_CHARACTERS, MOST_NAME
from live.web.command_models import Reserve
from tests.service.lists import fault, only, proposed, read

LIST = """\
#接龙
明日团品：
1. 土鸡蛋 39.9
2. 苹果 59
例 张三 鸡蛋2箱

1. 张姐 鸡蛋2箱
2. 李叔 苹果大果3箱，鸡蛋一箱
3、小雨 鸡蛋+1
"""


def test_a_list_is_read_line_by_line_after_its_head() -> None:
    assert proposed(LIST) == [
        ("张姐", "egg", None, 2),
        ("李叔", "apple", "l", 3),
        ("李叔", "egg", None, 1),
        ("小雨", "egg", None, 1),
    ]
    assert [proposal.line for proposal in read(LIST).proposals] == [7, 8, 8, 9]
    assert (read(LIST).skipped, read(LIST).faults) == (5, ())


@pytest.mark.parametrize("mark", ["1.", "1. ", "1、", "1)", "1）", "1：", "1 ", "１．", " 1."])
def test_people_number_their_lines_in_many_ways(mark: str) -> None:
    assert proposed(f"{mark}张姐 鸡蛋2箱") == [("张姐", "egg", None, 2)]


def test_a_list_without_numbers_is_read_too() -> None:
    assert proposed("#接龙\n张姐 鸡蛋2箱\n李叔 鸡蛋1箱") == [("张姐", "egg", None, 2), ("李叔", "egg", None, 1)]


def test_a_price_at_the_start_of_a_line_is_no_number_of_an_entry() -> None:
    assert fault("1. 张姐 鸡蛋2箱\n39.9元一箱").message.startswith("这一行没有编号")


@pytest.mark.parametrize(("order", "quantity"), [("2", 2), ("x3", 3), ("+1", 1), ("两箱", 2), ("要2份", 2), ("两", 2)])
def test_in_a_list_about_one_thing_a_number_is_enough(order: str, quantity: int) -> None:
    assert proposed(f"1. 张姐 {order}", "egg") == [("张姐", "egg", None, quantity)]


def test_in_a_list_about_many_things_a_number_is_not() -> None:
    assert fault("1. 张姐 2").line == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("张姐 苹果3箱", "红富士苹果没说要哪一种，请补上：大果、小果"),
        ("张姐 不要了", "读成了取消或减少，请直接在订单里改"),
        ("张姐 鸡蛋少1箱", "读成了取消或减少，请直接在订单里改"),
        ("张姐", "没读出要什么；请写成“名字 商品 数量”，例：张三 鸡蛋2箱"),
        ("张姐 +1", "没说是哪个商品，请补上商品名或几号"),
        ("张姐 鸡蛋0箱", "土鸡蛋 30 枚的数量要在 1 到 100000 之间"),
        ("鸡蛋2箱", "没有名字；请在前面写上名字"),
        ("姐" * (MOST_NAME + 1) + " 鸡蛋2箱", f"名字太长，最多 {MOST_NAME} 个字"),
        ("张姐 " + "蛋" * MOST_CHARACTERS, f"这一行太长，最多 {MOST_CHARACTERS} 个字，请分成几行"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str, message: str) -> None:
    found = fault(f"#接龙\n\n1. 李叔 鸡蛋1箱\n2. {line}")
    assert (found.line, found.message) == (4, message)


def test_of_a_line_the_part_that_can_be_read_is_proposed() -> None:
    found = read("1. 张姐 鸡蛋2箱，苹果1箱")
    assert [(p.offer_id, p.quantity) for p in found.proposals] == [("egg", 2)]
    assert [f.line for f in found.faults] == [1]


def test_a_fault_of_one_line_spoils_no_other() -> None:
    found = read("1. 张姐 鸡蛋2箱\n2. 王婶 随便\n闲话\n3. 李叔 鸡蛋1箱")
    assert [(p.line, p.name) for p in found.proposals] == [(1, "张姐"), (4, "李叔")]
    assert [f.line for f in found.faults] == [2, 3]


@pytest.mark.parametrize("line", ["张姐 鸡蛋50箱", "张姐 鸡蛋", "张姐 鸡蛋2箱 (改3箱)"])
def test_what_would_not_be_booked_unasked_says_why(line: str) -> None:
    proposal = only(f"1. {line}")
    assert not proposal.sure
    assert proposal.reason


def test_a_plain_line_is_sure_and_says_nothing() -> None:
    proposal = only("1. 张姐 鸡蛋2箱")
    assert (proposal.sure, proposal.reason) == (True, "")


def test_a_list_that_has_grown_names_what_it_had_by_the_same_keys() -> None:
    before, after = read("1. 张姐 鸡蛋2箱\n2. 李叔 鸡蛋1箱"), read("1. 王婶 鸡蛋1箱\n2. 张姐 鸡蛋2箱\n3. 李叔 鸡蛋1箱")
    assert {p.key for p in before.proposals} == {p.key for p in after.proposals if p.name != "王婶"}


def test_the_same_line_twice_is_two_orders() -> None:
    keys = [p.key for p in read("1. 张姐 鸡蛋2箱\n2. 张姐 鸡蛋2箱").proposals]
    assert len(set(keys)) == 2


def test_another_quantity_is_another_order() -> None:
    assert only("1. 张姐 鸡蛋2箱").key != only("1. 张姐 鸡蛋3箱").key


@given(st.text())
def test_whatever_is_pasted_is_read_without_a_fault_of_ours(text: str) -> None:
    found = read(text, "egg")
    for proposal in found.proposals:
        Reserve.model_validate(
            {
                "type": "reserve",
                "viewer": proposal.name,
                "offer_id": proposal.offer_id,
                "variant_id": proposal.variant_id,
                "quantity": proposal.quantity,
            }
        )
    lines = len(text.splitlines())
    at = [p.line for p in found.proposals] + [f.line for f in found.faults]
    assert all(1 <= line <= lines for line in at)
    assert all(f.message for f in found.faults)


def test_an_empty_text_is_an_empty_list() -> None:
    assert (read("").proposals, read("").faults, read("\n\n").skipped) == ((), (), 0)
