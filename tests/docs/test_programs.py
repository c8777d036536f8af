"""The programs on the pages do what the pages say, on a running service."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT, blocks, read, section
from tests.pages.shop import open_shop, start_session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.pages.shop import Shop

PATIENCE_S = 60.0
COMMENTS = [
    {"type": "comment", "platform": "kuaishou", "id": f"k-{n}", "user": {"name": f"顾客{n}"}, "text": "要1箱鸡蛋"}
    for n in range(40)
]
BAD = {"type": "comment", "platform": "kuaishou", "id": "k-bad", "user": {"name": "张姐"}, "text": ""}


def program(page: str, name: str, folder: Path) -> Path:
    """A Python program of a page, written to a file of the name that it bears."""
    (block,) = (block for block in blocks(read(page), "python") if block.text.startswith(f'"""{name}:'))
    file = folder / name
    file.write_text(block.text, encoding="utf-8")
    return file


async def run(
    *command: str | Path, given: str = "", environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(
        subprocess.run,
        [str(part) for part in command],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"} | dict(environ or {}),
        timeout=PATIENCE_S,
        check=False,
    )


async def test_the_program_that_sends_comments_ends_when_each_is_kept_or_refused(tmp_path: Path) -> None:
    send = program("how-to/connect-a-source.md", "send.py", tmp_path)
    lines = "\n".join(json.dumps(comment, ensure_ascii=False) for comment in [*COMMENTS, BAD])
    async with open_shop(tmp_path) as (shop, _):
        await shop.command("live", start_session())
        url = f"{shop.base.replace('http', 'ws', 1)}/ws/ingest?room=live"
        for _again in range(2):
            done = await run(sys.executable, send, url, shop.tokens["ingest"], given=lines)
            assert done.returncode == 0, done.stderr
            assert done.stderr.split()[0] == "k-bad"
        assert (await shop.snapshot("live"))["totals"]["comments"] == len(COMMENTS)


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("sh") is None, reason="needs curl and a shell")
async def test_the_line_that_posts_a_comment_is_answered_with_its_ack(tmp_path: Path) -> None:
    (block,) = blocks(section(read("how-to/connect-a-source.md"), "Send over HTTP"), "sh")
    async with open_shop(tmp_path) as (shop, _):
        await shop.command("live", start_session())
        environ = {"LINBO": shop.base, "TOKEN": shop.tokens["ingest"]}
        done = await run("sh", "-ec", block.text, environ=environ)
    assert json.loads(done.stdout) == {"type": "ack", "ids": ["m-3"]}, done.stderr


async def test_a_recording_is_sent_as_the_page_says(tmp_path: Path) -> None:
    (block,) = blocks(section(read("how-to/connect-a-source.md"), "Send a recording"), "jsonl")
    log = tmp_path / "evening.jsonl"
    log.write_text(block.text, encoding="utf-8")
    async with open_shop(tmp_path) as (shop, _):
        await shop.command("live", start_session())
        for _again in range(2):
            done = await replay(log, shop)
            assert done.returncode == 0, done.stderr
            assert "确认 2 条" in done.stdout
        reservations = (await shop.snapshot("live"))["reservations"]
    assert [(r["viewer"]["name"], r["offer_id"], r["quantity"]) for r in reservations] == [
        ("张姐", "egg", 2),
        ("老李", "egg", 2),
    ]


async def replay(log: Path, shop: Shop) -> subprocess.CompletedProcess[str]:
    address = f"{shop.base}/?room=live"
    arguments = ("replay", log, "--url", address, "--token", shop.tokens["ingest"])
    return await run(sys.executable, ROOT / "run_live.py", *arguments, environ={"LINBO_NO_BOOTSTRAP": "1"})


async def test_a_backup_of_a_running_service_brings_the_evening_back(tmp_path: Path) -> None:
    backup, copy = program("how-to/back-up.md", "backup.py", tmp_path), tmp_path / "again" / "data"
    async with open_shop(tmp_path) as (shop, _):
        await shop.command("live", start_session())
        await shop.say("live", ("张姐", "要两箱鸡蛋"), ("老李", "苹果来5袋"))
        before = await shop.snapshot("live")
        done = await run(sys.executable, backup, tmp_path / "data", copy)
        assert done.returncode == 0, done.stderr
        await shop.say("live", ("小雨", "要1箱鸡蛋"))
        refused = await run(sys.executable, backup, tmp_path / "data", copy)
        assert refused.returncode != 0, "an older backup is never written over"
    async with open_shop(copy.parent) as (restored, service):
        assert await restored.snapshot("live") == before
        assert service.ready is not None
        assert restored.tokens == shop.tokens
        await restored.say("live", ("小雨", "要1箱鸡蛋"))
        assert len((await restored.snapshot("live"))["reservations"]) == len(before["reservations"]) + 1


def test_the_backup_holds_every_file_that_the_page_tells_of(tmp_path: Path) -> None:
    page = read("how-to/back-up.md")
    text = program("how-to/back-up.md", "backup.py", tmp_path).read_text(encoding="utf-8")
    assert all(name in text for name in ("linbo.db", "secret.key", "tokens.json"))
    assert all(f"`{name}`" in page for name in ("linbo.db", "secret.key", "tokens.json", "logs/", "reports/"))
