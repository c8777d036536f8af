"""Put the files of a 复盘 and the papers of its order cycle into a folder, each whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from live.reports.document import report_json
from live.reports.facts import facts_of
from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.papers import paper_files
from live.reports.html import report_html
from live.reports.narrative import template_of
from live.reports.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.store.port import CycleRecord, SessionRecord


FULL = frozenset({errno.ENOSPC, errno.EDQUOT}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})
"""No room left; Windows knows no quota error."""


class ReportNotWritten(Exception):  # noqa: N818  # reads better where it is caught
    """复盘没有写成. The message says in Chinese which file, why, and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paths:
    """Where the files of a 复盘 are."""

    html: Path
    json: Path
    workbook: Path


def write_reports(record: SessionRecord, out: Path, *, mask_names: bool = False) -> Paths:
    """Write `report.html`, `report.json` and `orders.xlsx` into `out`, which is made where it is missing.

    Each is written beside its place and then moved there, so that a reader never sees half of one. Raises
    `ReportNotWritten`.
    """
    facts = facts_of(record, mask_names=mask_names)
    paths = Paths(html=out / "report.html", json=out / "report.json", workbook=out / "orders.xlsx")
    narrative = template_of(facts)
    told = report_json(facts) | {"narrative": {"by": narrative.by, "sentences": list(narrative.sentences)}}
    document = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    page = report_html(facts)
    _make_folder(out)
    _write(paths.html, lambda path: _write_text(path, page))
    _write(paths.json, lambda path: _write_text(path, document))
    _write(paths.workbook, lambda path: write_workbook(facts, path))
    return paths


def write_papers(cycle: CycleRecord, out: Path, *, names: Names = Names.MASKED) -> tuple[Path, ...]:
    """Write purchase order, pick list, labels and `fulfilment.xlsx` into `out`; `names` is how labels name viewers.

    Raises `ReportNotWritten`.
    """
    _make_folder(out)
    return tuple(_write_paper(out / name, content) for name, content in paper_files(cycle, names))


def _write_paper(path: Path, content: bytes) -> Path:
    def write(beside: Path) -> None:
        beside.write_bytes(content)

    _write(path, write)
    return path


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportNotWritten(f"建不了文件夹 {out}：{why(error)}") from error


def _write(path: Path, write: Callable[[Path], None]) -> None:
    try:
        _replace(path, write)
    except OSError as error:
        raise ReportNotWritten(f"写不了 {path}：{why(error)}") from error


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def why(error: OSError) -> str:
    """Say in Chinese why a file could not be written, and what to do."""
    if isinstance(error, PermissionError):
        return "没有权限，或者正被别的程序打开；请关掉打开它的表格软件，或用 --out 换一个文件夹"
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return "同名的东西已经在那里，而且不是文件夹；请用 --out 换一个文件夹"
    if isinstance(error, IsADirectoryError):
        return "那里有个同名的文件夹；请改掉它的名字，或用 --out 换一个文件夹"
    if error.errno in FULL:
        return "磁盘满了；请腾出空间再来一次"
    return f"{error.strerror or error}；请用 --out 换一个文件夹再试"
