"""The clip marks of a shop: which moment lies where in the stream and in the recording, one JSON line each.

The file is only ever added to, and each addition is on the disk before it counts. What a power cut leaves of a line is
skipped by whoever reads, and the next mark begins a line of its own. A moment that was lost with the process is marked
when OBS is connected again, from the committed events, as long as the stream has gone on.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from live.obs.clock import timecode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FILE_NAME = "clip-marks.jsonl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A moment and where it lies.

    Attributes:
        room, seq, kind, at_ms, subject: the moment; `seq` numbers the room's events.
        stream_ms, record_ms: how far into the stream and into the recording; None where it is not in it.
        recording: the file that was being written, as OBS names it; "" where it was not told.
        replay: the file of a saved replay that shows the moment; "" for none.
        late_ms: how long after the moment the clock was read: the place is as exact as this is small, and a recording that was paused meanwhile makes it early.
    """

    room: str
    seq: int
    kind: str
    at_ms: int
    subject: str
    stream_ms: int | None = None
    record_ms: int | None = None
    recording: str = ""
    replay: str = ""
    late_ms: int = 0


def write_marks(folder: Path, marks: Sequence[Mark]) -> None:
    """Add marks to the file of a data folder; they are on the disk afterwards. Raises OSError."""
    if not marks:
        return
    with (folder / FILE_NAME).open("ab+") as file:
        torn = _is_torn(file.fileno())
        file.write((b"\n" if torn else b"") + b"".join(to_json(_line(mark)) + b"\n" for mark in marks))
        file.flush()
        os.fsync(file.fileno())


def read_marks(folder: Path) -> list[Mark]:
    """Every mark of a data folder, the first of each moment, in the order of the file. Raises OSError."""
    try:
        lines = (folder / FILE_NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    marks = [mark for line in lines if (mark := _mark(line)) is not None]
    return list({_key(mark): mark for mark in reversed(marks)}.values())[::-1]


def last_seq(marks: Iterable[Mark], room: str) -> int:
    """The number of a room's last marked event; 0 for none."""
    return max((mark.seq for mark in marks if mark.room == room), default=0)


def _is_torn(descriptor: int) -> bool:
    """Whether the file ends within a line."""
    size = os.fstat(descriptor).st_size
    if not size:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


def _line(mark: Mark) -> dict[str, object]:
    line: dict[str, object] = asdict(mark)
    for name in ("stream", "record"):
        ms = line[f"{name}_ms"]
        line[f"{name}_timecode"] = timecode(ms) if isinstance(ms, int) else None
    return line


def _mark(line: bytes) -> Mark | None:
    """Read a line; None for what is torn."""
    try:
        read = from_json(line)
        return Mark(**{name: read[name] for name in Mark.__slots__})
    except (ValueError, KeyError, TypeError):
        return None


def _key(mark: Mark) -> tuple[str, int, str, int, bool]:
    return (mark.room, mark.seq, mark.kind, mark.at_ms, bool(mark.replay))
