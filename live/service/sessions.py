"""Which of a room's sessions a command is about: the newest, or an earlier one whose goods are still to be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import desk_commands as d
from live.domain import giveaways
from live.domain import stage_commands as s
from live.domain.reservation import ReservationState
from live.domain.standing import Standing
from live.service import wire_stage
from live.store.port import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from live.domain.commands import Command
    from live.domain.events import Event
    from live.domain.state import RoomState
    from live.service.wire_values import Json

_BY_CODE = (c.Collect, c.UndoCollect, c.SetBasket, c.PageChange, c.RedeemPoints)
_BY_RESERVATION = (c.SetQuantity, c.CancelReservation, c.MarkNoShow)
_BY_GIVEAWAY = (s.DrawGiveaway, s.RedrawGiveaway, s.ClaimGiveaway, s.BringRandomness)
_BY_TICKET = (c.AnswerTicket, c.CloseTicket)
ABOUT_A_COMMENT = (s.ShowComment, s.BlockViewer, d.AddHost, d.SetAsideComment, d.BringBackComment)
"""Commands that need a stored comment."""

OF_CYCLE = (c.CloseCycle, c.MovePickup, c.MarkReady)
"""Commands that may name a session; else they mean the newest one that they fit."""

_LOCKED = frozenset({ReservationState.LOCKED})
_AWAITED = _LOCKED | {ReservationState.READY}

AT_HAND = 3
"""So many earlier sessions stay in memory for the counter; any other is read when somebody asks for something of it."""


def trace_of(command: Command) -> Trace | None:
    """By what a command's session is found, if it may be an earlier one."""
    if isinstance(command, _BY_CODE):
        return Trace(pickup_code=command.pickup_code)
    if isinstance(command, _BY_RESERVATION):
        return Trace(reservation_id=command.reservation_id)
    if isinstance(command, _BY_GIVEAWAY):
        return Trace(giveaway_id=command.giveaway_id)
    return Trace(ticket_id=command.ticket_id) if isinstance(command, _BY_TICKET) else None


def holds(state: RoomState, trace: Trace) -> bool:
    """Whether a session has what the trace names."""
    if trace.pickup_code is not None:
        return bool(state.of_code(trace.pickup_code))
    if trace.reservation_id is not None:
        return trace.reservation_id in state.reservations
    if trace.giveaway_id is not None:
        return trace.giveaway_id in state.giveaways
    return trace.ticket_id in state.tickets


def target_of(command: Command, state: RoomState, earlier: Mapping[str, RoomState]) -> RoomState | None:
    """The session that a command is about; None where it names one that the room does not have.

    What nobody has is the newest session's to refuse.
    """
    trace = trace_of(command)
    if trace is not None:
        return next((each for each in (state, *earlier.values()) if holds(each, trace)), state)
    if not isinstance(command, OF_CYCLE):
        return state
    if command.session_id is not None:
        return next((each for each in (state, *earlier.values()) if _id(each) == command.session_id), None)
    newest_first = (state, *sorted(earlier.values(), key=_started_ms, reverse=True))
    closed = state if isinstance(command, c.CloseCycle) else next(filter(cut_off, newest_first), state)
    return next((each for each in newest_first if fits(command, each)), closed)


def fits(command: Command, state: RoomState) -> bool:
    """Whether a session is one that a command about a cycle makes sense for: to cut off, to await goods, to move."""
    if isinstance(command, c.CloseCycle):
        return not cut_off(state)
    awaited = _LOCKED if isinstance(command, c.MarkReady) else _AWAITED
    return cut_off(state) and any(each.state in awaited for each in state.reservations.values())


def _started_ms(state: RoomState) -> int:
    return 0 if state.session is None else state.session.started_ms


def _id(state: RoomState) -> str | None:
    return None if state.session is None else state.session.id


def cut_off(state: RoomState) -> bool:
    """Whether a session's cut-off has been carried out."""
    return state.session is not None and state.session.cycle.closed


def kept(earlier: Mapping[str, RoomState]) -> dict[str, RoomState]:
    """What stays in memory: all that the clock has still to cut off or to draw, and of the others the last asked for."""
    others = [id_ for id_, each in earlier.items() if cut_off(each) and giveaways.open_giveaway_of(each) is None]
    gone = set(others[:-AT_HAND])
    return {session_id: each for session_id, each in earlier.items() if session_id not in gone}


def contribution(state: RoomState, viewer_key: str, code: str) -> Standing:
    """What one session adds to a viewer's standing."""
    missed = sum(each.state is ReservationState.NO_SHOW for each in state.of_code(code))
    basket = state.baskets.get(viewer_key)
    return Standing(no_shows=missed, points=0 if basket is None else basket.points)


def owners(command: Command, state: RoomState) -> list[tuple[str, str]]:
    """Viewer key and pickup code of those whose standing a command may change."""
    if isinstance(command, (c.Collect, c.UndoCollect, c.RedeemPoints)):
        found = state.of_code(command.pickup_code)[:1]
    elif isinstance(command, c.MarkNoShow):
        held = state.reservations.get(command.reservation_id)
        found = [] if held is None else [held]
    else:
        found = []
    return [(each.viewer.key, each.pickup_code) for each in found]


def spread(viewer_key: str, before: Standing, after: Standing, others: Iterable[RoomState]) -> None:
    """Let the room's other sessions know of what one of them has added to a viewer's standing."""
    for state in others:
        state.remember(viewer_key, after - before)


def spread_wins(event: Event, state: RoomState) -> None:
    """Let the newest session know who has won in an earlier one: a bag of last night is drawn, or drawn again, tonight."""
    for prize in () if event.giveaway is None else event.giveaway.prizes:
        state.wins[prize.viewer.key] = max(prize.won_ms, state.wins.get(prize.viewer.key, 0))


def draw_of(state: RoomState, command: Command) -> Json | None:
    """The draw that a command was about, for its answer: asking again for the winners gives them again."""
    if not isinstance(command, (s.DrawGiveaway, s.RedrawGiveaway)):
        return None
    return {"giveaway": wire_stage.giveaway(state.giveaways[command.giveaway_id])}
