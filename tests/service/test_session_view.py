from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as c
from live.service import wire
from live.service.session_view import SessionView, line_topic, session_topic, session_view
from live.service.view import RoomView, view_of
from tests.domain.factories import CODES, Evening, an_evening, apple, egg, viewer

if TYPE_CHECKING:
    from live.service.session_view import Topic

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")


def seen(evening: Evening) -> SessionView:
    view = session_view(view_of(evening.state).snapshot())
    assert view is not None
    return view


def follow(view: SessionView, evening: Evening, *commands: c.Command) -> set[Topic]:
    """What a view hears of while commands are carried out."""
    touched: set[Topic] = set()
    for command in commands:
        for event in evening.do(command):
            touched |= view.apply(wire.event_data(event))
    return touched


def places(view: SessionView, *keys: str) -> list[int]:
    waiting = (each for key in keys for each in view.of_viewer(key) if each["state"] == "waitlisted")
    return [view.place(each) for each in waiting]


def test_a_room_without_a_session_has_no_view() -> None:
    assert session_view(RoomView(room="r1").snapshot()) is None


def test_a_code_belongs_to_its_viewer_and_to_nobody_else() -> None:
    evening = an_evening()
    evening.buys(2, by=ZHANG)
    evening.buys(1, by=LI)
    view = seen(evening)
    assert view.owner(CODES("s1", ZHANG.key)) == ZHANG.key
    assert [each["quantity"] for each in view.of_viewer(ZHANG.key)] == [2]
    assert view.owner("nobody's") is None
    assert view.of_viewer("nobody") == []


def test_who_waits_stands_in_line_by_the_order_of_arrival() -> None:
    evening = an_evening(egg(quota=1))
    for one in (ZHANG, LI, WANG):
        evening.buys(1, by=one)
    assert places(seen(evening), LI.key, WANG.key) == [1, 2]


def test_who_leaves_the_line_moves_those_behind_and_who_joins_it_moves_nobody() -> None:
    evening = an_evening(egg(quota=1))
    for one in (ZHANG, LI, WANG):
        evening.buys(1, by=one)
    view = seen(evening)
    assert places(view, WANG.key) == [2]
    joined = follow(view, evening, _order("赵姨", 1))
    assert joined == set()
    left = follow(view, evening, c.PageChange(pickup_code=CODES("s1", LI.key), line=_line(0)))
    assert left == {line_topic("s1", "egg")}
    assert places(view, WANG.key) == [1]


def test_stock_that_moves_is_no_news_to_a_basket_but_what_an_offer_is_called_is() -> None:
    evening = an_evening(egg(quota=10), apple())
    view = seen(evening)
    assert follow(view, evening, _order("张姐", 2)) == set()
    assert follow(view, evening, c.UpdateOffer(offer_id="egg", changes={"title": "柴鸡蛋"})) == {
        line_topic("s1", "egg")
    }
    assert follow(view, evening, c.CloseOffer(offer_id="egg")) == {line_topic("s1", "egg")}


def test_the_cut_off_is_news_to_everybody_in_the_session() -> None:
    evening = an_evening()
    view = seen(evening)
    assert session_topic("s1") in follow(view, evening, c.CloseCycle())
    assert view.cycle["state"] == "closed"


@given(st.lists(st.tuples(st.sampled_from(["张", "李", "王", "赵"]), st.integers(0, 3)), max_size=25))
def test_following_the_events_is_as_good_as_looking_again(orders: list[tuple[str, int]]) -> None:
    evening = an_evening(egg(quota=3))
    view = seen(evening)
    for name, quantity in orders:
        if quantity or evening.has(viewer(name)):
            follow(view, evening, _order(name, quantity))
    again = seen(evening)
    everybody = [viewer(name).key for name in "张李王赵"]
    assert view.reservations == again.reservations
    assert view.offers == again.offers
    assert places(view, *everybody) == places(again, *everybody)


def _line(quantity: int) -> c.PageLine:
    return c.PageLine(offer_id="egg", quantity=quantity)


def _order(name: str, quantity: int) -> c.PageOrder:
    return c.PageOrder(viewer=viewer(name), lines=(_line(quantity),))
