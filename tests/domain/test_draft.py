from __future__ import annotations

import pytest

from live.domain.draft import Draft
from live.domain.events import EventKind
from live.domain.state import RoomState
from tests.domain.factories import CODES, EVENING_MS, an_evening, egg


def a_draft(state: RoomState, cause: str = "c-1") -> Draft:
    return Draft(state=state, at_ms=EVENING_MS, cause=cause, pickup_code=CODES, comment_id="m-1")


def test_a_fact_takes_effect_as_it_is_told() -> None:
    draft = a_draft(an_evening().state)
    draft.tell(EventKind.OFFER_CHANGED, offer=egg(quota=99))
    assert draft.offer("egg").quota == 99
    assert [(e.kind, e.at_ms, e.comment_id) for e in draft.events] == [(EventKind.OFFER_CHANGED, EVENING_MS, "m-1")]


def test_an_id_follows_from_its_cause() -> None:
    state = an_evening().state
    assert a_draft(state).new_id("egg", None) == a_draft(state).new_id("egg", None)


def test_ids_of_one_cause_differ_by_what_they_are_for_and_by_what_was_told_before() -> None:
    draft = a_draft(an_evening().state)
    first = draft.new_id("egg", None)
    other = draft.new_id("apple", None)
    draft.tell(EventKind.OFFER_CHANGED, offer=egg(quota=99))
    assert len({first, other, draft.new_id("egg", None)}) == 3


def test_ids_of_two_causes_differ() -> None:
    state = an_evening().state
    assert a_draft(state, "c-1").new_id("egg") != a_draft(state, "c-2").new_id("egg")


def test_work_on_a_room_without_a_session_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="without a session"):
        a_draft(RoomState(room="r1")).new_id("egg")
