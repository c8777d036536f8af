"""Whether an evening could be started so, found out on a room that nobody ever sees: nothing is opened, written or told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.domain.handle import handle
from live.domain.refusal import Refused
from live.domain.state import RoomState
from live.service.warnings import warnings_of

if TYPE_CHECKING:
    from live.domain.commands import StartSession
    from live.service.wire import Json

_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What starting would say: the refusal (None: none), and what should be known beside it."""

    refused: Refused | None
    warnings: list[Json]


def try_start(room: str, command: StartSession, *, now_ms: int) -> Trial:
    """Start an evening in a room made up for it; what is refused for its times alone is still looked at for its names."""
    state = RoomState(room=room)
    result = handle(state, command, now_ms=now_ms, cause="trial", pickup_code=_no_code)
    if not isinstance(result, Refused):
        return Trial(refused=None, warnings=warnings_of(state, command))
    later = replace(command.cycle, cutoff_at_ms=now_ms + _DAY_MS, pickup_at_ms=now_ms + 2 * _DAY_MS)
    timely = replace(command, cycle=later)
    handle(state, timely, now_ms=now_ms, cause="trial", pickup_code=_no_code)
    return Trial(refused=result, warnings=warnings_of(state, timely))


def _no_code(session_id: str, viewer_key: str) -> str:  # noqa: ARG001  # nobody orders in a trial
    return ""
