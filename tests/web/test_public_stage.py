"""What everybody may see of a whole evening's flash deals, draws, polls and shown comments, event by event."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.state import RoomState
from live.service.ledger import ledger_of
from live.service.outbox import publish
from live.service.view import RoomView, view_of
from live.web.views import public_event, public_snapshot
from nlp.types import Intent, Route
from tests.domain.factories import Evening, an_evening, egg, read_as, viewer
from tests.domain.stage_factories import SALT, SEED, flash_deal, lucky_bag, question

if TYPE_CHECKING:
    from live.service.results import PublishedEvent

NAMES = ("张大姐", "李三叔", "王婶子", "赵奶奶")
CHAT = read_as(Intent.CHAT, route=Route.IGNORE)
VOTE = read_as(Intent.VOTE, route=Route.IGNORE)
ENTER = read_as(Intent.GIVEAWAY, route=Route.IGNORE)


def a_full_evening() -> Evening:
    """A deal that sells out and ends, a draw with a redraw, a poll, a shown comment, somebody blocked."""
    evening = an_evening(egg())
    evening.do(replace(flash_deal(quota=2, limit=1), seconds=60))
    evening.do(lucky_bag())
    evening.do(question())
    evening.now_ms += 10_000
    evening.do(c.Tick())
    for name in NAMES:
        evening.buys(1, by=viewer(name))
        evening.say("锅到福到", ENTER, by=viewer(name))
        evening.say("1", VOTE, by=viewer(name))
    evening.do(s.PauseFlashSale(offer_id="egg"))
    evening.do(s.ResumeFlashSale(offer_id="egg"))
    said = evening.say("上次的特别甜", CHAT, by=viewer("王婶子"))
    evening.do(s.ShowComment(comment_id=said.comment.id, seconds=15, comment=said))
    evening.do(s.BlockViewer(comment_id=said.comment.id, comment=said))
    evening.do(s.ShowOrderCode(shown=True))
    evening.do(s.DrawGiveaway(giveaway_id="g-1"))
    evening.now_ms += 11_000
    evening.do(c.Tick())
    first = evening.state.giveaways["g-1"].prizes[0]
    evening.do(s.RedrawGiveaway(giveaway_id="g-1", forfeited=(first.entry_id,), reason="人不在"))
    second = evening.state.giveaways["g-1"].prizes[1]
    evening.do(s.ClaimGiveaway(giveaway_id="g-1", entry_id=second.entry_id))
    evening.now_ms += 120_000
    evening.do(c.Tick())
    return evening


def told_of(evening: Evening) -> list[PublishedEvent]:
    """Its events as a host is told of them."""
    ledger = ledger_of(RoomState(room="r1"))
    return [publish(event, seq=seq, ledger=ledger, comments=0) for seq, event in enumerate(evening.events, 1)]


def hidden_of(evening: Evening) -> set[str]:
    """What must never be seen: names, ids and keys of viewers, their codes, what a draw keeps secret."""
    people = {r.viewer for r in evening.state.reservations.values()}
    codes = {r.pickup_code for r in evening.state.reservations.values()}
    ids = {f"u-{name}" for name in NAMES}
    return {*NAMES, *ids, *codes, SEED, SALT, *(who.key for who in people)}


def test_the_evening_has_everything_in_it() -> None:
    kinds = {event.kind.value for event in a_full_evening().events}
    assert kinds >= {
        "flash_sale_announced", "flash_sale_started", "flash_sale_changed", "flash_sale_ended",
        "giveaway_opened", "giveaway_entered", "giveaway_closed", "giveaway_drawn", "giveaway_forfeited",
        "giveaway_claimed", "poll_opened", "poll_voted", "poll_closed", "comment_shown", "comment_hidden",
        "order_code_shown", "viewer_blocked",
    }  # fmt: skip


def test_no_event_tells_who_anybody_is_or_what_a_draw_keeps_secret() -> None:
    evening = a_full_evening()
    hidden = hidden_of(evening)
    for told in told_of(evening):
        text = json.dumps(public_event(told.data), ensure_ascii=False)
        assert [each for each in hidden if each in text] == [], told.kind


def test_no_snapshot_tells_it_either() -> None:
    evening = a_full_evening()
    text = json.dumps(public_snapshot(view_of(evening.state).snapshot()), ensure_ascii=False)
    assert [each for each in hidden_of(evening) if each in text] == []


def test_not_even_a_host_is_told_the_seed_of_a_draw_before_it_is_drawn() -> None:
    for told in told_of(a_full_evening()):
        text = told.encoded.decode()
        assert SEED not in text
        assert SALT not in text


def test_the_names_of_winners_and_of_whom_is_shown_are_masked() -> None:
    snapshot: dict[str, Any] = public_snapshot(view_of(a_full_evening().state).snapshot())
    (draw,) = snapshot["giveaways"]
    names = {winner["name"] for each in draw["rounds"] for winner in each["winners"]}
    assert names <= {"张*", "李*", "王*", "赵*"}
    assert len(draw["rounds"]) == 2


def test_state_plus_events_is_the_next_snapshot_for_everybody_too() -> None:
    """An overlay that keeps what it is told shows what an overlay that has just been opened shows."""
    evening = a_full_evening()
    view = RoomView(room="r1")
    for told in told_of(evening):
        view.apply(told.kind, public_event(told.data))
    seen: dict[str, Any] = view.snapshot()
    whole = view_of(evening.state).snapshot()
    fresh = public_snapshot(whole)
    for name in ("session", "offers", "reservations", "flash_sales", "giveaways", "polls", "shown"):
        assert seen[name] == fresh[name], name
