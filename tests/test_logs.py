"""The logs when they cannot be written."""

from __future__ import annotations

import json
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


LINES = """
import logging, pathlib, sys, structlog
from live.logs import set_up_logs
set_up_logs(pathlib.Path(sys.argv[1]))
structlog.get_logger("one").info("said", room="demo")
logging.getLogger("two").info("heard", extra={"room": "demo"})
"""


def test_every_line_says_when_who_and_how_bad_whoever_logs(tmp_path: Path) -> None:
    subprocess.run((sys.executable, "-c", LINES, str(tmp_path)), cwd=ROOT, check=True)
    text = (tmp_path / "logs" / "linbo.log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["event"], line["logger"], line["level"], line["room"]) for line in lines] == [
        ("said", "one", "info", "demo"),
        ("heard", "two", "info", "demo"),
    ]
    assert all(line["timestamp"] for line in lines)


NOISE = """
import logging, pathlib, sys
from live.logs import set_up_logs
set_up_logs(pathlib.Path(sys.argv[1]))
logging.getLogger("aiohttp.server").error("Error handling request")
logging.getLogger("live.sources").warning("抓取工具没有开")
"""


def test_the_words_of_libraries_stay_out_of_the_owners_terminal(tmp_path: Path) -> None:
    command = (sys.executable, "-c", NOISE, str(tmp_path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "抓取工具没有开" in done.stderr
    assert "Error handling" not in done.stderr
    assert "Error handling request" in (tmp_path / "logs" / "linbo.log").read_text(encoding="utf-8")
