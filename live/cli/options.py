"""The options that several commands share, and the settings they add up to."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings, load_settings


class Role(StrEnum):
    """Which half of the service a process runs."""

    ALL = "all"
    GATEWAY = "gateway"
    WORKER = "worker"


Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="TOML 配置文件。")]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="数据文件夹，默认 data/。", file_okay=False, dir_okay=True)
]
Database = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="postgresql://… 或 sqlite:///…，默认是数据文件夹里的 SQLite。"),
]
Redis = Annotated[str | None, typer.Option("--redis", metavar="URL", help="redis://…，默认不用，在进程内传递。")]
Host = Annotated[str | None, typer.Option("--host", help="监听的地址，默认 127.0.0.1；要让手机打开就写 0.0.0.0。")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="监听的端口，默认 8000。")]
ReadyFile = Annotated[
    Path | None,
    typer.Option("--ready-file", metavar="FILE", help="开始服务后把网址、进程号和口令写进这个文件（JSON）。"),
]
RoleOption = Annotated[Role, typer.Option("--role", help="多进程时，这个进程负责哪一半。")]


def settings_from(
    *,
    config: Path | None = None,
    data: Path | None = None,
    database: str | None = None,
    redis: str | None = None,
    host: str | None = None,
    port: int | None = None,
) -> Settings:
    """Put the settings together from a file, the environment and the options given (None: not given).

    Raises:
        SettingsError: with every fault at once.
    """
    options = {
        "data_dir": data,
        "database": {"url": database},
        "redis": {"url": redis},
        "server": {"host": host, "port": port},
    }
    return load_settings(config, os.environ, options)
