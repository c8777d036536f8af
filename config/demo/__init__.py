"""The bundled evening of the demo: a county-town shop shows tomorrow's group-buy list for half an hour.

Three plain files lie beside this module. ``session.json`` is the body of ``start_session`` without its cycle,
``evening.json`` the cycle with the times left relative, ``evening.jsonl`` what viewers write and the host taps, in
order of time. Nothing here depends on the rest of the product: frames and commands are the JSON of the public contract.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

JsonObject: TypeAlias = dict[str, Any]  # as json.loads gives it

BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoStep:
    """One thing that happens in the evening: a comment frame for the ingest socket or a command of the host.

    ``offset_ms`` counts from the start of the broadcast. Exactly one of ``frame`` (without ``at``) and ``command`` is set.
    """

    offset_ms: int
    frame: JsonObject | None = None
    command: JsonObject | None = None

    def __post_init__(self) -> None:
        if (self.frame is None) == (self.command is None):
            raise ValueError(f"offset_ms {self.offset_ms}: a step holds either a frame or a command")


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoCycle:
    """The order cycle of the evening with its times relative to the start of the broadcast."""

    cutoff_after_minutes: int
    pickup_time: time
    pickup_points: tuple[JsonObject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoEvening:
    """The whole evening: the session to start, and the steps in order of time."""

    session: JsonObject
    cycle: DemoCycle
    duration_ms: int
    steps: tuple[DemoStep, ...]

    def session_command(self, now_ms: int) -> JsonObject:
        """Build the ``start_session`` command of a broadcast that begins at ``now_ms`` (milliseconds since the epoch).

        The result is the caller's own and may be changed; its cycle holds RFC 3339 times in +08:00.
        """
        cutoff_at = cutoff_of(self.cycle, now_ms)
        return {
            **copy.deepcopy(self.session),
            "cycle": {
                "cutoff_at": cutoff_at.isoformat(),
                "pickup_at": pickup_of(self.cycle, cutoff_at).isoformat(),
                "pickup_points": copy.deepcopy(list(self.cycle.pickup_points)),
            },
        }


def cutoff_of(cycle: DemoCycle, now_ms: int) -> datetime:
    """Return the cut-off of a broadcast that begins at ``now_ms``: a whole hour in Beijing time, never earlier than the cycle says."""
    earliest = datetime.fromtimestamp(now_ms / 1000, BEIJING) + timedelta(minutes=cycle.cutoff_after_minutes)
    hour = earliest.replace(minute=0, second=0, microsecond=0)
    return hour if hour == earliest else hour + timedelta(hours=1)


def pickup_of(cycle: DemoCycle, cutoff_at: datetime) -> datetime:
    """Return the first pickup hour after the cut-off."""
    same_day = datetime.combine(cutoff_at.date(), cycle.pickup_time, BEIJING)
    return same_day if same_day > cutoff_at else same_day + timedelta(days=1)


def load_evening() -> DemoEvening:
    """Read the evening from the files beside this module.

    Raises ``ValueError`` naming the offset where a line holds neither or both of a frame and a command.
    """
    evening = json.loads(_text("evening.json"))
    return DemoEvening(
        session=json.loads(_text("session.json")),
        cycle=_cycle(evening["cycle"]),
        duration_ms=evening["duration_minutes"] * 60_000,
        steps=tuple(DemoStep(**json.loads(line)) for line in _text("evening.jsonl").splitlines()),
    )


def _cycle(data: Mapping[str, Any]) -> DemoCycle:
    return DemoCycle(
        cutoff_after_minutes=data["cutoff_after_minutes"],
        pickup_time=time.fromisoformat(data["pickup_time"]),
        pickup_points=tuple(data["pickup_points"]),
    )


def _text(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
