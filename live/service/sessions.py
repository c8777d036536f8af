"""Which of a room's sessions a command is about: the newest, or an earlier one whose goods are still to be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain.reservation import ReservationState
from live.domain.standing import Standing
from live.store.port import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from live.domain.commands import Command
    from live.domain.state import RoomState

_BY_CODE = (c.Collect, c.UndoCollect, c.SetBasket, c.PageChange, c.RedeemPoints)
_BY_RESERVATION = (c.SetQuantity, c.CancelReservation, c.MarkNoShow)
_BY_TICKET = (c.AnswerTicket, c.CloseTicket)
_OF_CYCLE = (c.CloseCycle, c.MovePickup, c.MarkReady)
_AWAITED = frozenset({ReservationState.LOCKED, ReservationState.READY})


def trace_of(command: Command) -> Trace | None:
    """By what a command's session is found, if it may be an earlier one."""
    if isinstance(command, _BY_CODE):
        return Trace(pickup_code=command.pickup_code)
    if isinstance(command, _BY_RESERVATION):
        return Trace(reservation_id=command.reservation_id)
    return Trace(ticket_id=command.ticket_id) if isinstance(command, _BY_TICKET) else None


def holds(state: RoomState, trace: Trace) -> bool:
    """Whether a session has what the trace names."""
    if trace.pickup_code is not None:
        return bool(state.of_code(trace.pickup_code))
    if trace.reservation_id is not None:
        return trace.reservation_id in state.reservations
    return trace.ticket_id in state.tickets


def target_of(command: Command, state: RoomState, earlier: Mapping[str, RoomState]) -> RoomState | None:
    """The session that a command is about; None where it names one that the room does not have.

    What nobody has is the newest session's to refuse.
    """
    trace = trace_of(command)
    if trace is not None:
        return next((each for each in (state, *earlier.values()) if holds(each, trace)), state)
    if not isinstance(command, _OF_CYCLE):
        return state
    if command.session_id is not None:
        return next((each for each in (state, *earlier.values()) if _id(each) == command.session_id), None)
    newest_first = (state, *reversed(list(earlier.values())))
    if isinstance(command, c.CloseCycle):
        return next((each for each in newest_first if not _closed(each)), state)
    return next((each for each in newest_first if _closed(each) and _awaits(each)), _newest_closed(newest_first, state))


def _newest_closed(newest_first: Iterable[RoomState], state: RoomState) -> RoomState:
    return next((each for each in newest_first if _closed(each)), state)


def _id(state: RoomState) -> str | None:
    return None if state.session is None else state.session.id


def _closed(state: RoomState) -> bool:
    return state.session is not None and state.session.cycle.closed


def _awaits(state: RoomState) -> bool:
    return any(each.state in _AWAITED for each in state.reservations.values())


def unfinished(state: RoomState) -> bool:
    """Whether an earlier session must be kept at hand: it is not cut off, or goods of it are still to be handed over."""
    return state.session is not None and (not state.session.cycle.closed or _awaits(state))


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
        had = state.standings.get(viewer_key, Standing())
        state.standings[viewer_key] = Standing(
            no_shows=had.no_shows + after.no_shows - before.no_shows, points=had.points + after.points - before.points
        )
