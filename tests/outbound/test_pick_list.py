from __future__ import annotations

from dataclasses import replace

from live.domain import commands as c
from live.domain.reservation import ReservationState
from live.outbound.pick_list import NOWHERE, pick_list
from tests.domain.factories import Evening, egg, start, stranger, viewer
from tests.outbound.evenings import a_sold_evening, an_evening, choose


def test_those_who_chose_no_point_fetch_at_the_first_in_the_order_in_which_they_came() -> None:
    east, north = pick_list(a_sold_evening().state)
    assert (east.name, [picker.name for picker in east.pickers]) == ("东门便利店", ["张*", "李*"])
    assert (north.name, [picker.number for picker in north.pickers]) == ("北桥快递站", [2])


def test_a_point_at_which_nobody_fetches_is_not_on_the_list() -> None:
    evening = an_evening()
    evening.buys(1)
    choose(evening, "张姐", point="p2")
    assert [point.name for point in pick_list(evening.state)] == ["北桥快递站"]


def test_a_shop_without_points_has_one_list() -> None:
    evening = Evening()
    evening.do(replace(start(egg()), cycle=replace(start().cycle, pickup_points=())))
    evening.buys(1)
    assert [point.name for point in pick_list(evening.state)] == [NOWHERE]


def test_what_waits_or_was_cancelled_is_not_picked() -> None:
    evening = an_evening(egg(quota=2))
    evening.buys(2, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    evening.do(c.CancelReservation(reservation_id=evening.only(viewer("张姐")).id, reason="不要了"))
    assert evening.only(viewer("李叔")).state is ReservationState.RESERVED
    ((picker,),) = [point.pickers for point in pick_list(evening.state)]
    assert (picker.name, [line.quantity for line in picker.lines]) == ("李*", [1])


def test_two_strangers_of_one_masked_name_are_two() -> None:
    evening = an_evening()
    for cause in ("a", "b"):
        evening.do(c.Reserve(viewer=stranger(cause), offer_id="egg", quantity=1))
    (point,) = pick_list(evening.state)
    assert [picker.name for picker in point.pickers] == ["堂*", "堂*"]


def test_the_totals_of_a_point_are_those_of_its_lines() -> None:
    for point in pick_list(a_sold_evening().state):
        lines = [line for picker in point.pickers for line in picker.lines]
        assert sum(line.quantity for line in point.totals) == sum(line.quantity for line in lines)
        assert len({(line.title, line.variant) for line in point.totals}) == len(point.totals)


def test_a_number_in_line_stays_when_the_first_order_was_cancelled() -> None:
    evening = an_evening()
    evening.buys(1, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    evening.buys(1, "apple", "l", by=viewer("张姐"))
    evening.do(c.CancelReservation(reservation_id=evening.of(viewer("张姐"))[0].id, reason="不要了"))
    (point,) = pick_list(evening.state)
    assert [(picker.number, picker.name) for picker in point.pickers] == [(1, "张*"), (2, "李*")]


def test_identities_that_were_joined_fetch_together() -> None:
    evening = an_evening()
    evening.buys(1, by=viewer("张姐"))
    evening.buys(1, by=viewer("李叔"))
    evening.buys(2, "apple", "l", by=viewer("张姐", platform="kuaishou"))
    keys = tuple(sorted(viewer("张姐", platform=platform).key for platform in ("wechat_channels", "kuaishou")))
    evening.state.persons = dict.fromkeys(keys, keys)
    (point,) = pick_list(evening.state)
    assert [(p.number, p.name, [line.quantity for line in p.lines]) for p in point.pickers] == [
        (1, "张*", [1, 2]),
        (2, "李*", [1]),
    ]
