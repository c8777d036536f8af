"""The logs when they cannot be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PROGRAM = """
import logging, pathlib, sys
from live.logs import set_up_logs
folder = pathlib.Path(sys.argv[1])
set_up_logs(folder)
for _ in range(3):
    logging.getLogger("linbo.comments").info("{}")
(folder / "logs" / "comments.log").rmdir()
logging.getLogger("linbo.comments").info("again")
"""


def test_a_log_that_cannot_be_written_is_told_once_in_a_line_and_goes_on_when_it_can(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "comments.log"
    log.mkdir(parents=True)
    done = subprocess.run(
        (sys.executable, "-c", PROGRAM, str(tmp_path)), cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert str(log) in done.stderr
    assert log.read_text(encoding="utf-8") == "again\n"
