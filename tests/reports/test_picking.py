from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from live.domain import commands as c
from live.domain.reservation import ReservationState
from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.picking import NOWHERE
from tests.reports.cycles import arrive, cut_off, cycles, noodle, pork, the_cycle
from tests.reports.factories import CYCLE, a_stream, egg, hidden, person

if TYPE_CHECKING:
    from live.reports.fulfilment.figures import PickEntry, PickLine, PickList
    from live.store.port import CycleRecord
    from tests.reports.factories import Stream

ZHANG, LI, WANG = person("张姐"), person("李哥"), person("王叔")


def picks_of(*streams: Stream, people: dict[str, str] | None = None) -> PickList:
    return fulfilment_of(the_cycle(*streams, people=people)).picks


def entries(picks: PickList) -> list[tuple[str, str, str]]:
    return [(point.name, str(entry.number), entry.name) for point in picks.points for entry in point.entries]


def shown(line: PickLine) -> tuple[str, str | None, int, int, bool]:
    return (line.goods.title, line.goods.variant, line.quantity, line.amount_fen, line.done)


def first(picks: PickList) -> PickEntry:
    return picks.points[0].entries[0]


def test_a_viewer_stands_at_the_point_they_chose_else_at_the_first_in_the_order_of_their_numbers() -> None:
    stream = a_stream(egg(quota=20))
    for by in (ZHANG, LI, WANG):
        stream.buys(by, "egg", 1)
    stream.fetches(ZHANG, at="p2", tail="0042", own_bag=True)
    stream.fetches(WANG, tail="8899")
    picks = picks_of(stream)
    assert entries(picks) == [
        ("东门便利店", "2", "李哥"),
        ("东门便利店", "3", "王叔"),
        ("北桥快递站", "1", "张姐"),
    ]
    zhang = picks.points[1].entries[0]
    assert (zhang.phone_tail, zhang.own_bag, zhang.codes) == ("0042", True, (stream.code_of(ZHANG),))
    assert (picks.points[0].address, picks.entries) == ("东门路 1 号", 3)


def test_ten_comes_after_nine() -> None:
    stream = a_stream(egg(quota=20))
    for place in range(12):
        stream.buys(person(f"顾客{place}"), "egg", 1)
    assert [number for _, number, _ in entries(picks_of(stream))] == [str(n) for n in range(1, 13)]


def test_a_shop_without_points_has_one_list() -> None:
    stream = a_stream(egg(), cycle=replace(CYCLE, pickup_points=()))
    stream.buys(ZHANG, "egg", 1)
    assert entries(picks_of(stream)) == [(NOWHERE, "1", "张姐")]


def test_what_waits_or_was_cancelled_is_not_picked() -> None:
    stream = a_stream(egg(quota=1))
    stream.buys(ZHANG, "egg", 1)
    stream.buys(LI, "egg", 1)
    assert entries(picks_of(stream)) == [("东门便利店", "1", "张姐")]


def test_one_thing_is_one_line_however_often_it_was_asked_for() -> None:
    stream = a_stream(replace(noodle(), quota=2), egg())
    stream.buys(ZHANG, "noodle", 3, "thin")
    stream.do(c.Restock(offer_id="noodle", variant_id=None, quantity=2))
    assert len(stream.state.reservations) == 2
    stream.buys(ZHANG, "noodle", 1, "wide")
    stream.buys(ZHANG, "egg", 1)
    assert [shown(line) for line in first(picks_of(stream)).lines] == [
        ("柳树湾土鸡蛋 30 枚", None, 1, 3990, False),
        ("手工挂面", "宽面", 1, 1290, False),
        ("手工挂面", "细面", 3, 3870, False),
    ]


def test_what_was_handed_over_is_ticked_and_no_longer_due() -> None:
    stream = a_stream(egg(), pork())
    stream.buys(ZHANG, "egg", 1)
    stream.buys(ZHANG, "pork", 2)
    cut_off(stream)
    arrive(stream)
    assert first(picks_of(stream)).estimated
    stream.collects(ZHANG, stream.of(ZHANG, "pork").id, weights={stream.of(ZHANG, "pork").id: 2150})
    entry = first(picks_of(stream))
    assert [shown(line) for line in entry.lines] == [
        ("柳树湾土鸡蛋 30 枚", None, 1, 3990, False),
        ("土猪前腿肉", None, 2, 5762, True),
    ]
    assert (entry.due_fen, entry.estimated, entry.done) == (3990, False, False)
    assert [(total.goods.title, total.quantity) for total in picks_of(stream).points[0].totals] == [
        ("柳树湾土鸡蛋 30 枚", 1)
    ]


def test_goods_of_somebody_who_never_came_still_lie_there() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    cut_off(stream)
    arrive(stream)
    stream.do(c.MarkNoShow(reservation_id=stream.of(ZHANG, "egg").id))
    assert (first(picks_of(stream)).done, first(picks_of(stream)).due_fen) == (False, 3990)


def test_joined_identities_get_one_bag_under_the_first_number_with_both_names_and_codes() -> None:
    east, north = a_stream(egg()), a_stream(egg(), room="beiqiao")
    north.buys(LI, "egg", 1)
    east.buys(WANG, "egg", 1)
    east.buys(ZHANG, "egg", 1)
    picks = picks_of(east, north, people={ZHANG.key: "p", LI.key: "p"})
    assert entries(picks) == [("东门便利店", "A1", "王叔"), ("东门便利店", "A2", "张姐、李哥")]
    joined = picks.points[0].entries[1]
    assert joined.codes == (east.code_of(ZHANG), north.code_of(LI))
    assert [line.quantity for line in joined.lines] == [2]


def test_one_viewer_of_two_rooms_is_one_person_and_fetches_where_each_room_was_told() -> None:
    east, north = a_stream(egg()), a_stream(egg(), room="beiqiao")
    east.buys(ZHANG, "egg", 1)
    north.buys(ZHANG, "egg", 2)
    assert [len(point.entries) for point in picks_of(east, north).points] == [1]
    north.fetches(ZHANG, at="p2")
    assert entries(picks_of(east, north)) == [("东门便利店", "A1", "张姐"), ("北桥快递站", "B1", "张姐")]


def test_viewers_whom_the_platform_hides_are_never_one_person() -> None:
    stream = a_stream(egg())
    for cause in ("a", "b"):
        stream.do(c.Reserve(viewer=hidden(cause), offer_id="egg", variant_id=None, quantity=1))
    picks = picks_of(stream)
    assert entries(picks) == [("东门便利店", "1", "堂***"), ("东门便利店", "2", "堂***")]
    assert first(picks).weak


def test_by_item_the_same_goods_stand_with_their_takers_point_by_point() -> None:
    stream = a_stream(egg(), noodle())
    stream.buys(ZHANG, "egg", 2)
    stream.buys(LI, "egg", 1)
    stream.buys(LI, "noodle", 1, "wide")
    stream.fetches(ZHANG, at="p2")
    eggs, noodles = picks_of(stream).goods
    assert [(taker.point, str(taker.number), taker.name, taker.quantity) for taker in eggs.takers] == [
        ("东门便利店", "2", "李哥", 1),
        ("北桥快递站", "1", "张姐", 2),
    ]
    assert (eggs.quantity, eggs.points) == (3, (("东门便利店", 1), ("北桥快递站", 2)))
    assert (noodles.goods.variant, noodles.quantity) == ("宽面", 1)


def test_a_telephone_number_in_a_name_is_masked_also_on_the_shop_s_own_list() -> None:
    stream = a_stream(egg())
    stream.buys(person("张姐13812345678"), "egg", 1)
    assert first(picks_of(stream)).name == "张姐138****78"


@given(cycles())
def test_every_reservation_that_holds_is_picked_once_and_only_those(cycle: CycleRecord) -> None:
    picks = fulfilment_of(cycle).picks
    held = [r for each in cycle.sessions for r in each.reservations if r.holds]
    lines = [line for point in picks.points for entry in point.entries for line in entry.lines]
    assert sum(line.quantity for line in lines) == sum(r.quantity for r in held)
    assert sum(line.amount_fen for line in lines) == sum(r.amount_fen for r in held)
    codes = Counter(code for point in picks.points for entry in point.entries for code in set(entry.codes))
    assert set(codes) == {r.pickup_code for r in held}


@given(cycles())
def test_points_and_items_tell_of_the_same_goods(cycle: CycleRecord) -> None:
    picks = fulfilment_of(cycle).picks
    by_item = Counter({each.goods.key: each.quantity for each in picks.goods})
    by_point: Counter[tuple[str, str, str]] = Counter()
    for point in picks.points:
        for entry in point.entries:
            for line in entry.lines:
                by_point[line.goods.key] += line.quantity
    assert by_item == by_point


@given(cycles())
def test_what_is_due_is_what_is_held_and_not_yet_handed_over(cycle: CycleRecord) -> None:
    held = [r for each in cycle.sessions for r in each.reservations if r.holds]
    owed = sum(r.amount_fen for r in held if r.state is not ReservationState.COLLECTED)
    assert sum(point.due_fen for point in fulfilment_of(cycle).picks.points) == owed


@given(cycles())
def test_nobody_stands_twice_at_a_point_and_numbers_grow(cycle: CycleRecord) -> None:
    for point in fulfilment_of(cycle).picks.points:
        numbers = [entry.number for entry in point.entries]
        assert numbers == sorted(set(numbers))
