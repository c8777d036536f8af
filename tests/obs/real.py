"""A real OBS without a screen: Xvfb, a profile of its own in a folder, its WebSocket server switched on."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "geheim-geheim"
START_S = 60.0

_GLOBAL = """\
[General]
FirstRun=true
EnableAutoUpdates=false

[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort={port}
AlertsEnabled=false
AuthRequired=true
ServerPassword={password}

[Basic]
Profile=Untitled
ProfileDir=Untitled
SceneCollection=Untitled
SceneCollectionFile=Untitled
"""
_PLUGIN = """\
{{"alerts_enabled":false,"auth_required":true,"first_load":false,"server_enabled":true,"server_password":"{password}","server_port":{port}}}
"""
_PROFILE = """\
[General]
Name=Untitled

[Video]
BaseCX=180
BaseCY=320
OutputCX=180
OutputCY=320
FPSCommon=10

[Output]
Mode=Simple

[SimpleOutput]
FilePath={rec}
RecFormat=mkv
RecRB=true
RecRBTime=5
RecQuality=Small
RecEncoder=x264
StreamEncoder=x264
"""


def needs_obs() -> None:
    """Skip where there is no OBS, saying so; where one is demanded that is a failure."""
    missing = [name for name in ("obs", "Xvfb") if shutil.which(name) is None]
    if not missing:
        return
    reason = (
        f"{' and '.join(missing)} not on this machine (Debian: apt install --no-install-recommends obs-studio xvfb)"
    )
    if os.environ.get("LINBO_REQUIRE_OBS"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(kw_only=True)
class RealObs:
    """An OBS that can be started, killed and started again."""

    folder: Path
    port: int
    display: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def recordings(self) -> Path:
        return self.folder / "rec"

    def start(self) -> None:
        """Start it and wait until its WebSocket server listens."""
        environment = os.environ | {
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "DISPLAY": self.display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
        }
        with (self.folder / "obs.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["obs", "--multi", "--minimize-to-tray", "--disable-updater"],  # noqa: S607  # the system's own
                env=environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_S
        while not self._listens():
            if time.monotonic() > deadline or self.process.poll() is not None:
                pytest.fail(f"OBS did not come up: {(self.folder / 'obs.log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def a_real_obs(folder: Path) -> Iterator[RealObs]:
    """Run an OBS on a screen that nobody sees."""
    needs_obs()
    port = _free_port()
    _write_profile(folder, port)
    with _a_screen(folder) as display:
        obs = RealObs(folder=folder, port=port, display=display)
        try:
            obs.start()
            yield obs
        finally:
            obs.kill()


@contextmanager
def _a_screen(folder: Path) -> Iterator[str]:
    read, write = os.pipe()
    with (folder / "xvfb.log").open("wb") as log:
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp"],  # noqa: S607  # the system's own
            pass_fds=[write],
            stdout=log,
            stderr=log,
        )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        screen.terminate()
        screen.wait()


def _write_profile(folder: Path, port: int) -> None:
    config = folder / "config" / "obs-studio"
    values = {"port": port, "password": PASSWORD, "rec": folder / "rec"}
    files = {
        config / "global.ini": _GLOBAL,
        config / "plugin_config" / "obs-websocket" / "config.json": _PLUGIN,  # where newer ones look
        config / "basic" / "profiles" / "Untitled" / "basic.ini": _PROFILE,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**values), encoding="utf-8")
    (folder / "rec").mkdir()
    (folder / "run").mkdir(mode=0o700)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
