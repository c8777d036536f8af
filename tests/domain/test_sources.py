from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.events import Event, EventKind
from live.domain.handle import handle
from live.domain.refusal import RefusalCode, Refused
from live.domain.source import HEARING_TRANSITIONS, Hearing, Source, estimated_gap
from tests.domain.factories import CODES, EVENING_MS, MINUTE_MS, an_evening

OBA = Source(
    id="oba-1",
    name="oba-live-tool",
    platform="douyin",
    state=Hearing.LISTENING,
    since_ms=EVENING_MS,
    last_comment_ms=EVENING_MS + MINUTE_MS,
    per_hour=120,
)
SILENT = replace(OBA, state=Hearing.SILENT, since_ms=EVENING_MS + 2 * MINUTE_MS)
AWAY = replace(OBA, state=Hearing.AWAY, since_ms=EVENING_MS + 3 * MINUTE_MS)


def again(minute: int) -> Source:
    return replace(OBA, since_ms=EVENING_MS + minute * MINUTE_MS)


def report(*seen: Source) -> list[Event]:
    """What an evening tells of what is observed, in order."""
    evening = an_evening()
    told: list[Event] = []
    for source in seen:
        told += evening.do(c.ReportSource(source=source))
    return told


def test_a_source_is_told_of_when_it_is_first_heard_falls_silent_and_is_back() -> None:
    told = report(OBA, SILENT, again(5))
    assert [event.kind for event in told] == [
        EventKind.SOURCE_CONNECTED, EventKind.SOURCE_SILENT, EventKind.SOURCE_RESTORED,
    ]  # fmt: skip
    assert [event.source for event in told] == [OBA, SILENT, replace(again(5), missed=6)]


def test_what_is_known_already_is_not_told_again() -> None:
    later = replace(SILENT, since_ms=SILENT.since_ms + 1, last_comment_ms=None)
    assert len(report(OBA, OBA, SILENT, later, later)) == 2


def test_a_silent_source_that_goes_away_is_told_of_with_its_new_state() -> None:
    told = report(SILENT, AWAY)
    assert [(event.kind, event.source and event.source.state) for event in told] == [
        (EventKind.SOURCE_SILENT, Hearing.SILENT),
        (EventKind.SOURCE_SILENT, Hearing.AWAY),
    ]


def test_a_source_that_never_came_is_silent_from_the_first() -> None:
    assert [event.kind for event in report(AWAY)] == [EventKind.SOURCE_SILENT]


def test_sources_are_kept_apart_and_in_the_order_in_which_they_came() -> None:
    evening = an_evening()
    other = replace(OBA, id="ingest", name="接口")
    for source in (OBA, other, SILENT):
        evening.do(c.ReportSource(source=source))
    assert evening.state.session is not None
    assert evening.state.session.sources == (SILENT, other)


def test_a_new_evening_has_heard_of_no_source() -> None:
    evening = an_evening()
    evening.do(c.ReportSource(source=SILENT))
    evening.do(c.EndSession())
    assert evening.state.session is not None
    evening.do(
        c.StartSession(
            session_id="s2",
            title="又一晚",
            offers=(),
            cycle=evening.state.session.cycle,
            policy=evening.state.session.policy,
        )
    )
    assert evening.state.session.id == "s2"
    assert evening.state.session.sources == ()


def test_nothing_is_said_of_sources_when_the_evening_is_over() -> None:
    evening = an_evening()
    evening.do(c.EndSession())
    refused = handle(evening.state, c.ReportSource(source=OBA), now_ms=EVENING_MS, cause="x", pickup_code=CODES)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.SESSION_ENDED


@pytest.mark.parametrize("was", Hearing)
@pytest.mark.parametrize("now", Hearing)
def test_every_step_between_two_states_is_in_the_table(was: Hearing, now: Hearing) -> None:
    assert (now in HEARING_TRANSITIONS[was]) is (now is not was)
    assert len(report(replace(OBA, state=was), replace(OBA, state=now))) == (1 if now is was else 2)


@given(per_hour=st.integers(0, 100_000), gap_ms=st.integers(-1000, 10 * 60 * MINUTE_MS))
def test_a_gap_may_have_cost_what_the_time_before_brought_rounded_up(per_hour: int, gap_ms: int) -> None:
    missed = estimated_gap(per_hour, gap_ms)
    exact = per_hour * max(0, gap_ms) / (60 * MINUTE_MS)
    assert exact <= missed < exact + 1
