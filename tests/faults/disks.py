"""Full disks that get space again: SQLite's own limit, the kernel's limit to files, and a disk that is really full."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.rig import Rig
    from tests.faults.serving import House

MOST_PAGES = 2**30
DISK_MB = 96


class Disk(Protocol):
    """Where a service keeps its data."""

    async def fill(self) -> None:
        """Leave no space."""

    async def free(self) -> None:
        """Give space again."""


class CountedPages:
    """SQLite's limit to the pages of a file, on the connection that writes: SQLITE_FULL on every system."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig

    async def fill(self) -> None:
        await self._limit(1)  # less than there are: as many as there are

    async def free(self) -> None:
        await self._limit(MOST_PAGES)

    async def _limit(self, pages: int) -> None:
        await self._rig.store._writer.run(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"))


class ShortFiles:
    """The kernel's limit to the size of a process's files: an I/O error (EFBIG), and no rights are needed."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def fill(self) -> None:
        self._limit((self._house.data / "linbo.db-wal").stat().st_size)

    async def free(self) -> None:
        self._limit(-1)

    def _limit(self, size: int) -> None:
        if sys.platform == "linux":
            from resource import RLIMIT_FSIZE, prlimit  # noqa: PLC0415  # there is none elsewhere

            _, hard = prlimit(self._house.process.pid, RLIMIT_FSIZE)
            prlimit(self._house.process.pid, RLIMIT_FSIZE, (size, hard))


class SmallDisk:
    """A file system with nothing left on it: ENOSPC, the real thing."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    async def fill(self) -> None:
        with suppress(OSError), self._ballast.open("ab", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))

    async def free(self) -> None:
        self._ballast.unlink()


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path]:
    """Mount a small file system at a folder; skips the test where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("a small disk of its own is mounted on Linux alone")
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "linbo-test", str(folder))
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"mounting a small disk is not allowed here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(("umount", str(folder)), check=True)  # noqa: S607  # it lies elsewhere on other systems
