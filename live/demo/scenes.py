"""The evening cut into scenes: what viewers write between two taps of the host, and the tap that ends it. Pure."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from config.demo import DemoStep, JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Comments of the evening, then a command of the host (None: the evening ends); times from the start, in ms."""

    frames: tuple[tuple[int, JsonObject], ...]
    command: JsonObject | None
    ends_ms: int


def scenes_of(steps: Iterable[DemoStep], *, duration_ms: int) -> Iterator[Scene]:
    """Cut the steps of an evening at its commands."""
    frames: list[tuple[int, JsonObject]] = []
    for step in steps:
        if step.frame is not None:
            frames.append((step.offset_ms, step.frame))
        else:
            yield Scene(frames=tuple(frames), command=step.command, ends_ms=step.offset_ms)
            frames = []
    yield Scene(frames=tuple(frames), command=None, ends_ms=duration_ms)


def lines_of(scene: Scene, *, starts_ms: int, run: str, speed: float = 1) -> list[str]:
    """The scene's frames as lines of a comment log that began at `starts_ms` (milliseconds since the epoch).

    They are dated when they are shown: at `speed` 10 an evening of half an hour is over in three minutes, for the clock
    beside a comment as for that beside its order. `run` makes the ids of this showing its own: a room takes each comment once for ever, also over two showings.
    """
    return [
        json.dumps(_dated(frame, starts_ms + offset / speed, run), ensure_ascii=False) for offset, frame in scene.frames
    ]


def _dated(frame: JsonObject, at_ms: float, run: str) -> dict[str, Any]:
    at = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    return {**frame, "id": f"{run}-{frame['id']}", "at": at}


def at_speed(command: JsonObject, speed: float) -> JsonObject:
    """A command whose seconds pass as fast as the evening does."""
    lasting = {name: command[name] for name in ("seconds", "countdown_seconds") if name in command}
    return {**command, **{name: max(1, math.ceil(seconds / speed)) for name, seconds in lasting.items()}}
