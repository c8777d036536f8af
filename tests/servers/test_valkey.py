"""The launcher of the test server itself."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time

import pytest

from tests.servers.valkey import valkey_server

_TEST_THAT_DIES = """
import os, signal
from tests.servers.valkey import valkey_server
with valkey_server() as server:
    print(server.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_server_does_not_outlive_a_test_that_is_killed() -> None:
    with valkey_server():
        pass  # skips where there is none
    died = subprocess.run([sys.executable, "-c", _TEST_THAT_DIES], stdout=subprocess.PIPE, text=True, check=False)
    pid = int(died.stdout)
    deadline = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < deadline, f"Valkey {pid} still runs"
        time.sleep(0.01)


def test_without_a_binary_a_test_is_skipped_and_failed_where_servers_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.delenv("LINBO_REQUIRE_SERVERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed"), valkey_server():
        pass
    monkeypatch.setenv("LINBO_REQUIRE_SERVERS", "1")
    with pytest.raises(pytest.fail.Exception, match="not installed"), valkey_server():
        pass


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
