"""State plus events equals the next snapshot, always."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.state import RoomState
from live.service.ledger import ledger_of
from live.service.outbox import publish
from live.service.view import RoomView, view_of
from nlp.types import Intent, Op, PromptMeaning, Route
from tests.domain.factories import Evening, act, apple, egg, read_as, set_to, start, viewer
from tests.domain.stage_factories import STAGE_COMMANDS, flash_deal, lucky_bag, question

NAMES = ("张姐", "老李", "小雨")
CHAT = read_as(Intent.CHAT, route=Route.IGNORE)

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

stage_steps = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), st.sampled_from(NAMES), st.integers(1, 4), st.just("egg")),
        st.tuples(st.just("cancel"), st.sampled_from(NAMES), st.just(0), st.just("egg")),
        st.tuples(st.sampled_from(["enter", "vote", "talk"]), st.sampled_from(NAMES), st.integers(1, 2), st.just("")),
        st.tuples(st.just("tap"), st.just(""), st.integers(0, len(STAGE_COMMANDS) - 1), st.just("")),
        st.tuples(st.just("tap"), st.just(""), st.integers(0, len(STAGE_COMMANDS) - 1), st.just("")),
        st.tuples(st.just("show"), st.sampled_from(NAMES), st.integers(5, 30), st.just("")),
        st.tuples(st.just("block"), st.sampled_from(NAMES), st.just(0), st.just("")),
        st.tuples(st.just("redraw"), st.just(""), st.integers(0, 1), st.just("")),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 40), st.just("")),
        st.tuples(st.just("anew"), st.just(""), st.just(0), st.just("")),
    ),
    max_size=30,
)


def fresh(command: s.StageCommand, known: int) -> s.StageCommand:
    """A deal has an id of its own, as every one that a service starts."""
    return replace(command, flash_id=f"f-{known + 1}") if isinstance(command, s.StartFlashSale) else command


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
        case "anew":
            evening.handle(c.EndSession())
            evening.handle(start(egg(), apple(), session_id=f"s{evening.causes}"))
        case _:
            take_stage(evening, kind, name, number)


def take_stage(evening: Evening, kind: str, name: str, number: int) -> None:
    match kind:
        case "enter":
            evening.say("锅到福到", read_as(Intent.GIVEAWAY, route=Route.IGNORE), by=viewer(name))
        case "vote":
            evening.say(str(number), read_as(Intent.VOTE, route=Route.IGNORE), by=viewer(name))
        case "talk":
            evening.say("晚上好", CHAT, by=viewer(name))
        case "tap":
            evening.handle(fresh(STAGE_COMMANDS[number], len(evening.state.flash_sales)))
        case "show":
            said = evening.say("上次的特别甜", CHAT, by=viewer(name))
            evening.handle(s.ShowComment(comment_id=said.comment.id, seconds=number, comment=said))
        case "block":
            said = evening.say("都是假的", CHAT, by=viewer(name))
            evening.handle(s.BlockViewer(comment_id=said.comment.id, comment=said))
        case "redraw":
            prizes = [prize for draw in evening.state.giveaways.values() for prize in draw.prizes[-1:]]
            for prize in prizes:
                evening.handle(s.RedrawGiveaway(giveaway_id="g-1", forfeited=(prize.entry_id,)))
        case _:
            evening.wait(number / 60)


@given(steps=steps | stage_steps, cut=st.integers(0, 60))
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
        flash_sales={f["id"]: f for f in state["flash_sales"]},
        giveaways={g["id"]: g for g in state["giveaways"]},
        polls={p["id"]: p for p in state["polls"]},
        shown=state["shown"],
        totals=view.totals,
    )


def test_an_evening_with_everything_on_its_picture_looks_the_same_from_events_and_from_its_state() -> None:
    """The steps above reach the picture: what stands on it at the end is not empty."""
    evening = Evening()
    evening.do(start(egg(quota=5), apple(quota=6)))
    evening.do(replace(flash_deal(countdown=0), seconds=600))
    evening.do(lucky_bag())
    evening.do(question())
    everything = [("enter", name, 1, "") for name in NAMES] + [("vote", name, 1, "") for name in NAMES]
    for step in [*everything, ("buy", "张姐", 2, "egg"), ("show", "老李", 30, ""), ("tap", "", 6, "")]:
        take(evening, step)
    evening.now_ms += 11_000
    evening.do(c.Tick())
    view, ledger = RoomView(room="r1"), ledger_of(RoomState(room="r1"))
    for seq, event in enumerate(evening.events, 1):
        told = publish(event, seq=seq, ledger=ledger, comments=0)
        view.apply(told.kind, told.data)
    view.count_comments(evening.state.comments)
    snapshot: dict[str, Any] = view.snapshot()
    assert snapshot == view_of(evening.state).snapshot()
    assert [f["sold"] for f in snapshot["flash_sales"]] == [2]
    assert [(g["state"], g["entries"]) for g in snapshot["giveaways"]] == [("drawn", 3)]
    assert [p["votes"] for p in snapshot["polls"]] == [3]
    assert snapshot["shown"]["text"] == "上次的特别甜"


def test_for_every_offer_reserved_and_available_make_the_quota() -> None:
    evening = Evening()
    evening.do(start(egg(quota=5), apple(quota=6)))
    evening.buys(3)
    evening.buys(9, "apple", by=viewer("老李"))
    snapshot: dict[str, Any] = view_of(evening.state).snapshot()
    for offer in snapshot["offers"]:
        assert offer["reserved"] + offer["available"] == offer["quota"]
