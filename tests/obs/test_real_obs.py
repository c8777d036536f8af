"""OBS control against a real OBS. What Debian packages has no browser sources: another kind stands in for them."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.doctor.obs import obs_control
from live.obs.client import Client, Patience, RequestFailed, calling, listening
from live.obs.marks import read_marks
from live.obs.run import controlling
from live.obs.source import Installed, Outcome, Overlay, input_kinds, install, refresh, scene_names, scene_on_air
from live.obs.watch import Status
from tests.obs.real import PASSWORD, RealObs, a_real_obs
from tests.obs.rig import OVERLAY, Evening, Said, settings
from tests.obs.server import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from live.obs.watch import Watch

pytestmark = [pytest.mark.real_obs, pytest.mark.timeout(180)]

STAND_IN = Overlay(name="邻播叠加层", url=OVERLAY, scene=None, kind="color_source_v3")


@pytest.fixture(scope="module")
def obs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    with a_real_obs(tmp_path_factory.mktemp("obs")) as up:
        yield up


@asynccontextmanager
async def client_of(obs: RealObs) -> AsyncIterator[Client]:
    async with calling(obs.url, PASSWORD, Patience()) as client, listening(client, lambda _: None):
        yield client


@asynccontextmanager
async def control(obs: RealObs, evening: Evening, **more: object) -> AsyncIterator[Watch]:
    stage = replace(evening.stage(), now_ms=now_ms, patience=Patience())
    async with controlling(settings(obs.url, password=PASSWORD, **more), stage) as watch:
        assert watch is not None
        yield watch


def now_ms() -> int:
    return time.time_ns() // 1_000_000


async def until_so(check: Callable[[], Awaitable[bool]]) -> None:
    """Ask OBS until something is so."""
    async with asyncio.timeout(60):
        while not await check():  # noqa: ASYNC110  # what is waited for is in another program's hands
            await asyncio.sleep(0.02)


async def is_on_air(client: Client, scene: str) -> bool:
    return await scene_on_air(client.ask) == scene


async def has_recorded(client: Client, ms: int) -> bool:
    return bool((await client.ask("GetRecordStatus"))["outputDuration"] > ms)


def saved(obs: RealObs) -> set[str]:
    """The files that OBS has written and that hold anything."""
    return {str(path) for path in obs.recordings.iterdir() if path.stat().st_size}


async def test_a_real_obs_lets_in_who_knows_the_password_and_nobody_else(
    obs: RealObs, tmp_path: Path, said: Said
) -> None:
    evening = Evening(folder=tmp_path)
    async with control(obs, evening) as watch:
        await until(lambda: watch.status is Status.CONNECTED)
    async with controlling(settings(obs.url, password="wrong"), evening.stage()) as watch:
        assert watch is not None
        await until(lambda: watch.status is Status.REFUSED)
    assert len([line for line in said.warnings() if "密码" in line]) == 1


def test_the_doctor_is_let_in_and_finds_what_is_missing(obs: RealObs) -> None:
    told = obs_control(settings(obs.url, password=PASSWORD, install=False, save_replay=[], flash_scene="没有的")).line()
    assert "能进（OBS " in told
    assert "没有场景“没有的”，现有“" in told
    assert "LIVE_OBS__PASSWORD" in obs_control(settings(obs.url, password="wrong")).line()


async def test_an_obs_without_browser_sources_is_told_of(obs: RealObs, tmp_path: Path, said: Said) -> None:
    async with client_of(obs) as client:
        if "browser_source" in await input_kinds(client.ask):
            pytest.skip("this OBS has browser sources")
    async with control(obs, Evening(folder=tmp_path)):
        await until(lambda: any("没有“浏览器”来源" in line for line in said.warnings()))


async def test_the_source_is_made_changed_and_put_into_another_scene(obs: RealObs) -> None:
    async with client_of(obs) as client:
        await client.ask("CreateScene", {"sceneName": "直播"})
        scene = await scene_on_air(client.ask)
        name = STAND_IN.name
        assert await install(client.ask, STAND_IN) == Installed(
            outcome=Outcome.MADE, names=(name,), loaded=frozenset({name})
        )
        assert (await install(client.ask, STAND_IN)).outcome is Outcome.AS_IT_WAS
        moved = replace(STAND_IN, url=OVERLAY.replace("8000", "9000"), scene="直播", also=scene)
        assert (await install(client.ask, moved)).outcome is Outcome.CHANGED
        made = await client.ask("GetInputSettings", {"inputName": name})
        assert made["inputSettings"]["url"] == moved.url
        assert (made["inputSettings"]["width"], made["inputSettings"]["height"]) == (1080, 1920)
        for each in (scene, "直播"):
            items = (await client.ask("GetSceneItemList", {"sceneName": each}))["sceneItems"]
            (item,) = [item for item in items if item["sourceName"] == name]
            fit = item["sceneItemTransform"]
            assert (fit["boundsWidth"], fit["boundsHeight"]) == (180, 320)
            assert fit["boundsType"] == "OBS_BOUNDS_SCALE_INNER"
        assert (await install(client.ask, replace(STAND_IN, kind="image_source"))).outcome is Outcome.NAME_TAKEN


async def test_what_obs_refuses_is_told_by_its_code(obs: RealObs) -> None:
    async with client_of(obs) as client:
        for act, code in (
            (install(client.ask, replace(STAND_IN, name="另一个", url="http://x/other", scene="没有的")), 600),
            (refresh(client.ask, "没有的"), 600),
            (client.ask("NoSuchRequest"), 204),
        ):
            with pytest.raises(RequestFailed) as failed:
                await act
            assert failed.value.code == code
        assert "直播" in await scene_names(client.ask)


async def test_a_flash_sale_has_its_scene_in_a_real_obs(obs: RealObs, tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with client_of(obs) as client:
        await client.ask("CreateScene", {"sceneName": "秒杀"})
        home = await scene_on_air(client.ask)
        async with control(obs, evening, flash_scene="秒杀", install=False) as watch:
            await until(lambda: watch.status is Status.CONNECTED)
            evening.flash("f1", "running")
            await until_so(lambda: is_on_air(client, "秒杀"))
            evening.flash("f1", "ended")
            await until_so(lambda: is_on_air(client, home))


async def test_a_draw_is_marked_in_the_recording_and_saved_as_a_replay(obs: RealObs, tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with client_of(obs) as client, control(obs, evening, start_replay_buffer=True, replay_after_s=1) as watch:
        await until(lambda: watch.status is Status.CONNECTED)
        await client.ask("StartRecord")
        await until_so(lambda: has_recorded(client, 1000))
        evening.now_ms = now_ms()
        evening.happens("giveaway_drawn", giveaway={"id": "g1"})
        await until(lambda: len([mark for mark in read_marks(tmp_path) if mark.replay]) == 1, seconds=60)
        recorded = (await client.ask("StopRecord"))["outputPath"]
        await client.ask("StopReplayBuffer")
    plain, replay = read_marks(tmp_path)
    assert (plain.kind, plain.subject, plain.stream_ms) == ("giveaway_drawn", "g1", None)
    assert plain.record_ms is not None
    assert plain.record_ms > 500
    assert plain.recording == recorded
    assert replay.replay in saved(obs)


async def test_an_obs_that_crashes_and_starts_again_is_found_again(obs: RealObs, tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with control(obs, evening) as watch:
        await until(lambda: watch.status is Status.CONNECTED)
        obs.kill()
        await until(lambda: watch.status is Status.AWAY)
        obs.start()
        await until(lambda: watch.status is Status.CONNECTED, seconds=60)
    assert evening.reports == []
