"""OBS control against a server that speaks the protocol over a socket."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.obs.client import Patience
from live.obs.marks import read_marks
from live.obs.run import MOST_WAIT_S, controlling, wait_s
from live.obs.watch import Status
from tests.obs.rig import OVERLAY, Evening, Said, control, settings
from tests.obs.server import FakeObs, until, up

if TYPE_CHECKING:
    from pathlib import Path


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_without_an_address_there_is_nothing_to_run(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with controlling(settings(None), evening.stage()) as watch:
        assert watch is None
        evening.happens("session_started", session={"id": "s1"})
        assert [task for task in asyncio.all_tasks() if "OBS" in task.get_name()] == []


async def test_the_overlay_is_installed_over_the_whole_picture_of_the_scene_on_air(tmp_path: Path) -> None:
    async with up(FakeObs()) as obs, control(Evening(folder=tmp_path), obs.url) as watch:
        await until(lambda: "GetStreamStatus" in obs.requests())
        assert (watch.status, watch.detail) == (Status.CONNECTED, "已连上 OBS 29.0.2")
        assert obs.scenes["主场景"] == ["摄像头", "邻播叠加层"]
        kind, made = obs.inputs["邻播叠加层"]
        assert kind == "browser_source"
        assert (made["url"], made["width"], made["height"], made["shutdown"]) == (OVERLAY, 1080, 1920, False)
        fit = next(data["sceneItemTransform"] for kind, data in obs.asked if kind == "SetSceneItemTransform")
        assert (fit["boundsWidth"], fit["boundsHeight"], fit["boundsType"]) == (1080, 1920, "OBS_BOUNDS_SCALE_INNER")
        assert "PressInputPropertiesButton" not in obs.requests()  # it was loaded just now


async def test_a_wrong_password_is_told_once_and_never_tried_again(tmp_path: Path, said: Said) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(password="other")) as obs, control(evening, obs.url) as watch:
        await until(lambda: watch.status is Status.REFUSED)
        running = [task for task in asyncio.all_tasks() if task.get_name() == "control OBS"]
        await until(lambda: all(task.done() for task in running))
        assert obs.calls == 1
        evening.happens("session_started", session={"id": "s1"})
    (told,) = said.warnings()
    assert "LIVE_OBS__PASSWORD" in told
    assert "geheim" not in told
    assert evening.reports == [watch.detail]


@pytest.mark.parametrize(
    ("obs", "more", "words"),
    [
        (FakeObs(), {"password": None}, "设置里没有写"),
        (FakeObs(rpc_version=2), {}, "版本"),
    ],
)
async def test_what_trying_again_cannot_mend_is_not_tried_again(
    obs: FakeObs, more: dict[str, object], words: str, tmp_path: Path
) -> None:
    evening = Evening(folder=tmp_path)
    async with up(obs), control(evening, obs.url, **more) as watch:
        await until(lambda: watch.status is Status.REFUSED)
    assert words in (evening.reports[0] or "")
    assert obs.calls == 1


async def test_an_obs_without_a_password_takes_one_that_is_not_asked_for(tmp_path: Path) -> None:
    async with up(FakeObs(password=None)) as obs, control(Evening(folder=tmp_path), obs.url) as watch:
        await until(lambda: watch.status is Status.CONNECTED)


async def test_an_obs_that_is_away_is_waited_for_in_silence(tmp_path: Path, said: Said) -> None:
    obs, evening = FakeObs(port=closed_port()), Evening(folder=tmp_path)
    async with control(evening, obs.url) as watch:
        await until(lambda: "OBS 没有打开" in watch.detail)
        evening.happens("session_started", session={"id": "s1"})
        async with up(obs):
            await until(lambda: watch.status is Status.CONNECTED)
    assert said.warnings() == []
    assert evening.reports == []


async def test_an_obs_that_starts_anew_gets_the_overlay_again_and_no_second_refresh(tmp_path: Path) -> None:
    obs = FakeObs(inputs={"邻播叠加层": ("browser_source", {"url": OVERLAY, "width": 1080, "height": 1920})})
    async with control(Evening(folder=tmp_path), f"ws://127.0.0.1:{(port := closed_port())}") as watch:
        obs.port = port
        async with up(obs):
            await until(lambda: "GetStreamStatus" in obs.requests())
            assert obs.requests().count("PressInputPropertiesButton") == 1
        await until(lambda: watch.status is Status.AWAY)
        obs.inputs.clear()
        async with up(obs):
            await until(lambda: "邻播叠加层" in obs.inputs)
        assert obs.requests().count("PressInputPropertiesButton") == 1


async def test_an_obs_that_stops_answering_is_left_and_called_again(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path, patience=Patience(answer_s=0.5, close_s=0.5))
    async with up(FakeObs(deaf=True)) as obs, control(evening, obs.url) as watch:
        await until(lambda: obs.calls == 1 and obs.requests() == ["GetVersion"])
        obs.deaf = False
        await until(lambda: watch.status is Status.CONNECTED)
        assert obs.calls >= 2


async def test_an_obs_that_is_not_ready_yet_is_asked_again(tmp_path: Path) -> None:
    async with up(FakeObs(not_ready=3)) as obs, control(Evening(folder=tmp_path), obs.url):
        await until(lambda: "邻播叠加层" in obs.inputs)
        assert obs.calls == 1


async def test_rubbish_before_the_greeting_means_that_it_is_no_obs(tmp_path: Path, said: Said) -> None:
    async with up(FakeObs(rubbish=["<html>"])) as obs, control(Evening(folder=tmp_path), obs.url) as watch:
        await until(lambda: obs.calls == 2)
        obs.rubbish.clear()
        await until(lambda: watch.status is Status.CONNECTED)
    assert len([line for line in said.warnings() if "不是 OBS" in line]) == 1


async def test_rubbish_in_between_is_passed_over(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=60_000)) as obs, control(evening, obs.url) as watch:
        await until(lambda: "GetStreamStatus" in obs.requests())
        for text in (
            "rubbish",
            b"\x00\xff",
            '{"op":7,"d":{}}',
            '{"op":7,"d":{"requestId":"9999","requestStatus":{"code":100}}}',
        ):
            await obs.sockets[0].send(text)
        evening.happens("session_started", session={"id": "s1"})
        await until(lambda: len(read_marks(tmp_path)) == 1)
        assert (watch.status, obs.calls) == (Status.CONNECTED, 1)


async def test_another_program_at_the_address_is_told_once(tmp_path: Path, said: Said) -> None:
    calls = 0

    async def speak_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(speak_http, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with control(Evening(folder=tmp_path), url):
            await until(lambda: calls == 2)
    assert len([line for line in said.warnings() if "obs.url" in line]) == 1


async def test_being_thrown_out_in_obs_is_respected(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs()) as obs, control(evening, obs.url) as watch:
        await until(lambda: "GetStreamStatus" in obs.requests())
        await obs.sockets[0].close(4011, "Session has been invalidated.")
        await until(lambda: watch.status is Status.REFUSED)
    assert "踢出" in (evening.reports[0] or "")
    assert obs.calls == 1


async def test_when_obs_says_that_it_ends_we_leave_first(tmp_path: Path) -> None:
    async with up(FakeObs()) as obs, control(Evening(folder=tmp_path), obs.url) as watch:
        await until(lambda: "GetStreamStatus" in obs.requests())
        await obs.tell("ExitStarted")
        await until(lambda: watch.status is Status.AWAY)
        await until(lambda: obs.calls == 2)


async def test_a_fault_of_ours_is_logged_once_and_stops_nothing_else(tmp_path: Path, said: Said) -> None:
    async with up(FakeObs(canvas=(0, 0))) as obs, control(Evening(folder=tmp_path), obs.url) as watch:
        await until(lambda: obs.calls == 3)
        obs.canvas = (1920, 1080)
        await until(lambda: "邻播叠加层" in obs.inputs and watch.status is Status.CONNECTED)
    assert len([line for line in said.warnings() if "出错" in line]) == 1


async def test_leaving_ends_everything_while_obs_hangs(tmp_path: Path) -> None:
    async with up(FakeObs(deaf=True)) as obs:
        async with control(Evening(folder=tmp_path), obs.url):
            await until(lambda: obs.requests() == ["GetVersion"])
        assert [task for task in asyncio.all_tasks() if "OBS" in task.get_name()] == []


@given(tries=st.integers(min_value=0, max_value=10_000), chance=st.floats(min_value=0, max_value=1))
def test_waiting_grows_to_a_quarter_of_a_minute_and_is_never_in_step(tries: int, chance: float) -> None:
    assert 0.5 <= wait_s(tries, chance) <= MOST_WAIT_S
    assert wait_s(tries, 0.0) <= wait_s(tries, chance) <= wait_s(tries + 1, 1.0)
