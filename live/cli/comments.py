"""`classify`, `evaluate` and `replay`: the commands that work on recorded comments."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

ExistingFile = typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)


def register(app: typer.Typer) -> None:
    """Add these commands to *app*."""
    app.command("classify")(classify)
    app.command("evaluate")(evaluate)
    app.command("replay")(replay)


def classify(
    *,
    catalog: Annotated[
        Path | None,
        typer.Option("--catalog", metavar="FILE", exists=True, dir_okay=False, help='商品表，{"offers": […]}。'),
    ] = None,
) -> None:
    """逐行读懂评论：标准输入是 JSONL，标准输出也是 JSONL，顺序不变。"""
    from nlp.maker import ClassifierMaker  # noqa: PLC0415  # --help stays fast
    from nlp.wire import classify_lines, load_catalogue  # noqa: PLC0415  # the same

    offers = load_catalogue(catalog) if catalog else []
    for line in classify_lines(sys.stdin, ClassifierMaker()(offers)):
        typer.echo(line)


def evaluate(
    file: Annotated[Path, ExistingFile],
    *,
    catalogs: Annotated[
        Path | None,
        typer.Option("--catalogs", metavar="FILE", exists=True, dir_okay=False, help="各行 catalog 名字对应的商品表。"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象。")] = False,
) -> None:
    """用标注好的评论（JSONL）给读懂评论的能力打分。"""
    from nlp.evaluate import evaluate_file  # noqa: PLC0415  # --help stays fast

    result = evaluate_file(file, catalogs, clock=time.perf_counter)
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False) if as_json else result.as_table())


def replay(
    file: Annotated[Path, ExistingFile],
    *,
    url: Annotated[str, typer.Option("--url", help="接收地址，ws://主机:端口/ws/ingest?room=直播间。")],
    token: Annotated[str, typer.Option("--token", help="接收口令（serve 启动时打印）。")],
    speed: Annotated[float, typer.Option("--speed", min=0, help="放快多少倍；0 表示对方确认多快就发多快。")] = 0,
) -> None:
    """把录下的评论（JSONL）发给一个接收地址，等对方逐条确认。"""
    from live.replay import run_replay  # noqa: PLC0415  # --help stays fast

    raise typer.Exit(run_replay(file, url=url, token=token, speed=speed))
