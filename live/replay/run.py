"""`replay FILE`: a progress bar, the counts, an exit code."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from live.replay.client import replay
from live.replay.report import summary
from live.replay.result import ReplayFailed

if TYPE_CHECKING:
    from pathlib import Path

    from live.replay.client import OnProgress
    from live.replay.result import ReplayResult


def run_replay(file: Path, *, url: str, token: str | None, speed: float = 0) -> int:
    """Send a log and tell what came of it. Returns 1 when it did not come to its end or nothing at all was taken."""
    try:
        result = asyncio.run(_watched(file, url=url, token=token, speed=speed))
    except ReplayFailed as error:
        sys.stdout.write(summary(error.result, name=file.name) + "\n")
        return _fail(str(error))
    except (OSError, ValueError) as error:
        return _fail(str(error))
    sys.stdout.write(summary(result, name=file.name) + "\n")
    return 0 if result.acknowledged or not (result.rejected or result.faults) else _fail(_nothing_taken(result))


async def _watched(file: Path, *, url: str, token: str | None, speed: float) -> ReplayResult:
    with _progress() as progress:
        return await replay(file, url=url, token=token, speed=speed, on_progress=_shown_on(progress))


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("已确认"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rejected]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,  # where nobody watches it leaves an empty line among the errors
    )


def _shown_on(progress: Progress) -> OnProgress:
    """The length of a log is not known before its end: the bar shows what is answered of what is sent."""
    bar = progress.add_task("", total=None, rejected="")

    def show(sent: int, acknowledged: int, rejected: int) -> None:
        refused = f"拒绝 {rejected}" if rejected else ""
        progress.update(bar, total=sent, completed=acknowledged + rejected, rejected=refused)

    return show


def _nothing_taken(result: ReplayResult) -> str:
    if result.refusals:
        return f"一条也没有收下：{result.refusals[0].reason}"
    return "文件里没有一行能发送；每行应是一个评论对象（JSON）。"


def _fail(message: str) -> int:
    sys.stderr.write(f"邻播：{message}\n")
    return 1
