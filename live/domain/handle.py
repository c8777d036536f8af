"""One handler a command. A handler refuses before it changes anything, or tells the facts that the command makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from live.domain import (
    advice,
    baskets,
    cycle,
    desk,
    flash_sales,
    giveaways,
    keywords,
    offers,
    pickup,
    polls,
    questions,
    reservations,
    sources,
    stage,
    stock,
    tickets,
)
from live.domain import commands as c
from live.domain import desk_commands as d
from live.domain import stage_commands as s
from live.domain.draft import Draft
from live.domain.events import EventKind
from live.domain.refusal import CUT_OFF, RefusalCode, Refused, unknown_offer
from live.domain.reservation import ReservationState
from live.domain.session import HostPrompt, LiveSession, SessionState
from nlp.types import PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.domain.commands import Command
    from live.domain.draft import PickupCodes
    from live.domain.events import Event
    from live.domain.state import RoomState


def handle(
    state: RoomState, command: Command, *, now_ms: int, cause: str, pickup_code: PickupCodes, by: str | None = None
) -> list[Event] | Refused:
    """Carry a command out; advances `state` by the events it returns, or refuses and leaves it as it was.

    `by` is the name of who gives it, for the other screens.
    """
    by_hand = not isinstance(command, (*BY_VIEWERS, d.ReviseComment))
    draft = Draft(state=state, at_ms=now_ms, cause=cause, pickup_code=pickup_code, by_hand=by_hand, by=by)
    refused = _untimely(state, command, now_ms) or HANDLERS[type(command)](draft, command)
    return refused or draft.events


def _untimely(state: RoomState, command: Command, now_ms: int) -> Refused | None:
    if isinstance(command, (c.StartSession, c.Tick)):
        return None
    if state.session is None:
        return Refused(code=RefusalCode.NO_SESSION, detail="这个直播间还没有开场，请先开场")
    if isinstance(command, WHILE_RUNNING) and not state.session.running:
        return Refused(code=RefusalCode.SESSION_ENDED, detail="这一场已经结束，请开新的一场")
    if isinstance(command, WHILE_OPEN) and not state.session.takes_orders(now_ms):
        return CUT_OFF
    return None


WHILE_RUNNING = (
    c.EndSession, c.PinOffer, c.OpenPrompt, c.ClosePrompt, c.ReportSource,
    s.StartFlashSale, s.PauseFlashSale, s.ResumeFlashSale, s.ExtendFlashSale,
    s.OpenGiveaway, s.OpenPoll, s.ShowComment, s.HideComment, s.ShowOrderCode, d.AnswerQuestion,
)  # fmt: skip
"""Commands that mean something only during the broadcast; the others hold until the cut-off and after."""

WHILE_OPEN = (
    c.AddOffer, c.Restock, c.OpenOffer, c.Reserve, c.SetQuantity, c.CancelReservation, c.AcceptComment,
    c.PageOrder, c.PageChange, d.UndoComment, s.StartFlashSale, s.PauseFlashSale, s.ResumeFlashSale, s.ExtendFlashSale,
)  # fmt: skip
"""Commands that mean something only until the cut-off.

After it an offer's words may still be mended, and a prompt that claims nothing be opened; their handlers see to that.
"""

BY_VIEWERS = (c.PageOrder, c.PageChange, c.SetBasket)
"""What viewers do on their own pages: the host has not vouched for it."""


def _start_session(draft: Draft, command: c.StartSession) -> Refused | None:
    refused = _refuse_start(draft, command)
    if refused is not None:
        return refused
    session = LiveSession(
        id=command.session_id,
        room=draft.state.room,
        title=command.title,
        state=SessionState.RUNNING,
        cycle=command.cycle,
        policy=command.policy,
        hosts=tuple(host.strip() for host in command.hosts),
        started_ms=draft.at_ms,
        script=command.script,
        blocked=() if draft.state.session is None else draft.state.session.blocked,
    )
    draft.tell(EventKind.SESSION_STARTED, session=session)
    for offer in command.offers:
        offers.announce(draft, offer)
    return None


def _refuse_start(draft: Draft, command: c.StartSession) -> Refused | None:
    period, running = command.cycle, draft.state.session
    if running is not None and running.running:
        return Refused(code=RefusalCode.SESSION_RUNNING, detail=f"“{running.title}”还在进行，请先结束它")
    if period.cutoff_at_ms <= draft.at_ms:
        return Refused(code=RefusalCode.INVALID_CYCLE, detail="cycle.cutoff_at：截单时间已经过了，请改到以后")
    if period.pickup_at_ms < period.cutoff_at_ms:
        return Refused(code=RefusalCode.INVALID_CYCLE, detail="cycle.pickup_at：提货时间不能早于截单时间")
    return offers.refuse_duplicates(command.offers)


def _end_session(draft: Draft, command: c.EndSession) -> Refused | None:  # noqa: ARG001  # one shape for all handlers
    _end_prompt(draft)
    flash_sales.end_all(draft)
    polls.close_all(draft)
    giveaways.close_all(draft)
    stage.hide(draft)
    ended = replace(draft.session, state=SessionState.ENDED, ended_ms=draft.at_ms)
    draft.tell(EventKind.SESSION_ENDED, session=ended)
    return None


def _open_prompt(draft: Draft, command: c.OpenPrompt) -> Refused | None:
    claims = command.meaning is PromptMeaning.CLAIM
    ref_id = command.ref_id or _meant(draft, command.meaning)
    refused = _refuse_claim(draft, ref_id) if claims else None
    refused = refused or keywords.refuse_prompt(draft.state, command.keyword, claims=claims, ref_id=ref_id)
    if refused is not None:
        return refused
    _end_prompt(draft)
    prompt = HostPrompt(
        id=command.prompt_id,
        keyword=command.keyword,
        meaning=command.meaning,
        ref_id=ref_id,
        opened_ms=draft.at_ms,
        closes_ms=draft.at_ms + command.seconds * 1000,
    )
    draft.tell(EventKind.PROMPT_OPENED, prompt=prompt)
    return None


def _meant(draft: Draft, meaning: PromptMeaning) -> str | None:
    """What a prompt is about that does not say it: the pinned offer, the open draw, the open poll."""
    if meaning is PromptMeaning.CLAIM:
        return draft.session.pinned_offer_id
    open_ = {
        PromptMeaning.GIVEAWAY: giveaways.open_giveaway_of(draft.state),
        PromptMeaning.POLL: polls.open_poll_of(draft.state),
    }.get(meaning)
    return None if open_ is None else open_.id


def _refuse_claim(draft: Draft, ref_id: str | None) -> Refused | None:
    if not draft.session.takes_orders(draft.at_ms):
        return CUT_OFF
    if ref_id is None:
        return Refused(
            code=RefusalCode.PROMPT_NEEDS_OFFER, detail="ref_id：扣1 要订哪一个？请先讲解一个商品，或写明商品"
        )
    if ref_id not in draft.state.offers:
        return unknown_offer(ref_id)
    return offers.refuse_unless_open(draft.offer(ref_id))


def _close_prompt(draft: Draft, command: c.ClosePrompt) -> Refused | None:  # noqa: ARG001  # one shape for all handlers
    if draft.state.prompt is None:
        return Refused(code=RefusalCode.NO_PROMPT, detail="现在没有打开的口令")
    _end_prompt(draft)
    return None


def _end_prompt(draft: Draft) -> None:
    if draft.state.prompt is not None:
        draft.tell(EventKind.PROMPT_CLOSED, prompt=replace(draft.state.prompt, open=False))


def _tick(draft: Draft, command: c.Tick) -> Refused | None:  # noqa: ARG001  # one shape for all handlers
    prompt = draft.state.prompt
    if prompt is not None and prompt.closes_ms <= draft.at_ms:
        _end_prompt(draft)
    for due in (flash_sales.start_due, flash_sales.end_due, polls.close_due, giveaways.close_due, stage.hide_due):
        due(draft)
    for reservation in list(draft.state.reservations.values()):
        if _expired(reservation.state, reservation.expires_ms, draft.at_ms):
            stock.expire(draft, reservation)
    session = draft.state.session
    if session is not None and not session.cycle.closed and session.cycle.cutoff_at_ms <= draft.at_ms:
        return cycle.close_cycle(draft, c.CloseCycle())
    return None


def _expired(state: ReservationState, expires_ms: int | None, now_ms: int) -> bool:
    return state is ReservationState.RESERVED and expires_ms is not None and expires_ms <= now_ms


def next_due_ms(state: RoomState) -> int | None:
    """When the clock must look at this room again; None when nothing in it waits for a time."""
    due = [] if state.prompt is None else [state.prompt.closes_ms]
    for each in (flash_sales, polls, giveaways, stage):
        due += each.due_ms(state)
    if state.session is not None and state.session.policy.hold_minutes is not None:
        held = (r for r in state.reservations.values() if r.state is ReservationState.RESERVED)
        due += [r.expires_ms for r in held if r.expires_ms is not None]
    if state.session is not None and not state.session.cycle.closed:
        due.append(state.session.cycle.cutoff_at_ms)
    return min(due, default=None)


HANDLERS: Mapping[type, Callable[[Draft, Any], Refused | None]] = {
    c.StartSession: _start_session,
    c.EndSession: _end_session,
    c.AddOffer: offers.add_offer,
    c.UpdateOffer: offers.update_offer,
    c.Restock: offers.restock,
    c.OpenOffer: offers.open_offer,
    c.PinOffer: offers.pin_offer,
    c.CloseOffer: offers.close_offer,
    c.OpenPrompt: _open_prompt,
    c.ClosePrompt: _close_prompt,
    c.Reserve: reservations.reserve,
    c.SetQuantity: reservations.set_quantity,
    c.CancelReservation: reservations.cancel_reservation,
    c.AcceptComment: reservations.accept_comment,
    c.DismissComment: reservations.dismiss_comment,
    c.PageOrder: baskets.page_order,
    c.PageChange: baskets.page_change,
    c.SetBasket: baskets.set_basket,
    c.CloseCycle: cycle.close_cycle,
    c.MovePickup: cycle.move_pickup,
    c.MarkReady: cycle.mark_ready,
    c.Collect: pickup.collect,
    c.UndoCollect: pickup.undo_collect,
    c.MarkNoShow: pickup.mark_no_show,
    c.RedeemPoints: pickup.redeem_points,
    c.AnswerTicket: tickets.answer_ticket,
    c.CloseTicket: tickets.close_ticket,
    s.StartFlashSale: flash_sales.start_flash_sale,
    s.PauseFlashSale: flash_sales.pause_flash_sale,
    s.ResumeFlashSale: flash_sales.resume_flash_sale,
    s.ExtendFlashSale: flash_sales.extend_flash_sale,
    s.StopFlashSale: flash_sales.stop_flash_sale,
    s.OpenGiveaway: giveaways.open_giveaway,
    s.DrawGiveaway: giveaways.draw_giveaway,
    s.RedrawGiveaway: giveaways.redraw_giveaway,
    s.ClaimGiveaway: giveaways.claim_giveaway,
    s.BringRandomness: giveaways.bring_randomness,
    s.OpenPoll: polls.open_poll,
    s.ClosePoll: polls.close_poll,
    s.ShowComment: stage.show_comment,
    s.HideComment: stage.hide_comment,
    s.ShowOrderCode: stage.show_order_code,
    s.BlockViewer: stage.block_viewer,
    s.UnblockViewer: stage.unblock_viewer,
    d.AnswerQuestion: questions.answer_question,
    d.KeepFaq: questions.keep_faq,
    d.DropFaq: questions.drop_faq,
    d.UndoComment: desk.undo_comment,
    d.AddHost: desk.add_host,
    d.RemoveHost: desk.remove_host,
    d.SetAsideComment: desk.set_aside_comment,
    d.BringBackComment: desk.bring_back_comment,
    d.UpdateScript: desk.update_script,
    d.ReviseComment: advice.revise_comment,
    d.SuggestAnswer: advice.suggest_answer,
    c.ReportSource: sources.report_source,
    c.Tick: _tick,
}
"""The one table of who handles what; a test holds it to `Command`."""
