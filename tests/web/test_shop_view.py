from __future__ import annotations

from dataclasses import replace
from typing import Any

from live.domain import commands as c
from live.service.session_view import session_view
from live.service.view import view_of
from live.web.shop_view import shop
from tests.domain.factories import Evening, an_evening, apple, egg


def shown(evening: Evening) -> Any:
    view = session_view(view_of(evening.state).snapshot())
    assert view is not None
    return shop(view)


def test_a_kind_never_has_more_left_than_the_offer() -> None:
    evening = an_evening(apple(quota=3, large=4, small=None))
    evening.buys(1, "apple", "s")
    [told] = shown(evening)["offers"]
    assert [(kind["name"], kind["available"]) for kind in told["variants"]] == [("大果", 2), ("小果", 2)]


def test_what_is_missing_to_a_case_and_to_the_minimum_is_told_until_it_is_there() -> None:
    evening = an_evening(replace(egg(quota=20), case_size=6, min_quantity=4))
    for quantity, missing in ((0, (0, 4)), (1, (5, 3)), (5, (1, 0)), (6, (0, 0)), (7, (5, 0))):
        if quantity:
            evening.buys(quantity)
        [told] = shown(evening)["offers"]
        assert (told["missing_to_case"], told["missing_to_minimum"]) == missing


def test_the_list_stays_when_the_cut_off_has_passed() -> None:
    evening = an_evening(egg(), apple())
    evening.do(c.CloseCycle())
    told = shown(evening)
    assert told["cycle"]["state"] == "closed"
    assert [offer["state"] for offer in told["offers"]] == ["closed", "closed"]


def test_where_it_is_fetched_is_told_without_what_only_the_counter_needs() -> None:
    told = shown(an_evening())
    assert told["cycle"]["pickup_points"] == [{"id": "p1", "name": "东门便利店", "address": "东门路 1 号"}]
    assert set(told["session"]) == {"id", "room", "title", "state"}
    assert told["most"] == 20
