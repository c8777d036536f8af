"""The command `report`: from the store to the files of a 复盘 and the papers of its order cycle."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from live.reports.fulfilment.labels import Names
from live.reports.write import write_papers, write_reports
from live.store.factory import open_store

if TYPE_CHECKING:
    from config.settings import Settings
    from live.store.port import CycleRecord, SessionRecord

SQLITE = "sqlite:///"


class NoSuchSession(Exception):  # noqa: N818  # reads better where it is caught
    """没有这一场. The message says in Chinese what was looked for and what to do."""


def run_report(settings: Settings, *, session: str, out: Path, names: Names = Names.MASKED) -> int:
    """Write the 复盘 of a session, and the papers of its cycle, into `out` and print where they are.

    `names` is how labels name viewers. Returns the exit code.

    Raises:
        NoSuchSession, StoreError, ReportNotWritten: each with what is wrong and the mend.
    """
    refuse_missing_file(settings.database_url)
    record, cycle = asyncio.run(read_session(settings.database_url, session))
    paths = write_reports(record, out)
    papers = write_papers(cycle, out, names=names)
    sys.stdout.writelines(f"{path}\n" for path in (paths.html, paths.json, paths.workbook, *papers))
    return 0


def refuse_missing_file(url: str) -> None:
    """Reading must not make an empty database where a folder was mistyped. Raises `NoSuchSession`."""
    path = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and not path.is_file():
        raise NoSuchSession(f"没有数据文件 {path}。请用 --data 指到开播时用的数据文件夹")


async def read_session(url: str, session: str) -> tuple[SessionRecord, CycleRecord]:
    """Read all that is kept of a session, and of its cycle. Raises `NoSuchSession`, `StoreError`."""
    store = open_store(url)
    try:
        await store.start()
        record = await store.session(session)
        cycle = await store.cycle(session)
    finally:
        await store.close()
    if record is None or cycle is None:
        raise NoSuchSession(f"没有“{session}”这一场。请核对场次的编号，或用 --data 指到开播时用的数据文件夹")
    return record, cycle
