from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.offer import OfferPhase
from live.service.sign_up_list import offers_text, orders_text, short_names
from tests.domain.factories import an_evening, egg, session, viewer
from tests.service.lists import OFFERS, proposed, read

NAMES = ("张姐", "李叔", "王婶", "赵大爷")


def test_what_is_on_sale_is_written_with_prices_and_an_example() -> None:
    assert offers_text(session(), OFFERS.values()).split("\n") == [
        "#接龙",
        "周三的晚市",
        "截单 1月7日 周三 23:00，1月8日 周四 16:00 起提货",
        "1号 土鸡蛋 30 枚 39.90元/箱，写“鸡蛋”就行",
        "2号 红富士苹果（大果、小果） 59.00元/箱，写“苹果”就行",
        "例 张三 鸡蛋2箱",
        "",
        "1. ",
    ]


def test_what_is_not_on_sale_is_not_written_and_what_is_full_says_so() -> None:
    closed = replace(egg(), phase=OfferPhase.CLOSED)
    full = replace(OFFERS["apple"], reserved=1_000)
    text = offers_text(session(), [closed, full])
    assert "土鸡蛋" not in text
    assert "（满了，可以排队）" in text
    assert "例 张三 苹果（大果）2箱" in text


def test_an_evening_without_goods_has_a_head_and_a_place_to_begin() -> None:
    assert offers_text(session(), []).split("\n")[-2:] == ["", "1. "]


def test_the_example_reads_as_what_it_says() -> None:
    line = offers_text(session(), OFFERS.values()).split("\n")[5].removeprefix("例 ")
    assert proposed(f"1. {line}") == [("张三", "egg", None, 2)]


def test_the_head_that_was_written_is_skipped_when_it_comes_back() -> None:
    found = read(offers_text(session(), OFFERS.values()) + "张姐 鸡蛋2箱\n2. 李叔 大果1箱")
    assert [(p.name, p.quantity) for p in found.proposals] == [("张姐", 2), ("李叔", 1)]
    assert found.faults == ()


def test_who_ordered_what_is_written_in_the_order_in_which_they_came_with_masked_names() -> None:
    evening = an_evening(*OFFERS.values())
    evening.buys(2, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    evening.buys(1, "apple", "l", by=viewer("张姐"))
    assert orders_text(evening.state).split("\n")[3:] == ["", "1. 张* 鸡蛋2箱、苹果（大果）1箱", "2. 李* 鸡蛋1箱"]
    assert "1. 张姐 " in orders_text(evening.state, mask_names=False)


def test_what_waits_or_was_given_back_is_not_written() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(1, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    assert orders_text(evening.state).count("箱") == 1
    evening.do(c.CancelReservation(reservation_id=evening.only(viewer("张姐")).id, reason=""))
    assert "1. 李* " in orders_text(evening.state)


def test_a_name_that_two_offers_bear_is_not_used() -> None:
    twin = replace(egg(), id="egg2", number=3, title="土鸡蛋 15 枚")
    bare = replace(egg(), id="egg3", number=None, aliases=(), title="鸭蛋")
    assert short_names([egg(), twin, bare]) == {"egg": "1号", "egg2": "3号", "egg3": "鸭蛋"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES), st.sampled_from([("egg", None), ("apple", "l"), ("apple", "s")]), st.integers(1, 9)
        ),
        max_size=6,
        unique_by=lambda order: (order[0], order[1]),
    )
)
def test_a_list_that_was_written_is_read_as_it_was_meant(orders: list[tuple[str, tuple[str, str | None], int]]) -> None:
    evening = an_evening(*OFFERS.values())
    for name, (offer_id, variant_id), quantity in orders:
        evening.buys(quantity, offer_id, variant_id, by=viewer(name))
    assert sorted(proposed(orders_text(evening.state, mask_names=False)), key=str) == sorted(
        ((name, offer_id, variant_id, quantity) for name, (offer_id, variant_id), quantity in orders), key=str
    )
