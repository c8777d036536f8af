from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "run_live.py"


@pytest.mark.parametrize("minor", [7, 8, 10])
def test_an_old_python_can_read_the_file_that_says_it_is_old(minor: int) -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, minor))
    assert not [node for node in tree.body if isinstance(node, ast.ImportFrom)], "imports come after the version check"


def test_an_old_python_gets_one_clear_line() -> None:
    code = f"import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); runpy.run_path({str(SCRIPT)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "邻播 needs Python 3.11 or newer; this is 3.8. 需要 Python 3.11 或更新的版本，请安装后再运行。"
    ]


def test_output_is_utf8_whatever_the_machine_speaks() -> None:
    command = [sys.executable, str(SCRIPT), "--help"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"}, check=True)
    assert "邻播" in done.stdout.decode("utf-8")
