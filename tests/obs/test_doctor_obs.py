"""What the doctor says of OBS, against a server that speaks the protocol."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from live.doctor.check import Verdict
from live.doctor.obs import obs_control
from tests.obs.rig import settings
from tests.obs.server import FakeObs, up

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def beside(obs: FakeObs) -> Iterator[FakeObs]:
    """Let an OBS listen in a thread of its own: the doctor is no coroutine."""
    ready, loop, done = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def listen() -> None:
        async with up(obs):
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(listen()))
    thread.start()
    assert ready.wait(20)
    try:
        yield obs
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


def test_without_an_address_there_is_nothing_to_look_at() -> None:
    assert obs_control(settings(None)).verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("obs", "more", "words"),
    [
        (FakeObs(), {}, "要的都有"),
        (FakeObs(), {"scene": "主场景", "flash_scene": "秒杀"}, "要的都有"),
        (FakeObs(password="other"), {}, "LIVE_OBS__PASSWORD"),
        (FakeObs(), {"password": None}, "LIVE_OBS__PASSWORD"),
        (FakeObs(rpc_version=2), {}, "版本"),
        (FakeObs(rubbish=["<html>"]), {}, "不是 OBS"),
        (FakeObs(kinds=[]), {}, "没有“浏览器”来源"),
        (FakeObs(kinds=[]), {"install": False}, "要的都有"),
        (FakeObs(), {"flash_scene": "闪购"}, "没有场景“闪购”，现有“主场景”、“秒杀”"),
        (FakeObs(replay_buffer=False), {}, "回放缓存"),
        (FakeObs(replay_buffer=False), {"save_replay": []}, "要的都有"),
        (FakeObs(kinds=[], replay_buffer=False), {}, "有 2 件事要看"),
        (FakeObs(not_ready=1000), {}, "207"),
    ],
)
def test_each_finding_says_what_to_do(obs: FakeObs, more: dict[str, object], words: str) -> None:
    with beside(obs):
        finding = obs_control(settings(obs.url, **more))
    assert words in finding.line()
    assert finding.verdict is (Verdict.GOOD if words == "要的都有" else Verdict.ADVICE)
    assert "geheim" not in finding.line()
    changing = [kind for kind in obs.requests() if not kind.startswith("Get")]
    assert changing == []


def test_an_obs_that_is_not_open_is_no_fault() -> None:
    with beside(FakeObs()) as obs:
        pass
    finding = obs_control(settings(obs.url))
    assert finding.verdict is Verdict.ADVICE
    assert "没有打开" in finding.line()
