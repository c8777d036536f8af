"""One service a data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from live.store.folder import FolderInUse, hold_folder
from live.store.port import StoreError

ROOT = Path(__file__).resolve().parents[2]

HOLD = """
import pathlib, sys
from live.store.folder import hold_folder
with hold_folder(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_service_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with hold_folder(tmp_path), pytest.raises(FolderInUse, match="--data"), hold_folder(tmp_path):
        pytest.fail("two services on one folder")


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_folder(tmp_path / "data"):
            pass


def test_a_killed_service_leaves_the_folder_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(FolderInUse), hold_folder(tmp_path):
            pytest.fail("two services on one folder")
        holder.kill()
        holder.wait()
        with hold_folder(tmp_path):
            pass


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="不能写"), hold_folder(tmp_path / "data"):
        pytest.fail("a file is no folder")
