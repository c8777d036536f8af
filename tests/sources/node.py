"""Foreign programs in JavaScript: the libraries that the tools themselves are built on, run by node."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.sources.tools import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

INSTALL_S = 90


def program(folder: Path, name: str, library: str) -> Path:
    """Put a program of the recordings and its library into `folder`; the test is skipped where that cannot be.

    `library` is a package with its version, "ws@8.18.0".
    """
    if not (FOLDER / name).exists():
        pytest.skip(f"no program {FOLDER / name}")
    package(folder, library)
    shutil.copy(FOLDER / name, folder / name)
    return folder / name


def package(folder: Path, library: str) -> Path:
    """Put a package with its version into `folder`; gives where packages lie. Skips, saying why, where npm brings nothing.

    The registry is npm's own setting.
    """
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        pytest.skip("no node or npm on this machine")
    command = [
        npm,
        "install",
        "--no-audit",
        "--no-fund",
        "--no-save",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        library,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not bring {library} within {INSTALL_S} seconds")
    if done.returncode != 0:
        pytest.skip(f"npm did not bring {library}: {done.stderr.strip().splitlines()[-1:]}")
    return folder / "node_modules"
