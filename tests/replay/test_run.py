from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.replay.run import run_replay
from tests.replay.examples import lines
from tests.replay.shop import TOKEN, Shop, error, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with open_shop() as shop:
        yield shop


@pytest.fixture
def log(tmp_path: Path) -> Path:
    log = tmp_path / "evening.jsonl"
    log.write_text("\n".join(lines(5)), encoding="utf-8")
    return log


async def test_a_replay_ends_with_its_counts(shop: Shop, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await asyncio.to_thread(run_replay, log, url=shop.url, token=TOKEN) == 0
    assert capsys.readouterr().out.startswith("发送 5 条，确认 5 条，拒绝 0 条")


async def test_a_replay_of_which_nothing_was_taken_has_failed(
    shop: Shop, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.misbehave = lambda _, comment: error("room_closed", "没有开播", comment["id"])
    assert await asyncio.to_thread(run_replay, log, url=shop.url, token=TOKEN) == 1
    assert "一条也没有收下：room_closed：没有开播" in capsys.readouterr().err


@pytest.fixture
def nonsense(tmp_path: Path) -> Path:
    log = tmp_path / "nonsense.jsonl"
    log.write_text("hello\n", encoding="utf-8")
    return log


async def test_a_log_without_a_line_that_can_be_sent_has_failed(
    shop: Shop, nonsense: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(run_replay, nonsense, url=shop.url, token=TOKEN) == 1
    told = capsys.readouterr()
    assert "nonsense.jsonl 第 1 行没有发送" in told.out
    assert "没有一行能发送" in told.err


async def test_a_wrong_token_is_told_in_one_line(shop: Shop, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await asyncio.to_thread(run_replay, log, url=shop.url, token="wrong") == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert "--token" in told


@pytest.mark.parametrize(
    ("name", "url"), [("absent.jsonl", "http://127.0.0.1:1?room=kfc"), ("evening.jsonl", "nonsense://")]
)
def test_a_file_or_an_address_that_is_none_is_told_in_one_line(
    log: Path, name: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_replay(log.with_name(name), url=url, token=None) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
