"""What `doctor` looks at on the machine itself: Python, ffmpeg, fonts, the port, the data folder."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from live.doctor.check import advice, bad, good

if TYPE_CHECKING:
    from live.doctor.check import Finding

#: Below this much free space an evening's database and report may not fit.
ENOUGH_BYTES = 1_000_000_000
WINDOWS_FONTS = ("msyh.ttc", "msyh.ttf", "simhei.ttf", "simsun.ttc")


def python() -> Finding:
    """Name the Python and its SQLite."""
    return good("Python", f"{platform.python_version()}（SQLite {sqlite3.sqlite_version}），{sys.executable}")


def ffmpeg() -> Finding:
    """Look for ffmpeg on the PATH."""
    found = shutil.which("ffmpeg")
    if found:
        return good("ffmpeg", found)
    return advice(
        "ffmpeg", "没找到，剪片段和推流才用得上", "安装：Windows 用 winget install ffmpeg，macOS 用 brew，Debian 用 apt"
    )


def fonts() -> Finding:
    """Look for a font with Chinese characters: without one overlays show boxes."""
    found = chinese_font()
    if found:
        return good("中文字体", found)
    return advice("中文字体", "没找到，叠加层上的汉字会变成方框", "Debian/Ubuntu：sudo apt install fonts-noto-cjk")


def chinese_font() -> str | None:
    """Name one font of the system that has Chinese characters."""
    if sys.platform == "darwin":
        return "苹方（macOS 自带）"
    if sys.platform == "win32":
        folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return next((str(folder / name) for name in WINDOWS_FONTS if (folder / name).exists()), None)
    return font_from_fontconfig()


def font_from_fontconfig() -> str | None:
    """Ask fontconfig, which browsers on Linux ask too."""
    command = shutil.which("fc-list")
    if command is None:
        return None
    listed = subprocess.run(  # noqa: S603  # a fixed question to fontconfig
        [command, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False, timeout=30
    )
    return next((line.split(",")[0].strip() for line in sorted(listed.stdout.splitlines()) if line.strip()), None)


def port(host: str, number: int) -> Finding:
    """Try to listen where the service will."""
    name, place = "端口", f"{host}:{number}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # a port just left is free again; on Windows the option would allow stealing one
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return port_trouble(name, place, error)
    return good(name, f"{place} 可以用")


def port_trouble(name: str, place: str, error: OSError) -> Finding:
    """Say why the port cannot be had."""
    if error.errno == errno.EADDRINUSE:
        return bad(name, f"{place} 已被占用", "如果不是正在运行的邻播，请关掉那个程序，或用 --port 换一个")
    if error.errno == errno.EACCES:
        return bad(name, f"{place} 没有权限", "请用 --port 换一个 1024 以上的端口")
    return bad(
        name,
        f"{place} 不能监听（{error.strerror or error}）",
        "请检查 --host，本机用 127.0.0.1，手机也要用就写 0.0.0.0",
    )


def data_folder(folder: Path) -> Finding:
    """See whether the data folder can be written, and whether there is room."""
    name = "数据文件夹"
    place = folder.absolute()
    there = next(path for path in (place, *place.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return bad(name, f"{there} 不能写入（{error.strerror or error}）", "请改文件夹的权限，或用 --data 换一个")
    free = shutil.disk_usage(there).free
    if free < ENOUGH_BYTES:
        return advice(name, f"{place}，只剩 {free // 1_000_000} MB", "请清理磁盘，或用 --data 换到空间大的盘")
    return good(name, f"{place}，剩 {free // 1_000_000_000} GB" + ("" if there == place else "（第一次启动时新建）"))
