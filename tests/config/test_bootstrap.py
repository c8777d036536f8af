"""The first start, for real: a small project with a package of its own, in a folder, without a network."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config import bootstrap
from config.bootstrap import OFF_SWITCH

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
COMMAND = """\
import sys
def main(argv):
    import linbo_probe
    print(sys.prefix, *argv, linbo_probe.ANSWER)
    return 7
"""


def wheel(folder: Path) -> Path:
    """Write a wheel of one module."""
    files = {
        "linbo_probe.py": "ANSWER = 42\n",
        "linbo_probe-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: linbo-probe\nVersion: 1.0\n",
        "linbo_probe-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={urlsafe_digest(text)},{len(text)}\n" for name, text in files.items())
    path = folder / "linbo_probe-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, "linbo_probe-1.0.dist-info/RECORD": record}.items():
            archive.writestr(name, text)
    return path


def urlsafe_digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


class Clone:
    """A fresh clone of a project that needs nothing but `linbo-probe`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        package = wheel(self.wheels)
        (folder / "live" / "cli").mkdir(parents=True)
        (folder / "live" / "cli" / "main.py").write_text(COMMAND, encoding="utf-8")
        shutil.copytree(ROOT / "config", folder / "config", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "run_live.py", folder)
        self.declare("linbo-probe>=1")
        self.lock(hashlib.sha256(package.read_bytes()).hexdigest())
        (folder / "requirements-uv.txt").write_text(f"uv==999 --hash=sha256:{'0' * 64}\n", encoding="utf-8")

    def declare(self, requirement: str) -> None:
        text = f'[project]\ndependencies = ["{requirement}"]\noptional-dependencies = {{}}\n[dependency-groups]\ndev = []\n'
        (self.folder / "pyproject.toml").write_text(text, encoding="utf-8")

    def lock(self, sha256: str) -> None:
        for purpose in ("run", "dev"):
            path = self.folder / f"requirements-{purpose}.txt"
            path.write_text(f"linbo-probe==1.0 --hash=sha256:{sha256}\n", encoding="utf-8")

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    def run(self, *arguments: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "LINBO_"))}
        offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.run(
            [sys.executable, str(self.folder / "run_live.py"), *arguments],
            env={**clean, **offline, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **(environ or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_first_start_installs_and_runs_the_command_and_the_second_installs_nothing(clone: Clone) -> None:
    first = clone.run("serve", "--port", "1")
    assert first.stdout.split() == [str(clone.venv), "serve", "--port", "1", "42"], first.stderr
    assert first.returncode == 7
    assert "环境准备好了" in first.stderr
    second = clone.run("serve")
    assert (second.stdout.split(), second.stderr) == ([str(clone.venv), "serve", "42"], "")


def test_a_changed_lock_is_installed_at_the_next_start(clone: Clone) -> None:
    clone.run("serve")
    lock = clone.folder / "requirements-run.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    assert "环境准备好了" in clone.run("serve").stderr


def test_a_package_with_another_hash_is_refused(clone: Clone) -> None:
    clone.lock("0" * 64)
    done = clone.run("serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("邻播：安装 requirements-run.txt 失败")
    assert "Traceback" not in done.stderr


def test_without_a_connection_there_is_one_clear_line(clone: Clone) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        index = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        done = clone.run("serve", environ={"PIP_NO_INDEX": "", "PIP_INDEX_URL": index})
    assert (done.returncode, done.stdout) == (1, "")
    told = [line for line in done.stderr.splitlines() if line.startswith("邻播：")]
    assert len(told) == 1
    assert told[0].startswith("邻播：连不上软件源，装不了依赖。请检查网络或代理后再运行一次")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a virtual environment on Windows holds no links")
def test_a_half_made_environment_is_mended(clone: Clone) -> None:
    (clone.venv / "bin").mkdir(parents=True)
    (clone.venv / "bin" / "python").symlink_to(clone.folder / "gone")
    assert clone.run("serve").returncode == 7


def test_a_python_that_has_everything_is_used_as_it_is(clone: Clone) -> None:
    clone.declare("pytest>=1")
    done = clone.run("serve")
    assert "No module named 'linbo_probe'" in done.stderr  # the command itself was reached
    assert not clone.venv.exists()


def test_a_variable_turns_it_off(clone: Clone) -> None:
    assert "No module named 'linbo_probe'" in clone.run("serve", environ={OFF_SWITCH: "1"}).stderr
    assert not clone.venv.exists()


def test_importing_it_brings_nothing_but_the_standard_library() -> None:
    code = "import sys, config.bootstrap; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - set(sys.stdlib_module_names) <= {"config", "__main__"}


def test_the_stamp_of_the_test_lock_covers_running() -> None:
    assert bootstrap.stamp("dev") == {"run": bootstrap.digest("run"), "dev": bootstrap.digest("dev")}
    assert bootstrap.stamp("run") == {"run": bootstrap.digest("run")}
