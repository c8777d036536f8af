"""The service as a host starts it, `run_live.py serve`, in a process that a test may kill at any moment."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
START_S = 90.0
STOP_S = 30.0


class House:
    """One data folder and the process that serves it; started again, it is the same shop at the same address."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        self._ready = folder / "ready.json"
        self._output = folder / "output.txt"
        self._command = (
            "serve",
            "--data",
            str(folder / "data"),
            "--port",
            str(a_free_port()),
            "--ready-file",
            str(self._ready),
        )
        self._environ = _environ() | dict(environ or {})
        self._process: subprocess.Popen[bytes] | None = None
        self.data = folder / "data"
        self.base_url = ""
        self.tokens: dict[str, str] = {}
        self.start_s = 0.0

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process; there is one from `spawn` on."""
        assert self._process is not None, "the service was not started"
        return self._process

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def spawn(self) -> None:
        """Start the process and do not wait for it."""
        self._ready.unlink(missing_ok=True)
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                (sys.executable, str(ROOT / "run_live.py"), *self._command),
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def wait(self) -> None:
        """Wait until it serves."""
        deadline_s = time.monotonic() + START_S
        while not self._ready.exists():
            assert self.alive, f"the service did not start: {self.last_words()}"
            assert time.monotonic() < deadline_s, f"the service did not start in time: {self.last_words()}"
            time.sleep(0.01)
        told: dict[str, Any] = json.loads(self._ready.read_text(encoding="utf-8"))
        assert told["pid"] == self.process.pid
        self.base_url, self.tokens = told["base_url"], told["tokens"]

    def start(self) -> None:
        """Start the process and wait until it serves; `start_s` is how long that took."""
        began_s = time.monotonic()
        self.spawn()
        self.wait()
        self.start_s = time.monotonic() - began_s

    def kill(self) -> None:
        """Kill it without a word (SIGKILL; TerminateProcess on Windows) and wait until it is gone."""
        self.process.kill()
        self.process.wait(STOP_S)

    def stop(self) -> None:
        """End it, politely first."""
        if self.alive:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()

    def last_words(self) -> str:
        """What it has written to its terminal."""
        return self._output.read_text(encoding="utf-8", errors="replace")[-2000:] if self._output.exists() else ""

    def rss_bytes(self) -> int | None:
        """Its resident memory; None where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        except (OSError, ValueError, IndexError):
            return None
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def a_house(folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[House]:
    """Give a shop in a folder of its own; whatever runs at the end is ended."""
    folder.mkdir(parents=True, exist_ok=True)
    house = House(folder, environ)
    try:
        yield house
    finally:
        house.stop()


def a_free_port() -> int:
    """A port below those that systems hand out by themselves, so that nobody takes it while the service is down."""
    while True:
        port = secrets.randbelow(10_000) + 20_000
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def _environ() -> dict[str, str]:
    """Our environment without settings of whoever runs the tests; nothing is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("LIVE_")}
    return kept | {"LINBO_NO_BOOTSTRAP": "1"}
