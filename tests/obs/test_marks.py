from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.obs.marks import FILE_NAME, Mark, last_seq, read_marks, write_marks

if TYPE_CHECKING:
    from pathlib import Path


def a_mark(seq: int = 1, **more: object) -> Mark:
    values: dict[str, object] = {"room": "live", "seq": seq, "kind": "giveaway_drawn", "at_ms": 5, "subject": "g1"}
    return Mark(**(values | {"stream_ms": 61_001} | more))  # type: ignore[arg-type]  # the fields of a mark


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    marks = [a_mark(1), a_mark(2, kind="rush", stream_ms=None, record_ms=7, recording="rec/张姐 的.mkv")]
    write_marks(tmp_path, marks[:1])
    write_marks(tmp_path, [])
    write_marks(tmp_path, marks[1:])
    assert read_marks(tmp_path) == marks


def test_a_line_says_its_places_for_people_as_well(tmp_path: Path) -> None:
    write_marks(tmp_path, [a_mark()])
    line = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    assert (line["stream_timecode"], line["record_timecode"]) == ("00:01:01.001", None)


def test_where_there_is_no_file_there_are_no_marks(tmp_path: Path) -> None:
    assert read_marks(tmp_path) == []
    write_marks(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_line_that_was_cut_by_the_power_is_skipped_and_spoils_none_after_it(cut: int, tmp_path: Path) -> None:
    write_marks(tmp_path, [a_mark(1), a_mark(2)])
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[:-cut])
    write_marks(tmp_path, [a_mark(3)])
    assert [mark.seq for mark in read_marks(tmp_path)] in ([1, 3], [1, 2, 3])


@given(st.binary(max_size=200))
def test_no_rubbish_in_the_file_hides_the_marks(rubbish: bytes) -> None:
    import tempfile  # noqa: PLC0415  # one folder an example
    from pathlib import Path  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_marks(folder, [a_mark(1)])
        with (folder / FILE_NAME).open("ab") as file:
            file.write(rubbish)
        write_marks(folder, [a_mark(2)])
        assert {1, 2} <= {mark.seq for mark in read_marks(folder)}


def test_a_moment_that_was_marked_twice_keeps_its_first_mark_and_its_replay(tmp_path: Path) -> None:
    first, again, replay = a_mark(late_ms=20), a_mark(late_ms=9000), a_mark(replay="rec/Replay 1.mkv")
    write_marks(tmp_path, [first, again, replay])
    assert read_marks(tmp_path) == [first, replay]


def test_the_last_number_is_that_of_the_room() -> None:
    assert last_seq([a_mark(7), a_mark(3), a_mark(9, room="other")], "live") == 7
    assert last_seq([], "live") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_said_to_be_written_survives_a_kill(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from live.obs.marks import Mark, write_marks
seq = 0
while True:
    seq += 1
    write_marks(Path(sys.argv[1]), [Mark(room="live", seq=seq, kind="rush", at_ms=seq, subject="")])
    print(seq, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(20)][-1]
        os.kill(writer.pid, signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout if line.endswith(b"\n"))])
    seqs = [mark.seq for mark in read_marks(tmp_path)]
    assert seqs[:told] == list(range(1, told + 1))
