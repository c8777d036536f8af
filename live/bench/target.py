"""The processes that are measured: the service as a host starts it, and the floor."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.setting_inputs import PREFIX

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30.0
STOP_SECONDS = 20.0


class TargetError(Exception):
    """What should be measured did not start; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A running service: where it is, its tokens and its process."""

    base_url: str
    tokens: dict[str, str]
    pid: int


@asynccontextmanager
async def the_service(llm: str | None = None) -> AsyncIterator[Target]:
    """Start `run_live.py serve` on a free port with a data folder of its own; end and clean up afterwards.

    `llm` is the address of a language model that it asks beside the comments.
    """
    with tempfile.TemporaryDirectory(prefix="linbo-bench-", ignore_cleanup_errors=True) as folder:
        ready = Path(folder, "ready.json")
        command = ("run_live.py", "serve", "--data", folder, "--port", "0", "--ready-file", str(ready))
        async with _process(*command, llm=llm) as process:
            seen = await _wait_for(ready, process)
            yield Target(base_url=seen["base_url"], tokens=seen["tokens"], pid=seen["pid"])


@asynccontextmanager
async def the_floor() -> AsyncIterator[str]:
    """Start the floor; gives its address."""
    async with _process("-m", "live.bench.floor") as process:
        if process.stdout is None:
            raise AssertionError("the floor has a standard output")
        port = int(await asyncio.wait_for(process.stdout.readline(), START_SECONDS))
        yield f"http://127.0.0.1:{port}"


def rss_mb(pid: int) -> float | None:
    """The resident memory of a process in MB; None where the system does not tell (`/proc`)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


@asynccontextmanager
async def _process(*arguments: str, llm: str | None = None) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env=_without_settings(os.environ) | _model(llm),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        await _end(process)


def _model(llm: str | None) -> dict[str, str]:
    return {} if llm is None else {f"{PREFIX}LLM__BASE_URL": llm, f"{PREFIX}LLM__MODEL": "bench"}


def _without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The shop's settings stay out: its database is not for twenty thousand comments of nobody."""
    return {name: value for name, value in environment.items() if not name.startswith(PREFIX)}


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.communicate()


async def _wait_for(ready: Path, process: Process) -> Any:
    async with asyncio.timeout(START_SECONDS):
        while (seen := _read(ready)) is None:
            if process.returncode is not None:
                raise TargetError(await _last_words(process))
            await asyncio.sleep(0.02)
    return seen


def _read(ready: Path) -> Any:
    """What the service tells once it serves; None before."""
    return json.loads(ready.read_text(encoding="utf-8")) if ready.exists() else None


async def _last_words(process: Process) -> str:
    _, errors = await process.communicate()
    return f"服务没能启动：{errors.decode(errors='replace').strip() or process.returncode}"
