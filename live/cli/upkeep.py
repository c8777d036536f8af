"""`report`, `bench`, `test` and `doctor`: what is done around a broadcast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from live.cli.options import Config, Data, Database, Host, Port, Redis, settings_from

ROOT = Path(__file__).resolve().parents[2]
#: pytest's exit code for wrong usage of its command line.
PYTEST_USAGE_ERROR = 4


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("report")(report)
    app.command("bench")(bench)
    app.command("test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(run_tests)
    app.command("doctor")(doctor)


def report(
    session: Annotated[str, typer.Argument(metavar="SESSION", help="哪一场（场次的 id）。")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", file_okay=False, help="写到哪个文件夹。")] = Path(),
    full_names: Annotated[bool, typer.Option("--full-names", help="标签上印全名；不加只印第一个字。")] = False,
    config: Config = None,
    data: Data = None,
    database: Database = None,
) -> None:
    """写一场直播的复盘（report.html、report.json、orders.xlsx）和备货的单子：采购单、拣货单、标签、fulfilment.xlsx。"""
    settings = settings_from(config=config, data=data, database=database)
    from live.reports.fulfilment.labels import Names  # noqa: PLC0415  # --help stays fast
    from live.reports.run import run_report  # noqa: PLC0415  # the same

    names = Names.FULL if full_names else Names.MASKED
    raise typer.Exit(run_report(settings, session=session, out=out, names=names))


def bench(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")] = False,
    texts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="用这份评论记录（JSONL）量读懂一条要多久。")
    ] = None,
    catalog: Annotated[Path | None, typer.Option(metavar="FILE", help="和 --texts 一起用的商品表。")] = None,
) -> None:
    """量这台机器一秒能接多少评论、多快上屏、读懂一条要多久。"""
    from live.bench import run_bench  # noqa: PLC0415  # --help stays fast

    raise typer.Exit(run_bench(as_json=as_json, log=texts, catalog=catalog))


def run_tests(context: typer.Context) -> None:
    """装好测试需要的东西并运行 pytest，后面的参数原样交给 pytest。"""
    command = [sys.executable, "-m", "pytest", *context.args]
    code = subprocess.run(command, check=False, cwd=ROOT).returncode  # noqa: S603  # the user's own arguments to pytest
    raise typer.Exit({0: 0, PYTEST_USAGE_ERROR: 2}.get(code, 1))


def doctor(
    *,
    config: Config = None,
    data: Data = None,
    host: Host = None,
    port: Port = None,
    database: Database = None,
    redis: Redis = None,
) -> None:
    """检查这台机器：Python、ffmpeg、字体、端口、数据文件夹、数据库、Redis、大模型、来源；每项一行，有问题的说怎么修。"""
    settings = settings_from(config=config, data=data, database=database, redis=redis, host=host, port=port)
    from live.doctor.run import run_doctor  # noqa: PLC0415  # --help stays fast

    raise typer.Exit(run_doctor(settings))
