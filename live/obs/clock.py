"""How far the stream and the recording have come, and where in them an earlier moment lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Json = dict[str, Any]
    Ask = Callable[[str, Mapping[str, object] | None], Awaitable[Json]]
    """Have OBS do something: `Client.ask`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What OBS showed at `at_ms`: how long it has been streaming and recording, in milliseconds; None for not at all."""

    at_ms: int
    stream_ms: int | None
    record_ms: int | None

    @property
    def began_ms(self) -> int | None:
        """Since when there has been anything to mark; None while nothing runs."""
        longest = max(self.stream_ms or 0, self.record_ms or 0)
        running = self.stream_ms is not None or self.record_ms is not None
        return self.at_ms - longest if running else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a moment lies in the stream and in the recording; None where it is not in it."""

    stream_ms: int | None
    record_ms: int | None


async def read_clock(ask: Ask, now_ms: Callable[[], int]) -> Reading:
    """Ask both clocks. A recording that is paused counts as none: its clock stands still.

    Raises RequestFailed and ObsGone as `Client.ask`.
    """
    before_ms = now_ms()
    stream = await ask("GetStreamStatus", None)
    record = await ask("GetRecordStatus", None)
    paused = record.get("outputPaused") is True
    return Reading(
        at_ms=(before_ms + now_ms()) // 2,
        stream_ms=_running_ms(stream),
        record_ms=None if paused else _running_ms(record),
    )


def place(reading: Reading, at_ms: int) -> Place:
    """Find a moment by counting back from a reading."""
    ago_ms = reading.at_ms - at_ms
    return Place(stream_ms=_back(reading.stream_ms, ago_ms), record_ms=_back(reading.record_ms, ago_ms))


def timecode(ms: int) -> str:
    """Write a place as OBS does: `00:42:07.250`."""
    seconds, rest = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}.{rest:03d}"


def _running_ms(status: Json) -> int | None:
    duration = status.get("outputDuration")
    running = status.get("outputActive") is True and isinstance(duration, int | float)
    return int(duration) if running and duration is not None else None


def _back(running_ms: int | None, ago_ms: int) -> int | None:
    """A moment before the beginning is not in it."""
    if running_ms is None or running_ms < ago_ms:
        return None
    return running_ms - ago_ms
