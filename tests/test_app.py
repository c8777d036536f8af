"""What happens when the program is run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from config.settings import load_settings
from live.app import WrongRole, run, running, serve

if TYPE_CHECKING:
    from pathlib import Path


async def broken() -> None:
    raise ValueError("直播间 live 的处理任务出错")


def test_what_ends_the_program_leaves_its_trace_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), pytest.raises(ValueError, match="处理任务出错"):
        run(broken())
    (record,) = [r for r in caplog.records if r.name == "live.app"]
    assert record.levelno < logging.WARNING
    assert record.exc_info is not None


async def test_the_tokens_and_codes_are_the_same_at_the_next_start(tmp_path: Path) -> None:
    settings = load_settings(None, {}, {"data_dir": tmp_path, "server": {"port": 0}})
    async with running(settings) as first:
        tokens = first.tokens
    async with running(settings) as second:
        assert second.tokens == tokens
        assert second.port != 0


def test_a_role_that_this_version_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongRole, match="--role all"):
        serve(load_settings(None, {}, {"data_dir": tmp_path}), ready_file=None, role="worker")


async def test_a_taken_port_ends_with_everything_closed(tmp_path: Path) -> None:
    settings = load_settings(None, {}, {"data_dir": tmp_path, "server": {"port": 0}})
    async with running(settings) as up:
        taken = load_settings(None, {}, {"data_dir": tmp_path / "other", "server": {"port": up.port}})
        with pytest.raises(OSError, match=str(up.port)):
            async with running(taken):
                pytest.fail("two services on one port")
    async with running(settings):
        pass
