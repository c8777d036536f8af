from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.events import Event, EventKind
from live.domain.offer import PHASE_TRANSITIONS, OfferPhase
from live.domain.reservation import TRANSITIONS, ReservationState
from live.domain.session import SessionState
from live.domain.state import RoomState
from nlp.types import Intent, Route
from tests.domain.factories import (
    EVENING_MS,
    an_evening,
    egg,
    read_as,
    reservation,
    session,
    set_to,
    start,
    viewer,
)

ZHANG, LI, WANG = viewer("张姐"), viewer("李叔"), viewer("王婶")


def test_each_event_raises_the_number_of_the_last_by_one() -> None:
    state = RoomState(room="r1")
    state.apply(Event(kind=EventKind.SESSION_STARTED, at_ms=EVENING_MS, session=session()))
    state.apply(Event(kind=EventKind.OFFER_OPENED, at_ms=EVENING_MS, offer=egg()))
    assert state.seq == 2


def test_an_object_replaces_its_older_self() -> None:
    state = RoomState(room="r1")
    for quota in (10, 20):
        state.apply(Event(kind=EventKind.OFFER_CHANGED, at_ms=EVENING_MS, offer=egg(quota=quota)))
    assert list(state.offers.values()) == [egg(quota=20)]


def test_those_who_wait_stand_first_come_first() -> None:
    evening = an_evening(egg(quota=1))
    for who in (ZHANG, LI, WANG):
        evening.buys(1, by=who)
    assert [r.viewer.name for r in evening.state.waiting("egg")] == ["李叔", "王婶"]


def test_whoever_is_promoted_waits_no_more() -> None:
    evening = an_evening(egg(quota=1))
    for who in (ZHANG, LI, WANG):
        evening.buys(1, by=who)
    evening.do(c.Restock(offer_id="egg", quantity=1))
    assert [r.viewer.name for r in evening.state.waiting("egg")] == ["王婶"]


def test_a_viewers_reservations_are_those_that_may_still_change() -> None:
    state = RoomState(room="r1")
    held = reservation(quantity=2)
    state.put(held)
    assert state.of_viewer(held.viewer.key, "egg") == [held]
    state.put(replace(held, state=ReservationState.CANCELLED))
    assert state.of_viewer(held.viewer.key, "egg") == []


def test_nobody_has_anything_of_an_offer_that_nobody_knows() -> None:
    state = RoomState(room="r1")
    assert state.of_viewer("wechat_channels:u-1", "egg") == []
    assert list(state.waiting("egg")) == []


def test_a_new_session_empties_the_room_but_counts_on() -> None:
    evening = an_evening(egg(quota=1))
    for who in (ZHANG, LI):
        evening.buys(1, by=who)
    evening.say("鸡蛋", read_as(Intent.BUY, set_to(1), route=Route.CONFIRM), by=WANG)
    evening.do(c.EndSession())
    before = evening.state.seq
    evening.do(start(egg(), session_id="s2"))
    state = evening.state
    assert (state.reservations, state.pending, state.prompt, state.comments) == ({}, {}, None, 0)
    assert list(state.waiting("egg")) == []
    assert state.of_viewer(ZHANG.key, "egg") == []
    assert (state.seq, state.n) == (before + 2, 3)


def test_comments_of_one_id_on_two_platforms_are_both_found() -> None:
    evening = an_evening()
    doubtful = read_as(Intent.BUY, set_to(1), route=Route.CONFIRM)
    for platform in ("douyin", "kuaishou"):
        evening.say("鸡蛋", doubtful, by=viewer(platform=platform), id="m-1")
    assert [p.platform for p in evening.state.find_pending("m-1")] == ["douyin", "kuaishou"]
    assert [p.platform for p in evening.state.find_pending("kuaishou/m-1")] == ["kuaishou"]


def test_a_comment_id_that_reads_like_platform_and_id_never_hides_another() -> None:
    evening = an_evening()
    doubtful = read_as(Intent.BUY, set_to(1), route=Route.CONFIRM)
    evening.say("鸡蛋", doubtful, by=viewer(platform="douyin"), id="kuaishou/m-1")
    evening.say("鸡蛋", doubtful, by=viewer(platform="kuaishou"), id="m-1")
    assert len(evening.state.find_pending("kuaishou/m-1")) == 2
    assert [p.platform for p in evening.state.find_pending("douyin/kuaishou/m-1")] == ["douyin"]


def told(state: RoomState, event: Event) -> bool:
    """Whether the state took an event in; one that it did not must have changed nothing."""
    before = (state.seq, dict(state.reservations), dict(state.offers), state.session)
    try:
        state.apply(event)
    except AssertionError:
        assert (state.seq, state.reservations, state.offers, state.session) == before
        return False
    return True


@pytest.mark.parametrize("was", ReservationState)
@pytest.mark.parametrize("now", ReservationState)
def test_a_reservation_takes_the_steps_of_its_table_and_no_others(was: ReservationState, now: ReservationState) -> None:
    state = RoomState(room="r1")
    held = replace(reservation(quantity=2), state=was)
    state.put(held)
    event = Event(
        kind=EventKind.RESERVATION_CHANGED, at_ms=EVENING_MS, reservation=replace(held, state=now), offer=egg()
    )
    assert told(state, event) is (now is was or now in TRANSITIONS[was])


@pytest.mark.parametrize("was", OfferPhase)
@pytest.mark.parametrize("now", OfferPhase)
def test_an_offer_takes_the_steps_of_its_table_and_no_others(was: OfferPhase, now: OfferPhase) -> None:
    state = RoomState(room="r1", offers={"egg": egg(phase=was)})
    event = Event(kind=EventKind.OFFER_CHANGED, at_ms=EVENING_MS, offer=egg(phase=now))
    assert told(state, event) is (now is was or now in PHASE_TRANSITIONS[was])


def test_a_session_that_has_ended_does_not_run_again_but_a_new_one_may_begin() -> None:
    ended = replace(session(), state=SessionState.ENDED)
    state = RoomState(room="r1", session=ended)
    assert not told(state, Event(kind=EventKind.OFFER_PINNED, at_ms=EVENING_MS, session=session(), offer=egg()))
    assert told(state, Event(kind=EventKind.SESSION_STARTED, at_ms=EVENING_MS, session=replace(session(), id="s2")))
