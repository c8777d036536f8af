"""From a bare Python to one that has what the project needs. Standard library only.

When the running Python lacks the dependencies, `ensure` makes `.venv` beside `run_live.py`, installs the hash-locked
requirements into it (uv, or pip where uv will not), and starts the same command again inside.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from config.declared import Purpose, declared, missing
from config.package_index import parse_pip_config, uv_environment

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "linbo-locks.json"
OFF_SWITCH = "LINBO_NO_BOOTSTRAP"
#: What pip says when it does not reach its index (it says so in English whatever the language of the machine).
NO_CONNECTION = "Retrying ("


class SetupError(Exception):
    """The dependencies could not be set up; the message says why and what to do."""


def ensure(purpose: Purpose) -> None:
    """Return only in a Python that has what *purpose* needs; otherwise set one up and start again inside it.

    Does nothing when `LINBO_NO_BOOTSTRAP` is set, or when everything is there already.

    Raises:
        SetupError: it could not be set up.
    """
    if os.environ.get(OFF_SWITCH):
        return
    inside = Path(sys.prefix).resolve() == VENV
    if inside and is_current(purpose):
        return
    if not inside and not missing(declared(ROOT / "pyproject.toml", purpose)):
        return
    if not (venv_python().exists() and is_current(purpose)):
        set_up(purpose)
    start_again()


def set_up(purpose: Purpose) -> None:
    """Make `.venv` where it is missing or broken, and install the lock of *purpose* into it."""
    lock = lock_file(purpose)
    say(f"第一次运行，正在准备环境（{VENV}），需要联网，约半分钟。")
    make_venv()
    install(lock)
    STAMP.write_text(json.dumps(stamp(purpose)), encoding="utf-8")
    say("环境准备好了。")


def lock_file(purpose: Purpose) -> Path:
    """Name the hash-locked requirements of *purpose*."""
    return ROOT / f"requirements-{purpose}.txt"


def digest(purpose: Purpose) -> str:
    """Give the SHA-256 of the lock of *purpose*."""
    return hashlib.sha256(lock_file(purpose).read_bytes()).hexdigest()


def stamp(purpose: Purpose) -> dict[str, str]:
    """Say what `.venv` holds after installing *purpose*: the lock `dev` includes the lock `run`."""
    kinds: tuple[Purpose, ...] = ("run", "dev") if purpose == "dev" else ("run",)
    return {kind: digest(kind) for kind in kinds}


def is_current(purpose: Purpose) -> bool:
    """Whether `.venv` was filled from the lock of *purpose* as it is now."""
    try:
        held = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(held.get(purpose) == digest(purpose))


def venv_python() -> Path:
    """Name the Python inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """Make `.venv`, or mend one that has lost its Python or its pip."""
    python = venv_python()
    if python.exists() and quiet([str(python), "-c", "import pip"]).returncode == 0:
        return
    say("[1/3] 新建 .venv")
    clear = [] if python.exists() else ["--clear"]
    made = quiet([sys.executable, "-m", "venv", *clear, str(VENV)])
    if made.returncode:
        raise SetupError(
            f"建不了 {VENV}：{last_line(made)}。Debian/Ubuntu 请先运行：sudo apt install python3-venv；"
            "文件夹只读时请把项目放到可写的位置。"
        )


def install(lock: Path) -> None:
    """Install *lock* into `.venv` with uv; with pip where uv is not to be had or fails."""
    if install_uv() and install_with_uv(lock):
        return
    say(f"uv 装不了，改用 pip 安装 {lock.name}（慢一些）")
    command = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "-r", str(lock)]
    if visible(command, dict(os.environ)):
        raise SetupError(f"安装 {lock.name} 失败，原因见上面 pip 的输出。网络恢复后再运行一次即可，会接着装。")


def install_uv() -> bool:
    """Install uv into `.venv` with pip; say whether it worked.

    Raises:
        SetupError: there is no connection to the package index, so pip would not get any further either.
    """
    say("[2/3] 安装 uv")
    lock = ROOT / "requirements-uv.txt"
    options = [
        "--quiet",
        "--retries",
        "1",
        "--timeout",
        "20",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    done = quiet([str(venv_python()), "-m", "pip", "install", *options])
    if done.returncode and NO_CONNECTION in done.stderr:
        raise SetupError(
            "连不上软件源，装不了依赖。请检查网络或代理后再运行一次；"
            "国内网络可先设镜像：python3 -m pip config set global.index-url 镜像地址"
        )
    return done.returncode == 0


def install_with_uv(lock: Path) -> bool:
    """Install *lock* into `.venv` with uv from pip's own index; say whether it worked."""
    say(f"[3/3] 安装依赖（{lock.name}）")
    python = str(venv_python())
    pip = parse_pip_config(quiet([python, "-m", "pip", "config", "list"]).stdout)
    options = ["--system-certs", "--python", python, "--require-hashes", "-r", str(lock)]
    command = [python, "-m", "uv", "pip", "install", *options]
    return visible(command, uv_environment(pip) | dict(os.environ)) == 0


def start_again() -> NoReturn:
    """Run the present command again with the Python of `.venv`."""
    command = [str(venv_python()), *sys.orig_argv[1:]]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  # our own command line, no shell
    # Windows has no exec: the console would come back while the new process still runs. Ctrl-C is for that one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(subprocess.run(command, check=False).returncode)  # noqa: S603  # our own command line, no shell


def quiet(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run *command* and keep what it prints."""
    return subprocess.run(  # noqa: S603  # our own command line, no shell
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd=ROOT,
    )


def visible(command: list[str], environ: dict[str, str]) -> int:
    """Run *command* with its progress on stderr (stdout belongs to the command that was asked for); give its code."""
    return subprocess.run(  # noqa: S603  # our own command line, no shell
        command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environ, cwd=ROOT
    ).returncode


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Give the last line that *done* printed: where these tools put their reason."""
    return ((done.stderr or done.stdout).strip().splitlines() or ["没有说明原因"])[-1]


def say(text: str) -> None:
    """Tell the user on stderr, at once."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
