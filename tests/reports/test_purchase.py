from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from live.domain import commands as c
from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.figures import VariantNeed
from live.store.port import CycleRecord
from tests.reports.cycles import cut_off, cycles, noodle, pear, pork, the_cycle
from tests.reports.factories import a_stream, apple, egg, person

if TYPE_CHECKING:
    from live.reports.fulfilment.figures import PurchaseLine, PurchaseOrder
    from tests.reports.factories import Stream


def order_of(*streams: Stream) -> PurchaseOrder:
    return fulfilment_of(the_cycle(*streams)).purchase


def only(order: PurchaseOrder) -> PurchaseLine:
    [supplier] = order.suppliers
    [line] = supplier.lines
    return line


def cases(line: PurchaseLine) -> tuple[int, int, int, int]:
    return (line.reserved, line.cases, line.surplus, line.unfilled)


def test_an_open_case_is_ordered_and_what_is_left_of_it_is_the_shop_s() -> None:
    stream = a_stream(pear())
    stream.buys(person(), "pear", 19)
    line = only(order_of(stream))
    assert cases(line) == (19, 3, 5, 0)
    assert (line.quantity, line.served, line.amount_fen) == (24, 19, 19 * 2990)


def test_a_case_that_lacks_more_than_the_shop_tolerates_is_not_ordered() -> None:
    stream = a_stream(pear(case_tolerance=2))
    stream.buys(person("张姐"), "pear", 7)
    stream.buys(person("李哥"), "pear", 5)
    line = only(order_of(stream))
    assert cases(line) == (12, 1, 0, 4)
    assert line.amount_fen == 8 * 2990


def test_the_preview_and_the_cut_off_come_to_the_same_cases() -> None:
    stream = a_stream(pear(case_tolerance=2))
    stream.buys(person("张姐"), "pear", 7)
    stream.buys(person("李哥"), "pear", 5)
    before = only(order_of(stream))
    cut_off(stream)
    after = only(order_of(stream))
    assert (after.cases, after.quantity, after.amount_fen) == (before.cases, before.quantity, before.amount_fen)
    assert cases(after) == (8, 1, 0, 0)


def test_rooms_share_the_cases_of_one_item() -> None:
    east, north = a_stream(pear()), a_stream(pear(number=9), room="beiqiao")
    east.buys(person("张姐"), "pear", 3)
    north.buys(person("李哥"), "pear", 5)
    assert cases(only(order_of(east, north))) == (8, 1, 0, 0)


def test_what_each_room_promised_is_ordered_even_if_their_rests_together_lack_more() -> None:
    east, north = (a_stream(pear(case_tolerance=2), room=room) for room in ("dongmen", "beiqiao"))
    for stream in (east, north):
        stream.buys(person(), "pear", 14)
        cut_off(stream)
    assert cases(only(order_of(east, north))) == (28, 4, 4, 0)


def test_the_same_title_in_other_cases_or_from_another_supplier_is_a_line_of_its_own() -> None:
    east = a_stream(pear())
    north = a_stream(pear(case_size=10), room="beiqiao")
    west = a_stream(pear(supplier="老刘果园"), room="xiguan")
    for stream in (east, north, west):
        stream.buys(person(), "pear", 1)
    orders = order_of(east, north, west).suppliers
    assert [(each.supplier, [line.case_size for line in each.lines]) for each in orders] == [
        ("老刘果园", [8]),
        ("", [8, 10]),
    ]


def test_variants_are_counted_apart_but_share_the_cases() -> None:
    stream = a_stream(noodle())
    stream.buys(person("张姐"), "noodle", 12, "thin")
    stream.buys(person("李哥"), "noodle", 10, "wide")
    line = only(order_of(stream))
    assert cases(line) == (22, 2, 18, 0)
    assert line.variants == (VariantNeed(name="宽面", reserved=10), VariantNeed(name="细面", reserved=12))


def test_what_names_no_variant_is_counted_under_none() -> None:
    stream = a_stream(noodle())
    stream.buys(person(), "noodle", 2, "wide")
    record = stream.record()
    nameless = replace(record, reservations=tuple(replace(r, variant_id=None) for r in record.reservations))
    order = fulfilment_of(CycleRecord(sessions=(nameless,))).purchase
    assert only(order).variants == (VariantNeed(name=None, reserved=2),)


def test_what_nobody_wants_is_not_on_the_order() -> None:
    assert order_of(a_stream(egg(), apple())).suppliers == ()


def test_an_offer_that_failed_is_listed_apart_with_those_who_wanted_it() -> None:
    stream = a_stream(apple(), egg())
    stream.buys(person("张姐"), "apple", 1, "l")
    stream.buys(person("李哥"), "apple", 2, "s")
    stream.buys(person("李哥"), "egg", 1)
    [before] = order_of(stream).failed
    assert (before.failed, before.wanted, before.viewers, before.min_quantity, before.short) == (False, 3, 2, 5, 2)
    cut_off(stream)
    order = order_of(stream)
    [after] = order.failed
    assert (after.failed, after.wanted, after.viewers, after.room) == (True, 3, 2, "dongmen")
    assert only(order).goods.title == "柳树湾土鸡蛋 30 枚"


def test_an_offer_that_was_never_opened_is_not_held_to_its_minimum() -> None:
    stream = a_stream()
    stream.do(c.AddOffer(offer=replace(apple(), phase=apple().phase.LISTED)))
    stream.do(c.Reserve(viewer=person(), offer_id="apple", variant_id="l", quantity=1))
    assert order_of(stream).failed == ()
    assert only(order_of(stream)).reserved == 1


def test_goods_that_were_fetched_or_never_fetched_were_bought_all_the_same() -> None:
    stream = a_stream(pork())
    stream.buys(person("张姐"), "pork", 2)
    stream.buys(person("李哥"), "pork", 3)
    cut_off(stream)
    stream.do(c.MarkReady())
    stream.collects(person("张姐"), weights={stream.of(person("张姐"), "pork").id: 2150})
    stream.do(c.MarkNoShow(reservation_id=stream.of(person("李哥"), "pork").id))
    line = only(order_of(stream))
    assert (cases(line), line.weighed, line.amount_fen) == ((5, 5, 0, 0), True, 5 * 2680)


@given(cycles())
def test_the_cases_hold_what_is_served_and_nothing_more_than_a_case_is_left(cycle: CycleRecord) -> None:
    order = fulfilment_of(cycle).purchase
    for line in (line for each in order.suppliers for line in each.lines):
        assert line.quantity == line.served + line.surplus
        assert 0 <= line.surplus < line.case_size
        assert 0 <= line.unfilled <= line.reserved
        assert not line.variants or sum(each.reserved for each in line.variants) == line.reserved


@given(cycles())
def test_all_that_is_held_is_ordered_or_told_not_to_come_together(cycle: CycleRecord) -> None:
    order = fulfilment_of(cycle).purchase
    held = sum(r.holds for each in cycle.sessions for r in each.reservations)
    ordered = sum(line.reserved for each in order.suppliers for line in each.lines)
    at_risk = sum(each.wanted for each in order.failed if not each.failed)
    assert ordered + at_risk == held


@given(cycles())
def test_after_the_cut_off_nobody_is_left_without_and_the_money_is_what_viewers_owe(cycle: CycleRecord) -> None:
    documents = fulfilment_of(cycle)
    if documents.heading.final:
        held = [r for each in cycle.sessions for r in each.reservations if r.holds]
        assert all(line.unfilled == 0 for each in documents.purchase.suppliers for line in each.lines)
        assert documents.purchase.amount_fen == sum(r.quantity * r.unit_price_fen for r in held)
