"""Rows are in the order of their tables, and what is written is what is read."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.comment import AnsweredComment, Comment
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.reservation import Reservation, ReservationState
from live.domain.session import HostPrompt, LiveSession, OrderCycle, PickupPoint, Policy, Repeat, SessionState
from live.domain.viewer import Viewer
from live.store import rows, tables
from live.store.port import CommentOutcome, StoredEvent, StoredResponse
from nlp.types import Action, Classification, Evidence, Intent, Op, PromptMeaning, Route, Stage, Topic
from tests.domain.factories import comment, egg, read_as, reservation, session

if TYPE_CHECKING:
    from sqlalchemy import Table

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
MAYBE = st.none() | TEXT
NUMBER = st.integers(-(2**63), 2**63 - 1)
MAYBE_NUMBER = st.none() | NUMBER
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
BYTES = st.binary(max_size=16)

VIEWERS = st.builds(Viewer, key=TEXT, platform=TEXT, id=MAYBE, name=TEXT, weak=st.booleans())
ACTIONS = st.builds(Action, op=st.sampled_from(Op), offer=MAYBE, variant=MAYBE, quantity=MAYBE_NUMBER)
CLASSIFICATIONS = st.builds(
    Classification,
    intent=st.sampled_from(Intent),
    topic=st.none() | st.sampled_from(Topic),
    confidence=st.floats(0, 1),
    route=st.sampled_from(Route),
    actions=st.lists(ACTIONS, max_size=2).map(tuple),
    evidence=st.lists(st.builds(Evidence, text=TEXT, role=TEXT), max_size=2).map(tuple),
    stage=st.sampled_from(Stage),
    reason=TEXT,
)
COMMENTS = st.builds(
    Comment, platform=TEXT, id=TEXT, viewer=VIEWERS, text=TEXT, at_ms=NUMBER, level=MAYBE_NUMBER, badges=TEXTS
)
ANSWERED = st.builds(
    AnsweredComment,
    n=NUMBER,
    session_id=TEXT,
    comment=COMMENTS,
    classification=CLASSIFICATIONS,
    route=TEXT,
    outcome=TEXT,
    reason=TEXT,
    received_ms=NUMBER,
)
RESERVATIONS = st.builds(
    Reservation,
    id=TEXT,
    session_id=TEXT,
    viewer=VIEWERS,
    offer_id=TEXT,
    variant_id=MAYBE,
    quantity=NUMBER,
    unit_price_fen=NUMBER,
    state=st.sampled_from(ReservationState),
    pickup_code=TEXT,
    position=NUMBER,
    made_ms=NUMBER,
    changed_ms=NUMBER,
    comment_id=MAYBE,
    expires_ms=MAYBE_NUMBER,
    handled=st.booleans(),
    reason=MAYBE,
)
VARIANTS = st.builds(Variant, id=TEXT, name=TEXT, aliases=TEXTS, quota=MAYBE_NUMBER, reserved=NUMBER)
OFFERS = st.builds(
    Offer,
    id=TEXT,
    number=MAYBE_NUMBER,
    title=TEXT,
    aliases=TEXTS,
    unit=TEXT,
    price_fen=NUMBER,
    quota=NUMBER,
    per_viewer_limit=MAYBE_NUMBER,
    case_size=NUMBER,
    min_quantity=NUMBER,
    variants=st.lists(VARIANTS, max_size=2).map(tuple),
    facts=st.dictionaries(TEXT, TEXT, max_size=3),
    phase=st.sampled_from(OfferPhase),
    reserved=NUMBER,
    waitlisted=NUMBER,
)
CYCLES = st.builds(
    OrderCycle,
    cutoff_at_ms=NUMBER,
    pickup_at_ms=NUMBER,
    pickup_points=st.lists(st.builds(PickupPoint, id=TEXT, name=TEXT, address=TEXT), max_size=2).map(tuple),
)
POLICIES = st.builds(
    Policy,
    repeat=st.sampled_from(Repeat),
    cancel_by_comment=st.booleans(),
    hold_minutes=MAYBE_NUMBER,
    max_auto_quantity=NUMBER,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)
SESSIONS = st.builds(
    LiveSession,
    id=TEXT,
    room=TEXT,
    title=TEXT,
    state=st.sampled_from(SessionState),
    cycle=CYCLES,
    policy=POLICIES,
    hosts=TEXTS,
    started_ms=NUMBER,
    ended_ms=MAYBE_NUMBER,
    pinned_offer_id=MAYBE,
    script=st.none() | st.dictionaries(TEXT, JSON, max_size=2),
)
PROMPTS = st.builds(
    HostPrompt,
    id=TEXT,
    keyword=TEXT,
    meaning=st.sampled_from(PromptMeaning),
    ref_id=MAYBE,
    opened_ms=NUMBER,
    closes_ms=NUMBER,
    open=st.booleans(),
)
EVENTS = st.builds(StoredEvent, seq=NUMBER, at_ms=NUMBER, kind=TEXT, data=BYTES)
RESPONSES = st.builds(StoredResponse, key=TEXT, request=TEXT, status=NUMBER, body=BYTES, at_ms=NUMBER)


def through_sqlite(row: rows.Row) -> tuple[object, ...]:
    """What the driver makes of a row: a boolean comes back as a number."""
    connection = sqlite3.connect(":memory:")
    try:
        marks = ", ".join("?" * len(row))
        back: tuple[object, ...] = connection.execute(f"SELECT {marks}", row).fetchone()
    finally:
        connection.close()
    return back


@given(ANSWERED)
def test_a_comment_is_read_as_it_was_written(answered: AnsweredComment) -> None:
    assert rows.comment_from(through_sqlite(rows.comment_row("r1", answered))) == answered


@given(RESERVATIONS)
def test_a_reservation_is_read_as_it_was_written(made: Reservation) -> None:
    assert rows.reservation_from(through_sqlite(rows.reservation_row(made))) == made


@given(OFFERS)
def test_an_offer_is_read_as_it_was_written(offer: Offer) -> None:
    kept = [
        rows.variant_from(through_sqlite(rows.variant_row("s1", offer.id, place, variant)))
        for place, variant in enumerate(offer.variants)
    ]
    assert rows.offer_from(through_sqlite(rows.offer_row("s1", 1, offer)), tuple(kept)) == offer


@given(SESSIONS)
def test_a_session_is_read_as_it_was_written(evening: LiveSession) -> None:
    assert rows.session_from(through_sqlite(rows.session_row(evening))) == evening


@given(PROMPTS)
def test_a_prompt_is_read_as_it_was_written(prompt: HostPrompt) -> None:
    assert rows.prompt_from(through_sqlite(rows.prompt_row("s1", prompt))) == prompt


@given(EVENTS)
def test_an_event_is_read_as_it_was_written(event: StoredEvent) -> None:
    assert rows.event_from(through_sqlite(rows.event_row("r1", event))) == event


@given(RESPONSES)
def test_a_response_is_read_as_it_was_written(response: StoredResponse) -> None:
    assert rows.response_from(through_sqlite(rows.response_row("r1", response))) == response


PROMPT = HostPrompt(id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id=None, opened_ms=1, closes_ms=2)
ANSWER = AnsweredComment(
    n=7,
    session_id="s1",
    comment=comment(),
    classification=read_as(Intent.BUY),
    route="auto",
    outcome="reserved",
    reason="",
    received_ms=9,
)


@pytest.mark.parametrize(
    ("table", "row", "samples"),
    [
        (tables.session, rows.session_row(session()), {"id": "s1", "room": "r1", "script": None}),
        (tables.offer, rows.offer_row("s1", 3, egg(quota=8)), {"id": "egg", "place": 3, "quota": 8, "waitlisted": 0}),
        (tables.variant, rows.variant_row("s1", "egg", 2, Variant(id="l", name="大")), {"place": 2, "reserved": 0}),
        (tables.prompt, rows.prompt_row("s1", PROMPT), {"keyword": "1", "open": True}),
        (tables.reservation, rows.reservation_row(reservation(quantity=3)), {"quantity": 3, "reason": None}),
        (tables.comment, rows.comment_row("r1", ANSWER), {"n": 7, "id": "m-1", "received_ms": 9}),
        (tables.event, rows.event_row("r1", StoredEvent(seq=4, at_ms=5, kind="k", data=b"")), {"seq": 4, "kind": "k"}),
        (
            tables.response,
            rows.response_row("r1", StoredResponse(key="k", request="q", status=200, body=b"", at_ms=1)),
            {"key": "k", "status": 200},
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_row_is_in_the_order_of_its_table(table: Table, row: rows.Row, samples: dict[str, object]) -> None:
    named = dict(zip(table.c.keys(), row, strict=True))
    assert {name: named[name] for name in samples} == samples


def test_an_outcome_names_its_comment_in_the_room() -> None:
    outcome = CommentOutcome(key=("douyin", "m-1"), outcome="accepted", reason="主播处理")
    assert rows.outcome_row("r1", outcome) == ("r1", "douyin", "m-1", "accepted", "主播处理", None)


def test_what_waits_for_a_tap_is_the_comment_with_what_was_understood() -> None:
    waiting = rows.pending_from(replace(ANSWER, reason="请确认"))
    assert (waiting.n, waiting.id, waiting.platform) == (7, "m-1", "wechat_channels")
    assert (waiting.intent, waiting.actions, waiting.reason) == ("buy", (), "请确认")


def test_events_are_read_only_where_no_gap_precedes_them() -> None:
    kept = [("r1", seq, 1, "k", b"") for seq in (4, 5)]
    assert [event.seq for event in rows.events_from(kept, 3)] == [4, 5]
    assert rows.events_from(kept, 2) == []
    assert rows.events_from([], 3) == []
