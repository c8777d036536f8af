"""The command line as a whole: finds the command, runs it, and turns what went wrong into one line."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from live.cli import comments, drawing, serving, upkeep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAM = "run_live.py"
DEBUG = "--debug"
OUR_PACKAGES = frozenset({"config", "live", "nlp", "overlays"})
NOT_BOUND: Mapping[int | None, str] = {
    errno.EADDRINUSE: "端口已被别的程序占用。请关掉那个程序，或用 --port 换一个",
    errno.EADDRNOTAVAIL: "这台电脑没有这个地址。请用 --host 127.0.0.1；要让手机打开，请用 --host 0.0.0.0",
    errno.EACCES: "没有权限用这个端口。请用 --port 换一个，例：8000",
}
"""Why nobody can listen where the options say. A file that may not be read has its name, and is told by it."""

UNKNOWN_ADDRESS = "找不到这个地址。请检查 --host 和设置里的网址有没有写错"


def main(argv: Sequence[str]) -> int:
    """Run `run_live.py` with *argv*; give the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    arguments, debug = take_debug(argv)
    try:
        typer.main.get_command(build_app())(args=arguments, prog_name=PROGRAM)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except Exception as error:  # the last line of defence: a user sees a sentence, not a traceback
        if debug:
            raise
        typer.echo(f"邻播：{sentence(error)}", err=True)
    return 1


def build_app() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)
    app.callback()(about)
    for group in (serving, comments, drawing, upkeep):
        group.register(app)
    return app


def about(
    *, debug: Annotated[bool, typer.Option(DEBUG, help="出错时显示完整的出错位置（放在哪里都行）。")] = False
) -> None:
    """邻播：社区小店的直播助手，把评论变成预订。"""
    del debug  # taken out by take_debug, so that it may stand anywhere; declared here for --help


def take_debug(argv: Sequence[str]) -> tuple[list[str], bool]:
    """Take `--debug` out of the arguments, wherever it stands; after `test` it belongs to pytest."""
    if "test" in argv[:1]:
        return list(argv), False
    return [argument for argument in argv if argument != DEBUG], DEBUG in argv


def sentence(error: Exception) -> str:
    """Say in one line what went wrong: our own errors are written for users, others come with their name."""
    if isinstance(error, socket.gaierror):
        return UNKNOWN_ADDRESS
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}：{error.strerror}"
    if isinstance(error, OSError) and error.errno in NOT_BOUND:
        return NOT_BOUND[error.errno]
    text = "；".join(str(error).split("\n"))
    if type(error).__module__.partition(".")[0] in OUR_PACKAGES:
        return text
    return f"{type(error).__name__}：{text}（加 {DEBUG} 看出错的位置）"
