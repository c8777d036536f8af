"""`verify-draw`: anybody's own check of a published draw, on any computer, without the service."""

from __future__ import annotations

import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

STDIN = "-"
RECORD_ID = "record"
"""The id of the element of a saved proof page that holds its record."""

MOST_BYTES = 64 * 1024 * 1024
"""A hundred thousand entries are 3.5 MB: what is larger is no record."""


class NoRecordError(Exception):
    """这个文件里没有抽奖记录。"""


def register(app: typer.Typer) -> None:
    """Add this command to *app*."""
    app.command("verify-draw")(verify_draw)


def verify_draw(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="开奖记录（.json）或存下来的核对页（.html）；- 是标准输入。")
    ],
) -> None:
    """重新算一遍公布的抽奖：对得上打印 verified；对不上逐条说哪里不一样。"""
    from live.domain.draw_proof import verify  # noqa: PLC0415  # --help stays fast

    record = read_record(file)
    differences = verify(record)
    if differences:
        typer.echo("\n".join(differences))
        typer.echo(f"邻播：这份抽奖记录对不上，有 {len(differences)} 处。", err=True)
        raise typer.Exit(1)
    typer.echo("verified")
    typer.echo(told(record))


def told(record: Mapping[str, Any]) -> str:
    """What a verified record says, in a line: how many entered, and who won in which round."""
    rounds = [f"第 {each['round']} 轮抽中 {'、'.join(each['winners']) or '（没有人）'}" for each in record["rounds"]]
    return f"{len(record['entries'])} 人参与；{'；'.join(rounds)}"


def read_record(name: str) -> Any:
    """The record in a file: JSON as published, or a saved proof page.

    Raises:
        NoRecordError: with what is wrong with the file.
        OSError: when it cannot be read.
    """
    text = _text(name)
    value = _json(name, _in_page(name, text) if text.lstrip().startswith("<") else text)
    return value["record"] if isinstance(value, dict) and isinstance(value.get("record"), dict) else value


def _text(name: str) -> str:
    if name == STDIN:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NoRecordError(f"{name}：太大了，不是抽奖记录")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoRecordError(f"{name}：不是 UTF-8 文本，请用下载下来的 .json 或 .html 原文件") from None


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # also numbers of thousands of digits
        raise NoRecordError(f"{name}：不是 JSON，请用下载下来的 .json 或 .html 原文件") from None


def _in_page(name: str, text: str) -> str:
    page = _Page()
    page.feed(text)
    if page.record is None:
        raise NoRecordError(f"{name}：这个网页里没有抽奖记录，请用核对页上“存成一个文件”下载的那个")
    return page.record


class _Page(HTMLParser):
    """Finds the text of `<script id="record">`: the first one, for a browser takes that one too."""

    def __init__(self) -> None:
        super().__init__()
        self.record: str | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self.record is None and tag == "script" and dict(attrs).get("id") == RECORD_ID
        if self._inside:
            self.record = ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.record = f"{self.record}{data}"
