"""What lies at the counter: one basket a person, over sessions, rooms and platforms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from live.domain import commands as c
from live.domain.standing import Standing
from live.domain.state import RoomState
from live.reports.fulfilment.book import books_of
from live.service.counter import counter_json, customers
from live.store.port import CounterRecord, CycleRecord, SessionRecord
from tests.domain.bags import drawn
from tests.domain.factories import CODES, CYCLE, EVENING_MS, Evening, egg, start, viewer
from tests.domain.stage_factories import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.viewer import Viewer

ZHANG, LI = viewer("张姐"), viewer("李叔")
ZHANG_TOO = viewer("红姐", platform="kuaishou")


def session(session_id: str, *buyers: Viewer, room: str = "r1", cycle_id: str = "") -> Evening:
    evening = Evening(state=RoomState(room=room))
    evening.do(start(egg(quota=100), session_id=session_id, cycle=replace(CYCLE, id=cycle_id)))
    for by in buyers:
        evening.buys(1, by=by)
    return evening


def record(
    *evenings: Evening, people: Mapping[str, str] | None = None, standings: Mapping[str, Standing] | None = None
) -> CounterRecord:
    return CounterRecord(
        seqs={evening.state.room: evening.state.seq for evening in evenings},
        sessions=tuple(_record(evening) for evening in evenings),
        standings=standings or {},
        people=people or {},
    )


def _record(evening: Evening) -> SessionRecord:
    state = evening.state
    assert state.session is not None
    return SessionRecord(
        session=state.session,
        offers=tuple(state.offers.values()),
        reservations=tuple(state.reservations.values()),
        comments=(),
        baskets=tuple(state.baskets.values()),
        acts=tuple(state.giveaways.values()),
    )


def shown(one: CounterRecord) -> Any:
    return counter_json(one, customers(one), now_ms=EVENING_MS)


def test_who_came_first_comes_first() -> None:
    found = customers(record(session("s1", LI, ZHANG, LI)))
    assert [each.id for each in found] == [LI.key, ZHANG.key]
    assert [held.number for each in found for held in each.held] == [1, 2]


def test_what_one_viewer_has_in_two_sessions_is_one_basket_of_two_codes() -> None:
    (found,) = customers(record(session("s1", ZHANG), session("s2", ZHANG)))
    assert [held.pickup_code for held in found.held] == [CODES("s1", ZHANG.key), CODES("s2", ZHANG.key)]


def test_one_name_on_two_platforms_is_two_people_until_they_are_joined() -> None:
    east, west = session("s1", ZHANG), session("s2", ZHANG_TOO, LI, room="r2")
    assert len(customers(record(east, west))) == 3
    joined = customers(record(east, west, people={ZHANG.key: "p1", ZHANG_TOO.key: "p1"}))
    assert [(each.id, each.keys, len(each.held)) for each in joined] == [
        ("p1", (ZHANG.key, ZHANG_TOO.key), 2),
        (LI.key, (LI.key,), 1),
    ]


def test_a_person_who_lies_here_under_one_of_their_names_keeps_the_others() -> None:
    (found,) = customers(record(session("s1", ZHANG), people={ZHANG.key: "p1", "kuaishou/id/9": "p1"}))
    assert (found.id, found.keys) == ("p1", (ZHANG.key, "kuaishou/id/9"))


def test_points_and_no_shows_are_summed_over_a_person() -> None:
    standings = {ZHANG.key: Standing(points=3), ZHANG_TOO.key: Standing(no_shows=2, points=1)}
    people = {ZHANG.key: "p1", ZHANG_TOO.key: "p1"}
    told = shown(record(session("s1", ZHANG, LI), people=people, standings=standings))["people"]
    assert [(each["points"], each["no_shows"]) for each in told] == [(4, 2), (0, 0)]


def test_a_basket_says_whose_it_is_where_it_lies_and_what_is_in_it() -> None:
    evening = session("s1", ZHANG)
    evening.do(c.SetBasket(pickup_code=CODES("s1", ZHANG.key), pickup_point_id="p1", phone_tail="6688", own_bag=True))
    (person,) = shown(record(evening))["people"]
    (basket,) = person["baskets"]
    reservations = basket.pop("reservations")
    assert [(each["offer_id"], each["quantity"], each["amount"]) for each in reservations] == [("egg", 1, "39.90")]
    assert basket.pop("viewer")["name"] == "张姐"
    assert basket == {
        "session_id": "s1",
        "room": "r1",
        "pickup_code": CODES("s1", ZHANG.key),
        "number": 1,
        "line_number": "1",
        "pickup_point_id": "p1",
        "phone_tail": "6688",
        "own_bag": True,
        "bag_points": 0,
        "redeemed_points": 0,
    }


def test_numbers_are_those_that_the_papers_print() -> None:
    east, west = session("s1", LI, ZHANG, cycle_id="wed"), session("s2", ZHANG_TOO, room="r2", cycle_id="wed")
    told = shown(record(east, west))
    assert [each["letter"] for each in told["sessions"]] == ["A", "B"]
    lines = [each["line_number"] for person in told["people"] for each in person["baskets"]]
    cycle = CycleRecord(sessions=record(east, west).sessions, people={})
    assert lines == ["A1", "A2", "B1"]
    assert lines == [str(number) for book in books_of(cycle) for number in book.numbers.values()]


def test_a_cycle_of_which_one_session_alone_sold_something_has_no_letters() -> None:
    east, west = session("s1", LI, ZHANG, cycle_id="wed"), session("s2", room="r2", cycle_id="wed")
    told = shown(record(east, west))["people"]
    assert [each["line_number"] for person in told for each in person["baskets"]] == ["1", "2"]


def test_two_sessions_of_two_cycles_have_no_letters() -> None:
    told = shown(record(session("s1", LI), session("s2", ZHANG)))["people"]
    assert [each["line_number"] for person in told for each in person["baskets"]] == ["1", "1"]


def test_who_has_said_nothing_fetches_at_the_first_point() -> None:
    (person,) = shown(record(session("s1", ZHANG)))["people"]
    (basket,) = person["baskets"]
    assert (basket["pickup_point_id"], basket["phone_tail"], basket["own_bag"]) == ("p1", None, False)


def test_a_session_without_points_to_fetch_at_is_no_fault() -> None:
    evening = session("s1", ZHANG)
    assert evening.state.session is not None
    cycle = replace(evening.state.session.cycle, pickup_points=())
    evening.state.session = replace(evening.state.session, cycle=cycle)
    (person,) = shown(record(evening))["people"]
    assert person["baskets"][0]["pickup_point_id"] is None


def test_the_counter_says_up_to_which_event_of_each_room_it_was_read() -> None:
    east, west = session("s1", ZHANG), session("s2", LI, room="r2")
    told = shown(record(east, west))
    assert told["rooms"] == [{"room": "r1", "seq": east.state.seq}, {"room": "r2", "seq": west.state.seq}]
    assert [(each["id"], each["room"], each["offers"][0]["id"]) for each in told["sessions"]] == [
        ("s1", "r1", "egg"),
        ("s2", "r2", "egg"),
    ]


def test_what_was_won_lies_at_the_counter_with_who_has_won_it() -> None:
    evening = drawn(RULES, "张姐")
    evening.buys(1, by=ZHANG)
    [told] = shown(record(evening))["sessions"]
    [giveaway] = told["giveaways"]
    [winner] = giveaway["rounds"][0]["winners"]
    assert (winner["viewer"]["key"], winner["state"], giveaway["rules"]["prize"]) == (ZHANG.key, "won", "铁锅一口")
