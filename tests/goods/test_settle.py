"""What only the whole list can say."""

from __future__ import annotations

from live.goods.found import DEFAULT_QUOTA, MOST_FAULTS, MOST_OFFERS, Found, Remark, bounded
from live.goods.settle import settle


def found(*offers: dict[str, object]) -> Found:
    return Found(offers=[(n, {"title": f"货{n}", "quota": 1, **offer}) for n, offer in enumerate(offers, 2)])


def test_numbers_and_ids_are_given_around_those_that_are_written() -> None:
    read = found({}, {"number": 1}, {"number": 3, "id": "g2"}, {})
    settle(read)
    assert [(offer["number"], offer["id"]) for _, offer in read.offers] == [
        (2, "g2-1"),
        (1, "g1"),
        (3, "g2"),
        (4, "g4"),
    ]


def test_a_number_that_is_there_twice_is_told_with_both_lines() -> None:
    read = found({"number": 3}, {"number": 3})
    settle(read)
    assert [(fault.row, fault.column) for fault in read.faults] == [(3, "编号")]
    assert "第 2 行" in read.faults[0].message


def test_the_same_name_twice_is_worth_a_word() -> None:
    read = found({"title": "苹果"}, {"title": "苹果"})
    settle(read)
    assert [warning.row for warning in read.warnings] == [3]


def test_what_says_nothing_of_its_quota_gets_one_that_is_told() -> None:
    read = Found(offers=[(1, {"title": "鸡蛋"}), (2, {"title": "苹果", "quota": 5})])
    settle(read)
    assert [offer["quota"] for _, offer in read.offers] == [DEFAULT_QUOTA, 5]
    assert "鸡蛋" in read.warnings[0].message


def test_more_than_an_evening_holds_is_told_and_left_out() -> None:
    read = found(*({} for _ in range(2000)))
    settle(read)
    assert len(read.offers) == MOST_OFFERS
    assert "2000" in read.faults[0].message


def test_faults_are_shown_in_order_and_bounded() -> None:
    many = [Remark(row=row, column=None, message="改") for row in range(1000, 0, -1)]
    shown = bounded(many)
    assert [remark.row for remark in shown[:2]] == [1, 2]
    assert len(shown) == MOST_FAULTS + 1
    assert "800" in shown[-1].message
