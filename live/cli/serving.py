"""`serve` and `demo`: the commands that keep a service running."""

from __future__ import annotations

from typing import Annotated

import typer

from live.cli.options import Config, Data, Database, Host, Port, ReadyFile, Redis, Role, RoleOption, settings_from


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("serve")(serve)
    app.command("demo")(demo)


def serve(
    *,
    config: Config = None,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    database: Database = None,
    redis: Redis = None,
    role: RoleOption = Role.ALL,
    ready_file: ReadyFile = None,
) -> None:
    """启动服务，打印中控台、叠加层和观众页面的网址与二维码。

    默认一个进程、SQLite，不需要别的服务器。
    """
    settings = settings_from(config=config, data=data, database=database, redis=redis, host=host, port=port)
    from live.app import serve as run_service  # noqa: PLC0415  # --help stays fast

    raise typer.Exit(run_service(settings, ready_file=ready_file, role=role.value))


def demo(
    *,
    config: Config = None,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    database: Database = None,
    redis: Redis = None,
    speed: Annotated[float, typer.Option("--speed", min=0.1, max=1000, help="放快多少倍。")] = 10,
    once: Annotated[bool, typer.Option("--once", help="放完这一晚、写好报告就退出。")] = False,
) -> None:
    """启动服务，并把自带的一晚直播弹幕通过真实接口放一遍。"""
    settings = settings_from(config=config, data=data, database=database, redis=redis, host=host, port=port)
    from live.demo import run_demo  # noqa: PLC0415  # --help stays fast

    raise typer.Exit(run_demo(settings, speed=speed, once=once))
