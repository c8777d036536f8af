"""State plus events equals the next snapshot, always."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from live.domain import commands as c
from live.domain.state import RoomState
from live.service.ledger import ledger_of
from live.service.outbox import publish
from live.service.view import RoomView, view_of
from nlp.types import Intent, Op, PromptMeaning, Route
from tests.domain.factories import Evening, act, apple, egg, read_as, set_to, start, viewer

NAMES = ("张姐", "老李", "小雨")

steps = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), st.sampled_from(NAMES), st.integers(1, 4), st.sampled_from(["egg", "apple"])),
        st.tuples(st.just("cancel"), st.sampled_from(NAMES), st.just(0), st.sampled_from(["egg", "apple"])),
        st.tuples(st.just("doubt"), st.sampled_from(NAMES), st.integers(1, 4), st.just("egg")),
        st.tuples(st.just("accept"), st.just(""), st.integers(0, 3), st.just("")),
        st.tuples(st.just("restock"), st.just(""), st.integers(1, 4), st.sampled_from(["egg", "apple"])),
        st.tuples(st.just("pin"), st.just(""), st.just(0), st.sampled_from(["egg", "apple"])),
        st.tuples(st.just("prompt"), st.just(""), st.integers(1, 60), st.just("egg")),
        st.tuples(st.just("anew"), st.just(""), st.just(0), st.just("")),
    ),
    max_size=25,
)


def take(evening: Evening, step: tuple[str, str, int, str]) -> None:
    kind, name, number, offer = step
    match kind:
        case "buy":
            evening.buys(number, offer, by=viewer(name))
        case "cancel":
            evening.cancels(act(Op.CANCEL, offer), by=viewer(name))
        case "doubt":
            evening.say("要吧", read_as(Intent.BUY, set_to(number), route=Route.CONFIRM), by=viewer(name))
        case "accept":
            pending = list(evening.state.pending.values())
            if pending:
                evening.handle(c.AcceptComment(comment_id=pending[number % len(pending)].id))
        case "restock":
            evening.handle(c.Restock(offer_id=offer, quantity=number))
        case "pin":
            evening.handle(c.PinOffer(offer_id=offer))
        case "prompt":
            order = c.OpenPrompt(
                prompt_id=f"p{number}", keyword="1", meaning=PromptMeaning.CLAIM, ref_id=offer, seconds=number
            )
            evening.handle(order)
        case _:
            evening.handle(c.EndSession())
            evening.handle(start(egg(), apple(), session_id=f"s{evening.causes}"))


@given(steps=steps, cut=st.integers(0, 60))
def test_state_plus_events_equals_the_next_snapshot(steps: list[tuple[str, str, int, str]], cut: int) -> None:
    evening = Evening()
    evening.do(start(egg(quota=5), apple(quota=6)))
    for step in steps:
        take(evening, step)
    view, ledger = RoomView(room="r1"), ledger_of(RoomState(room="r1"))
    for seq, event in enumerate(evening.events, 1):
        told = publish(event, seq=seq, ledger=ledger, comments=0)
        assert from_json(told.encoded) == told.data
        view.apply(told.kind, told.data)
        if seq == cut:
            view = _over_the_wire(view)
    view.count_comments(evening.state.comments)
    assert view.snapshot() == view_of(evening.state).snapshot()


def _over_the_wire(view: RoomView) -> RoomView:
    """A page that comes back: built from a snapshot instead of from the beginning."""
    state: dict[str, Any] = view.snapshot()
    return RoomView(
        room="r1",
        seq=view.seq,
        session=state["session"],
        prompt=state["prompt"],
        offers={o["id"]: o for o in state["offers"]},
        reservations={r["id"]: r for r in state["reservations"]},
        confirmations=dict(view.confirmations),
        totals=view.totals,
    )


def test_for_every_offer_reserved_and_available_make_the_quota() -> None:
    evening = Evening()
    evening.do(start(egg(quota=5), apple(quota=6)))
    evening.buys(3)
    evening.buys(9, "apple", by=viewer("老李"))
    snapshot: dict[str, Any] = view_of(evening.state).snapshot()
    for offer in snapshot["offers"]:
        assert offer["reserved"] + offer["available"] == offer["quota"]
